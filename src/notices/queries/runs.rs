//! SQL of the days' runs: one row per day, whoever begins it first.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::schema::notice_runs;
use crate::on_each;

/// The run of a day.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = notice_runs)]
pub struct Run {
    pub day: NaiveDate,
    /// The last day whose run was finished before; none: there was none.
    pub after_day: Option<NaiveDate>,
    pub finished_at: Option<NaiveDateTime>,
    /// Times it was asked for.
    pub tries: i32,
    pub notices: i32,
}

impl Run {
    /// The last day whose notices were seen to before this run.
    pub fn after(&self) -> NaiveDate {
        self.after_day.or(self.day.pred_opt()).unwrap_or(self.day)
    }
}

/// The run of a day. One query.
///
/// # Errors
/// The query's own.
pub fn open_run(conn: &mut Conn, day: NaiveDate) -> QueryResult<Option<Run>> {
    notice_runs::table.find(day).select(Run::as_select()).first(conn).optional()
}

/// The last day before `day` whose run was finished. One query.
///
/// # Errors
/// The query's own.
pub fn last_finished(conn: &mut Conn, day: NaiveDate) -> QueryResult<Option<NaiveDate>> {
    notice_runs::table
        .filter(notice_runs::day.lt(day))
        .filter(notice_runs::finished_at.is_not_null())
        .order(notice_runs::day.desc())
        .select(notice_runs::day)
        .first(conn)
        .optional()
}

/// Begins the run of a day; false when somebody has begun it already. Two queries.
///
/// # Errors
/// The queries' own.
pub fn begin_run(conn: &mut Conn, day: NaiveDate, now: NaiveDateTime) -> QueryResult<bool> {
    let after = last_finished(conn, day)?;
    let row = (
        notice_runs::day.eq(day),
        notice_runs::after_day.eq(after),
        notice_runs::started_at.eq(now),
        notice_runs::tries.eq(1),
        notice_runs::notices.eq(0),
    );
    let begun = on_each!(conn, |c| diesel::insert_into(notice_runs::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(begun == 1)
}

/// Notes that an unfinished run is asked for once more; false when somebody else has. One query.
///
/// # Errors
/// The query's own.
pub fn try_again(conn: &mut Conn, run: &Run) -> QueryResult<bool> {
    let as_seen = notice_runs::table
        .find(run.day)
        .filter(notice_runs::tries.eq(run.tries))
        .filter(notice_runs::finished_at.is_null());
    Ok(diesel::update(as_seen).set(notice_runs::tries.eq(run.tries + 1)).execute(conn)? == 1)
}

/// Notes that everything of the day was said; false when it was noted already. One query.
///
/// # Errors
/// The query's own.
pub fn finish_run(conn: &mut Conn, day: NaiveDate, notices: i64, now: NaiveDateTime) -> QueryResult<bool> {
    let open = notice_runs::table.find(day).filter(notice_runs::finished_at.is_null());
    let notices = i32::try_from(notices).unwrap_or(i32::MAX);
    let changes = (notice_runs::finished_at.eq(Some(now)), notice_runs::notices.eq(notices));
    Ok(diesel::update(open).set(changes).execute(conn)? == 1)
}
