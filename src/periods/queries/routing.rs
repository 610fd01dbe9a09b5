//! SQL of keeping routes: each with its id and dates, ended by a guarded update, begun by an insert.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::{RegimeId, UnitId};
use crate::db::schema::routes;

/// A route as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = routes)]
pub struct RouteLine {
    pub id: i64,
    pub unit_id: UnitId,
    pub collector_id: UnitId,
    pub part: String,
    pub mode: String,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
}

/// Every route of a regime, past ones included, in the order they were begun. One query.
///
/// # Errors
/// The query's own.
pub fn route_lines(conn: &mut Conn, id: RegimeId) -> QueryResult<Vec<RouteLine>> {
    routes::table.filter(routes::regime_id.eq(id)).order(routes::id).select(RouteLine::as_select()).load(conn)
}

/// Ends a route as it was seen; false when its end was moved meanwhile.
///
/// # Errors
/// The query's own.
pub fn end_route(conn: &mut Conn, seen: &RouteLine, last: NaiveDate) -> QueryResult<bool> {
    let ended = routes::valid_to.eq(last);
    let changed = match seen.valid_to {
        None => diesel::update(routes::table.find(seen.id))
            .filter(routes::valid_to.is_null())
            .set(ended)
            .execute(conn)?,
        Some(day) => diesel::update(routes::table.find(seen.id))
            .filter(routes::valid_to.eq(day))
            .set(ended)
            .execute(conn)?,
    };
    Ok(changed == 1)
}

/// Begins a route.
///
/// # Errors
/// The query's own.
pub fn insert_route(
    conn: &mut Conn,
    id: RegimeId,
    (unit, collector): (UnitId, UnitId),
    part: &str,
    mode: &str,
    from: NaiveDate,
) -> QueryResult<()> {
    diesel::insert_into(routes::table)
        .values((
            routes::regime_id.eq(id),
            routes::unit_id.eq(unit),
            routes::collector_id.eq(collector),
            routes::part.eq(part),
            routes::mode.eq(mode),
            routes::valid_from.eq(from),
        ))
        .execute(conn)
        .map(|_| ())
}
