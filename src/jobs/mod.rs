//! Work that no page waits for: kept in the database, taken by one server at a time under a lease, gone on with by another
//! when the first is killed. Stands between whoever asks for long work and the rooms that do it step by step.

pub mod queries;
mod runner;

use chrono::{NaiveDateTime, TimeDelta};

use crate::calendar::Moment;
use crate::db::Db;
use crate::db::ids::{JobId, PersonId};
use crate::error::Error;

pub use runner::{Runner, Running};

/// How long a job is its holder's after each step. A step takes much less; clocks of servers may differ by less.
pub const LEASE: TimeDelta = TimeDelta::seconds(60);
/// Failures in a row, without a step between them, that end a job.
pub const MOST_ATTEMPTS: i32 = 5;

/// How far a job is. Codes are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    Queued,
    Running,
    Done,
    Failed,
}

impl JobState {
    /// The code stored in the database.
    pub fn code(self) -> &'static str {
        match self {
            JobState::Queued => "queued",
            JobState::Running => "running",
            JobState::Done => "done",
            JobState::Failed => "failed",
        }
    }

    /// Whether somebody works on it or will.
    pub fn is_open(code: &str) -> bool {
        code == JobState::Queued.code() || code == JobState::Running.code()
    }
}

/// A job that somebody holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub id: JobId,
    pub kind: String,
    /// The row its work is about.
    pub subject_id: i64,
    /// Whoever asked for it; its steps are taken in their name. None where the clock did.
    pub created_by: Option<PersonId>,
}

impl Job {
    /// Whoever asked for it.
    ///
    /// # Errors
    /// [`Error::Internal`] for what the clock asked for.
    pub fn asked_by(&self) -> Result<PersonId, Error> {
        self.created_by.ok_or_else(|| Error::Internal(format!("nobody asked for job {}", self.id)))
    }
}

/// How far a step has brought a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    pub done: i32,
    pub total: i32,
    /// What is to be said of it; may be blank.
    pub message: String,
    /// Nothing is left to do.
    pub finished: bool,
}

/// A kind of work.
pub trait Work: Send + Sync {
    /// The kind of job it does, as stored.
    fn kind(&self) -> &'static str;

    /// Asks for work that is due by the clock; whether it did. Called now and then by every server while it is idle, so
    /// whatever it asks for twice is asked for once.
    ///
    /// # Errors
    /// What kept it from asking; it is asked again.
    fn ask(&self, _: &Db, _: Moment) -> Result<bool, Error> {
        Ok(false)
    }

    /// One step, much shorter than the lease. A server may be killed in it and another take it again, so whatever it does
    /// done twice is done once.
    ///
    /// # Errors
    /// What kept it from being taken; it is tried again later, [`MOST_ATTEMPTS`] times.
    fn step(&self, db: &Db, job: &Job, moment: Moment) -> Result<Progress, Error>;
}

/// When a job that failed is tried again: after 2, 8, 32 … seconds.
pub fn again_at(now: NaiveDateTime, attempts: i32) -> NaiveDateTime {
    let power = u32::try_from(attempts.clamp(1, MOST_ATTEMPTS)).unwrap_or(1) - 1;
    now + TimeDelta::seconds(2 << (2 * power))
}
