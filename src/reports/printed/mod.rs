//! A report as the rows of its paper: heading, wording, chapters, annexes. Pure; stands between what a unit has
//! written and the room that writes Word files. What is blank stays blank: a number, a day or a figure is never made up.

mod bases;
mod chapters;
mod consolidated;
mod earlier;
mod figures;
mod frame;
mod lists;
mod nil;
mod plans;
mod recipients;
mod replaced;
mod spelling;
mod totals;
mod words;

pub use chapters::usual_title;
pub use consolidated::{Origin, consolidated, paper_head};
pub use earlier::Earlier;
pub use frame::{Frame, Known};
pub use nil::nil;
pub(super) use plans::{is_past, unnumbered};
pub use recipients::proposed_recipients;
pub use replaced::Replaced;
pub use words::one_question;

use chrono::{Datelike, NaiveDate};

use super::{Case, Content, Outline, Paper};
use crate::documents::{Document, PaperDate, Signatory};
use crate::vietnamese::held_together;

/// What a report's paper is made from beside what the unit has written.
#[derive(Debug, Clone)]
pub struct Around<'a> {
    /// The words around it: of now, or as they were kept when it was sent.
    pub frame: &'a Frame,
    /// The day whose month and year stand in the date line while the paper's day is blank.
    pub day: NaiveDate,
    /// Whether it is still being written: required sections are then shown with room to write.
    pub draft: bool,
}

/// What a paper of this report is in its symbol: "BC".
pub fn paper_code(case: &Case) -> &'static str {
    words::kind(case).code()
}

/// The paper of one report.
pub fn printed(outline: &Outline, content: &Content, around: &Around<'_>) -> Document {
    let frame = around.frame;
    let (kind, subject) = (frame.kind(), frame.subject());
    // A plan brings no results.
    let is_report = kind == words::Kind::Report;
    let past = frame.earlier.past();
    let figures = figures::annex(outline, content, (frame, &past)).filter(|_| is_report);
    let lists = lists::annex(outline, content).filter(|_| is_report);
    let annexed = words::Annexed { figures: figures.is_some(), lists: lists.is_some() };
    let whole = framed(content, around);
    // At the head, where nobody takes it for one of the proposals that the last chapter ends with.
    let opening = match replaced::sentence(frame, &content.paper) {
        Some(replaces) => format!("{replaces}\n{}", whole.opening),
        None => whole.opening.clone(),
    };
    Document {
        opening,
        chapters: chapters::chapters(outline, content, around),
        closing: words::closing(kind, &frame.issuer_name, &subject, annexed),
        annexes: [figures, lists].into_iter().flatten().collect(),
        ..whole
    }
}

/// Everything around the chapters: heading, opening, recipients, signature.
fn framed(content: &Content, around: &Around<'_>) -> Document {
    let (frame, paper) = (around.frame, &content.paper);
    let kind = frame.kind();
    // A number typed with its symbol in it needs no other.
    let symbol = match (paper.symbol.is_empty(), paper.number.contains('/')) {
        (true, true) => String::new(),
        (true, false) => frame.symbol.clone(),
        (false, _) => paper.symbol.clone(),
    };
    // What goes out under the symbol of the standing board is the board's: its body stands above it.
    let boards = symbol.ends_with("-BTV") && frame.superior.is_empty();
    let (superior, issuer) = match boards {
        true => (frame.issuer.clone(), "Ban Thường vụ".to_owned()),
        false => (frame.superior.clone(), frame.issuer.clone()),
    };
    let mut recipients = recipients::recipients(frame, &symbol);
    if kind == words::Kind::Plan && !frame.addressees.is_empty() {
        // Nobody stands above of whom one could say "Như trên".
        recipients.splice(..1, frame.addressees.iter().cloned());
    }
    let blank = PaperDate::Blank { month: around.day.month(), year: around.day.year() };
    Document {
        superior,
        issuer,
        issuer_name: frame.issuer_name.clone(),
        number: paper.number.clone(),
        recipients,
        symbol,
        place: frame.place.clone(),
        date: paper.date.date.map_or(blank, PaperDate::Known),
        kind: kind.name().to_owned(),
        bases: frame.bases.clone(),
        opening: frame.opening.clone(),
        chapters: vec![],
        closing: String::new(),
        // A plan is addressed to nobody (NĐ 30/2020, phụ lục III): it goes to those it names at its end.
        addressees: match kind {
            words::Kind::Plan => vec![],
            words::Kind::Report => frame.addressees.iter().map(|one| held_together(one)).collect(),
        },
        subject: frame.subject.clone(),
        signatory: signatory(content, frame),
        annexes: vec![],
        draft: around.draft && is_draft(paper, frame),
    }
}

/// Whether what is still being written is marked as a draft: with a number in it, it is the paper itself, and what is typed in
/// from a paper has a mark of its own.
fn is_draft(paper: &Paper, frame: &Frame) -> bool {
    paper.number.is_empty() && frame.typed_in.is_empty()
}

/// Who signed, or who would: the capacity over the title, each on its line. Under a name no title is made up: it is
/// the one typed, or the one the person of this name has in the unit; else the line stays blank.
fn signatory(content: &Content, frame: &Frame) -> Signatory {
    let paper = &content.paper;
    let known = frame.office.clone().unwrap_or_default();
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
        capacity.clone_from(&frame.capacity);
    } else if capacity.is_empty() {
        capacity.push(String::new());
    }
    Signatory { capacity, name: paper.name.clone() }
}
