//! SQL of a unit's past: what it owed as far as the reader may see it, how often it was asked to send again, and what
//! passed from whom to whom.

use std::collections::HashMap;

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::super::passages::Passage;
use crate::access::Scope;
use crate::db::Conn;
use crate::db::ids::{ReportId, UnitId};
use crate::db::schema::{
    obligations, periods, regimes, report_transitions, reports, unit_change_lines, unit_changes,
};
use crate::periods::queries::nil_moments;
use crate::periods::{Duty, Obligation, Period, Regime, ReportHead};
use crate::reports::Step;

/// Everything some units owed that lies within a scope, in the order the periods were opened: the reader's own units,
/// what the reader collects, and the provinces the reader oversees. Two queries.
///
/// # Errors
/// The query's own.
pub fn duties_of_units(
    conn: &mut Conn,
    scope: &Scope,
    units: &[UnitId],
) -> QueryResult<Vec<(Duty, Period, Regime)>> {
    let rows: Vec<(Obligation, ReportHead, Period, Regime)> = obligations::table
        .inner_join(reports::table)
        .inner_join(periods::table.inner_join(regimes::table))
        .filter(obligations::unit_id.eq_any(units))
        .filter(
            obligations::unit_id
                .eq_any(&scope.own_units)
                .or(obligations::collector_id.eq_any(&scope.collector_units))
                .or(regimes::collector_id.eq_any(&scope.collector_units))
                .or(regimes::province_id.eq_any(&scope.overseen_provinces)),
        )
        .order((periods::opened_at, obligations::id))
        .select((Obligation::as_select(), ReportHead::as_select(), Period::as_select(), Regime::as_select()))
        .load(conn)?;
    let nil = nil_moments(conn, rows.iter().map(|(obligation, ..)| obligation))?;
    Ok(rows
        .into_iter()
        .map(|(obligation, report, period, regime)| {
            let (period, regime) = period.under(regime);
            let nil_at = nil.get(&obligation.id).copied();
            (Duty { obligation, report, nil_at }, period, regime)
        })
        .collect())
}

/// How often each report was asked to be sent again. One query.
///
/// # Errors
/// The query's own.
pub fn corrections(conn: &mut Conn, ids: &[ReportId]) -> QueryResult<HashMap<ReportId, i64>> {
    let asking: Vec<&str> = Step::ALL.into_iter().filter(|s| s.asks_correction()).map(Step::code).collect();
    let counted = report_transitions::table
        .filter(report_transitions::report_id.eq_any(ids))
        .filter(report_transitions::step.eq_any(asking))
        .group_by(report_transitions::report_id)
        .select((report_transitions::report_id, count_star()))
        .load::<(ReportId, i64)>(conn)?;
    Ok(counted.into_iter().collect())
}

/// How many sendings of each report were taken back: they were entered by mistake, and nothing was sent. One query.
///
/// # Errors
/// The query's own.
pub fn taken_back(conn: &mut Conn, ids: &[ReportId]) -> QueryResult<HashMap<ReportId, i64>> {
    let counted = report_transitions::table
        .filter(report_transitions::report_id.eq_any(ids))
        .filter(report_transitions::step.eq_any(Step::TAKING_BACK.map(Step::code)))
        .group_by(report_transitions::report_id)
        .select((report_transitions::report_id, count_star()))
        .load::<(ReportId, i64)>(conn)?;
    Ok(counted.into_iter().collect())
}

/// To whom some bodies passed as a whole, and what passed whole to them, in the order of the days. One query.
///
/// # Errors
/// The query's own.
pub fn passages(conn: &mut Conn, ids: &[UnitId]) -> QueryResult<Vec<Passage>> {
    let rows: Vec<(Option<UnitId>, Option<UnitId>, chrono::NaiveDate)> = unit_change_lines::table
        .inner_join(unit_changes::table)
        .filter(unit_change_lines::function_id.is_null())
        .filter(unit_change_lines::from_unit_id.eq_any(ids).or(unit_change_lines::to_unit_id.eq_any(ids)))
        .order((unit_changes::effective_on, unit_changes::id, unit_change_lines::id))
        .select((unit_change_lines::from_unit_id, unit_change_lines::to_unit_id, unit_changes::effective_on))
        .load(conn)?;
    let passages = rows.into_iter().filter_map(|(from, to, on)| Some(Passage { from: from?, to: to?, on }));
    Ok(passages.filter(|passage| passage.from != passage.to).collect())
}
