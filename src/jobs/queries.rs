//! SQL of jobs. Every change of hands is one guarded UPDATE whose row count decides: on PostgreSQL a rival waits for the row
//! and finds it changed, on SQLite writers come one after another.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{Job, JobState, LEASE, MOST_ATTEMPTS, Progress, again_at};
use crate::db::Conn;
use crate::db::ids::{JobId, PersonId};
use crate::db::schema::jobs;
use crate::on_each;

/// The job with this id while this holder has it.
macro_rules! held {
    ($id:expr, $holder:expr) => {
        jobs::table
            .find($id)
            .filter(jobs::lease_holder.eq($holder))
            .filter(jobs::state.eq(JobState::Running.code()))
    };
}

/// The job about a subject that waits or is worked on.
macro_rules! open {
    ($kind:expr, $subject:expr) => {
        jobs::table
            .filter(jobs::kind.eq($kind))
            .filter(jobs::subject_id.eq($subject))
            .filter(jobs::state.eq_any([JobState::Queued.code(), JobState::Running.code()]))
    };
}

/// A job as pages show it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = jobs)]
pub struct JobRow {
    pub id: JobId,
    pub kind: String,
    pub subject_id: i64,
    pub state: String,
    /// Failures since the last step that was taken.
    pub attempts: i32,
    pub lease_holder: String,
    /// UTC; while it runs.
    pub lease_until: Option<NaiveDateTime>,
    pub done: i32,
    pub total: i32,
    pub message: String,
    /// None where the clock asked for it.
    pub created_by: Option<PersonId>,
}

impl JobRow {
    /// Whether somebody works on it or will.
    pub fn is_open(&self) -> bool {
        JobState::is_open(&self.state)
    }

    /// Whether it was given up.
    pub fn has_failed(&self) -> bool {
        self.state == JobState::Failed.code()
    }

    fn job(&self) -> Job {
        Job { id: self.id, kind: self.kind.clone(), subject_id: self.subject_id, created_by: self.created_by }
    }
}

/// Asks for work on a subject, to be begun now. Of a subject one job is open at a time, whoever asks and on whichever server: one
/// that waits or is worked on is held until this transaction ends, so that whoever takes it, or goes on with it, sees what is
/// written beside it. Three queries, more only while others ask for the same.
///
/// # Errors
/// The queries' own.
pub fn enqueue(
    conn: &mut Conn,
    (kind, subject_id): (&str, i64),
    total: i32,
    by: PersonId,
    now: NaiveDateTime,
) -> QueryResult<JobId> {
    loop {
        let there = diesel::update(open!(kind, subject_id)).set((jobs::run_at.eq(now), jobs::again.eq(true)));
        // Nobody ends the one that was held; of one that somebody else asks for at this moment the insertion waits for the end.
        if there.execute(conn)? == 1 || insert(conn, (kind, subject_id), (total, Some(by)), now)? {
            return open!(kind, subject_id).select(jobs::id).first(conn);
        }
    }
}

/// In whose name a job is worked on; none for what the clock asked for. One query.
///
/// # Errors
/// The query's own.
pub fn asker(conn: &mut Conn, id: JobId) -> QueryResult<Option<PersonId>> {
    jobs::table.find(id).select(jobs::created_by).first(conn)
}

/// Whether a job about a subject waits or is worked on. One query.
///
/// # Errors
/// The query's own.
pub fn is_open(conn: &mut Conn, kind: &str, subject_id: i64) -> QueryResult<bool> {
    let open: i64 = open!(kind, subject_id).count().get_result(conn)?;
    Ok(open > 0)
}

/// Asks for work in nobody's name, unless it is asked for already; whether it was asked for now. Two queries.
///
/// # Errors
/// The queries' own.
pub fn enqueue_by_clock(
    conn: &mut Conn,
    (kind, subject_id): (&str, i64),
    now: NaiveDateTime,
) -> QueryResult<bool> {
    if is_open(conn, kind, subject_id)? {
        return Ok(false);
    }
    insert(conn, (kind, subject_id), (1, None), now)
}

/// False where one about the subject is open by now.
fn insert(
    conn: &mut Conn,
    (kind, subject_id): (&str, i64),
    (total, by): (i32, Option<PersonId>),
    now: NaiveDateTime,
) -> QueryResult<bool> {
    let row = (
        jobs::kind.eq(kind),
        jobs::subject_id.eq(subject_id),
        jobs::state.eq(JobState::Queued.code()),
        jobs::run_at.eq(now),
        jobs::attempts.eq(0),
        jobs::lease_holder.eq(""),
        jobs::done.eq(0),
        jobs::total.eq(total),
        jobs::message.eq(""),
        jobs::created_by.eq(by),
        jobs::created_at.eq(now),
    );
    let new =
        on_each!(conn, |c| diesel::insert_into(jobs::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(new == 1)
}

/// The job that is to be taken next: one that waits and is due, or one whose lease ran out. One query.
///
/// # Errors
/// The query's own.
pub fn next(conn: &mut Conn, kinds: &[&str], now: NaiveDateTime) -> QueryResult<Option<JobRow>> {
    let due = jobs::state.eq(JobState::Queued.code()).and(jobs::run_at.le(now));
    let run_out = jobs::state.eq(JobState::Running.code()).and(jobs::lease_until.lt(now));
    jobs::table
        .filter(jobs::kind.eq_any(kinds.iter().copied()))
        .filter(due.or(run_out))
        .order((jobs::run_at, jobs::id))
        .select(JobRow::as_select())
        .first(conn)
        .optional()
}

/// Takes the job that was seen; none when another was faster, or when it has failed too often and is given up here. One
/// query.
///
/// # Errors
/// The query's own.
pub fn claim(conn: &mut Conn, seen: &JobRow, holder: &str, now: NaiveDateTime) -> QueryResult<Option<Job>> {
    let as_seen = jobs::table
        .find(seen.id)
        .filter(jobs::state.eq(&seen.state))
        .filter(jobs::attempts.eq(seen.attempts))
        .filter(jobs::lease_holder.eq(&seen.lease_holder))
        .filter(jobs::lease_until.is_null().or(jobs::lease_until.lt(now)));
    if seen.attempts >= MOST_ATTEMPTS {
        let given_up = (
            jobs::state.eq(JobState::Failed.code()),
            jobs::lease_until.eq(None::<NaiveDateTime>),
            jobs::message.eq("Đã thử nhiều lần không xong."),
        );
        diesel::update(as_seen).set(given_up).execute(conn)?;
        return Ok(None);
    }
    let taken = (
        jobs::state.eq(JobState::Running.code()),
        jobs::attempts.eq(seen.attempts + 1),
        jobs::lease_holder.eq(holder),
        jobs::lease_until.eq(Some(now + LEASE)),
        jobs::again.eq(false),
    );
    Ok((diesel::update(as_seen).set(taken).execute(conn)? == 1).then(|| seen.job()))
}

/// Notes a step that was taken, and makes the lease last from now on; false when the job is somebody else's by now. A job that was
/// asked for again while its last step was taken is taken up once more. Two queries at most.
///
/// # Errors
/// The query's own.
pub fn advance(
    conn: &mut Conn,
    id: JobId,
    holder: &str,
    progress: &Progress,
    now: NaiveDateTime,
) -> QueryResult<bool> {
    let changes = |state: JobState, until: Option<NaiveDateTime>| {
        (
            jobs::state.eq(state.code()),
            jobs::lease_until.eq(until),
            // A step was taken: what failed before it counts no more.
            jobs::attempts.eq(0),
            jobs::done.eq(progress.done),
            jobs::total.eq(progress.total),
            jobs::message.eq(&progress.message),
        )
    };
    if !progress.finished {
        let goes_on = changes(JobState::Running, Some(now + LEASE));
        return Ok(diesel::update(held!(id, holder)).set(goes_on).execute(conn)? == 1);
    }
    let ends = diesel::update(held!(id, holder).filter(jobs::again.eq(false)));
    if ends.set(changes(JobState::Done, None)).execute(conn)? == 1 {
        return Ok(true);
    }
    let waits = changes(JobState::Queued, None);
    Ok(diesel::update(held!(id, holder)).set((waits, jobs::run_at.eq(now))).execute(conn)? == 1)
}

/// Gives a job back that could not be gone on with, to be tried later or not at all; false when it is somebody else's. Two
/// queries.
///
/// # Errors
/// The queries' own.
pub fn stumble(conn: &mut Conn, id: JobId, holder: &str, why: &str, now: NaiveDateTime) -> QueryResult<bool> {
    let attempts: Option<i32> = held!(id, holder).select(jobs::attempts).first(conn).optional()?;
    let Some(attempts) = attempts else { return Ok(false) };
    let state = if attempts >= MOST_ATTEMPTS { JobState::Failed } else { JobState::Queued };
    let changes = (
        jobs::state.eq(state.code()),
        jobs::lease_until.eq(None::<NaiveDateTime>),
        jobs::run_at.eq(again_at(now, attempts)),
        jobs::message.eq(why),
    );
    Ok(diesel::update(held!(id, holder)).set(changes).execute(conn)? == 1)
}

/// Gives a job back that its holder leaves in good order, for whoever comes next. One query.
///
/// # Errors
/// The query's own.
pub fn hand_back(conn: &mut Conn, id: JobId, holder: &str, now: NaiveDateTime) -> QueryResult<bool> {
    let changes = (
        jobs::state.eq(JobState::Queued.code()),
        jobs::lease_until.eq(None::<NaiveDateTime>),
        jobs::attempts.eq(0),
        jobs::run_at.eq(now),
    );
    Ok(diesel::update(held!(id, holder)).set(changes).execute(conn)? == 1)
}

/// The newest job of some kinds about a subject. One query.
///
/// # Errors
/// The query's own.
pub fn latest(conn: &mut Conn, kinds: &[&str], subject_id: i64) -> QueryResult<Option<JobRow>> {
    jobs::table
        .filter(jobs::kind.eq_any(kinds.iter().copied()))
        .filter(jobs::subject_id.eq(subject_id))
        .order(jobs::id.desc())
        .select(JobRow::as_select())
        .first(conn)
        .optional()
}
