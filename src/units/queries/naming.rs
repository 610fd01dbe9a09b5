//! What the bodies of a province are called: for reading lists and documents that other people wrote, and for remembering how they
//! called them.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{on_day, register};
use crate::db::Conn;
use crate::db::ids::UnitId;
use crate::db::schema::unit_aliases;
use crate::on_each;
use crate::units::UnitOn;
use crate::units::history::UnitHistory;

/// Every body of a province with its names through time, and those that existed on a day as they were then. Three queries.
///
/// # Errors
/// The queries' own.
pub fn bodies(
    conn: &mut Conn,
    province: UnitId,
    day: NaiveDate,
) -> QueryResult<(Vec<UnitHistory>, Vec<UnitOn>)> {
    let all = register::of_provinces(conn, &[province])?;
    let ids: Vec<UnitId> = all.iter().filter(|unit| unit.existed_on(day)).map(|unit| unit.id).collect();
    let mut then: Vec<UnitOn> = on_day(conn, &ids, day)?.into_values().collect();
    then.sort_by_key(UnitOn::protocol_key);
    Ok((all, then))
}

/// Keeps what units were called, those they are known by already left out. Two queries.
///
/// # Errors
/// The queries' own.
pub fn add_aliases(conn: &mut Conn, aliases: &[(UnitId, String)]) -> QueryResult<()> {
    let units: Vec<UnitId> = aliases.iter().map(|(unit, _)| *unit).collect();
    let known: Vec<(UnitId, String)> = unit_aliases::table
        .filter(unit_aliases::unit_id.eq_any(units))
        .select((unit_aliases::unit_id, unit_aliases::alias))
        .load(conn)?;
    let rows: Vec<_> = aliases
        .iter()
        .filter(|alias| !known.contains(alias))
        .map(|(unit, alias)| {
            (
                unit_aliases::unit_id.eq(*unit),
                unit_aliases::alias.eq(alias.as_str()),
                unit_aliases::search_key.eq(crate::vietnamese::search_key(alias)),
            )
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    on_each!(conn, |c| diesel::insert_into(unit_aliases::table).values(&rows).execute(c)).map(|_| ())
}
