//! What an administrator edits: the version of a unit that holds on a day, and the province as lists are read against.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::of_province;
use crate::db::Conn;
use crate::db::ids::UnitId;
use crate::db::schema::{unit_aliases, unit_versions, units};
use crate::error::Error;
use crate::standard::provinces::{self, Naming};
use crate::units::preview::every_ready;
use crate::units::resolve::{Place, There};

/// The telephone of a unit; "" where none is known. One query.
///
/// # Errors
/// The query's own.
pub fn phone_of(conn: &mut Conn, unit: UnitId) -> QueryResult<String> {
    units::table.find(unit).select(units::phone).first(conn)
}

/// The version of a unit that is corrected in place.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Correctable {
    /// Row of `unit_versions`.
    pub id: i64,
    pub name: String,
    pub short_name: String,
    pub protocol_order: i32,
    pub official_code: Option<String>,
    pub valid_from: Option<NaiveDate>,
}

/// The version of `unit` on `day`, or its first where it had not begun. One query.
///
/// # Errors
/// [`Error::NotFound`] for a unit that is not there; the query's own.
pub fn correctable(conn: &mut Conn, unit: UnitId, day: NaiveDate) -> Result<Correctable, Error> {
    let mut versions: Vec<Correctable> = unit_versions::table
        .filter(unit_versions::unit_id.eq(unit))
        .select((
            unit_versions::id,
            unit_versions::name,
            unit_versions::short_name,
            unit_versions::protocol_order,
            unit_versions::official_code,
            unit_versions::valid_from,
        ))
        .load(conn)?;
    // Sorted here: the two databases put NULLs at opposite ends.
    versions.sort_by_key(|version| version.valid_from);
    let at =
        versions.iter().rposition(|version| version.valid_from.is_none_or(|from| from <= day)).unwrap_or(0);
    if versions.is_empty() { Err(Error::NotFound) } else { Ok(versions.swap_remove(at)) }
}

/// The other names of a unit, in the order they were noted. One query.
///
/// # Errors
/// The query's own.
pub fn aliases_of(conn: &mut Conn, unit: UnitId) -> QueryResult<Vec<String>> {
    unit_aliases::table
        .filter(unit_aliases::unit_id.eq(unit))
        .order(unit_aliases::id)
        .select(unit_aliases::alias)
        .load(conn)
}

/// A province with its naming and, where it is one of the 34, its official code.
#[derive(Debug, Clone)]
pub struct Setting {
    pub place: Place,
    pub naming: Naming,
    pub official_code: String,
}

/// The province as it stands on `day`, for lists to be read against. Five queries.
///
/// # Errors
/// The query's own, or what could not be read of the ready lists.
pub fn setting(conn: &mut Conn, province: UnitId, day: NaiveDate) -> Result<Setting, Error> {
    let code: String = units::table.find(province).select(units::code).first(conn)?;
    let names: HashMap<UnitId, String> = super::names_on(conn, &[province], day)?;
    let naming = Naming::of_title(names.get(&province).map_or("", String::as_str));
    let official: Option<String> = correctable(conn, province, day)?.official_code;
    // A code of before 01/7/2025 may be another province's now: the name must agree.
    let known = provinces::find(official.as_deref().unwrap_or_default())?;
    let official_code =
        known.filter(|known| known.name == naming.name).map(|known| known.code).unwrap_or_default();
    let there: Vec<There> = of_province(conn, province, day)?
        .into_iter()
        .map(|unit| There {
            id: unit.id,
            code: unit.code,
            name: unit.name,
            short_name: unit.short_name,
            kind_code: unit.kind_code,
            protocol_order: unit.protocol_order,
        })
        .collect();
    let committee = there.iter().find(|unit| unit.kind_code == "committee").map(|unit| unit.id);
    // A code is for life: one of a unit that has ended is not given again.
    let below = format!("{code}.%");
    let taken = units::table.filter(units::code.like(below)).select(units::code).load(conn)?;
    let ready = every_ready(&official_code, &naming)?;
    let place = Place { code, province, committee, there, taken, ready };
    Ok(Setting { place, naming, official_code })
}
