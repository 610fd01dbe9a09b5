//! The day on which a paper came, typed short on the form of entering on behalf; and what the unit finds meanwhile.

use super::on_behalf::begin;
use super::report_of;
use crate::support::app::TestApp;

/// As in the log of work: a day without its year, a year of two digits; a day to come is asked about.
#[test]
fn the_day_of_arrival_is_typed_short_too() {
    let app = TestApp::demo_on(chrono::NaiveDate::from_ymd_opt(2025, 6, 20).expect("a day"));
    let id = report_of(&app, "bg.hiephoa", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    for (day, says) in [("21/6", "Ngày 21/6/2025 chưa đến"), ("21/6/25", "không thể sau hôm nay")] {
        let answer = begin(&app, &compiler, id, day, &[]);
        assert!(answer.status == 422 && answer.text().contains(says), "{day}: {}", answer.text());
    }
    begin(&app, &compiler, id, "16/6", &[]).redirected();
    assert!(compiler.get(&format!("/reports/{id}/on-behalf")).ok().contains("value=\"16/6/2025\""));
    begin(&app, &compiler, id, "17/6/25", &[]).redirected();
    assert!(compiler.get(&format!("/reports/{id}/on-behalf")).ok().contains("value=\"17/6/2025\""));
}

#[test]
fn the_units_draft_says_who_enters_it_and_where_to_go() {
    let app = TestApp::demo_on(chrono::NaiveDate::from_ymd_opt(2025, 6, 20).expect("a day"));
    let id = report_of(&app, "bg.hiephoa", "2025-H1");
    begin(&app, &app.client("tonghop.catinh.bacgiang"), id, "17/6/2025", &[]).redirected();
    let officer = app.client("canbo.hiephoa.bacgiang");
    let refused = officer.get(&format!("/reports/{id}/draft"));
    let text = refused.text();
    assert_eq!(refused.status, 422, "{text}");
    let way =
        text.split("href=\"/obligations/").nth(1).and_then(|rest| rest.split('"').next()).expect("a way");
    assert_eq!(officer.get(&format!("/obligations/{way}")).status, 200, "{text}");
    assert!(text.contains("Nơi nhận đang nhập thay") && !text.contains("Về trang đầu"), "{text}");
}
