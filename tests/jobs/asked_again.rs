//! Of one subject one job is open at a time, whoever asks for it and on however many servers; what is asked for while it is worked on
//! is not forgotten.

use diesel::prelude::*;
use tonghop::db::ids::JobId;
use tonghop::db::schema::jobs;
use tonghop::db::{Db, DbError};
use tonghop::error::Error;
use tonghop::jobs::{Progress, queries};

use super::{KIND, claim, enqueue, now, row};
use crate::support::database::TestDatabase;

fn count(db: &Db) -> i64 {
    db.read(|conn| jobs::table.filter(jobs::kind.eq(KIND)).count().get_result(conn).map_err(DbError::Query))
        .expect("a count")
}

/// Notes the last step of a job.
fn end(db: &Db, id: JobId, holder: &str) -> bool {
    let last = Progress { done: 3, total: 3, message: String::new(), finished: true };
    db.write(|conn| Ok::<_, Error>(queries::advance(conn, id, holder, &last, now())?)).expect("a step")
}

#[test]
fn what_is_asked_for_while_it_is_worked_on_is_looked_at_once_more() {
    let database = TestDatabase::demo();
    let db = database.open();
    let id = enqueue(&db, 7, now());
    assert!(claim(&db, "first", now()).is_some());
    assert_eq!(enqueue(&db, 7, now()), id, "no second job");
    assert!(claim(&db, "another", now()).is_none(), "it is held");
    assert!(end(&db, id, "first"), "it was still its own");
    assert_eq!(row(&db, 7).state, "queued", "it is looked at once more");
    assert!(claim(&db, "second", now()).is_some());
    assert!(end(&db, id, "second"));
    assert_eq!((row(&db, 7).state.as_str(), count(&db)), ("done", 1));
    // Once it is over, another is asked for.
    assert_ne!(enqueue(&db, 7, now()), id);
    assert_eq!((row(&db, 7).state.as_str(), count(&db)), ("queued", 2));
}

#[test]
fn what_was_asked_for_before_it_was_taken_is_no_second_look() {
    let database = TestDatabase::demo();
    let db = database.open();
    let id = enqueue(&db, 7, now());
    assert_eq!(enqueue(&db, 7, now()), id);
    assert!(claim(&db, "first", now()).is_some());
    assert!(end(&db, id, "first"));
    assert_eq!(row(&db, 7).state, "done");
}

#[test]
fn many_who_ask_at_once_make_one_job() {
    let database = TestDatabase::demo();
    let db = database.open();
    for subject in 0..10 {
        let asked: Vec<JobId> = std::thread::scope(|scope| {
            let hands: Vec<_> = (0..4)
                .map(|_| {
                    let db = database.open();
                    scope.spawn(move || enqueue(&db, subject, now()))
                })
                .collect();
            hands.into_iter().map(|hand| hand.join().expect("a job")).collect()
        });
        assert!(asked.iter().all(|id| *id == asked[0]), "{asked:?}");
    }
    assert_eq!(count(&db), 10);
}
