//! Taking a reorganisation back, until the next period closes: the journal read backwards in one write. What was
//! written in a new name meanwhile is not lost: a row others already refer to is closed and kept.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as QueryError};
use serde_json::json;

use super::apply::{administers, stay_administered};
use super::effect::Field;
use super::founding::{next_version, restore_route};
use super::journal::set;
use super::obstacle::obstacle;
use super::queries::{self, Kept, Names};
use crate::access::Actor;
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{MembershipId, ObligationId, UnitChangeId, UnitId};
use crate::db::schema::{
    form_audiences, function_holders, level_leads, memberships, obligations, period_levels, reports, routes,
    unit_change_effects, unit_change_lines, unit_changes, unit_reach, unit_versions, units,
};
use crate::error::{Error, Problems};
use crate::periods::queries::{NewDecision, append_decision};
use crate::reports::ReportState;
use crate::units::reach;
use crate::vietnamese::limits::PARAGRAPH;

/// Takes the event back; the log keeps the reason.
///
/// # Errors
/// [`Error::Invalid`] without a reason; [`Error::NotFound`] for a foreign one; [`Error::Forbidden`] for other roles; [`Error::Refused`] with the reason
/// when it is too late.
pub fn undo(
    conn: &mut Conn,
    actor: &Actor,
    id: UnitChangeId,
    reason: &str,
    moment: Moment,
) -> Result<(), Error> {
    let (change, lines) = queries::change(conn, &actor.scope().provinces, id)?;
    let named: Vec<UnitId> = lines.iter().flat_map(|line| [line.from, line.to]).flatten().collect();
    let membership = administers(conn, actor, &named)?;
    // What it founded has no name afterwards.
    let names = Names::load(conn, &named, change.effective_on)?;
    let journal = queries::journal(conn, id)?;
    if let Some(why) = obstacle(conn, &change, &lines, &journal)? {
        return Err(Error::Refused(format!("Không hoàn tác được. {why}")));
    }
    let mut problems = Problems::default();
    if reason.is_empty() {
        problems.add("reason", "Nhập lý do hoàn tác; lý do được lưu trong nhật ký.");
    }
    problems.add_fault("reason", PARAGRAPH.fault("Lý do hoàn tác", reason));
    problems.or(())?;
    let last = moment.today.pred_opt().unwrap_or(moment.today).max(change.effective_on);
    diesel::delete(unit_change_lines::table.filter(unit_change_lines::change_id.eq(id))).execute(conn)?;
    diesel::delete(unit_change_effects::table.filter(unit_change_effects::change_id.eq(id))).execute(conn)?;
    diesel::delete(unit_changes::table.find(id)).execute(conn)?;
    let founded: Vec<UnitId> =
        journal.iter().filter(|kept| kept.what == "add:unit").map(|kept| UnitId(kept.row_id)).collect();
    // Derived, and recomputed below: it would keep the founded units.
    let of_founded = unit_reach::unit_id.eq_any(&founded).or(unit_reach::reaches_id.eq_any(&founded));
    diesel::delete(unit_reach::table.filter(of_founded)).execute(conn)?;
    let mut left = None;
    for kept in journal.iter().rev() {
        take_back(conn, kept, &founded, last, &mut left)?;
    }
    for duty in touched(conn, &journal)? {
        let noted = format!("Hoàn tác sắp xếp tổ chức: {}", change.decision);
        let decision = NewDecision {
            obligation_id: duty,
            kind: "change_undone",
            until_on: None,
            reason: &noted,
            membership_id: back(&journal, membership.id)?,
            actor_name: &actor.full_name,
            actor_title: &membership.title,
            decided_at: moment.at,
        };
        append_decision(conn, &decision)?;
    }
    reach::rebuild(conn)?;
    stay_administered(conn, &named, moment.today, moment)?;
    let before = json!({
        "kind": change.kind,
        "effective_on": change.effective_on,
        "decision": change.decision,
        "recorded_at": change.recorded_at,
        "units": lines.iter().map(|line| line.words(&names)).collect::<Vec<_>>(),
        "lines": lines.iter().map(|l| json!({ "from": l.from, "to": l.to, "function": l.function })).collect::<Vec<_>>(),
        "effects": journal.iter().map(|k| json!([k.what, k.row_id, k.before, k.after])).collect::<Vec<_>>(),
    });
    let step = Step {
        action: "unit_change.undo",
        subject_kind: "unit_change",
        subject_id: Some(id.0),
        subject_label: &change.decision,
        unit_id: lines.iter().find_map(|line| line.from),
        before: Some(before),
        after: Some(json!({ "reason": reason })),
    };
    let by = By { membership_id: Some(back(&journal, membership.id)?), ..By::member(actor, membership) };
    Ok(audit::record(conn, &by, &step, moment.recorded)?)
}

/// The membership an act is recorded under when its own may have been one of those the event made.
fn back(journal: &[Kept], acting: MembershipId) -> Result<MembershipId, Error> {
    let made = journal.iter().position(|kept| kept.what == "add:membership" && kept.row_id == acting.0);
    let Some(at) = made else { return Ok(acting) };
    // The row before it in the journal is the membership it went on from.
    at.checked_sub(1)
        .and_then(|before| journal.get(before))
        .filter(|kept| kept.what == "set:membership_last_day")
        .map(|kept| MembershipId(kept.row_id))
        .ok_or_else(|| Error::Internal("journal: a membership without the one it came from".to_owned()))
}

/// Obligations still on record that the event wrote to: those it changed, and those it founded that are kept, closed,
/// because something was written under them.
fn touched(conn: &mut Conn, journal: &[Kept]) -> QueryResult<Vec<ObligationId>> {
    let wrote = |kept: &&Kept| {
        matches!(kept.what.as_str(), "set:obligation_unit" | "set:obligation_standing" | "add:obligation")
    };
    let ids: Vec<ObligationId> = journal.iter().filter(wrote).map(|kept| ObligationId(kept.row_id)).collect();
    obligations::table
        .filter(obligations::id.eq_any(ids))
        .order(obligations::id)
        .select(obligations::id)
        .load(conn)
}

/// `left`: the last day of the membership taken back just before, which went on from the one this row restores. Whoever
/// left or was relieved under the new name does not come back by the undoing.
fn take_back(
    conn: &mut Conn,
    kept: &Kept,
    founded: &[UnitId],
    last: NaiveDate,
    left: &mut Option<NaiveDate>,
) -> Result<(), Error> {
    if let Some(field) = kept.what.strip_prefix("set:").and_then(Field::from_code) {
        if matches!(field, Field::ObligationUnit | Field::ObligationStanding | Field::ObligationCollector) {
            // Nothing to take back of a duty that went with its period, opened by mistake (`periods::withdraw`).
            if next_version(conn, ObligationId(kept.row_id))? == 0 {
                return Ok(());
            }
        }
        if !set(conn, field, kept.row_id, &kept.after, &kept.before)? {
            return Err(Error::Refused(
                "Không hoàn tác được. Một phần dữ liệu của sự kiện đã được thay đổi sau đó.".to_owned(),
            ));
        }
        if let Some(day) = left.take().filter(|_| field == Field::MembershipLastDay) {
            let row = memberships::table.find(kept.row_id);
            diesel::update(row.filter(memberships::valid_to.is_null().or(memberships::valid_to.gt(day))))
                .set(memberships::valid_to.eq(day))
                .execute(conn)?;
        }
        return Ok(());
    }
    let id = kept.row_id;
    match kept.what.as_str() {
        "add:unit" => remove_or_keep(
            conn,
            |conn| {
                let versions = unit_versions::table.filter(unit_versions::unit_id.eq(id));
                diesel::delete(versions).execute(conn)?;
                diesel::delete(units::table.find(id)).execute(conn)
            },
            |conn| {
                let versions = unit_versions::table.filter(unit_versions::unit_id.eq(id));
                diesel::update(versions).set(unit_versions::valid_to.eq(last)).execute(conn)?;
                diesel::update(units::table.find(id)).set(units::existed_to.eq(last)).execute(conn)
            },
        ),
        "add:membership" => {
            *left = memberships::table.find(id).select(memberships::valid_to).first(conn)?;
            remove_or_keep(
                conn,
                |conn| diesel::delete(memberships::table.find(id)).execute(conn),
                |conn| {
                    let row = memberships::table.find(id);
                    diesel::update(
                        row.filter(memberships::valid_to.is_null().or(memberships::valid_to.gt(last))),
                    )
                    .set(memberships::valid_to.eq(last))
                    .execute(conn)
                },
            )
        }
        // A draft somebody typed stays readable, in an obligation that has ended.
        "add:report" => {
            remove_or_keep(conn, |conn| diesel::delete(reports::table.find(id)).execute(conn), |_| Ok(0))
        }
        "add:obligation" => remove_or_keep(
            conn,
            |conn| diesel::delete(obligations::table.find(id)).execute(conn),
            |conn| {
                diesel::update(obligations::table.find(id))
                    .set((
                        obligations::standing.eq("ended"),
                        obligations::version.eq(obligations::version + 1),
                    ))
                    .execute(conn)
            },
        ),
        "drop:report" => restore_report(conn, kept),
        "drop:route" => restore_route(conn, kept),
        // The version of a unit the event founded goes, or stays, with the unit.
        "add:version" => {
            let foreign = unit_versions::table.find(id).filter(unit_versions::unit_id.ne_all(founded));
            Ok(diesel::delete(foreign).execute(conn).map(drop)?)
        }
        "add:holder" => Ok(diesel::delete(function_holders::table.find(id)).execute(conn).map(drop)?),
        "add:route" => Ok(diesel::delete(routes::table.find(id)).execute(conn).map(drop)?),
        "add:audience" => Ok(diesel::delete(form_audiences::table.find(id)).execute(conn).map(drop)?),
        "add:level_lead" => {
            let rows = level_leads::table.filter(level_leads::regime_id.eq(id));
            let of = rows.filter(level_leads::collector_id.eq(collector(kept)?));
            Ok(diesel::delete(of).execute(conn).map(drop)?)
        }
        "add:period_level" => {
            let rows = period_levels::table.filter(period_levels::period_id.eq(id));
            let of = rows.filter(period_levels::collector_id.eq(collector(kept)?));
            Ok(diesel::delete(of).execute(conn).map(drop)?)
        }
        _ => Ok(()),
    }
}

/// The second half of the key of a row of a lower level.
fn collector(kept: &Kept) -> Result<UnitId, Error> {
    kept.after.parse().map_err(|_| Error::Internal(format!("journal: not a unit: {:?}", kept.after)))
}

/// Removes a row, or, where something written since refers to it, closes it and keeps it.
fn remove_or_keep(
    conn: &mut Conn,
    remove: impl FnOnce(&mut Conn) -> QueryResult<usize>,
    keep: impl FnOnce(&mut Conn) -> QueryResult<usize>,
) -> Result<(), Error> {
    match conn.transaction(remove) {
        Err(QueryError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _)) => keep(conn)?,
        other => other?,
    };
    Ok(())
}

/// Puts a blank report back where it was, under its own number.
fn restore_report(conn: &mut Conn, kept: &Kept) -> Result<(), Error> {
    let parts =
        kept.before.split_once(' ').and_then(|(id, version)| Some((id.parse().ok()?, version.parse().ok()?)));
    let (obligation, version): (i64, i32) =
        parts.ok_or_else(|| Error::Internal(format!("journal: not a report: {:?}", kept.before)))?;
    diesel::insert_into(reports::table)
        .values((
            reports::id.eq(kept.row_id),
            reports::obligation_id.eq(obligation),
            reports::state.eq(ReportState::NotBegun.code()),
            reports::version.eq(version),
        ))
        .execute(conn)?;
    Ok(())
}
