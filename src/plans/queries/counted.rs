//! The indicators an entry of the log of work can count toward.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::super::counted::Counted;
use crate::db::Conn;
use crate::db::ids::{FormId, IndicatorId, RegimeId, UnitId};
use crate::db::schema::{form_indicators, indicators, obligations, periods};
use crate::indicators::{PeriodRule, ValueType};
use crate::periods::Standing;

/// What adds up in the newest form asked of some units under each regime, up to a day; in the order of the catalogue. Two queries.
///
/// # Errors
/// The queries' own.
pub fn countable(conn: &mut Conn, units: &[UnitId], today: NaiveDate) -> QueryResult<Vec<Counted>> {
    let asked: Vec<(RegimeId, UnitId, FormId)> = obligations::table
        .inner_join(periods::table)
        .filter(obligations::unit_id.eq_any(units))
        .filter(obligations::part.eq("own"))
        .filter(obligations::standing.eq(Standing::Owed.code()))
        .filter(periods::reference_on.gt(today - chrono::Days::new(OLDEST)))
        .order((periods::reference_on.desc(), obligations::id.desc()))
        .select((periods::regime_id, obligations::unit_id, obligations::form_id))
        .load(conn)?;
    let mut met: HashSet<(RegimeId, UnitId)> = HashSet::new();
    let forms: Vec<FormId> =
        asked.into_iter().filter(|(regime, unit, _)| met.insert((*regime, *unit))).map(|row| row.2).collect();
    let mut rows: Vec<(IndicatorId, String, String, String)> = form_indicators::table
        .inner_join(indicators::table)
        .filter(form_indicators::form_id.eq_any(&forms))
        .filter(indicators::period_rule.eq(PeriodRule::Flow.as_str()))
        .filter(indicators::value_type.ne_all([ValueType::Bool.as_str(), ValueType::Ratio.as_str()]))
        .filter(indicators::valid_to.is_null().or(indicators::valid_to.ge(today)))
        .order((indicators::group_code, indicators::position, indicators::id))
        .select((indicators::id, indicators::code, indicators::name, indicators::measure_unit))
        .load(conn)?;
    // Two forms that ask the same give two rows, one after the other.
    rows.dedup_by_key(|row| row.0);
    Ok(rows
        .into_iter()
        .map(|(id, code, name, measure_unit)| Counted { id, code, name, measure_unit })
        .collect())
}

/// Days after which a form that was not asked again is nobody's any more.
const OLDEST: u64 = 550;

/// What some indicators are called in short: their codes. One query.
///
/// # Errors
/// The query's own.
pub fn codes_of(conn: &mut Conn, ids: &[IndicatorId]) -> QueryResult<HashMap<IndicatorId, String>> {
    let rows: Vec<(IndicatorId, String)> = indicators::table
        .filter(indicators::id.eq_any(ids))
        .select((indicators::id, indicators::code))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// The indicator of an entry as it is called, whether or not it is still asked of anybody. One query.
///
/// # Errors
/// The query's own.
pub fn counted(conn: &mut Conn, id: IndicatorId) -> QueryResult<Counted> {
    let row: (String, String, String) = indicators::table
        .find(id)
        .select((indicators::code, indicators::name, indicators::measure_unit))
        .first(conn)?;
    Ok(Counted { id, code: row.0, name: row.1, measure_unit: row.2 })
}
