//! Last days told in days from an event, and what lower levels are told: typed on the forms, counted by hand.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveTime};
use diesel::prelude::*;
use tonghop::calendar::{DueRule, Holidays};
use tonghop::db::ids::UnitId;
use tonghop::db::schema::periods;
use tonghop::error::Error;
use tonghop::periods::levels::{Upward, chain, dated};

use super::opening::{open, with};
use super::{period, regime};
use crate::support::app::TestApp;
use crate::support::client::hidden;

fn dates(app: &TestApp, code: &str) -> (String, Option<NaiveDate>, String) {
    let id = period(app, "bac-giang", code);
    app.db
        .read(|conn| {
            Ok::<_, Error>(
                periods::table
                    .find(id)
                    .select((periods::due_rule, periods::stated_on, periods::due_basis))
                    .first(conn)?,
            )
        })
        .expect("the period")
}

#[test]
fn a_period_is_due_some_working_days_after_its_document_came() {
    let app = TestApp::demo();
    let client = app.client("tonghop.catinh.bacgiang");
    let path = format!("/regimes/{}/periods", regime(&app, "bac-giang"));
    let form = client.get(&format!("{path}/new?cycle=H1&year=2026")).ok();
    assert!(
        form.contains("value=\"within_days\"") && form.contains("value=\"within_working_days\""),
        "{form}"
    );
    // 12/6/2026 is a Friday: the five working days after it are those of the next week.
    let told = [("due_rule", "within_working_days"), ("within", "5"), ("event_on", "12/6/2026")];
    let asked = client.post(&path, &with(&told)).ok();
    let basis = "Công văn số 99/CAT-PC10 ngày 12/5/2026 (trong 5 ngày làm việc kể từ ngày 12/6/2026)";
    assert!(asked.contains("chậm nhất ngày 19/6/2026") && asked.contains(basis), "{asked}");
    assert!(asked.contains("name=\"within\" value=\"5\""), "what was typed is carried on: {asked}");
    open(&app, &client, &with(&told)).redirected();
    let day = NaiveDate::from_ymd_opt(2026, 6, 19);
    assert_eq!(dates(&app, "2026-H1"), ("by".to_owned(), day, basis.to_owned()));
}

#[test]
fn what_is_missing_of_such_a_time_is_asked_at_its_field() {
    let app = TestApp::demo();
    let client = app.client("tonghop.catinh.bacgiang");
    for (fields, field) in [
        (&[("due_rule", "within_days"), ("event_on", "12/6/2026")][..], "within"),
        (&[("due_rule", "within_days"), ("within", "0"), ("event_on", "12/6/2026")][..], "within"),
        (&[("due_rule", "within_days"), ("within", "5")][..], "event_on"),
        (&[("due_rule", "within_working_days"), ("within", "5"), ("event_on", "31/6/2026")][..], "event_on"),
        (&[("due_rule", "by"), ("within", "5")][..], "within"),
        (&[("due_rule", "before"), ("event_on", "12/6/2026")][..], "event_on"),
    ] {
        let answer = open(&app, &client, &with(fields));
        assert_eq!(answer.status, 422, "{fields:?}");
        assert!(answer.text().contains(&format!("href=\"#f-{field}\"")), "{fields:?}: {}", answer.text());
    }
}

#[test]
fn a_year_that_cannot_be_is_asked_about_on_the_form() {
    let app = TestApp::demo();
    let client = app.client("tonghop.catinh.bacgiang");
    let path = format!("/regimes/{}/periods/new?cycle=H2&year=99999", regime(&app, "bac-giang"));
    let far = client.get(&path);
    assert_eq!(far.status, 422);
    let text = far.text();
    assert!(text.contains("href=\"#f-year\"") && text.contains("value=\"99999\""), "{text}");
}

#[test]
fn the_form_shows_what_lower_levels_will_be_told_and_the_answer_says_who_goes_by_what() {
    let app = TestApp::demo();
    let client = app.client("tonghop.catinh.bacgiang");
    let id = period(&app, "bac-giang", "2025-Y");
    let path = format!("/periods/{id}/dates");
    let form = client.get(&path).ok();
    assert!(form.contains("name=\"look\"") && !form.contains("theo thời hạn vừa nhập"), "{form}");
    let version = hidden(&form, "version").expect("a version");
    // Ten days after 10/12/2025 is Saturday the 20th; the working day before it is Friday the 19th.
    let typed = [
        ("version", version.as_str()),
        ("due_rule", "within_days"),
        ("within", "10"),
        ("event_on", "10/12/2025"),
        ("due_basis", "Công văn số 1/CV"),
    ];
    let before = dates(&app, "2025-Y");
    let looked = client.post(&path, &[&typed[..], &[("look", "1")]].concat()).ok();
    assert!(looked.contains("theo thời hạn vừa nhập sẽ là chậm nhất ngày 19/12/2025"), "{looked}");
    assert_eq!(dates(&app, "2025-Y"), before, "nothing is written by looking");
    assert_eq!(client.post(&path, &typed).redirected(), format!("/periods/{id}"));
    let basis = "Công văn số 1/CV (trong 10 ngày kể từ ngày 10/12/2025)".to_owned();
    assert_eq!(dates(&app, "2025-Y"), ("by".to_owned(), NaiveDate::from_ymd_opt(2025, 12, 20), basis));
    let done = client.get(&format!("/periods/{id}")).ok();
    let below = "; 3 đơn vị gửi Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh: chậm nhất ngày 19/12/2025.";
    assert!(done.contains("đơn vị chưa gửi theo thời hạn này") && done.contains(below), "{done}");
}

#[test]
fn a_level_due_on_the_upper_levels_own_day_goes_by_its_own_words() {
    let day = NaiveDate::from_ymd_opt(2025, 6, 17).expect("a day");
    let four = NaiveTime::from_hms_opt(16, 0, 0).expect("an hour");
    let up = Upward { unit_id: UnitId(2), collector_id: UnitId(1), mode: "assign".into() };
    let (chain, _) = chain(UnitId(1), &[(UnitId(12), UnitId(2))], &[up]);
    let due = |top: DueRule, lead: i32| {
        let leads = HashMap::from([(UnitId(2), lead)]);
        dated(chain.clone(), top, &HashMap::new(), &leads, &Holidays::default()).remove(0).due
    };
    for top in [DueRule::ByHour(day, four), DueRule::BeforeHour(day, four)] {
        assert_eq!(due(top, 0), top);
        // Another day has no hour.
        assert_eq!(due(top, 1), DueRule::By(day.pred_opt().expect("a day")));
    }
}
