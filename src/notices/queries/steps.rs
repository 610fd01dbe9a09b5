//! SQL of the days a regime reminds on.

use diesel::prelude::*;

use super::super::Steps;
use crate::db::Conn;
use crate::db::ids::RegimeId;
use crate::db::schema::notice_steps;

/// A regime's days, and how often they were changed: 0 where it has the usual ones.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StepsRow {
    pub steps: Steps,
    pub version: i32,
}

/// The days of a regime. One query.
///
/// # Errors
/// The query's own.
pub fn steps_of(conn: &mut Conn, id: RegimeId) -> QueryResult<StepsRow> {
    let row: Option<(String, i32)> = notice_steps::table
        .find(id)
        .select((notice_steps::steps, notice_steps::version))
        .first(conn)
        .optional()?;
    Ok(row.map_or_else(StepsRow::default, |(code, version)| StepsRow {
        steps: Steps::from_code(&code),
        version,
    }))
}

/// Keeps other days, if they still are as they were seen; false when they are not. One query.
///
/// # Errors
/// The query's own.
pub fn keep_steps(conn: &mut Conn, id: RegimeId, steps: &Steps, seen: i32) -> QueryResult<bool> {
    let code = steps.code();
    let rows = if seen == 0 {
        let row =
            (notice_steps::regime_id.eq(id), notice_steps::steps.eq(&code), notice_steps::version.eq(1));
        crate::on_each!(conn, |c| diesel::insert_into(notice_steps::table)
            .values(row)
            .on_conflict_do_nothing()
            .execute(c))?
    } else {
        let as_seen = notice_steps::table.find(id).filter(notice_steps::version.eq(seen));
        let changes = (notice_steps::steps.eq(&code), notice_steps::version.eq(seen + 1));
        diesel::update(as_seen).set(changes).execute(conn)?
    };
    Ok(rows == 1)
}
