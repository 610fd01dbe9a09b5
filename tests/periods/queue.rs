//! What waits for a compiler comes in the order in which it becomes too late, whatever order it was found in.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use diesel::prelude::*;
use tonghop::access::Scope;
use tonghop::db::schema::units;
use tonghop::error::Error;
use tonghop::periods::queries;
use tonghop::periods::queue::Matter;
use tonghop::periods::summary::summaries;

use super::beside::Beside;
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
    let queue = Beside { sent, asked, ..Beside::default() }.queue(&all, day(6, 20));
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

/// Counted from the duties one by one: who is asked stands beside those who are told, and in no sum with them.
#[test]
fn who_is_due_is_counted_apart_from_who_is_asked() {
    let on = day(6, 16);
    let app = TestApp::demo_on(on);
    let all = crate::chasing::periods_on(&app, on);
    let mut both = 0;
    for waiting in Beside::default().queue(&all, on) {
        let Matter::Due { units, asked, on } = waiting.matter else { continue };
        let summary = all.open.iter().find(|s| s.period.id == waiting.period).expect("its period");
        let open = |d: &&tonghop::periods::Duty| {
            ["not_begun", "draft", "with_leader", "amend"].contains(&d.report.state.as_str())
                && d.obligation.standing == "owed"
                && d.pressing_day(summary.regime.rolling, &all.holidays) == Some(on)
        };
        let count =
            |mode: &str| summary.duties.iter().filter(open).filter(|d| d.obligation.mode == mode).count();
        assert_eq!(
            (units as usize, asked as usize),
            (count("assign"), count("request")),
            "{}",
            waiting.label
        );
        both += usize::from(units > 0 && asked > 0);
    }
    assert!(both > 0, "on that day the demo has both in one period");
    let queue = waits(&app, "tonghop.catinh.bacgiang");
    let line = queue.split("<li>").find(|line| line.contains("đơn vị chưa gửi và ")).expect("both in a line");
    assert!(line.contains(" đơn vị được đề nghị</a>") && line.contains("đến hạn ngày mai"), "{line}");
}

/// The half-year of 2025 was locked on 24/6 and nobody made an edition of it; of the periods of 2024 there are some.
#[test]
fn a_locked_period_without_an_edition_is_not_forgotten() {
    let app = TestApp::demo_on(day(11, 14));
    let half = crate::periods::period(&app, "bac-giang", "2025-H1");
    let line = format!(
        "<a href=\"/periods/{half}/consolidation\">Bản tổng hợp</a> <span class=\"tag due\">chưa lập bản tổng hợp</span><br>\
         <small>6 tháng đầu năm 2025 · kỳ đã khóa số liệu ngày 24/6/2025</small>"
    );
    let compiler = app.client("tonghop.catinh.bacgiang");
    let queue = compiler.get("/periods").ok();
    assert!(queue.contains(&line), "{queue}");
    let leaders = app.client("lanhdao.ubnd.bacgiang");
    let told = format!(
        "<a href=\"/periods/{half}\">6 tháng đầu năm 2025</a><span class=\"tag due\">khóa số liệu ngày 24/6/2025</span>"
    );
    assert!(leaders.get("/overview").ok().contains(&told));
    compiler.post(&format!("/periods/{half}/editions"), &[("confirmed", "1")]).redirected();
    assert!(!compiler.get("/periods").ok().contains(&line), "it is made");
    assert!(!leaders.get("/overview").ok().contains(&told), "it is made");
    // Before the lock is over nobody says so.
    let before = waits(&TestApp::demo_on(day(6, 24)), "tonghop.catinh.bacgiang");
    let forgotten =
        format!("/periods/{half}/consolidation\">Bản tổng hợp</a> <span class=\"tag due\">chưa lập");
    assert!(queue.contains(&forgotten) && !before.contains(&forgotten), "{before}");
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
