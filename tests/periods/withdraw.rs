//! A period opened by mistake: who takes it back, until when, and what remains.

use diesel::prelude::*;
use tonghop::db::ids::PeriodId;
use tonghop::db::schema::{audit_log, obligations, period_levels, periods, reports};
use tonghop::error::Error;

use super::opening::HALF;
use super::{obligation, period, regime};
use crate::support::app::TestApp;
use crate::support::client::{Client, hidden};

const WHY: (&str, &str) = ("reason", "mở nhầm năm 2026");

fn open(app: &TestApp, client: &Client) -> PeriodId {
    let opened: Vec<(&str, &str)> = HALF.into_iter().chain([("confirmed", "1")]).collect();
    client.post(&format!("/regimes/{}/periods", regime(app, "bac-giang")), &opened).redirected();
    period(app, "bac-giang", "2026-H1")
}

/// Rows of every table that opening a period fills.
fn rows(app: &TestApp) -> [i64; 4] {
    app.db
        .read(|conn| {
            Ok::<_, Error>([
                periods::table.count().get_result(conn)?,
                obligations::table.count().get_result(conn)?,
                reports::table.count().get_result(conn)?,
                period_levels::table.count().get_result(conn)?,
            ])
        })
        .expect("counts")
}

/// The report one unit owes the period of the half-year.
fn report_of(app: &TestApp) -> i64 {
    let duty = obligation(app, "bac-giang", "2026-H1", "bg.khcn");
    app.db
        .read(|conn| {
            let of = reports::table.filter(reports::obligation_id.eq(duty));
            Ok::<_, Error>(of.select(reports::id).first(conn)?)
        })
        .expect("a report")
}

#[test]
fn an_untouched_period_goes_with_everything_opening_it_made_and_can_be_opened_again() {
    let app = TestApp::demo();
    let compiler = app.client("tonghop.catinh.bacgiang");
    let before = rows(&app);
    let id = open(&app, &compiler);
    assert_ne!(rows(&app), before);
    let way = format!("/periods/{id}/withdrawal");
    assert!(compiler.get(&format!("/periods/{id}")).ok().contains(&format!("href=\"{way}\"")));
    let page = compiler.get(&way).ok();
    assert!(page.contains("Hủy kỳ 6 tháng đầu năm 2026?") && page.contains("Sở Tư pháp"), "{page}");

    let without = compiler.post(&way, &[("version", "1"), ("reason", " ")]);
    assert_eq!(without.status, 422);
    assert!(without.text().contains("Nhập lý do"));
    assert_eq!(compiler.post(&way, &[("version", "7"), WHY]).status, 409, "what was seen is not what stands");
    let to = compiler.post(&way, &[("version", "1"), WHY]).redirected();
    assert_eq!(to, format!("/regimes/{}", regime(&app, "bac-giang")));
    assert_eq!(rows(&app), before, "nothing else went, and nothing stayed");
    assert_eq!(compiler.get(&format!("/periods/{id}")).status, 404);

    let (was, is): (Option<String>, Option<String>) = app
        .db
        .read(|conn| {
            let of = audit_log::table.filter(audit_log::action.eq("period.withdraw"));
            Ok::<_, Error>(of.select((audit_log::before_json, audit_log::after_json)).first(conn)?)
        })
        .expect("one row of the log");
    let (was, is) = (was.expect("what it was"), is.expect("why"));
    assert!(was.contains("2026-H1") && was.contains("Sở Tư pháp") && is.contains(WHY.1), "{was} {is}");
    assert!(app.client("quantri.bacgiang").get("/trail").ok().contains("Hủy kỳ mở nhầm"));
    assert_ne!(open(&app, &compiler), id, "the code is free again, the number is not used twice");
}

#[test]
fn a_word_typed_or_a_decision_keeps_the_period() {
    let app = TestApp::demo();
    let compiler = app.client("tonghop.catinh.bacgiang");
    let id = open(&app, &compiler);
    let (way, before) = (format!("/periods/{id}/withdrawal"), rows(&app));
    let report = report_of(&app);
    let officer = app.client("canbo.khcn.bacgiang");
    // Only looking at the form is no word.
    officer.get(&format!("/reports/{report}/draft")).ok();
    compiler.get(&way).ok();
    officer.post(&format!("/reports/{report}/draft"), &[("version", "0"), ("section.I", "Đã họp.")]);
    let refused = compiler.post(&way, &[("version", "1"), WHY]);
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.text().contains("Sở Khoa học và Công nghệ"), "{}", refused.text());
    assert!(!compiler.get(&format!("/periods/{id}")).ok().contains(&way));
    assert_eq!(rows(&app), before);

    // The periods of the demo hold sent reports, decisions, editions.
    for code in ["2024-Y", "2025-H1"] {
        let held = period(&app, "bac-giang", code);
        assert_eq!(compiler.get(&format!("/periods/{held}/withdrawal")).status, 422, "{code}");
    }
}

#[test]
fn only_who_opens_periods_takes_one_back() {
    let app = TestApp::demo();
    let id = open(&app, &app.client("tonghop.catinh.bacgiang"));
    let way = format!("/periods/{id}/withdrawal");
    for (user, status) in
        [("canbo.khcn.bacgiang", 403), ("lanhdao.ubnd.bacgiang", 403), ("tonghop.catinh.longan", 404)]
    {
        let client = app.client(user);
        let answer = client.post(&way, &[("version", "1"), WHY]);
        assert!([status, 404].contains(&answer.status), "{user}: {}", answer.status);
    }
    assert_eq!(period(&app, "bac-giang", "2026-H1"), id);
    app.client("lanhdao.catinh.bacgiang").post(&way, &[("version", "1"), WHY]).redirected();
}

#[test]
fn another_due_day_keeps_the_period() {
    let app = TestApp::demo();
    let compiler = app.client("tonghop.catinh.bacgiang");
    let id = open(&app, &compiler);
    let (way, dates) = (format!("/periods/{id}/withdrawal"), format!("/periods/{id}/dates"));
    compiler.get(&way).ok();
    let version = hidden(&compiler.get(&dates).ok(), "version").expect("the period's version");
    let moved = [
        ("version", version.as_str()),
        ("due_rule", "by"),
        ("stated_on", "19/6/2026"),
        ("due_basis", "Công văn số 3001/CAT-PC10 ngày 09/6/2025"),
    ];
    compiler.post(&dates, &moved).redirected();
    let before = rows(&app);
    assert_eq!(compiler.get(&way).status, 422);
    let seen = hidden(&compiler.get(&dates).ok(), "version").expect("the period's version");
    let refused = compiler.post(&way, &[("version", &seen), WHY]);
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.text().contains("đã có nội dung hoặc quyết định của"), "{}", refused.text());
    assert!(
        !compiler.get(&format!("/periods/{id}")).ok().contains(&way),
        "no button that leads to a refusal"
    );
    assert_eq!(rows(&app), before);
}

#[test]
fn of_two_who_take_it_back_at_once_one_does() {
    let app = TestApp::demo();
    let (compiler, leader) = (app.client("tonghop.catinh.bacgiang"), app.client("lanhdao.catinh.bacgiang"));
    let before = rows(&app);
    for _ in 0..3 {
        let id = open(&app, &compiler);
        let way = format!("/periods/{id}/withdrawal");
        let mut statuses: Vec<u16> = std::thread::scope(|scope| {
            let take = |who: &'static str| {
                let (client, way) = (if who == "leader" { &leader } else { &compiler }, &way);
                scope.spawn(move || client.post(way, &[("version", "1"), WHY]).status)
            };
            let both = [take("leader"), take("compiler")];
            both.into_iter().map(|one| one.join().expect("an answer")).collect()
        });
        statuses.sort_unstable();
        assert_eq!(statuses[0], 303, "{statuses:?}");
        assert!([404, 409].contains(&statuses[1]), "{statuses:?}");
        assert_eq!(rows(&app), before, "gone once, whole");
    }
    let noted: i64 = app
        .db
        .read(|conn| {
            let of = audit_log::table.filter(audit_log::action.eq("period.withdraw"));
            Ok::<_, Error>(of.count().get_result(conn)?)
        })
        .expect("the log");
    assert_eq!(noted, 3);
}
