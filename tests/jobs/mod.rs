//! Jobs under a lease: one holder at a time, whoever is killed is followed, failures are counted, and a stop gives back.

mod asked_again;
mod interleaving;
mod passing;

use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};

use chrono::{NaiveDateTime, TimeDelta};
use diesel::prelude::*;
use tonghop::calendar::{Clock, Moment};
use tonghop::db::ids::{JobId, PersonId};
use tonghop::db::schema::people;
use tonghop::db::{Db, DbError};
use tonghop::error::Error;
use tonghop::jobs::{Job, MOST_ATTEMPTS, Progress, Runner, Work, queries};

use crate::support::app::demo_day;
use crate::support::database::TestDatabase;

pub const KIND: &str = "test.count";

pub fn somebody(db: &Db) -> PersonId {
    db.read(|conn| people::table.select(people::id).order(people::id).first(conn).map_err(DbError::Query))
        .expect("the demo has people")
}

pub fn enqueue(db: &Db, subject: i64, now: NaiveDateTime) -> JobId {
    let by = somebody(db);
    db.write(|conn| Ok::<_, Error>(queries::enqueue(conn, (KIND, subject), 3, by, now)?)).expect("a job")
}

pub fn row(db: &Db, subject: i64) -> queries::JobRow {
    db.read(|conn| Ok::<_, Error>(queries::latest(conn, &[KIND], subject)?)).unwrap().expect("the job")
}

/// Takes what is next at this moment.
pub fn claim(db: &Db, holder: &str, now: NaiveDateTime) -> Option<Job> {
    let seen = db.read(|conn| Ok::<_, Error>(queries::next(conn, &[KIND], now)?)).unwrap()?;
    db.write(|conn| Ok::<_, Error>(queries::claim(conn, &seen, holder, now)?)).unwrap()
}

fn now() -> NaiveDateTime {
    Clock::system().now_utc()
}

/// Counts its steps; fails or panics where it is told to.
struct Counting {
    steps: Arc<AtomicI32>,
    until: i32,
    fails: bool,
    panics: bool,
}

impl Work for Counting {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn step(&self, _: &Db, _: &Job, _: Moment) -> Result<Progress, Error> {
        let done = self.steps.fetch_add(1, Ordering::SeqCst) + 1;
        assert!(!self.panics, "told to");
        if self.fails {
            return Err(Error::Refused("Chưa được.".into()));
        }
        Ok(Progress { done, total: self.until, message: "tệp".into(), finished: done >= self.until })
    }
}

fn runner(db: &Db, until: i32, fails: bool, panics: bool) -> (Runner, Arc<AtomicI32>) {
    let steps = Arc::new(AtomicI32::new(0));
    let work = Counting { steps: Arc::clone(&steps), until, fails, panics };
    (Runner::new(db.clone(), Clock::fixed(demo_day()), vec![Box::new(work)]), steps)
}

#[test]
fn a_job_is_worked_on_to_its_end_once() {
    let database = TestDatabase::demo();
    let db = database.open();
    enqueue(&db, 7, now());
    // Asked for again while it waits, it is the same.
    enqueue(&db, 7, now());
    let (runner, steps) = runner(&db, 3, false, false);
    assert!(runner.turn().unwrap());
    assert!(!runner.turn().unwrap(), "nothing is left");
    let found = row(&db, 7);
    assert_eq!((steps.load(Ordering::SeqCst), found.state.as_str(), found.done), (3, "done", 3));
}

#[test]
fn two_servers_and_one_job_make_one_holder() {
    let database = TestDatabase::demo();
    let db = database.open();
    for round in 0..20 {
        enqueue(&db, round, now());
        let seen = db
            .read(|conn| Ok::<_, Error>(queries::next(conn, &[KIND], now())?))
            .unwrap()
            .expect("the job is there");
        // Both have seen it, and both take it at once.
        let taken: Vec<bool> = std::thread::scope(|scope| {
            let hands: Vec<_> = (0..4)
                .map(|hand| {
                    let (db, seen) = (database.open(), seen.clone());
                    scope.spawn(move || {
                        let holder = format!("{round}-{hand}");
                        let claim = |conn: &mut tonghop::db::Conn| {
                            Ok::<_, Error>(queries::claim(conn, &seen, &holder, now())?)
                        };
                        db.write(claim).unwrap().is_some()
                    })
                })
                .collect();
            hands.into_iter().map(|hand| hand.join().unwrap()).collect()
        });
        assert_eq!(taken.iter().filter(|taken| **taken).count(), 1, "round {round}");
    }
}

#[test]
fn a_killed_servers_job_is_gone_on_with_when_its_lease_has_run_out() {
    let database = TestDatabase::demo();
    let db = database.open();
    let long_ago = now() - TimeDelta::minutes(5);
    let id = enqueue(&db, 7, long_ago);
    assert!(claim(&db, "killed", long_ago).is_some());
    assert!(claim(&db, "early", long_ago + TimeDelta::seconds(30)).is_none(), "it is still held");
    let (runner, _) = runner(&db, 1, false, false);
    assert!(runner.turn().unwrap());
    assert_eq!(row(&db, 7).state, "done");
    // The first comes back to life: nothing is its own any more.
    let late = Progress { done: 1, total: 3, message: String::new(), finished: false };
    let ours = db.write(|conn| Ok::<_, Error>(queries::advance(conn, id, "killed", &late, now())?)).unwrap();
    assert!(!ours && row(&db, 7).state == "done");
}

#[test]
fn what_fails_is_tried_again_later_and_not_for_ever() {
    let database = TestDatabase::demo();
    let db = database.open();
    let mut at = now();
    let id = enqueue(&db, 7, at);
    for attempt in 1..=MOST_ATTEMPTS {
        let holder = format!("h{attempt}");
        assert!(claim(&db, &holder, at).is_some(), "attempt {attempt}");
        let fell =
            db.write(|conn| Ok::<_, Error>(queries::stumble(conn, id, &holder, "Chưa được.", at)?)).unwrap();
        assert!(fell);
        assert!(claim(&db, "at once", at).is_none(), "not at once");
        at += TimeDelta::hours(1);
    }
    let found = row(&db, 7);
    assert!(found.has_failed() && found.message == "Chưa được.");
    assert!(claim(&db, "after", at).is_none());
}

#[test]
fn a_step_that_fails_or_panics_leaves_the_job_to_be_tried_again() {
    let database = TestDatabase::demo();
    let db = database.open();
    for (subject, fails, panics) in [(1, true, false), (2, false, true)] {
        enqueue(&db, subject, now());
        let (runner, steps) = runner(&db, 3, fails, panics);
        assert!(runner.turn().unwrap());
        let found = row(&db, subject);
        assert_eq!((found.state.as_str(), found.attempts), ("queued", 1));
        assert_eq!(steps.load(Ordering::SeqCst), 1);
    }
}

#[test]
fn a_server_that_dies_over_the_same_job_again_and_again_gives_it_up() {
    let database = TestDatabase::demo();
    let db = database.open();
    let mut at = now();
    enqueue(&db, 7, at);
    for attempt in 1..=MOST_ATTEMPTS {
        assert!(claim(&db, &format!("h{attempt}"), at).is_some(), "attempt {attempt}");
        at += TimeDelta::minutes(2);
    }
    assert!(claim(&db, "one more", at).is_none());
    assert!(row(&db, 7).has_failed());
}

#[test]
fn a_stop_gives_the_job_back_at_once() {
    let database = TestDatabase::demo();
    let db = database.open();
    enqueue(&db, 7, now());
    let (runner, steps) = runner(&db, i32::MAX, false, false);
    let running = runner.start().expect("a thread");
    while steps.load(Ordering::SeqCst) < 3 {
        std::thread::yield_now();
    }
    drop(running);
    let found = row(&db, 7);
    assert_eq!((found.state.as_str(), found.attempts, found.lease_until), ("queued", 0, None));
    assert!(claim(&db, "another", now()).is_some());
}
