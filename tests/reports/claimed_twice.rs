//! A post claimed by two units, twice in one report, or again in the next period is said to all whom it concerns.

use super::{filled, pairs, report_of, ticked};
use crate::support::app::TestApp;
use crate::support::client::Client;

const POST: &str = "https://www.facebook.com/congantinh/posts/pfbid02abc?mibextid=x";
const SAME: &str = "https://m.facebook.com/story.php?story_fbid=pfbid02abc&id=1000";
const OTHER: &str = "https://bao.vn/tin-khac";

fn claim(client: &Client, at: &str, links: &[&str]) {
    let page = client.get(at).ok();
    let mut fields = filled(&page, &[]);
    for (n, link) in links.iter().enumerate() {
        fields.push((format!("evidence.{n}.title"), format!("Bài {n}")));
        fields.push((format!("evidence.{n}.url"), (*link).to_owned()));
    }
    client.post(at, &pairs(&fields)).redirected();
}

fn said(client: &Client, address: &str) -> usize {
    client.get(address).ok().matches("Đường dẫn này cũng có trong báo cáo của").count()
}

#[test]
fn a_post_claimed_by_two_units_is_said_to_both_and_to_the_reviewer() {
    let app = TestApp::demo();
    let (one, other) = (report_of(&app, "bg.khcn", "2025-H1"), report_of(&app, "bg.doan", "2025-H1"));
    let (khcn, doan) = (app.client("canbo.khcn.bacgiang"), app.client("canbo.doan.bacgiang"));
    let at = |id| format!("/reports/{id}/draft");
    claim(&khcn, &at(one), &[POST, OTHER]);
    assert_eq!(said(&khcn, &at(one)), 0, "nobody else claims it yet");
    claim(&doan, &at(other), &[SAME]);
    assert!(said(&khcn, &at(one)) >= 1);
    let check = khcn.get(&format!("/reports/{one}/check")).ok();
    khcn.post(&format!("/reports/{one}/leader-request"), &pairs(&ticked(&check, &[]))).redirected();
    let leader = app.client("lanhdao.khcn.bacgiang");
    let check = leader.get(&format!("/reports/{one}/check")).ok();
    leader.post(&format!("/reports/{one}/submission"), &pairs(&ticked(&check, &[]))).redirected();
    let reviewer = app.client("tonghop.catinh.bacgiang");
    assert!(said(&reviewer, &format!("/reports/{one}")) >= 1, "the reviewer");
    let page = reviewer.get(&format!("/reports/{one}")).ok();
    assert!(page.contains("báo cáo của Đoàn Thanh niên Cộng sản"), "whose");
    assert!(said(&doan, &at(other)) >= 1);
    // Their own page is none of each other's.
    assert_eq!(khcn.get(&format!("/reports/{other}")).status, 404);

    claim(&doan, &at(other), &["https://bao.vn/tin-thu-ba"]);
    assert_eq!(said(&reviewer, &format!("/reports/{one}")), 0, "it was withdrawn");
}

#[test]
fn a_post_twice_in_one_report_is_said_at_the_second() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let khcn = app.client("canbo.khcn.bacgiang");
    claim(&khcn, &format!("/reports/{id}/draft"), &[POST, OTHER, SAME]);
    let page = khcn.get(&format!("/reports/{id}/draft")).ok();
    assert!(page.contains("Trùng với dòng 1: cùng một bài viết."), "the third is the first");
}
