//! From a plan to what was made of its document: regimes and periods, and tasks with the day they are to be done by.

use super::missed::PASSED;
use super::*;

#[test]
fn a_plan_leads_to_what_is_reported() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let review = paste(&client, PLAN);
    let plan = confirm(&client, &review).redirected();
    let page = client.get(&plan).ok();
    assert!(page.contains("Báo cáo thực hiện kế hoạch") && page.contains("trước ngày 15/11/2025"), "{page}");
    assert!(page.contains("href=\"/regimes/") && page.contains("href=\"/periods/"), "{page}");
    // Who collects nothing sees the regimes, and no period.
    let officer = app.client("canbo.khcn.bacgiang").get(&plan).ok();
    assert!(officer.contains("Báo cáo thực hiện kế hoạch"), "{officer}");
    let part =
        officer.split("id=\"regimes\"").nth(1).and_then(|rest| rest.split("</section>").next()).expect("it");
    assert!(part.contains("/regimes/") && !part.contains("/periods/"), "{part}");
}

#[test]
fn by_when_a_task_is_done_is_said_wherever_it_is_listed() {
    let app = TestApp::demo();
    let client = app.client(COMPILER);
    let text = PASSED.replace("mở phiên tư vấn;", "mở phiên tư vấn, hoàn thành trước ngày 30/9/2025;");
    let text = text.replace("2. UBND các huyện, thị xã, thành phố", "2. Sở Khoa học và Công nghệ");
    let plan = confirm(&client, &paste(&client, &text)).redirected();
    let officer = app.client("canbo.khcn.bacgiang");
    for path in [plan.clone(), format!("{plan}/units"), "/tasks".to_owned(), "/my".to_owned()] {
        let page = officer.get(&path).ok();
        assert!(page.contains("29/9/2025") || page.contains("29/09/2025"), "{path}: {page}");
    }
}
