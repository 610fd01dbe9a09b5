//! The log of work: what a unit did for a task, when. Other rooms read it when a report is written.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::{MembershipId, TaskEntryId, TaskId, UnitId};
use crate::db::schema::task_entries;
use crate::on_each;

/// One thing done.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Entry {
    pub id: TaskEntryId,
    pub task_id: TaskId,
    pub unit_id: UnitId,
    pub done_on: NaiveDate,
    pub text: String,
    /// A whole number of `measure_unit`; none was given when blank, which is not zero.
    pub quantity: Option<i64>,
    pub measure_unit: String,
    /// "" or an http(s) address.
    pub link: String,
    /// Who noted it, as they were called then.
    pub by: String,
    /// UTC.
    pub recorded_at: NaiveDateTime,
}

/// The newest entry of a task and how many there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Latest {
    pub done_on: NaiveDate,
    pub text: String,
    pub count: usize,
}

#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = task_entries)]
pub struct NewEntry {
    pub uid: String,
    pub task_id: TaskId,
    pub unit_id: UnitId,
    pub done_on: NaiveDate,
    pub text: String,
    pub quantity: Option<i64>,
    pub measure_unit: String,
    pub link: String,
    pub membership_id: MembershipId,
    pub actor_name: String,
    pub actor_title: String,
    pub recorded_at: NaiveDateTime,
}

/// The columns of [`Entry`].
macro_rules! entry_columns {
    () => {
        (
            task_entries::id,
            task_entries::task_id,
            task_entries::unit_id,
            task_entries::done_on,
            task_entries::text,
            task_entries::quantity,
            task_entries::measure_unit,
            task_entries::link,
            task_entries::actor_name,
            task_entries::recorded_at,
        )
    };
}

/// What some units did from `from` to `to`, both days included, oldest first. One query.
///
/// # Errors
/// The query's own.
pub fn entries_in_window(
    conn: &mut Conn,
    units: &[UnitId],
    from: NaiveDate,
    to: NaiveDate,
) -> QueryResult<Vec<Entry>> {
    task_entries::table
        .filter(task_entries::unit_id.eq_any(units))
        .filter(task_entries::done_on.between(from, to))
        .order((task_entries::done_on, task_entries::id))
        .select(entry_columns!())
        .load(conn)
}

/// The log of one task, newest first: of these units only, or of all when none are given. One query.
///
/// # Errors
/// The query's own.
pub fn entries_of_task(conn: &mut Conn, task: TaskId, units: Option<&[UnitId]>) -> QueryResult<Vec<Entry>> {
    let all: Vec<Entry> = task_entries::table
        .filter(task_entries::task_id.eq(task))
        .order((task_entries::done_on.desc(), task_entries::id.desc()))
        .select(entry_columns!())
        .load(conn)?;
    Ok(all.into_iter().filter(|e| units.is_none_or(|only| only.contains(&e.unit_id))).collect())
}

/// The newest entry of each task some units worked on. One query.
///
/// # Errors
/// The query's own.
pub fn latest_entries(conn: &mut Conn, units: &[UnitId]) -> QueryResult<HashMap<TaskId, Latest>> {
    let rows: Vec<(TaskId, NaiveDate, String)> = task_entries::table
        .filter(task_entries::unit_id.eq_any(units))
        .order((task_entries::done_on.desc(), task_entries::id.desc()))
        .select((task_entries::task_id, task_entries::done_on, task_entries::text))
        .load(conn)?;
    let mut latest: HashMap<TaskId, Latest> = HashMap::new();
    for (task, done_on, text) in rows {
        latest.entry(task).or_insert(Latest { done_on, text, count: 0 }).count += 1;
    }
    Ok(latest)
}

pub fn add_entry(conn: &mut Conn, entry: &NewEntry) -> QueryResult<TaskEntryId> {
    on_each!(conn, |c| diesel::insert_into(task_entries::table)
        .values(entry)
        .returning(task_entries::id)
        .get_result(c))
}
