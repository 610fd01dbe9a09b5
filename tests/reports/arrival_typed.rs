//! The day on which a paper came, typed short on the form of entering on behalf.

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
