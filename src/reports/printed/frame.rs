//! What a unit's paper takes from outside the report itself, in words: its heading, what it carries out and rests on, to whom it
//! goes, what it is compared with. Kept when a report is sent, so that the paper stays the one that was signed whatever is entered,
//! renamed or corrected later. Pure; stands between what is on record on a day and the rows of the paper.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::super::recipients::PaperRecipients;
use super::super::{Case, Content, Outline};
use super::earlier::Earlier;
use super::words::{self, Kind, Subject};
use super::{bases, plans, recipients};
use crate::calendar::Cycle;
use crate::db::ids::TaskId;
use crate::plans::{LegalBasis, Plan};
use crate::units::Letterhead;

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
    /// How the plans are named behind the opening, by their short names.
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
}

impl Frame {
    /// The frame of a report that says this.
    pub fn of(known: Known<'_>, outline: &Outline, content: &Content) -> Frame {
        let (case, head) = (known.case, known.letterhead);
        let kind = words::kind(case);
        let subject = words::subject(case, head, known.plans);
        let told = |id: &TaskId| content.tasks.get(id).is_some_and(|result| !result.is_blank());
        let answered: BTreeSet<&str> =
            outline.tasks.iter().filter(|task| told(&task.id)).map(|task| task.plan.as_str()).collect();
        let drafter = known.recipients.map_or("", |known| known.drafter.as_str());
        let period = &case.period;
        Frame {
            superior: head.superior.clone(),
            issuer: head.issuer.clone(),
            issuer_name: head.name.clone(),
            place: head.place.clone(),
            kind: kind.code().to_owned(),
            own_symbol: format!("{}-{}", kind.code(), head.symbol),
            symbol: head.symbol_of(kind.code(), drafter),
            opening: words::opening(case, &head.name, &subject, known.plans, &answered),
            subject: subject.full,
            subject_own: subject.own,
            addressees: recipients::addressees(case),
            bases: bases::bases(&case.regime, known.bases, known.plans, period.reference_on),
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
