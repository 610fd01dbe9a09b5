//! Links of a report that another report of the same regime, or another unit's log of work, stands on too.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::super::{Case, ClaimPlace, ClaimedElsewhere, ReportState};
use super::outlines::reach_of;
use crate::db::Conn;
use crate::db::ids::{ReportId, UnitId};
use crate::db::schema::{evidence, evidence_claims, obligations, periods, reports, task_entries};
use crate::periods::Period;

/// The keys of the posts a report claims, as they were last saved. One query.
///
/// # Errors
/// The query's own.
pub(super) fn claimed_keys(conn: &mut Conn, id: ReportId) -> QueryResult<Vec<String>> {
    evidence_claims::table
        .inner_join(evidence::table)
        .filter(evidence_claims::report_id.eq(id).and(evidence::url_key.ne("")))
        .select(evidence::url_key)
        .distinct()
        .load(conn)
}

/// Who else claims posts of a report: another unit, or the same one for a period that is neither part of this one nor
/// holds it; in a report or in its log of work. Of what another unit has not sent it is told that there is one, as the ledger
/// does. Five queries at most.
///
/// # Errors
/// The queries' own.
pub(in crate::reports) fn claimed_elsewhere(
    conn: &mut Conn,
    case: &Case,
    keys: &[String],
) -> QueryResult<Vec<ClaimedElsewhere>> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let others: Vec<(String, UnitId, String, Period)> = evidence_claims::table
        .inner_join(evidence::table)
        .inner_join(reports::table.inner_join(obligations::table.inner_join(periods::table)))
        .filter(evidence::url_key.eq_any(keys).and(reports::id.ne(case.report.id)))
        .filter(periods::regime_id.eq(case.regime.id))
        .order((evidence::url_key, periods::reference_on.desc(), obligations::unit_id))
        .select((evidence::url_key, obligations::unit_id, reports::state, Period::as_select()))
        .load(conn)?;
    // Its own are also those of the units it took over.
    let own = reach_of(conn, case)?;
    let overlaps = |period: &Period| {
        period.id == case.period.id
            || case
                .window()
                .zip(period.window())
                .is_some_and(|(one, other)| one.from <= other.to && other.from <= one.to)
    };
    let others: Vec<_> =
        others.into_iter().filter(|(_, unit, _, period)| !own.contains(unit) || !overlaps(period)).collect();
    let is_told = |unit: &UnitId, state: &str| {
        own.contains(unit) || ReportState::from_code(state).is_some_and(ReportState::is_with_collector)
    };
    let noted = noted_elsewhere(conn, case, keys, &own)?;
    let of_reports = others.iter().map(|(_, unit, ..)| *unit).filter(|unit| !own.contains(unit));
    let units: Vec<UnitId> = of_reports.chain(noted.iter().filter_map(|(_, unit, _)| *unit)).collect();
    let names = match units.is_empty() {
        true => Default::default(),
        false => crate::units::queries::names_on(conn, &units, case.period.reference_on)?,
    };
    let mut found: Vec<ClaimedElsewhere> = Vec::new();
    for (key, unit, state, period) in others {
        let claim = match is_told(&unit, &state) {
            true => {
                let unit = names.get(&unit).cloned().unwrap_or_default();
                ClaimedElsewhere { key, unit, place: ClaimPlace::Report(period.label) }
            }
            false => ClaimedElsewhere { key, unit: String::new(), place: ClaimPlace::Unsent },
        };
        if !found.contains(&claim) {
            found.push(claim);
        }
    }
    found.extend(noted.into_iter().map(|(key, unit, day)| ClaimedElsewhere {
        key,
        unit: unit.and_then(|unit| names.get(&unit).cloned()).unwrap_or_default(),
        place: ClaimPlace::Entry(day),
    }));
    Ok(found)
}

/// Entries of the log of work with the same posts: of other units that owe under the regime, and of its own from outside the
/// window; none stands for its own. One query.
fn noted_elsewhere(
    conn: &mut Conn,
    case: &Case,
    keys: &[String],
    own: &[UnitId],
) -> QueryResult<Vec<(String, Option<UnitId>, NaiveDate)>> {
    let owing = obligations::table
        .inner_join(periods::table)
        .filter(periods::regime_id.eq(case.regime.id))
        .select(obligations::unit_id);
    let rows: Vec<(String, UnitId, NaiveDate)> = task_entries::table
        .filter(task_entries::url_key.eq_any(keys))
        .filter(task_entries::unit_id.eq_any(owing).or(task_entries::unit_id.eq_any(own)))
        .order((task_entries::url_key, task_entries::done_on.desc(), task_entries::unit_id))
        .select((task_entries::url_key, task_entries::unit_id, task_entries::done_on))
        .distinct()
        .load(conn)?;
    let elsewhere = |(key, unit, day): (String, UnitId, NaiveDate)| match own.contains(&unit) {
        false => Some((key, Some(unit), day)),
        true => case.window().is_some_and(|window| !window.contains(day)).then_some((key, None, day)),
    };
    Ok(rows.into_iter().filter_map(elsewhere).collect())
}
