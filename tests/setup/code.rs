//! The code: typed once, a few times wrong at most, for a day, by one browser.

use chrono::TimeDelta;
use diesel::prelude::*;
use tonghop::calendar::Clock;
use tonghop::db::schema::setup_codes;
use tonghop::error::Error;
use tonghop::setup::code::{CODE_LIFE, Entered, SESSION_LIFE, TRIES, enter, issue, session};

use super::{new_code, opened};
use crate::support::app::TestApp;
use crate::support::database::TestDatabase;

#[test]
fn without_a_set_up_database_everything_leads_to_the_first_run() {
    let app = TestApp::empty();
    let client = app.anonymous();
    for path in ["/", "/sign-in", "/my", "/units/1", "/no/such/page"] {
        assert_eq!(client.get(path).redirected(), "/setup", "{path}");
    }
    assert_eq!(client.post_raw("/session", &[]).redirected(), "/setup");
    assert!(client.get("/assets/style.css").ok().contains(':'));
    assert!(client.get("/setup").ok().contains("Mã thiết lập"));
    for path in ["/setup/administrator", "/setup/province", "/setup/units", "/setup/review"] {
        assert_eq!(client.get(path).redirected(), "/sign-in", "{path} without the code");
    }
    assert_eq!(client.post_raw("/setup/completion", &[]).redirected(), "/sign-in");
}

#[test]
fn a_code_is_taken_as_people_type_it_and_only_once() {
    let database = TestDatabase::empty();
    let (db, now) = (database.open(), Clock::system().now_utc());
    let code = db.write(|conn| issue(conn, now)).expect("a code");
    let groups: Vec<&str> = code.split('-').collect();
    assert_eq!(groups.len(), 8, "{code}");
    let hexadecimal = |group: &&str| group.len() == 4 && group.chars().all(|c| c.is_ascii_hexdigit());
    assert!(groups.iter().all(hexadecimal), "128 bits in eight groups: {code}");
    let stored: Vec<u8> = db
        .read(|conn| Ok::<_, Error>(setup_codes::table.select(setup_codes::code_hash).first(conn)?))
        .expect("a row");
    assert_eq!(stored.len(), 32);
    assert!(!stored.windows(8).any(|part| code.as_bytes().windows(8).any(|typed| typed == part)));
    let typed = format!("  {} ", code.to_uppercase().replace('-', " "));
    let Entered::Opened(token) = db.write(|conn| enter(conn, &typed, now)).expect("an answer") else {
        panic!("the code was refused");
    };
    assert!(db.read(|conn| Ok::<_, Error>(session(conn, &token, now)?)).expect("an answer").is_some());
    assert_eq!(db.write(|conn| enter(conn, &code, now)).expect("an answer"), Entered::NoCode);
    let later = now + SESSION_LIFE;
    assert!(db.read(|conn| Ok::<_, Error>(session(conn, &token, later)?)).expect("an answer").is_none());
}

#[test]
fn wrong_codes_use_up_the_tries_and_the_right_one_comes_too_late() {
    let database = TestDatabase::empty();
    let (db, now) = (database.open(), Clock::system().now_utc());
    let code = db.write(|conn| issue(conn, now)).expect("a code");
    for left in (0..TRIES).rev() {
        let wrong = db.write(|conn| enter(conn, "0000", now)).expect("an answer");
        assert_eq!(wrong, Entered::Wrong(left));
    }
    assert_eq!(db.write(|conn| enter(conn, &code, now)).expect("an answer"), Entered::NoCode);
    // A new one makes good again, and voids the old.
    let new = db.write(|conn| issue(conn, now)).expect("a code");
    assert_eq!(db.write(|conn| enter(conn, &code, now)).expect("an answer"), Entered::Wrong(TRIES - 1));
    assert!(matches!(db.write(|conn| enter(conn, &new, now)).expect("an answer"), Entered::Opened(_)));
}

#[test]
fn a_code_expires() {
    let database = TestDatabase::empty();
    let (db, now) = (database.open(), Clock::system().now_utc());
    let code = db.write(|conn| issue(conn, now)).expect("a code");
    let late = now + CODE_LIFE;
    assert_eq!(db.write(|conn| enter(conn, &code, late)).expect("an answer"), Entered::NoCode);
    let in_time = late - TimeDelta::seconds(1);
    assert!(matches!(db.write(|conn| enter(conn, &code, in_time)).expect("an answer"), Entered::Opened(_)));
}

/// Many at once, as many server processes would: each wrong one counts, and the right one opens one browser.
#[test]
fn tries_at_the_same_time_are_counted_each() {
    let database = TestDatabase::empty();
    let (db, now) = (database.open(), Clock::system().now_utc());
    let code = db.write(|conn| issue(conn, now)).expect("a code");
    let run = |typed: &str| {
        let answers: Vec<Entered> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..6)
                .map(|_| scope.spawn(|| db.write(|conn| enter(conn, typed, now)).expect("an answer")))
                .collect();
            threads.into_iter().map(|thread| thread.join().expect("a thread that ends")).collect()
        });
        answers
    };
    let mut left: Vec<i32> =
        run("ffff").into_iter().map(|e| if let Entered::Wrong(left) = e { left } else { -1 }).collect();
    left.sort_unstable();
    assert_eq!(left, (TRIES - 6..TRIES).collect::<Vec<_>>());
    let opened = run(&code).into_iter().filter(|e| matches!(e, Entered::Opened(_))).count();
    assert_eq!(opened, 1);
}

#[test]
fn a_newer_code_sends_the_first_browser_away() {
    let app = TestApp::empty();
    let first = opened(&app);
    assert!(first.get("/setup/administrator").ok().contains("Người quản trị"));
    // Printing another one alone leaves it in peace: a restart must not throw anybody out.
    let code = new_code(&app);
    assert!(first.get("/setup/administrator").ok().contains("Người quản trị"));
    let second = app.anonymous();
    assert_eq!(second.post_raw("/setup/code", &[("code", &code)]).redirected(), "/setup");
    assert_eq!(first.get("/setup/administrator").redirected(), "/sign-in");
    assert!(second.get("/setup/administrator").ok().contains("Người quản trị"));
}

#[test]
fn a_wrong_code_says_how_many_tries_are_left() {
    let app = TestApp::empty();
    let client = app.anonymous();
    let none = client.post_raw("/setup/code", &[("code", "x")]);
    assert_eq!(none.status, 422);
    assert!(none.text().contains("tonghop setup-code"), "nothing was printed yet");
    new_code(&app);
    let wrong = client.post_raw("/setup/code", &[("code", "x")]);
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains(&format!("Còn {} lần", TRIES - 1)));
}
