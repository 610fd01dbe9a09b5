//! After the lock nobody is asked for what can no longer be sent, neither in the notices of a day nor by a word to leaders.

use chrono::{Days, NaiveDate, NaiveTime};
use diesel::prelude::*;
use tonghop::db::ids::PeriodId;
use tonghop::db::schema::periods;
use tonghop::notices::plan::plan;
use tonghop::notices::queries::{self, Among};

use super::{day, read, write};
use crate::support::app::TestApp;

/// How many lines the day says about the period, and how many bodies are past its lock.
fn said(app: &TestApp, half: PeriodId, on: NaiveDate) -> (usize, usize) {
    let mut facts = read(&app.db, |conn| queries::facts(conn, &Among::All, (on, on)));
    facts.owed.retain(|owed| owed.period == half);
    let locked = facts.owed.iter().filter(|owed| owed.is_shut(on)).count();
    (plan(&facts, (on - Days::new(1), on), NaiveTime::MIN).lines.len(), locked)
}

#[test]
fn nobody_is_asked_after_the_lock_until_it_is_moved() {
    let app = TestApp::demo_on(day("2025-06-20"));
    let locked_after = periods::lock_on.eq(day("2025-06-24"));
    let half: PeriodId =
        read(&app.db, |conn| periods::table.filter(locked_after).select(periods::id).first(conn));
    let (lines, locked) = said(&app, half, day("2025-06-24"));
    assert!(lines > 0 && locked == 0, "the last day on which anything is taken: {lines}, {locked}");
    // Lục Ngạn was given until 20/6; its seventh day after that lies behind the lock.
    let (lines, locked) = said(&app, half, day("2025-06-27"));
    assert!(lines == 0 && locked > 0, "{lines} lines, {locked} locked");
    write(&app.db, |conn| {
        diesel::update(periods::table.find(half)).set(periods::lock_on.eq(day("2025-07-24"))).execute(conn)
    });
    let (lines, locked) = said(&app, half, day("2025-06-27"));
    assert!(lines > 0 && locked == 0, "{lines} lines, {locked} locked");
}
