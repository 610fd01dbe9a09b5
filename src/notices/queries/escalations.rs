//! SQL of the words prepared for leaders: once for each obligation, last day and leader, let go once.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::super::{Aim, Level, Line};
use crate::db::Conn;
use crate::db::ids::{EscalationId, MembershipId, ObligationId, UnitId};
use crate::db::schema::notice_escalations;

/// Rows of one insert.
const CHUNK: usize = 500;

/// A word prepared and not let go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    pub id: EscalationId,
    pub obligation: ObligationId,
    pub collector: UnitId,
    pub aim: Aim,
    pub due_on: NaiveDate,
    pub level: Level,
    pub step: i32,
    pub prepared_on: NaiveDate,
}

/// Prepares words to leaders; those that are prepared already stay as they are.
///
/// # Errors
/// The queries' own.
pub fn prepare<'a>(conn: &mut Conn, lines: impl Iterator<Item = &'a Line>) -> QueryResult<()> {
    let lines: Vec<&Line> = lines.collect();
    for some in lines.chunks(CHUNK) {
        let rows: Vec<_> = some
            .iter()
            .map(|line| {
                (
                    notice_escalations::obligation_id.eq(line.obligation),
                    notice_escalations::collector_id.eq(line.collector),
                    notice_escalations::aim.eq(line.aim.code()),
                    notice_escalations::due_on.eq(line.due_on),
                    notice_escalations::level.eq(line.level.code()),
                    notice_escalations::step.eq(line.step),
                    notice_escalations::prepared_on.eq(line.day),
                )
            })
            .collect();
        match conn {
            Conn::Sqlite(c) => {
                // A batch with a conflict clause is a statement per row on SQLite.
                for row in rows {
                    diesel::insert_or_ignore_into(notice_escalations::table).values(row).execute(c)?;
                }
            }
            Conn::Postgres(c) => {
                diesel::insert_into(notice_escalations::table)
                    .values(&rows)
                    .on_conflict_do_nothing()
                    .execute(c)?;
            }
        }
    }
    Ok(())
}

type Row = (EscalationId, ObligationId, UnitId, String, NaiveDate, String, i32, NaiveDate);

macro_rules! waiting {
    ($collectors:expr) => {
        notice_escalations::table
            .filter(notice_escalations::collector_id.eq_any($collectors))
            .filter(notice_escalations::released_at.is_null())
            .order(notice_escalations::id)
            .select((
                notice_escalations::id,
                notice_escalations::obligation_id,
                notice_escalations::collector_id,
                notice_escalations::aim,
                notice_escalations::due_on,
                notice_escalations::level,
                notice_escalations::step,
                notice_escalations::prepared_on,
            ))
    };
}

fn of((id, obligation, collector, aim, due_on, level, step, prepared_on): Row) -> Prepared {
    let (aim, level) = (Aim::from_code(&aim), Level::from_code(&level));
    Prepared { id, obligation, collector, aim, due_on, level, step, prepared_on }
}

/// What is prepared for the obligations some bodies collect, about last days from `since` on. One query.
///
/// # Errors
/// The query's own.
pub fn prepared(conn: &mut Conn, collectors: &[UnitId], since: NaiveDate) -> QueryResult<Vec<Prepared>> {
    let rows: Vec<Row> = waiting!(collectors).filter(notice_escalations::due_on.ge(since)).load(conn)?;
    Ok(rows.into_iter().map(of).collect())
}

/// How many of some are of these collectors, let go or not. One query.
///
/// # Errors
/// The query's own.
pub fn known(conn: &mut Conn, collectors: &[UnitId], ids: &[EscalationId]) -> QueryResult<usize> {
    let of = notice_escalations::table
        .filter(notice_escalations::id.eq_any(ids))
        .filter(notice_escalations::collector_id.eq_any(collectors));
    let count: i64 = of.count().get_result(conn)?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// Some of them by id. One query.
///
/// # Errors
/// The query's own.
pub fn escalation(
    conn: &mut Conn,
    collectors: &[UnitId],
    ids: &[EscalationId],
) -> QueryResult<Vec<Prepared>> {
    let rows: Vec<Row> = waiting!(collectors).filter(notice_escalations::id.eq_any(ids)).load(conn)?;
    Ok(rows.into_iter().map(of).collect())
}

/// Marks some as let go; how many were still to be. One query.
///
/// # Errors
/// The query's own.
pub fn mark_released(
    conn: &mut Conn,
    ids: &[EscalationId],
    by: MembershipId,
    now: NaiveDateTime,
) -> QueryResult<usize> {
    let open = notice_escalations::table
        .filter(notice_escalations::id.eq_any(ids))
        .filter(notice_escalations::released_at.is_null());
    let changes =
        (notice_escalations::released_at.eq(Some(now)), notice_escalations::released_by.eq(Some(by)));
    diesel::update(open).set(changes).execute(conn)
}
