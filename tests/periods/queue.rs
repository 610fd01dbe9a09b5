//! What waits for a compiler comes in the order in which it becomes too late, whatever order it was found in.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use diesel::prelude::*;
use tonghop::access::Scope;
use tonghop::db::schema::units;
use tonghop::error::Error;
use tonghop::periods::queries;
use tonghop::periods::queue::{Known, Matter, queue};
use tonghop::periods::summary::summaries;

use crate::support::app::TestApp;
use crate::support::client::hidden;

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, month, day).expect("a day")
}

fn noon(day: NaiveDate) -> NaiveDateTime {
    day.and_time(NaiveTime::from_hms_opt(5, 0, 0).expect("noon here"))
}

#[test]
fn the_queue_of_the_demo_is_sorted_by_the_day_it_is_too_late() {
    let app = TestApp::demo_on(day(6, 20));
    let agency = app
        .db
        .read(|conn| {
            Ok::<_, Error>(units::table.filter(units::code.eq("bg.ca")).select(units::id).first(conn)?)
        })
        .expect("the agency");
    let scope = Scope { collector_units: vec![agency], ..Scope::default() };
    let (all, sent) = app
        .db
        .read(|conn| {
            let all = summaries(conn, &scope, day(6, 20), 12)?;
            let ids: Vec<_> = all.open.iter().map(|s| s.period.id).collect();
            let sent = queries::last_sent(conn, &ids)?;
            Ok::<_, Error>((all, sent))
        })
        .expect("the periods");
    // A unit of the half-year that has not sent asks for more time.
    let asks = all
        .open
        .iter()
        .flat_map(|s| &s.duties)
        .find(|d| d.waits_for_extension() && d.overdue_days(false, &all.holidays, day(6, 20)).is_some())
        .expect("a late unit");
    let word = tonghop::periods::ExtensionWord {
        kind: "extension_asked".into(),
        until: Some(day(6, 25)),
        reason: "Chờ số liệu".into(),
        at: noon(day(6, 19)),
        by: "Cán bộ".into(),
    };
    let asked = HashMap::from([(asks.obligation.id, word)]);
    let promised = HashMap::new();
    let unlocked = HashMap::new();
    let known = Known {
        sent: &sent,
        asked: &asked,
        promised: &promised,
        given_back: &[],
        unlocked: &unlocked,
        holidays: &all.holidays,
        now: day(6, 20).into(),
    };
    let queue = queue(&all.open, &known);
    // Its own last day has passed: nothing is more urgent than the answer.
    assert!(matches!(&queue[0].matter, Matter::Extension { until, .. } if until == "25/6"), "{queue:?}");
    let keys: Vec<_> = queue.iter().map(|w| (w.day.is_none(), w.day)).collect();
    assert!(keys.is_sorted(), "{keys:?}");
    for pair in queue.windows(2).filter(|pair| pair[0].day == pair[1].day) {
        let both =
            matches!((&pair[0].matter, &pair[1].matter), (Matter::Receipt { .. }, Matter::Receipt { .. }));
        assert!(!both || pair[0].since <= pair[1].since, "who has waited longest comes first: {pair:?}");
    }
    // Every report that waits and every open period with somebody overdue is in it, once.
    let waiting: u32 = all.open.iter().map(|s| s.tally.waiting()).sum();
    let receipts = queue.iter().filter(|w| matches!(w.matter, Matter::Receipt { .. })).count();
    assert_eq!(receipts, waiting as usize);
    let late = all.open.iter().filter(|s| s.tally.assigned.overdue > 0).count();
    assert_eq!(queue.iter().filter(|w| matches!(w.matter, Matter::Overdue { .. })).count(), late);
    assert!(late > 0 && waiting > 0, "the demo has both on that day");
}

/// What waits, as the compiler's first screen lists it.
fn waits(app: &TestApp, user: &str) -> String {
    let html = app.client(user).get("/periods").ok();
    html.split("<h2>Việc đang chờ</h2>").nth(1).expect("the queue").to_owned()
}

#[test]
fn after_the_lock_what_came_and_what_is_asked_for_still_waits() {
    // Reports of the half-year that came in time in June and were never received.
    let app = TestApp::demo_on(day(11, 14));
    let half = crate::periods::period(&app, "bac-giang", "2025-H1");
    let all = crate::chasing::periods_on(&app, day(11, 14));
    let locked = all.finished.iter().find(|s| s.period.id == half).expect("the half-year is locked");
    let reports = locked.tally.waiting();
    assert!(reports > 1);
    let queue = waits(&app, "tonghop.catinh.bacgiang");
    let line = format!(
        "<a href=\"/periods/{half}\">{reports} báo cáo</a> <span class=\"tag wait\">chờ tiếp nhận</span>"
    );
    assert!(queue.contains(&line), "{queue}");
    assert!(!queue.contains("quá hạn</a>"), "nobody is chased who can send no more: {queue}");
    // A unit that never sent asks for more time.
    let duty = crate::periods::obligation(&app, "bac-giang", "2025-H1", "bg.khcn");
    let path = format!("/obligations/{duty}/extension-request");
    let officer = app.client("canbo.khcn.bacgiang");
    let version = hidden(&officer.get(&path).ok(), "version").expect("the version");
    let fields = [("version", version.as_str()), ("until", "20/11/2025"), ("reason", "Chờ số liệu.")];
    officer.post(&path, &fields).redirected();
    for user in ["tonghop.catinh.bacgiang", "lanhdao.catinh.bacgiang"] {
        let queue = waits(&app, user);
        assert!(queue.contains("đề nghị gia hạn đến 20/11"), "{user}: {queue}");
    }
}

#[test]
fn who_is_due_today_or_tomorrow_is_in_the_queue() {
    for (on, words) in [(13, "đến hạn ngày mai"), (14, "đến hạn hôm nay")] {
        let queue = waits(&TestApp::demo_on(day(11, on)), "tonghop.catinh.longan");
        assert!(queue.contains(words), "on {on}/11: {queue}");
    }
    assert!(!waits(&TestApp::demo_on(day(11, 11)), "tonghop.catinh.longan").contains("đến hạn"));
}

#[test]
fn who_is_asked_is_in_the_queue_and_never_overdue_in_it() {
    let queue = waits(&TestApp::demo_on(day(6, 16)), "tonghop.catinh.bacgiang");
    for words in ["chưa gửi</span>", "chưa gửi bản chỉnh lý</span>"] {
        let line = queue.split("<li>").find(|line| line.contains(words));
        let line = line.unwrap_or_else(|| panic!("{words}: {queue}"));
        assert!(line.contains("đơn vị được đề nghị") && !line.contains("quá hạn"), "{line}");
    }
}
