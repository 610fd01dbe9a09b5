//! All SQL about the catalogue and about which forms ask for an indicator.

use std::collections::HashSet;
use std::str::FromStr;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::result::Error::DeserializationError;

use super::{Group, Indicator, Local};
use crate::db::Conn;
use crate::db::ids::{FormId, IndicatorId, RegimeId, UnitId};
use crate::db::schema::{
    form_audiences, form_indicators, forms, indicator_groups, indicators, local_indicators, obligations,
    regimes, unit_kinds,
};
use crate::vietnamese::sort_key;

/// A form version that asks for an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct AskingForm {
    pub regime_id: RegimeId,
    pub regime_name: String,
    pub form_id: FormId,
    pub name: String,
    pub version: i32,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
    /// The figure enters the total; otherwise it is shown as "tham khảo, không cộng".
    pub counts: bool,
    pub required: bool,
}

/// Whom a form is for: a kind of unit by its name, or one unit.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct AskedUnits {
    pub form_id: FormId,
    pub kind_name: Option<String>,
    pub unit_id: Option<UnitId>,
}

#[derive(Queryable)]
struct Row {
    id: IndicatorId,
    code: String,
    group: (String, String, i32, bool),
    name: String,
    search_key: String,
    measure_unit: String,
    value_type: String,
    scale: i32,
    display_exponent: i32,
    rules: (String, String, String),
    numerator_id: Option<IndicatorId>,
    denominator_id: Option<IndicatorId>,
    guidance: String,
    position: i32,
    successor_id: Option<IndicatorId>,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
    local: Option<(UnitId, i32)>,
}

/// The catalogue as some provinces see it: what is issued to all, and what they count for themselves. One query.
///
/// # Errors
/// As [`catalogue`].
pub fn catalogue_of(conn: &mut Conn, provinces: &[UnitId]) -> QueryResult<Vec<Indicator>> {
    let mut all = catalogue(conn)?;
    all.retain(|indicator| indicator.local.is_none_or(|local| provinces.contains(&local.province_id)));
    Ok(all)
}

/// The whole catalogue, in the order of groups and of indicators within them. One query.
///
/// # Errors
/// The query's own, and a stored code the program does not know.
pub fn catalogue(conn: &mut Conn) -> QueryResult<Vec<Indicator>> {
    let rows: Vec<Row> = indicators::table
        .inner_join(indicator_groups::table)
        .left_join(local_indicators::table)
        .order((indicator_groups::position, indicators::position, indicators::id))
        .select((
            indicators::id,
            indicators::code,
            (
                indicator_groups::code,
                indicator_groups::name,
                indicator_groups::position,
                indicator_groups::classified,
            ),
            indicators::name,
            indicators::search_key,
            indicators::measure_unit,
            indicators::value_type,
            indicators::scale,
            indicators::display_exponent,
            (indicators::unit_rule, indicators::level_rule, indicators::period_rule),
            indicators::numerator_id,
            indicators::denominator_id,
            indicators::guidance,
            indicators::position,
            indicators::successor_id,
            indicators::valid_from,
            indicators::valid_to,
            (local_indicators::province_id, local_indicators::version).nullable(),
        ))
        .load(conn)?;
    rows.into_iter().map(Indicator::try_from).collect()
}

/// Every group, in the order of the catalogue. One query.
///
/// # Errors
/// The query's own.
pub fn groups(conn: &mut Conn) -> QueryResult<Vec<Group>> {
    let rows: Vec<(String, String, i32, bool)> = indicator_groups::table
        .order((indicator_groups::position, indicator_groups::code))
        .select((
            indicator_groups::code,
            indicator_groups::name,
            indicator_groups::position,
            indicator_groups::classified,
        ))
        .load(conn)?;
    let group = |(code, name, position, classified)| Group { code, name, position, classified };
    Ok(rows.into_iter().map(group).collect())
}

/// Every code of the installation, those of other provinces and of what has ended too. One query.
///
/// # Errors
/// The query's own.
pub fn codes(conn: &mut Conn) -> QueryResult<Vec<String>> {
    indicators::table.select(indicators::code).distinct().load(conn)
}

/// The place of a group's last indicator; 0 where it has none. One query.
///
/// # Errors
/// The query's own.
pub fn last_position(conn: &mut Conn, group: &str) -> QueryResult<i32> {
    let last = indicators::table
        .filter(indicators::group_code.eq(group))
        .order(indicators::position.desc())
        .select(indicators::position)
        .first(conn)
        .optional()?;
    Ok(last.unwrap_or_default())
}

/// Lets one writer of the catalogue in at a time, so that no two take the same code.
///
/// # Errors
/// The query's own.
pub fn claim_catalogue(conn: &mut Conn) -> QueryResult<usize> {
    diesel::update(indicator_groups::table)
        .set(indicator_groups::position.eq(indicator_groups::position))
        .execute(conn)
}

/// Whether a form asks for the indicator, or for a part of it, on which a report is owed: the same question that the
/// triggers ask before they let its rules change. One query.
///
/// # Errors
/// The query's own.
pub fn is_in_use(conn: &mut Conn, indicator: &Indicator) -> QueryResult<bool> {
    let parts = [indicator.numerator_id, indicator.denominator_id].into_iter().flatten();
    let ids: Vec<IndicatorId> = std::iter::once(indicator.id).chain(parts).collect();
    let owed: Option<FormId> = form_indicators::table
        .inner_join(obligations::table.on(obligations::form_id.eq(form_indicators::form_id)))
        .filter(form_indicators::indicator_id.eq_any(ids))
        .select(form_indicators::form_id)
        .first(conn)
        .optional()?;
    Ok(owed.is_some())
}

/// The form versions of some provinces' regimes that ask for the indicator, by regime and form. One query.
///
/// # Errors
/// The query's own.
pub fn asked_by(conn: &mut Conn, id: IndicatorId, provinces: &[UnitId]) -> QueryResult<Vec<AskingForm>> {
    let mut found: Vec<AskingForm> = form_indicators::table
        .inner_join(forms::table.on(forms::id.eq(form_indicators::form_id)))
        .inner_join(regimes::table.on(regimes::id.eq(forms::regime_id)))
        .filter(form_indicators::indicator_id.eq(id))
        .filter(regimes::province_id.eq_any(provinces))
        .order((regimes::id, forms::code, forms::version.desc()))
        .select((
            regimes::id,
            regimes::name,
            forms::id,
            forms::name,
            forms::version,
            forms::valid_from,
            forms::valid_to,
            form_indicators::counts,
            form_indicators::required,
        ))
        .load(conn)?;
    // Neither database knows the Vietnamese order.
    found.sort_by_key(|form| sort_key(&form.regime_name));
    Ok(found)
}

/// Whom some forms are for. One query.
///
/// # Errors
/// The query's own.
pub fn audiences(conn: &mut Conn, ids: &[FormId]) -> QueryResult<Vec<AskedUnits>> {
    form_audiences::table
        .left_join(unit_kinds::table)
        .filter(form_audiences::form_id.eq_any(ids))
        .order(form_audiences::id)
        .select((form_audiences::form_id, unit_kinds::name.nullable(), form_audiences::unit_id))
        .load(conn)
}

/// The indicators of classified groups, and the ratios made of one: single units' figures of these are for the unit and who
/// collects them. One query.
///
/// # Errors
/// The query's own.
pub fn classified(conn: &mut Conn) -> QueryResult<HashSet<IndicatorId>> {
    type Row = (IndicatorId, bool, Option<IndicatorId>, Option<IndicatorId>);
    let rows: Vec<Row> = indicators::table
        .inner_join(indicator_groups::table)
        .select((
            indicators::id,
            indicator_groups::classified,
            indicators::numerator_id,
            indicators::denominator_id,
        ))
        .load(conn)?;
    let of_group: HashSet<IndicatorId> = rows.iter().filter(|row| row.1).map(|row| row.0).collect();
    let is_closed = |id: &IndicatorId| of_group.contains(id);
    let closed = rows.iter().filter(|(id, _, above, below)| {
        is_closed(id) || above.as_ref().is_some_and(is_closed) || below.as_ref().is_some_and(is_closed)
    });
    Ok(closed.map(|row| row.0).collect())
}

/// A stored code as its type; one we do not know is a fault of the row, not of the reader.
fn code<T: FromStr<Err: std::error::Error + Send + Sync + 'static>>(text: &str) -> QueryResult<T> {
    text.parse().map_err(|error| DeserializationError(Box::new(error)))
}

fn small(number: i32) -> QueryResult<u32> {
    u32::try_from(number).map_err(|error| DeserializationError(Box::new(error)))
}

impl TryFrom<Row> for Indicator {
    type Error = diesel::result::Error;

    fn try_from(row: Row) -> QueryResult<Indicator> {
        let (group_code, group_name, group_position, classified) = row.group;
        Ok(Indicator {
            id: row.id,
            code: row.code,
            group: Group { code: group_code, name: group_name, position: group_position, classified },
            name: row.name,
            search_key: row.search_key,
            measure_unit: row.measure_unit,
            value_type: code(&row.value_type)?,
            scale: small(row.scale)?,
            display_exponent: small(row.display_exponent)?,
            unit_rule: code(&row.rules.0)?,
            level_rule: code(&row.rules.1)?,
            period_rule: code(&row.rules.2)?,
            numerator_id: row.numerator_id,
            denominator_id: row.denominator_id,
            guidance: row.guidance,
            position: row.position,
            successor_id: row.successor_id,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
            local: row.local.map(|(province_id, version)| Local { province_id, version }),
        })
    }
}
