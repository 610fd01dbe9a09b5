//! What a unit's paper takes from outside the report itself, in words: its heading, what it carries out and rests on, to whom it
//! goes, what it is compared with. Kept when a report is sent, so that the paper stays the one that was signed whatever is entered,
//! renamed or corrected later. Pure; stands between what is on record on a day and the rows of the paper.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::Case;
use super::super::recipients::PaperRecipients;
use super::earlier::Earlier;
use super::replaced::Replaced;
use super::words::{self, Kind, Subject};
use super::{bases, plans, recipients};
use crate::calendar::Cycle;
use crate::plans::{LegalBasis, Plan};
use crate::units::Letterhead;
use crate::vietnamese::short_date;

/// The words around a report on its paper. New fields have a default, so that what was kept before them is still read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Frame {
    pub superior: String,
    pub issuer: String,
    pub issuer_name: String,
    pub place: String,
    /// "BC" or "KH".
    pub kind: String,
    /// "BC-CAT", and with who drafts "BC-CAT-PC10".
    pub own_symbol: String,
    pub symbol: String,
    pub subject: String,
    /// The same where the unit speaks of itself.
    pub subject_own: String,
    pub addressees: Vec<String>,
    pub bases: Vec<String>,
    pub opening: String,
    /// How the plans are named behind the opening, by their short names, those of earlier years too; "" of one that was not named when
    /// this was kept.
    pub plans: BTreeMap<String, String>,
    /// Nơi nhận between "Như trên" and the archive.
    pub recipients: Vec<String>,
    pub drafter: String,
    pub copies: Option<i32>,
    /// Who signs when nothing else is known.
    pub capacity: Vec<String>,
    /// Quyền hạn and chức vụ of who is named, by the title that name has in the unit.
    pub office: Option<(String, String)>,
    pub period: String,
    pub cycle: String,
    pub year: i32,
    pub window: Option<(NaiveDate, NaiveDate)>,
    /// Number of the edition a consolidated report takes its figures from.
    pub edition: Option<i32>,
    pub earlier: Earlier,
    /// The papers of the sendings before it, the newest first.
    pub replaces: Vec<Replaced>,
    /// What stands under the number of a paper that its collector typed in: "BẢN NHẬP LẠI TỪ VĂN BẢN GIẤY (…)".
    pub typed_in: String,
}

/// What a frame is made from.
#[derive(Debug, Clone)]
pub struct Known<'a> {
    pub case: &'a Case,
    pub letterhead: &'a Letterhead,
    /// The plans the regime serves, and the documents they rest on, in force on the period's reference day.
    pub plans: &'a [Plan],
    pub bases: &'a [LegalBasis],
    pub earlier: Earlier,
    pub edition: Option<i32>,
    pub office: Option<(String, String)>,
    /// Nơi nhận as the unit or its regime has them.
    pub recipients: Option<&'a PaperRecipients>,
    pub replaces: Vec<Replaced>,
    /// Whether it is to be marked as a draft, which leaves room for numbers and days to come.
    pub draft: bool,
}

impl Frame {
    /// The frame of a report.
    pub fn of(known: Known<'_>) -> Frame {
        let (case, head) = (known.case, known.letterhead);
        let kind = words::kind(case);
        // In the place of a body that has ended, its successor tells that body's results.
        let subject = words::subject(case, &head.of_whom(), known.plans);
        let drafter = known.recipients.map_or("", |known| known.drafter.as_str());
        let period = &case.period;
        let typed_in = typed_in(case);
        // What the paper itself rests on is not known where it was typed in.
        let bases = match typed_in.is_empty() {
            true => bases::bases(&case.regime, known.bases, known.plans, period.reference_on),
            false => vec![],
        };
        Frame {
            superior: head.superior.clone(),
            issuer: head.issuer.clone(),
            issuer_name: head.name.clone(),
            place: head.place.clone(),
            kind: kind.code().to_owned(),
            own_symbol: format!("{}-{}", kind.code(), head.symbol),
            symbol: head.symbol_of(kind.code(), drafter),
            opening: words::opening(
                case,
                &head.writer(),
                &subject,
                known.plans,
                known.draft && typed_in.is_empty(),
            ),
            subject: subject.full,
            subject_own: subject.own,
            addressees: recipients::addressees(case),
            bases,
            plans: known
                .plans
                .iter()
                .map(|plan| (plan.short_name.clone(), plans::named_again(plan)))
                .collect(),
            recipients: recipients::proposed_recipients(case, known.recipients),
            drafter: drafter.to_owned(),
            copies: known.recipients.and_then(|known| known.copies),
            capacity: head.capacity.clone(),
            office: known.office,
            period: period.label.clone(),
            cycle: period.cycle.clone(),
            year: period.year,
            window: case.window().map(|window| (window.from, window.to)),
            edition: known.edition,
            earlier: known.earlier,
            replaces: known.replaces,
            typed_in,
        }
    }

    pub(super) fn kind(&self) -> Kind {
        if self.kind == Kind::Plan.code() { Kind::Plan } else { Kind::Report }
    }

    pub(super) fn subject(&self) -> Subject {
        Subject { full: self.subject.clone(), own: self.subject_own.clone() }
    }

    pub(super) fn cycle(&self) -> Option<Cycle> {
        Cycle::from_code(&self.cycle)
    }
}

/// "BẢN NHẬP LẠI TỪ VĂN BẢN GIẤY (số đến 412 ngày 13/6/2025)" of what is typed in from a paper; "" of the unit's own, and of its
/// own workbook.
fn typed_in(case: &Case) -> String {
    let typing = case.behalf.as_ref().filter(|typing| !typing.from_file);
    typing.map_or(String::new(), |typing| {
        let paper = &typing.paper;
        format!("BẢN NHẬP LẠI TỪ VĂN BẢN GIẤY (số đến {} ngày {})", paper.number, short_date(paper.on))
    })
}
