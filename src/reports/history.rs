//! One step of a report taken: the guarded update, the row of its history and the row of the audit log, together.
//! Stands between the verbs and the tables, so that no verb can take a step without leaving both traces.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use super::{Case, ReportState, Step};
use crate::access::{Actor, Membership};
use crate::audit::{self, By};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{MembershipId, ReportId, RevisionId};
use crate::db::schema::{report_transitions, reports};
use crate::error::Error;

/// What a step changes on the report beside its state; a `None` leaves the column as it is.
#[derive(Debug, Default, AsChangeset)]
#[diesel(table_name = reports)]
pub(super) struct Changes {
    pub received_revision_id: Option<RevisionId>,
    pub last_revision: Option<i32>,
    pub first_sent_at: Option<NaiveDateTime>,
    pub first_due_on: Option<NaiveDate>,
    pub first_due_time: Option<String>,
    pub amend_due_on: Option<NaiveDate>,
}

/// One step as it is taken.
pub(super) struct Taken<'a> {
    pub step: Step,
    pub reason: &'a str,
    pub due_on: Option<NaiveDate>,
    pub revision_id: Option<RevisionId>,
    pub changes: Changes,
}

impl Taken<'_> {
    /// A step that changes nothing but the state.
    pub fn plain(step: Step) -> Taken<'static> {
        Taken { step, reason: "", due_on: None, revision_id: None, changes: Changes::default() }
    }
}

#[derive(Insertable)]
#[diesel(table_name = report_transitions)]
struct NewTransition<'a> {
    report_id: ReportId,
    revision_id: Option<RevisionId>,
    step: &'a str,
    from_state: &'a str,
    to_state: &'a str,
    reason: &'a str,
    due_on: Option<NaiveDate>,
    membership_id: MembershipId,
    actor_name: &'a str,
    actor_title: &'a str,
    at: NaiveDateTime,
}

/// Takes a step from the state the person saw (`seen` is the report's version on their page).
///
/// # Errors
/// [`Error::Refused`] when the step does not lead anywhere from here; [`Error::Conflict`] when the report has
/// changed since it was seen.
pub(super) fn take(
    conn: &mut Conn,
    case: &Case,
    seen: i32,
    taken: &Taken<'_>,
    actor: &Actor,
    membership: &Membership,
    moment: Moment,
) -> Result<ReportState, Error> {
    let from = case.state();
    if seen != case.report.version {
        return Err(changed_meanwhile());
    }
    let Some(to) = from.after(taken.step, case.correcting()) else {
        return Err(Error::Refused(format!(
            "Báo cáo đang ở bước “{}”, không thực hiện được “{}”.",
            case.progress().words(),
            taken.step.words()
        )));
    };
    let guarded = reports::table
        .filter(reports::id.eq(case.report.id))
        .filter(reports::version.eq(seen))
        .filter(reports::state.eq(from.code()));
    let updated = diesel::update(guarded)
        .set((reports::state.eq(to.code()), reports::version.eq(seen + 1), &taken.changes))
        .execute(conn)?;
    if updated == 0 {
        return Err(changed_meanwhile());
    }
    let title = format!("{}, {}", membership.title, membership.unit_name);
    let row = NewTransition {
        report_id: case.report.id,
        revision_id: taken.revision_id,
        step: taken.step.code(),
        from_state: from.code(),
        to_state: to.code(),
        reason: taken.reason,
        due_on: taken.due_on,
        membership_id: membership.id,
        actor_name: &actor.full_name,
        actor_title: &title,
        at: moment.at,
    };
    diesel::insert_into(report_transitions::table).values(&row).execute(conn)?;
    let action = format!("report.{}", taken.step.code());
    let step = audit::Step {
        action: &action,
        subject_kind: "report",
        subject_id: Some(case.report.id.0),
        subject_label: &case.label(),
        unit_id: Some(case.obligation.unit_id),
        before: Some(json!({ "state": from.code(), "version": seen })),
        after: Some(json!({
            "state": to.code(),
            "version": seen + 1,
            "reason": taken.reason,
            "due_on": taken.due_on,
            "revision": taken.revision_id,
        })),
    };
    audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?;
    Ok(to)
}

/// Who took this very step, and no other since, from the version that was seen; none where nobody did.
///
/// # Errors
/// The queries' own.
pub(super) fn taken_by(
    conn: &mut Conn,
    id: ReportId,
    step: Step,
    seen: i32,
) -> QueryResult<Option<MembershipId>> {
    let version: i32 = reports::table.find(id).select(reports::version).first(conn)?;
    if seen.checked_add(1) != Some(version) {
        return Ok(None);
    }
    let last: Option<(String, MembershipId)> = report_transitions::table
        .filter(report_transitions::report_id.eq(id))
        .order(report_transitions::id.desc())
        .select((report_transitions::step, report_transitions::membership_id))
        .first(conn)
        .optional()?;
    Ok(last.filter(|(taken, _)| taken == step.code()).map(|(_, by)| by))
}

/// Somebody took a step on this report since the page was opened.
pub(super) fn changed_meanwhile() -> Error {
    Error::Conflict(
        "Báo cáo này vừa được người khác xử lý. Mở lại báo cáo để xem bước hiện tại rồi thực hiện tiếp."
            .into(),
    )
}
