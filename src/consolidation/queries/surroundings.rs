//! SQL of what stands around the figures: the catalogue, names and codes of bodies, the period a year ago, and
//! the reorganisations between the two.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::super::succession::Handover;
use crate::db::Conn;
use crate::db::ids::{IndicatorId, RegimeId, UnitId};
use crate::db::schema::{
    indicator_groups, indicators, periods, routes, unit_change_lines, unit_changes, unit_versions, units,
};
use crate::periods::Period;

/// A group of the catalogue.
#[derive(Debug, Clone, Queryable)]
pub(in super::super) struct GroupRow {
    pub(in super::super) code: String,
    pub(in super::super) name: String,
    pub(in super::super) classified: bool,
}

/// An indicator as stored.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = indicators)]
pub(in super::super) struct IndicatorRow {
    pub(in super::super) id: IndicatorId,
    pub(in super::super) code: String,
    pub(in super::super) group_code: String,
    pub(in super::super) name: String,
    pub(in super::super) measure_unit: String,
    pub(in super::super) value_type: String,
    pub(in super::super) scale: i32,
    pub(in super::super) display_exponent: i32,
    pub(in super::super) unit_rule: String,
    pub(in super::super) period_rule: String,
    pub(in super::super) numerator_id: Option<IndicatorId>,
    pub(in super::super) denominator_id: Option<IndicatorId>,
}

/// Groups and indicators in catalogue order. Two queries.
///
/// # Errors
/// The queries' own.
pub(in super::super) fn catalogue(conn: &mut Conn) -> QueryResult<(Vec<GroupRow>, Vec<IndicatorRow>)> {
    let groups = indicator_groups::table
        .order((indicator_groups::position, indicator_groups::code))
        .select((indicator_groups::code, indicator_groups::name, indicator_groups::classified))
        .load(conn)?;
    let rows = indicators::table
        .order((indicators::position, indicators::id))
        .select(IndicatorRow::as_select())
        .load(conn)?;
    Ok((groups, rows))
}

/// The identifiers that stay the same in every installation. One query.
///
/// # Errors
/// The query's own.
pub(in super::super) fn uids(conn: &mut Conn, ids: &[UnitId]) -> QueryResult<HashMap<UnitId, String>> {
    Ok(units::table
        .filter(units::id.eq_any(ids))
        .select((units::id, units::uid))
        .load::<(UnitId, String)>(conn)?
        .into_iter()
        .collect())
}

/// The units of some identifiers. One query.
///
/// # Errors
/// The query's own.
pub(in super::super) fn by_uid(conn: &mut Conn, uids: &[&str]) -> QueryResult<HashMap<String, UnitId>> {
    Ok(units::table
        .filter(units::uid.eq_any(uids))
        .select((units::uid, units::id))
        .load::<(String, UnitId)>(conn)?
        .into_iter()
        .collect())
}

/// A code of the state catalogue with the days it is in force, both included; open ends are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct OfficialCode {
    pub(in super::super) code: String,
    pub(in super::super) from: Option<NaiveDate>,
    pub(in super::super) to: Option<NaiveDate>,
}

/// A province's code in the state catalogue on a day, over all its versions that bear it; none where nobody entered it.
/// One query.
///
/// # Errors
/// The query's own.
pub(in super::super) fn official_code(
    conn: &mut Conn,
    unit: UnitId,
    day: NaiveDate,
) -> QueryResult<Option<OfficialCode>> {
    type Row = (Option<String>, Option<NaiveDate>, Option<NaiveDate>);
    let mut rows: Vec<Row> = unit_versions::table
        .filter(unit_versions::unit_id.eq(unit))
        .order(unit_versions::id)
        .select((unit_versions::official_code, unit_versions::valid_from, unit_versions::valid_to))
        .load(conn)?;
    let holds = |row: &Row| row.1.is_none_or(|from| from <= day) && row.2.is_none_or(|to| to >= day);
    let code = rows.iter().rev().find(|row| holds(row)).and_then(|row| row.0.clone());
    let Some(code) = code.filter(|code| !code.is_empty()) else { return Ok(None) };
    rows.retain(|row| row.0.as_deref() == Some(code.as_str()));
    // An open beginning is before every day, an open end after.
    let from = rows.iter().map(|row| row.1).min().flatten();
    let open = rows.iter().any(|row| row.2.is_none());
    let to = if open { None } else { rows.iter().filter_map(|row| row.2).max() };
    Ok(Some(OfficialCode { code, from, to }))
}

/// To whom a collector sends its consolidated report on a day. One query.
///
/// # Errors
/// The query's own.
pub(in super::super) fn next_level(
    conn: &mut Conn,
    regime: RegimeId,
    collector: UnitId,
    day: NaiveDate,
) -> QueryResult<Option<UnitId>> {
    routes::table
        .filter(routes::regime_id.eq(regime))
        .filter(routes::unit_id.eq(collector))
        .filter(routes::part.eq("consolidated"))
        .filter(routes::valid_from.is_null().or(routes::valid_from.le(day)))
        .filter(routes::valid_to.is_null().or(routes::valid_to.ge(day)))
        .order(routes::id)
        .select(routes::collector_id)
        .first(conn)
        .optional()
}

/// The period of a regime with a cycle in a year; the first opened, should there be several. One query.
///
/// # Errors
/// The query's own.
pub(in super::super) fn period_of(
    conn: &mut Conn,
    regime: RegimeId,
    cycle: &str,
    year: i32,
) -> QueryResult<Option<Period>> {
    periods::table
        .filter(periods::regime_id.eq(regime))
        .filter(periods::cycle.eq(cycle))
        .filter(periods::year.eq(year))
        .order(periods::id)
        .select(Period::as_select())
        .first(conn)
        .optional()
}

/// The periods of a regime in a reporting year, the earliest opened first. One query.
///
/// # Errors
/// The query's own.
pub(in super::super) fn periods_of_year(
    conn: &mut Conn,
    regime: RegimeId,
    year: i32,
) -> QueryResult<Vec<Period>> {
    periods::table
        .filter(periods::regime_id.eq(regime))
        .filter(periods::year.eq(year))
        .order(periods::id)
        .select(Period::as_select())
        .load(conn)
}

/// A line of a reorganisation: its number, who gave, who took, and the function where one alone was handed over.
type Line = (i64, Option<UnitId>, Option<UnitId>, Option<i64>);

/// The reorganisations after one day up to another, in the order of their dates. One query.
///
/// # Errors
/// The query's own.
pub fn handovers(conn: &mut Conn, after: NaiveDate, until: NaiveDate) -> QueryResult<Vec<Vec<Handover>>> {
    let of = lines();
    let between =
        of.filter(unit_changes::effective_on.gt(after)).filter(unit_changes::effective_on.le(until));
    Ok(by_change(between.load(conn)?))
}

/// Every reorganisation on record, in the order of their dates. One query.
///
/// # Errors
/// The query's own.
pub(in super::super) fn all_handovers(conn: &mut Conn) -> QueryResult<Vec<Vec<Handover>>> {
    Ok(by_change(lines().load(conn)?))
}

/// The lines of every reorganisation, in the order of their dates.
#[diesel::dsl::auto_type]
fn lines() -> _ {
    unit_change_lines::table
        .inner_join(unit_changes::table)
        .order((unit_changes::effective_on, unit_changes::id, unit_change_lines::id))
        .select((
            unit_changes::id,
            unit_change_lines::from_unit_id,
            unit_change_lines::to_unit_id,
            unit_change_lines::function_id,
        ))
}

fn by_change(lines: Vec<Line>) -> Vec<Vec<Handover>> {
    let mut changes: Vec<Vec<Handover>> = Vec::new();
    let mut last = None;
    for (change, from, to, function) in lines {
        if last != Some(change) {
            changes.push(Vec::new());
            last = Some(change);
        }
        if let Some(lines) = changes.last_mut() {
            lines.push(Handover { from, to, whole: function.is_none() });
        }
    }
    changes
}
