//! What stands against taking a reorganisation back: what was sent, closed, drafted, rerouted or opened since. Stands
//! between the page, which offers the reversal, and the verb, which carries it out.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::Kind;
use super::queries::{self, ChangeRow, Kept, LineRow};
use crate::db::Conn;
use crate::db::ids::{ObligationId, PeriodId, RegimeId, UnitId};
use crate::db::schema::{
    editions, obligation_decisions, obligations, periods, report_transitions, reports, revisions, routes,
    unit_reach,
};
use crate::reports::Step;
use crate::units::queries::names_on;
use crate::vietnamese::short_date;

/// Why an event can no longer be taken back; none while it can. Eighteen queries at most.
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
    if let Some((label, unit)) = answered_since(conn, journal, since)? {
        let names = names_on(conn, &[unit], change.effective_on)?;
        let name = names.get(&unit).map_or("đơn vị cũ", String::as_str);
        return Ok(Some(format!("Báo cáo {label} của {name} đã được gửi sau khi sắp xếp, thay đơn vị cũ.")));
    }
    if change.kind == Kind::Rename.code()
        && let Some(label) = named_since(conn, &named, since)?
    {
        return Ok(Some(format!("Đơn vị đã gửi báo cáo {label} theo tên mới.")));
    }
    if let Some(label) = closed_since(conn, change, &named, since)? {
        return Ok(Some(format!("Bản tổng hợp {label} đã được chốt theo cơ cấu mới.")));
    }
    if let Some(label) = drafted_since(conn, change, &named, since)? {
        return Ok(Some(format!(
            "Bản tổng hợp {label} đang dự thảo theo cơ cấu mới. Hủy bản dự thảo đó trước."
        )));
    }
    if let Some(words) = rerouted_since(conn, journal, change.effective_on)? {
        return Ok(Some(words));
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
        .filter(reports::first_sent_at.is_not_null().or(obligations::standing.eq("nil")))
        .order(obligations::id)
        .select(periods::label)
        .first(conn)
        .optional()
}

/// A period for which something was sent, or declared to be nothing, since the event in the name of a body it ended, or of one
/// whose place that body had taken: by the people of the successor. What was taken back was not sent.
fn answered_since(
    conn: &mut Conn,
    journal: &[Kept],
    since: NaiveDateTime,
) -> QueryResult<Option<(String, UnitId)>> {
    let ended = journal.iter().filter(|kept| kept.what == "set:unit_last_day");
    let mut bodies: Vec<UnitId> = ended.map(|kept| UnitId(kept.row_id)).collect();
    if bodies.is_empty() {
        return Ok(None);
    }
    let before: Vec<UnitId> = unit_reach::table
        .filter(unit_reach::unit_id.eq_any(&bodies))
        .filter(unit_reach::relation.eq("predecessor"))
        .select(unit_reach::reaches_id)
        .load(conn)?;
    bodies.extend(before);
    let sent = revisions::table
        .inner_join(reports::table.inner_join(obligations::table.inner_join(periods::table)))
        .filter(obligations::unit_id.eq_any(&bodies))
        .filter(revisions::sent_at.gt(since))
        .filter(not(exists(
            report_transitions::table
                .filter(report_transitions::revision_id.eq(revisions::id.nullable()))
                .filter(report_transitions::step.eq_any(Step::TAKING_BACK.map(Step::code))),
        )))
        .order(revisions::id)
        .select((periods::label, obligations::unit_id))
        .first(conn)
        .optional()?;
    if sent.is_some() {
        return Ok(sent);
    }
    obligation_decisions::table
        .inner_join(obligations::table.inner_join(periods::table))
        .filter(obligations::unit_id.eq_any(&bodies))
        .filter(obligations::standing.eq("nil"))
        .filter(obligation_decisions::kind.eq("nil"))
        .filter(obligation_decisions::decided_at.gt(since))
        .order(obligation_decisions::id)
        .select((periods::label, obligations::unit_id))
        .first(conn)
        .optional()
}

/// A period for which a renamed body sent a report since: its heading, its symbol and its confirmation have the new name. What
/// was taken back was not sent.
fn named_since(conn: &mut Conn, named: &[UnitId], since: NaiveDateTime) -> QueryResult<Option<String>> {
    revisions::table
        .inner_join(reports::table.inner_join(obligations::table.inner_join(periods::table)))
        .filter(obligations::unit_id.eq_any(named))
        .filter(revisions::sent_at.gt(since))
        .filter(not(exists(
            report_transitions::table
                .filter(report_transitions::revision_id.eq(revisions::id.nullable()))
                .filter(report_transitions::step.eq_any(Step::TAKING_BACK.map(Step::code))),
        )))
        .order(revisions::id)
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
    editions::table
        .inner_join(periods::table)
        .filter(editions::period_id.eq_any(concerned(conn, change, named)?))
        .filter(editions::approved_at.gt(since))
        .order(editions::id)
        .select(periods::label)
        .first(conn)
        .optional()
}

/// Such a period with an edition begun since by a body of the event, which might collect from nobody afterwards.
fn drafted_since(
    conn: &mut Conn,
    change: &ChangeRow,
    named: &[UnitId],
    since: NaiveDateTime,
) -> QueryResult<Option<String>> {
    editions::table
        .inner_join(periods::table)
        .filter(editions::period_id.eq_any(concerned(conn, change, named)?))
        .filter(editions::collector_id.eq_any(named))
        .filter(editions::status.eq("draft"))
        .filter(editions::created_at.gt(since))
        .order(editions::id)
        .select(periods::label)
        .first(conn)
        .optional()
}

/// Periods decided by a day of the new order in which a unit of the event owes or collects.
fn concerned(conn: &mut Conn, change: &ChangeRow, named: &[UnitId]) -> QueryResult<Vec<PeriodId>> {
    obligations::table
        .inner_join(periods::table)
        .filter(obligations::unit_id.eq_any(named).or(obligations::collector_id.eq_any(named)))
        .filter(periods::reference_on.ge(change.effective_on))
        .select(periods::id)
        .distinct()
        .load(conn)
}

/// A route of the event that was ended, replaced or moved since: the one it followed would stand beside the new one.
fn rerouted_since(conn: &mut Conn, journal: &[Kept], day: NaiveDate) -> QueryResult<Option<String>> {
    let of = |what: &str| journal.iter().filter(|k| k.what == what).map(|k| k.row_id).collect::<Vec<i64>>();
    let (added, closed) = (of("add:route"), of("set:route_last_day"));
    let restored: Vec<(RegimeId, UnitId, String)> = routes::table
        .filter(routes::id.eq_any(closed))
        .select((routes::regime_id, routes::unit_id, routes::part))
        .load(conn)?;
    let dropped = journal.iter().filter(|k| k.what == "drop:route").filter_map(|k| {
        let mut words = k.before.split(' ');
        let (regime, unit) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        Some((regime, unit, words.nth(1)?.to_owned()))
    });
    let restored: HashSet<(RegimeId, UnitId, String)> = restored.into_iter().chain(dropped).collect();
    let units: Vec<UnitId> = restored.iter().map(|(_, unit, _)| *unit).collect();
    let as_added = journal.iter().filter(|k| k.what == "add:route").map(|k| (k.row_id, k.after.as_str()));
    let as_added: HashMap<i64, &str> = as_added.collect();
    let now: Vec<(i64, UnitId, Option<NaiveDate>)> = routes::table
        .filter(routes::id.eq_any(&added))
        .order(routes::id)
        .select((routes::id, routes::unit_id, routes::valid_to))
        .load(conn)?;
    let ended = now.into_iter().find_map(|(id, unit, last)| {
        let last = last.filter(|last| as_added.get(&id).is_some_and(|then| *then != last.to_string()))?;
        Some((unit, last))
    });
    if let Some((unit, last)) = ended {
        let names = names_on(conn, &[unit], last)?;
        let name = names.get(&unit).map_or("", String::as_str);
        return Ok(Some(format!(
            "Tuyến báo cáo mới của {name} đã được kết thúc ngày {} sau sự kiện này.",
            short_date(last)
        )));
    }
    let later: Vec<(RegimeId, UnitId, String, Option<NaiveDate>)> = routes::table
        .filter(routes::unit_id.eq_any(units))
        .filter(routes::id.gt(added.into_iter().max().unwrap_or_default()))
        .filter(routes::valid_from.ge(day))
        .order(routes::id)
        .select((routes::regime_id, routes::unit_id, routes::part, routes::valid_from))
        .load(conn)?;
    let found =
        later.into_iter().find(|(regime, unit, part, _)| restored.contains(&(*regime, *unit, part.clone())));
    let Some((_, unit, _, Some(from))) = found else { return Ok(None) };
    let names = names_on(conn, &[unit], from)?;
    let name = names.get(&unit).map_or("", String::as_str);
    Ok(Some(format!(
        "Tuyến báo cáo của {name} đã được đổi từ ngày {}; khôi phục tuyến cũ sẽ trùng với tuyến đó.",
        short_date(from)
    )))
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
