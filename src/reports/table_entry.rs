//! Figures of a table of before the system in the report of one unit: received at once, as a revision that says where it is from, and
//! taken back again. Stands between the table's verbs and the steps every report has; what a unit has sent itself is never touched.

use std::collections::BTreeMap;

use super::history::{Changes, Taken, changed_meanwhile, take};
pub use super::queries::AskedByForm;
use super::queries::{self, asked_of_forms};
use super::{AskedIndicator, Case, Content, Entry, Outline, ReportState, Step, revision};
use crate::access::{Actor, Membership};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{FormId, IndicatorId, LegacyTableId, ReportId, RevisionId};
use crate::error::Error;

/// Who enters, and when.
pub struct Hand<'a> {
    pub actor: &'a Actor,
    pub membership: &'a Membership,
    pub moment: Moment,
}

/// What a table says of one report.
pub struct Given<'a> {
    pub table: LegacyTableId,
    /// What the report asks, for its form.
    pub outline: &'a Outline,
    pub figures: BTreeMap<IndicatorId, Entry>,
    /// The revision of an earlier table that these figures are added to.
    pub follows: Option<RevisionId>,
    /// For the history of the report.
    pub reason: &'a str,
}

/// What some forms ask: by form whether each indicator counts, and every indicator once. Two queries.
///
/// # Errors
/// The queries' own.
pub fn asked(conn: &mut Conn, forms: &[FormId]) -> Result<(AskedByForm, Vec<AskedIndicator>), Error> {
    Ok(asked_of_forms(conn, forms)?)
}

/// What a form asks, without the tasks of whoever fills it. Five queries.
///
/// # Errors
/// The queries' own.
pub fn outline(conn: &mut Conn, form: FormId) -> Result<Outline, Error> {
    Ok(queries::outline_of_form(conn, form)?)
}

/// Makes the figures the report's received revision, those of an earlier table with them where these are silent.
///
/// # Errors
/// [`Error::Conflict`] for a report that holds something else by now; 404 outside the scope.
pub fn enter(conn: &mut Conn, hand: &Hand<'_>, id: ReportId, given: &Given<'_>) -> Result<RevisionId, Error> {
    let case = queries::find(conn, &hand.actor.scope(), id)?;
    if case.report.received_revision_id != given.follows || case.behalf.is_some() {
        return Err(changed_meanwhile());
    }
    let mut content = match given.follows {
        Some(earlier) => {
            Content { entries: queries::sent(conn, earlier)?.content.entries, ..Content::default() }
        }
        None => Content::default(),
    };
    content.entries.extend(given.figures.clone());
    let number = case.report.last_revision + 1;
    let new = revision::New {
        case: &case,
        outline: given.outline,
        content: &content,
        number,
        // Nobody knows when it was sent then: it is neither on time nor late.
        due_on: None,
        due_time: None,
        days_late: 0,
        sender: hand.membership,
        sender_name: &hand.actor.full_name,
        sent_at: hand.moment.at,
        arrived: None,
        lower: None,
    };
    let written = revision::write(conn, &new)?;
    let of = (written, given.table, given.follows);
    queries::note_table(conn, of, (hand.actor, hand.membership), hand.moment.today)?;
    let changes = Changes {
        received_revision_id: Some(written),
        last_revision: Some(number),
        first_sent_at: (!case.correcting()).then_some(hand.moment.at),
        ..Changes::default()
    };
    let taken = Taken {
        step: Step::EnterTable,
        reason: given.reason,
        due_on: None,
        revision_id: Some(written),
        changes,
    };
    step(conn, hand, &case, &taken)?;
    Ok(written)
}

/// Puts the report where it was before a revision of a table: the earlier table's counts again, or nothing is there.
///
/// # Errors
/// [`Error::Conflict`] for a report that holds something else by now; 404 outside the scope.
pub fn take_back(
    conn: &mut Conn,
    hand: &Hand<'_>,
    id: ReportId,
    (revision, follows): (RevisionId, Option<RevisionId>),
    reason: &str,
) -> Result<(), Error> {
    let case = queries::find(conn, &hand.actor.scope(), id)?;
    if case.report.received_revision_id != Some(revision) || case.state() != ReportState::Received {
        return Err(changed_meanwhile());
    }
    let back = if follows.is_some() { Step::FallBack } else { Step::TakeTableBack };
    let changes = Changes { received_revision_id: follows, ..Changes::default() };
    let taken = Taken { step: back, reason, due_on: None, revision_id: Some(revision), changes };
    step(conn, hand, &case, &taken)?;
    if follows.is_none() && !queries::forget_received(conn, id, case.report.version + 1)? {
        return Err(changed_meanwhile());
    }
    Ok(())
}

fn step(conn: &mut Conn, hand: &Hand<'_>, case: &Case, taken: &Taken<'_>) -> Result<(), Error> {
    take(conn, case, case.report.version, taken, hand.actor, hand.membership, hand.moment).map(|_| ())
}
