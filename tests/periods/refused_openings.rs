//! Periods that are not opened: what cannot be taken is said at its field, and nothing is half made.

use diesel::prelude::*;
use tonghop::audit::By;
use tonghop::calendar::{Clock, Cycle, DueRule, Window};
use tonghop::db::Conn;
use tonghop::db::schema::form_audiences;
use tonghop::error::Error;
use tonghop::periods::NewPeriod;
use tonghop::periods::open::open_period;

use super::opening::{HALF, open, period_count, with};
use super::regime;
use crate::support::app::TestApp;

#[test]
fn what_cannot_be_taken_is_said_at_its_field_and_nothing_typed_is_lost() {
    let app = TestApp::demo();
    let client = app.client("tonghop.catinh.bacgiang");
    let before = period_count(&app);
    let cases: &[(&[(&str, &str)], &str)] = &[
        (&[("code", "2025-H1")], "f-code"),
        (&[("code", "6 tháng")], "f-code"),
        (&[("label", " ")], "f-label"),
        (&[("window_from", "15/6/2026")], "f-window_to"),
        (&[("window_from", "")], "f-window_from"),
        (&[("window_from", ""), ("window_to", "")], "f-window_from"),
        (&[("window_to", "31/2/2026")], "f-window_to"),
        (&[("stated_on", "")], "f-stated_on"),
        (&[("due_rule", "undated")], "f-stated_on"),
        (&[("due_rule", "")], "f-due_rule"),
        (&[("stated_time", "chiều")], "f-stated_time"),
        (&[("due_rule", "undated"), ("stated_on", ""), ("stated_time", "16:00")], "f-stated_time"),
        (&[("lock_on", "16/6/2026")], "f-lock_on"),
        (&[("form_code", "no-such")], "f-form_code"),
        (&[("cycle", "ADHOC"), ("code", "2026-DX1")], "f-units"),
        (&[("cycle", "ADHOC"), ("code", "2026-DX1"), ("unit", "1")], "f-units"),
    ];
    for (changes, field) in cases {
        let answer = open(&app, &client, &with(changes));
        assert_eq!(answer.status, 422, "{changes:?}");
        let html = answer.text();
        assert!(html.contains(&format!("href=\"#{field}\"")), "{changes:?}: no link to {field}: {html}");
        assert!(html.contains(&format!("id=\"{field}\"")), "{changes:?}: {field} is not on the page");
        assert!(html.contains("Công văn số 99/CAT-PC10 ngày 12/5/2026"), "{changes:?}: the basis is lost");
    }
    assert_eq!(period_count(&app), before);
}

#[test]
fn two_halves_never_count_the_same_day_and_a_year_may() {
    let app = TestApp::demo();
    let client = app.client("tonghop.catinh.bacgiang");
    open(&app, &client, &HALF).redirected();
    // The last day of the first half is 14/6.
    for from in ["14/6/2026", "15/12/2025", "01/01/2026"] {
        let second = with(&[
            ("cycle", "H2"),
            ("code", "2026-H2"),
            ("label", "6 tháng cuối năm 2026"),
            ("window_from", from),
            ("window_to", "14/12/2026"),
            ("stated_on", "17/12/2026"),
            ("lock_on", "24/12/2026"),
        ]);
        let answer = open(&app, &client, &second);
        assert_eq!(answer.status, 422, "{from}");
        let html = answer.text();
        assert!(
            html.contains("href=\"#f-window_from\"") && html.contains("6 tháng đầu năm 2026 (từ ngày"),
            "{html}"
        );
    }
    for (cycle, code, from) in [("H2", "2026-H2", "15/6/2026"), ("Y", "2026-Y", "15/12/2025")] {
        let next = with(&[
            ("cycle", cycle),
            ("code", code),
            ("window_from", from),
            ("window_to", "14/12/2026"),
            ("stated_on", "17/12/2026"),
            ("lock_on", "24/12/2026"),
        ]);
        open(&app, &client, &next).redirected();
    }
}

#[test]
fn the_second_of_two_who_open_the_same_period_at_once_is_told_at_the_code() {
    let app = TestApp::demo();
    let regime = regime(&app, "bac-giang");
    let day = |text: &str| text.parse::<chrono::NaiveDate>().expect("a day");
    let new = NewPeriod {
        code: "2026-H1".into(),
        label: "6 tháng đầu năm 2026".into(),
        cycle: Cycle::FirstHalf,
        year: 2026,
        window: Window::new(day("2025-12-15"), day("2026-06-14")),
        due: DueRule::Undated,
        due_basis: String::new(),
        lock_on: None,
        reference_on: day("2026-06-14"),
        form_code: None,
        units: None,
    };
    let open = |conn: &mut Conn| {
        open_period(conn, regime, &new, &By::command_line(), Clock::fixed(day("2026-06-10")).moment())
    };
    let (opened, ready) = std::sync::mpsc::channel();
    let second = std::thread::scope(|scope| {
        let first = scope.spawn(|| {
            app.db.write(|conn| {
                let id = open(conn)?;
                opened.send(()).expect("the second waits");
                // The other is under way before this one is kept; on SQLite it waits for its turn.
                std::thread::sleep(std::time::Duration::from_millis(300));
                Ok::<_, Error>(id)
            })
        });
        ready.recv().expect("the first has opened");
        let second = app.db.write(open);
        first.join().expect("no panic").expect("the first is kept");
        second
    });
    let Err(Error::Invalid(problems)) = second else { panic!("{second:?}") };
    assert!(problems.at("code").is_some_and(|words| words.contains("2026-H1")), "{problems:?}");
}

#[test]
fn a_unit_without_a_form_is_named_and_nothing_is_half_made() {
    let app = TestApp::demo();
    let before = period_count(&app);
    app.db
        .write(|conn| {
            diesel::delete(form_audiences::table.filter(form_audiences::kind_code.eq("district")))
                .execute(conn)?;
            Ok::<_, Error>(())
        })
        .expect("the audience is gone");
    let answer = open(&app, &app.client("tonghop.catinh.bacgiang"), &HALF);
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("UBND huyện Hiệp Hòa"), "{}", answer.text());
    assert_eq!(period_count(&app), before);
}

#[test]
fn only_the_collectors_compiler_opens_periods() {
    let app = TestApp::demo();
    let before = period_count(&app);
    for (user, status) in [
        ("canbo.khcn.bacgiang", 403),
        ("lanhdao.ubnd.bacgiang", 403),
        ("tonghop.catinh.longan", 404),
        ("c11.bocongan", 404),
    ] {
        let client = app.client(user);
        assert_eq!(open(&app, &client, &HALF).status, status, "{user}");
        let form = format!("/regimes/{}/periods/new", regime(&app, "bac-giang"));
        assert_eq!(client.get(&form).status, status, "{user}");
    }
    assert_eq!(period_count(&app), before);
}
