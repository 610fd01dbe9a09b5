//! The log of work: what a unit did for a task, when. Stands between who notes it and the pages of tasks.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::{IndicatorId, MembershipId, TaskEntryId, TaskId, UnitId};
use crate::db::schema::{evidence, task_entries};
use crate::evidence::Platform;
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
    /// What the quantity counts toward.
    pub indicator_id: Option<IndicatorId>,
    /// The code of where the post behind the link stands; "" where nobody knows.
    pub platform: String,
    pub link_title: String,
    pub reach: Option<i64>,
    /// The one spelling of the link; "" without one.
    pub url_key: String,
}

impl Entry {
    pub fn platform(&self) -> Option<Platform> {
        Platform::from_code(&self.platform)
    }

    /// What the post behind the link is called: its title, else what was done.
    pub fn post_title(&self) -> &str {
        if self.link_title.is_empty() { self.text.trim() } else { &self.link_title }
    }
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
    pub indicator_id: Option<IndicatorId>,
    pub platform: &'static str,
    pub link_title: String,
    pub reach: Option<i64>,
    pub url_key: String,
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
            task_entries::indicator_id,
            task_entries::platform,
            task_entries::link_title,
            task_entries::reach,
            task_entries::url_key,
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
    let mut log = task_entries::table.filter(task_entries::task_id.eq(task)).into_boxed();
    if let Some(only) = units {
        log = log.filter(task_entries::unit_id.eq_any(only));
    }
    log.order((task_entries::done_on.desc(), task_entries::id.desc())).select(entry_columns!()).load(conn)
}

/// The log of some tasks, newest first: of these units only, or of all when none are given. One query.
///
/// # Errors
/// The query's own.
pub fn entries_of_tasks(
    conn: &mut Conn,
    tasks: &[TaskId],
    units: Option<&[UnitId]>,
) -> QueryResult<Vec<Entry>> {
    let mut log = task_entries::table.filter(task_entries::task_id.eq_any(tasks)).into_boxed();
    if let Some(only) = units {
        log = log.filter(task_entries::unit_id.eq_any(only));
    }
    log.order((task_entries::done_on.desc(), task_entries::id.desc())).select(entry_columns!()).load(conn)
}

/// The newest entry of each task some units worked on. Two queries: the words of the newest only.
///
/// # Errors
/// The query's own.
pub fn latest_entries(conn: &mut Conn, units: &[UnitId]) -> QueryResult<HashMap<TaskId, Latest>> {
    let rows: Vec<(TaskId, TaskEntryId)> = task_entries::table
        .filter(task_entries::unit_id.eq_any(units))
        .order((task_entries::done_on.desc(), task_entries::id.desc()))
        .select((task_entries::task_id, task_entries::id))
        .load(conn)?;
    let mut counts: HashMap<TaskId, usize> = HashMap::new();
    let mut newest: Vec<TaskEntryId> = Vec::new();
    for (task, id) in rows {
        let count = counts.entry(task).or_default();
        if *count == 0 {
            newest.push(id);
        }
        *count += 1;
    }
    let words: Vec<(TaskId, NaiveDate, String)> = task_entries::table
        .filter(task_entries::id.eq_any(&newest))
        .select((task_entries::task_id, task_entries::done_on, task_entries::text))
        .load(conn)?;
    let latest = |(task, done_on, text)| {
        (task, Latest { done_on, text, count: counts.get(&task).copied().unwrap_or_default() })
    };
    Ok(words.into_iter().map(latest).collect())
}

pub fn add_entry(conn: &mut Conn, entry: &NewEntry) -> QueryResult<TaskEntryId> {
    on_each!(conn, |c| diesel::insert_into(task_entries::table)
        .values(entry)
        .returning(task_entries::id)
        .get_result(c))
}

/// One entry of some units' log. One query.
///
/// # Errors
/// `NotFound` for an entry of another unit too.
pub fn entry(conn: &mut Conn, units: &[UnitId], id: TaskEntryId) -> QueryResult<Entry> {
    task_entries::table
        .filter(task_entries::id.eq(id))
        .filter(task_entries::unit_id.eq_any(units))
        .select(entry_columns!())
        .first(conn)
}

/// One entry, whoever's; whoever asks says who may read it. One query.
///
/// # Errors
/// `NotFound` when there is none.
pub fn any_entry(conn: &mut Conn, id: TaskEntryId) -> QueryResult<Entry> {
    task_entries::table.find(id).select(entry_columns!()).first(conn)
}

/// What an entry says, as it shall be.
#[derive(Debug, Clone, AsChangeset)]
#[diesel(table_name = task_entries)]
pub struct EntryText<'a> {
    pub done_on: NaiveDate,
    pub text: &'a str,
    #[diesel(treat_none_as_null = true)]
    pub quantity: Option<i64>,
    pub measure_unit: &'a str,
    pub link: &'a str,
    #[diesel(treat_none_as_null = true)]
    pub indicator_id: Option<IndicatorId>,
    pub platform: &'a str,
    pub link_title: &'a str,
    #[diesel(treat_none_as_null = true)]
    pub reach: Option<i64>,
    pub url_key: &'a str,
}

/// Holds an entry until the transaction ends: whoever else would change it waits, and then reads what stands. One
/// statement.
///
/// # Errors
/// The query's own.
pub fn hold_entry(conn: &mut Conn, id: TaskEntryId) -> QueryResult<()> {
    let entry = diesel::update(task_entries::table.find(id));
    entry.set(task_entries::text.eq(task_entries::text)).execute(conn).map(|_| ())
}

/// Rewrites an entry, if it still says what was seen: false when somebody was faster.
///
/// # Errors
/// The query's own.
pub fn put_entry(conn: &mut Conn, seen: &Entry, new: &EntryText<'_>) -> QueryResult<bool> {
    let guarded = task_entries::table
        .filter(task_entries::id.eq(seen.id))
        .filter(task_entries::done_on.eq(seen.done_on))
        .filter(task_entries::text.eq(&seen.text));
    Ok(diesel::update(guarded).set(new).execute(conn)? == 1)
}

/// Removes an entry, if it still says what was seen; links that reports have claimed stay, without it. Two statements.
///
/// # Errors
/// The queries' own.
pub fn remove_entry(conn: &mut Conn, seen: &Entry) -> QueryResult<bool> {
    diesel::update(evidence::table.filter(evidence::task_entry_id.eq(seen.id)))
        .set(evidence::task_entry_id.eq(None::<TaskEntryId>))
        .execute(conn)?;
    let guarded = task_entries::table
        .filter(task_entries::id.eq(seen.id))
        .filter(task_entries::done_on.eq(seen.done_on))
        .filter(task_entries::text.eq(&seen.text));
    Ok(diesel::delete(guarded).execute(conn)? == 1)
}
