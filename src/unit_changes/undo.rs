//! Taking a reorganisation back, until the next period closes: the journal read backwards in one write. What was
//! written in a new name meanwhile is not lost: a row others already refer to is closed and kept.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as QueryError};
use serde_json::json;

use super::apply::administers;
use super::effect::Field;
use super::journal::set;
use super::queries::{self, ChangeRow, Kept, LineRow};
use crate::access::Actor;
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{MembershipId, ObligationId, PeriodId, UnitChangeId, UnitId};
use crate::db::schema::{
    editions, form_audiences, function_holders, level_leads, memberships, obligations, period_levels,
    periods, reports, routes, unit_change_effects, unit_change_lines, unit_changes, unit_reach,
    unit_versions, units,
};
use crate::error::Error;
use crate::periods::queries::{NewDecision, append_decision};
use crate::reports::ReportState;
use crate::units::reach;
use crate::vietnamese::short_date;

/// Why an event can no longer be taken back; none while it can. Seven queries at most.
///
/// # Errors
/// The queries' own.
pub fn obstacle(
    conn: &mut Conn,
    change: &ChangeRow,
    lines: &[LineRow],
    journal: &[Kept],
) -> QueryResult<Option<String>> {
    let Some((newest, since)) = journal.iter().find_map(Kept::mark) else {
        return Ok(Some("Sự kiện này được nạp sẵn, không có ghi chép từng bước để hoàn tác.".to_owned()));
    };
    let mut named: Vec<UnitId> = lines.iter().flat_map(|line| [line.from, line.to]).flatten().collect();
    named.sort_unstable();
    named.dedup();
    if let Some(later) = queries::later(conn, change.id, &named)?.first() {
        let (decision, day) = (&later.decision, short_date(later.effective_on));
        return Ok(Some(format!(
            "Các đơn vị này đã được sắp xếp tiếp từ ngày {day} ({decision}). Hoàn tác sự kiện đó trước."
        )));
    }
    if let Some(label) = sent_since(conn, journal)? {
        return Ok(Some(format!("Đơn vị kế thừa đã gửi báo cáo {label} theo nghĩa vụ được chuyển sang.")));
    }
    if let Some(label) = closed_since(conn, change, &named, since)? {
        return Ok(Some(format!("Bản tổng hợp {label} đã được chốt theo cơ cấu mới.")));
    }
    if let Some(label) = opened_since(conn, change, journal, newest)? {
        return Ok(Some(format!("Kỳ {label} đã được mở theo cơ cấu mới.")));
    }
    Ok(None)
}

/// A period for which something was sent under an obligation the event passed on or founded.
fn sent_since(conn: &mut Conn, journal: &[Kept]) -> QueryResult<Option<String>> {
    let passed = |kept: &&Kept| matches!(kept.what.as_str(), "set:obligation_unit" | "add:obligation");
    let ids: Vec<ObligationId> =
        journal.iter().filter(passed).map(|kept| ObligationId(kept.row_id)).collect();
    let moved: Vec<ObligationId> = journal
        .iter()
        .filter(|kept| kept.what == "set:report_obligation")
        .filter_map(|kept| kept.after.parse().ok())
        .collect();
    reports::table
        .inner_join(obligations::table.inner_join(periods::table))
        .filter(obligations::id.eq_any(ids).or(obligations::id.eq_any(moved)))
        .filter(reports::last_revision.gt(0).or(obligations::standing.eq("nil")))
        .order(obligations::id)
        .select(periods::label)
        .first(conn)
        .optional()
}

/// A period decided by a day of the new order, in which a unit of the event owes, with an edition approved since.
fn closed_since(
    conn: &mut Conn,
    change: &ChangeRow,
    named: &[UnitId],
    since: NaiveDateTime,
) -> QueryResult<Option<String>> {
    let concerned: Vec<PeriodId> = obligations::table
        .inner_join(periods::table)
        .filter(obligations::unit_id.eq_any(named).or(obligations::collector_id.eq_any(named)))
        .filter(periods::reference_on.ge(change.effective_on))
        .select(periods::id)
        .distinct()
        .load(conn)?;
    editions::table
        .inner_join(periods::table)
        .filter(editions::period_id.eq_any(concerned))
        .filter(editions::approved_at.gt(since))
        .order(editions::id)
        .select(periods::label)
        .first(conn)
        .optional()
}

/// A period opened since, owed by a unit the event founded or gave a route to. Obligations are numbered as they are
/// made: one made after the event's own is of a later opening.
fn opened_since(
    conn: &mut Conn,
    change: &ChangeRow,
    journal: &[Kept],
    newest: ObligationId,
) -> QueryResult<Option<String>> {
    let of = |what: &str| journal.iter().filter(|k| k.what == what).map(|k| k.row_id).collect::<Vec<i64>>();
    let mut debtors: Vec<UnitId> = of("add:unit").into_iter().map(UnitId).collect();
    let routed: Vec<UnitId> =
        routes::table.filter(routes::id.eq_any(of("add:route"))).select(routes::unit_id).load(conn)?;
    debtors.extend(routed);
    let founded: Vec<ObligationId> = of("add:obligation").into_iter().map(ObligationId).collect();
    obligations::table
        .inner_join(periods::table)
        .filter(obligations::unit_id.eq_any(debtors))
        .filter(periods::reference_on.ge(change.effective_on))
        .filter(obligations::id.gt(newest))
        .filter(obligations::id.ne_all(founded))
        .order(obligations::id)
        .select(periods::label)
        .first(conn)
        .optional()
}

/// Takes the event back.
///
/// # Errors
/// [`Error::NotFound`] for a foreign one; [`Error::Forbidden`] for other roles; [`Error::Refused`] with the reason
/// when it is too late.
pub fn undo(conn: &mut Conn, actor: &Actor, id: UnitChangeId, moment: Moment) -> Result<(), Error> {
    let (change, lines) = queries::change(conn, &actor.scope().provinces, id)?;
    let named: Vec<UnitId> = lines.iter().flat_map(|line| [line.from, line.to]).flatten().collect();
    let membership = administers(conn, actor, &named)?;
    let journal = queries::journal(conn, id)?;
    if let Some(reason) = obstacle(conn, &change, &lines, &journal)? {
        return Err(Error::Refused(format!("Không hoàn tác được. {reason}")));
    }
    let last = moment.today.pred_opt().unwrap_or(moment.today).max(change.effective_on);
    diesel::delete(unit_change_lines::table.filter(unit_change_lines::change_id.eq(id))).execute(conn)?;
    diesel::delete(unit_change_effects::table.filter(unit_change_effects::change_id.eq(id))).execute(conn)?;
    diesel::delete(unit_changes::table.find(id)).execute(conn)?;
    let founded: Vec<UnitId> =
        journal.iter().filter(|kept| kept.what == "add:unit").map(|kept| UnitId(kept.row_id)).collect();
    // Derived, and recomputed below: it would keep the founded units.
    let of_founded = unit_reach::unit_id.eq_any(&founded).or(unit_reach::reaches_id.eq_any(&founded));
    diesel::delete(unit_reach::table.filter(of_founded)).execute(conn)?;
    for kept in journal.iter().rev() {
        take_back(conn, kept, &founded, last)?;
    }
    for duty in touched(&journal) {
        let reason = format!("Hoàn tác sắp xếp tổ chức: {}", change.decision);
        let decision = NewDecision {
            obligation_id: duty,
            kind: "change_undone",
            until_on: None,
            reason: &reason,
            membership_id: back(&journal, membership.id)?,
            actor_name: &actor.full_name,
            actor_title: &membership.title,
            decided_at: moment.at,
        };
        append_decision(conn, &decision)?;
    }
    reach::rebuild(conn)?;
    let before = json!({
        "kind": change.kind,
        "effective_on": change.effective_on,
        "decision": change.decision,
        "recorded_at": change.recorded_at,
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
        after: None,
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

/// Obligations on record before and after that the event wrote to.
fn touched(journal: &[Kept]) -> Vec<ObligationId> {
    let wrote =
        |kept: &&Kept| matches!(kept.what.as_str(), "set:obligation_unit" | "set:obligation_standing");
    journal.iter().filter(wrote).map(|kept| ObligationId(kept.row_id)).collect()
}

fn take_back(conn: &mut Conn, kept: &Kept, founded: &[UnitId], last: NaiveDate) -> Result<(), Error> {
    if let Some(field) = kept.what.strip_prefix("set:").and_then(Field::from_code) {
        if matches!(field, Field::ObligationUnit | Field::ObligationStanding) {
            diesel::update(obligations::table.find(kept.row_id))
                .set(obligations::version.eq(obligations::version + 1))
                .execute(conn)?;
        }
        if !set(conn, field, kept.row_id, &kept.after, &kept.before)? {
            return Err(Error::Refused(
                "Không hoàn tác được. Một phần dữ liệu của sự kiện đã được thay đổi sau đó.".to_owned(),
            ));
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
        "add:membership" => remove_or_keep(
            conn,
            |conn| diesel::delete(memberships::table.find(id)).execute(conn),
            |conn| {
                diesel::update(memberships::table.find(id)).set(memberships::valid_to.eq(last)).execute(conn)
            },
        ),
        // A draft somebody typed stays readable, in an obligation that has ended.
        "add:report" => {
            remove_or_keep(conn, |conn| diesel::delete(reports::table.find(id)).execute(conn), |_| Ok(0))
        }
        "add:obligation" => remove_or_keep(
            conn,
            |conn| diesel::delete(obligations::table.find(id)).execute(conn),
            |conn| {
                diesel::update(obligations::table.find(id))
                    .set(obligations::standing.eq("ended"))
                    .execute(conn)
            },
        ),
        "drop:report" => restore_report(conn, kept),
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
