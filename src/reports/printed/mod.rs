//! A report as the rows of its paper: heading, wording, chapters, annexes. Pure; stands between what a unit has
//! written and the room that writes Word files. What is blank stays blank: a number, a day or a figure is never made up.

mod bases;
mod chapters;
mod consolidated;
mod figures;
mod lists;
mod recipients;
mod spelling;
mod totals;
mod words;

pub use chapters::usual_title;
pub use consolidated::{Origin, consolidated, paper_head};
pub use recipients::proposed_recipients;

use chrono::{Datelike, NaiveDate};

use super::recipients::PaperRecipients;
use super::{Case, Content, Outline, Past};
use crate::documents::{Document, PaperDate, Signatory};
use crate::plans::{LegalBasis, Plan};
use crate::units::Letterhead;
use crate::vietnamese::held_together;

/// What a report's paper is made from beside what the unit has written.
#[derive(Debug, Clone)]
pub struct Around<'a> {
    pub case: &'a Case,
    pub letterhead: &'a Letterhead,
    /// The plans the regime serves, and the documents they rest on, in force on the period's reference day.
    pub plans: &'a [Plan],
    pub bases: &'a [LegalBasis],
    pub past: &'a Past,
    /// The day whose month and year stand in the date line while the paper's day is blank.
    pub day: NaiveDate,
    /// Whether it is still being written: required sections are then shown with room to write.
    pub draft: bool,
    /// Number of the edition a consolidated report takes its figures from.
    pub edition: Option<i32>,
    /// Quyền hạn and chức vụ of who signed, by the title that name has in the unit.
    pub office: Option<(String, String)>,
    /// Nơi nhận as the unit or its regime has them.
    pub recipients: Option<&'a PaperRecipients>,
}

/// What a paper of this report is in its symbol: "BC".
pub fn paper_code(case: &Case) -> &'static str {
    words::kind(case).code()
}

/// The paper of one report.
pub fn printed(outline: &Outline, content: &Content, around: &Around<'_>) -> Document {
    let (case, head, paper) = (around.case, around.letterhead, &content.paper);
    let kind = words::kind(case);
    let subject = words::subject(case, head, around.plans);
    // A plan brings no results.
    let is_report = kind == words::Kind::Report;
    let figures = figures::annex(outline, content, around, &subject.full).filter(|_| is_report);
    let lists = lists::annex(outline, content).filter(|_| is_report);
    let annexed = words::Annexed { figures: figures.is_some(), lists: lists.is_some() };
    let annexes: Vec<_> = [figures, lists].into_iter().flatten().collect();
    // A number typed with its symbol in it needs no other.
    let own = format!("{}-{}", kind.code(), head.symbol);
    let drafter = around.recipients.map_or("", |known| known.drafter.as_str());
    let symbol = match (paper.symbol.is_empty(), paper.number.contains('/')) {
        (true, true) => String::new(),
        (true, false) => head.symbol_of(kind.code(), drafter),
        (false, _) => paper.symbol.clone(),
    };
    let addressees = recipients::addressees(case);
    let mut recipients = recipients::recipients(case, &addressees, around.recipients, (&symbol, &own));
    if !is_report && !addressees.is_empty() {
        // Nobody stands above of whom one could say "Như trên".
        recipients.splice(..1, addressees.iter().cloned());
    }
    Document {
        superior: head.superior.clone(),
        issuer: head.issuer.clone(),
        issuer_name: head.name.clone(),
        number: paper.number.clone(),
        recipients,
        symbol,
        place: head.place.clone(),
        date: paper.date.date.map_or(
            PaperDate::Blank { month: around.day.month(), year: around.day.year() },
            PaperDate::Known,
        ),
        kind: kind.name().to_owned(),
        bases: bases::bases(&case.regime, around.bases, around.plans, case.period.reference_on),
        opening: words::opening(case, &head.name, &subject, around.plans),
        chapters: chapters::chapters(outline, content, around),
        closing: words::closing(kind, &head.name, &subject, annexed),
        // A plan is addressed to nobody (NĐ 30/2020, phụ lục III): it goes to those it names at its end.
        addressees: match kind {
            words::Kind::Plan => vec![],
            words::Kind::Report => addressees.iter().map(|one| held_together(one)).collect(),
        },
        subject: subject.full,
        signatory: signatory(content, around),
        annexes,
    }
}

/// Who signed, or who would: the capacity over the title, each on its line. Under a name no title is made up: it is
/// the one typed, or the one the person of this name has in the unit; else the line stays blank.
fn signatory(content: &Content, around: &Around<'_>) -> Signatory {
    let paper = &content.paper;
    let known = around.office.clone().unwrap_or_default();
    let typed = !paper.capacity.is_empty() || !paper.title.is_empty();
    let (capacity, title) = if typed { (&paper.capacity, &paper.title) } else { (&known.0, &known.1) };
    let mut capacity: Vec<String> = [capacity, title]
        .into_iter()
        .flat_map(|line| line.split([';', '/']))
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    capacity.dedup();
    if capacity.is_empty() && paper.name.is_empty() {
        capacity.clone_from(&around.letterhead.capacity);
    } else if capacity.is_empty() {
        capacity.push(String::new());
    }
    Signatory { capacity, name: paper.name.clone() }
}
