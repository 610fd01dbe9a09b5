//! Making an edition while reports are missing, and giving up a draft.

use super::{approve, make, page, period_id, report, version};
use crate::support::app::TestApp;

#[test]
fn what_is_missing_is_named_before_an_edition_is_made() {
    let app = TestApp::demo();
    let id = period_id(&app, "bac-giang", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    let asked = compiler.post(&format!("/periods/{id}/editions"), &[]);
    assert_eq!(asked.status, 200);
    let text = page::text(&asked.text());
    // From the steps of the demo: Sở Nội vụ has sent and waits, Hiệp Hòa has not begun, Hội Nông dân is only asked.
    let part =
        |heading: &str| text.split(heading).nth(1).unwrap_or_else(|| panic!("{heading}: {text}")).to_owned();
    let (waiting, unsent) = (part("Đã gửi, chưa tiếp nhận"), part("Chưa gửi ("));
    assert!(waiting.split("Chưa gửi (").next().is_some_and(|names| names.contains("Sở Nội vụ")), "{text}");
    assert!(unsent.contains("Hiệp Hòa") && !unsent.contains("Sở Nội vụ"), "{text}");
    assert!(compiler.get("/editions").ok().matches("Dự thảo").count() == 0, "nothing is made yet");
    make(&compiler, id);
}

#[test]
fn a_draft_is_given_up_with_a_reason_and_keeps_its_number() {
    let app = TestApp::demo();
    let id = period_id(&app, "bac-giang", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    let leader = app.client("lanhdao.catinh.bacgiang");
    let wrong = make(&compiler, id);
    assert_eq!(compiler.post(&format!("/periods/{id}/editions"), &[("confirmed", "1")]).status, 422);
    let seen = version(&app, &wrong);
    let removal = format!("{wrong}/removal");
    let blank = compiler.post(&removal, &[("version", &seen), ("reason", " ")]);
    assert_eq!(blank.status, 422);
    assert!(blank.text().contains("href=\"#f-reason\""));
    compiler.post(&removal, &[("version", &seen), ("reason", "Nhầm kỳ so sánh")]).redirected();
    let shown = compiler.get(&wrong).ok();
    assert!(shown.contains("Đã hủy") && shown.contains("Nhầm kỳ so sánh") && !shown.contains("/workbook/"));
    assert_eq!(compiler.get(&format!("{wrong}/workbook/ministry")).status, 404);
    let again = leader.post(&format!("{wrong}/approval"), &[("version", &version(&app, &wrong))]);
    assert_eq!(again.status, 409, "it can be approved no more");
    assert_eq!(compiler.post(&removal, &[("version", &seen), ("reason", "Lại")]).status, 409);
    assert_eq!(app.client("c11.bocongan").get(&wrong).status, 404);

    // The next one takes the next number, and is compared with nothing that was given up.
    let (late, state) = report(&app, id, "bg.noivu");
    compiler.post(&format!("/reports/{late}/receipt"), &[("version", &state.to_string())]).redirected();
    let right = make(&compiler, id);
    let html = compiler.get(&right).ok();
    assert!(html.contains("Bản tổng hợp lần 2") && !html.contains("id=\"changes\""), "{html}");
    assert!(!html.contains("Thay đổi so với"), "{html}");
    approve(&app, &leader, &right);
    assert_eq!(leader.post(&format!("{right}/removal"), &[("version", "2"), ("reason", "x")]).status, 409);
}
