//! All SQL about units, their versions and their reach.

pub mod editing;
pub mod naming;
pub mod register;
pub mod succession;

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::UnitOn;
use crate::db::Conn;
use crate::db::ids::UnitId;
use crate::db::schema::{unit_kinds, unit_reach, unit_versions, units};

#[derive(Clone, Queryable)]
struct Row {
    id: UnitId,
    code: String,
    name: String,
    short_name: String,
    kind_code: String,
    kind_heading: String,
    kind_position: i32,
    protocol_order: i32,
    parent_id: Option<UnitId>,
    existed_from: Option<NaiveDate>,
    existed_to: Option<NaiveDate>,
    valid_from: Option<NaiveDate>,
}

/// Holds a unit's row until the transaction ends, so that of two who make something of its own at once the second waits, and then reads
/// what the first one made. One statement.
///
/// # Errors
/// The query's own.
pub fn claim(conn: &mut Conn, id: UnitId) -> QueryResult<()> {
    diesel::update(units::table.find(id)).set(units::code.eq(units::code)).execute(conn).map(|_| ())
}

/// Some units as they were on `day`: the version then valid, or for a unit that had ended its last one,
/// or for one that had not begun its first. One query.
///
/// # Errors
/// The query's own.
pub fn on_day(conn: &mut Conn, ids: &[UnitId], day: NaiveDate) -> QueryResult<HashMap<UnitId, UnitOn>> {
    Ok(on_days(conn, ids, &[day])?.remove(&day).unwrap_or_default())
}

/// Some units as they were on each of some days, as [`on_day`]. One query, however many days.
///
/// # Errors
/// The query's own.
pub fn on_days(
    conn: &mut Conn,
    ids: &[UnitId],
    days: &[NaiveDate],
) -> QueryResult<HashMap<NaiveDate, HashMap<UnitId, UnitOn>>> {
    let mut rows: Vec<Row> = units::table
        .inner_join(unit_versions::table.on(unit_versions::unit_id.eq(units::id)))
        .inner_join(unit_kinds::table.on(unit_kinds::code.eq(unit_versions::kind_code)))
        .filter(units::id.eq_any(ids))
        .select((
            units::id,
            units::code,
            unit_versions::name,
            unit_versions::short_name,
            unit_versions::kind_code,
            unit_kinds::heading,
            unit_kinds::position,
            unit_versions::protocol_order,
            unit_versions::parent_id,
            units::existed_from,
            units::existed_to,
            unit_versions::valid_from,
        ))
        .load(conn)?;
    // Sorted here: the two databases put NULLs at opposite ends.
    rows.sort_by_key(|row| row.valid_from);
    let on = |day: NaiveDate| {
        let mut found: HashMap<UnitId, UnitOn> = HashMap::new();
        for row in &rows {
            let begun = row.valid_from.is_none_or(|from| from <= day);
            if begun || !found.contains_key(&row.id) {
                found.insert(row.id, row.clone().into());
            }
        }
        found
    };
    Ok(days.iter().map(|day| (*day, on(*day))).collect())
}

/// The units of a province that existed on `day`, in protocol order, the province itself left out. Two queries.
///
/// # Errors
/// The query's own.
pub fn of_province(conn: &mut Conn, province: UnitId, day: NaiveDate) -> QueryResult<Vec<UnitOn>> {
    let ids: Vec<UnitId> = unit_reach::table
        .filter(unit_reach::unit_id.eq(province))
        .filter(unit_reach::relation.eq("descendant"))
        .select(unit_reach::reaches_id)
        .load(conn)?;
    let mut all: Vec<UnitOn> =
        on_day(conn, &ids, day)?.into_values().filter(|unit| unit.existed_on(day)).collect();
    all.sort_by_key(UnitOn::protocol_key);
    Ok(all)
}

/// The names of some units on a day. One query.
///
/// # Errors
/// The query's own.
pub fn names_on(conn: &mut Conn, ids: &[UnitId], day: NaiveDate) -> QueryResult<HashMap<UnitId, String>> {
    Ok(on_day(conn, ids, day)?.into_iter().map(|(id, unit)| (id, unit.name)).collect())
}

impl From<Row> for UnitOn {
    fn from(row: Row) -> Self {
        UnitOn {
            id: row.id,
            code: row.code,
            name: row.name,
            short_name: row.short_name,
            kind_code: row.kind_code,
            kind_heading: row.kind_heading,
            kind_position: row.kind_position,
            protocol_order: row.protocol_order,
            parent_id: row.parent_id,
            existed_from: row.existed_from,
            existed_to: row.existed_to,
        }
    }
}

/// The province of `provinces` in which a unit stands or stood. One query.
///
/// # Errors
/// `NotFound` for a unit of another province.
pub fn province_in(conn: &mut Conn, provinces: &[UnitId], unit: UnitId) -> QueryResult<UnitId> {
    unit_reach::table
        .filter(unit_reach::unit_id.eq_any(provinces))
        .filter(unit_reach::reaches_id.eq(unit))
        .order(unit_reach::unit_id)
        .select(unit_reach::unit_id)
        .first(conn)
}
