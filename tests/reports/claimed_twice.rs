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

/// Whether a page says that the post is also claimed in these words.
fn says(client: &Client, address: &str, words: &str) -> bool {
    client.get(address).ok().contains(&format!("Đường dẫn này cũng có trong {words}"))
}

const UNSENT: &str = "báo cáo một đơn vị khác đang soạn.";
const OF_DOAN: &str = "báo cáo của Đoàn Thanh niên Cộng sản";
const OF_KHCN: &str = "báo cáo của Sở Khoa học và Công nghệ";

#[test]
fn a_post_claimed_by_two_units_is_said_to_both_and_to_the_reviewer_by_name_once_sent() {
    let app = TestApp::demo();
    let (one, other) = (report_of(&app, "bg.khcn", "2025-H1"), report_of(&app, "bg.doan", "2025-H1"));
    let (khcn, doan) = (app.client("canbo.khcn.bacgiang"), app.client("canbo.doan.bacgiang"));
    let reviewer = app.client("tonghop.catinh.bacgiang");
    let (at_one, at_other) = (format!("/reports/{one}/draft"), format!("/reports/{other}/draft"));
    claim(&khcn, &at_one, &[POST, OTHER]);
    assert!(!says(&khcn, &at_one, "báo cáo"), "nobody else claims it yet");
    claim(&doan, &at_other, &[SAME]);
    // Both write still: each is told that there is another, and not which.
    let named = "“Bài 0”. Đường dẫn này cũng có trong";
    assert!(khcn.get(&at_one).ok().contains(named), "which one");
    assert!(says(&khcn, &at_one, UNSENT) && says(&doan, &at_other, UNSENT));
    assert!(!says(&khcn, &at_one, OF_DOAN) && !says(&doan, &at_other, OF_KHCN));
    for (client, address, name) in [(&khcn, &at_one, "Đoàn"), (&doan, &at_other, "Sở Khoa học")] {
        let page = client.get(address).ok();
        let said = page.split("Đường dẫn này cũng có trong").skip(1);
        assert!(said.into_iter().all(|said| !said.split('<').next().unwrap_or_default().contains(name)));
    }
    // Each officer sends what its leader signed on paper.
    let send = |id, officer: &Client| {
        let check = officer.get(&format!("/reports/{id}/check")).ok();
        let paper = [
            ("doc_number", "45"),
            ("doc_symbol", "BC"),
            ("doc_date", "10/6/2025"),
            ("signatory_title", "PHÓ GIÁM ĐỐC"),
            ("signatory_name", "Phan Tuấn Trung"),
        ];
        officer.post(&format!("/reports/{id}/submission"), &pairs(&ticked(&check, &paper))).redirected();
    };
    send(one, &khcn);
    // One has sent: it is named to the other; who reviews it is told no more of a draft than it was.
    let sent = format!("/reports/{one}");
    assert!(says(&doan, &at_other, OF_KHCN) && !says(&doan, &at_other, UNSENT));
    assert!(says(&reviewer, &sent, UNSENT) && !says(&reviewer, &sent, OF_DOAN));
    // Their own page is none of each other's.
    assert_eq!(khcn.get(&format!("/reports/{other}")).status, 404);

    claim(&doan, &at_other, &["https://bao.vn/tin-thu-ba"]);
    assert!(!says(&reviewer, &sent, "báo cáo"), "it was withdrawn");

    claim(&doan, &at_other, &[SAME]);
    send(other, &doan);
    assert!(says(&reviewer, &sent, OF_DOAN) && says(&reviewer, &format!("/reports/{other}"), OF_KHCN));
    let ledger = khcn.get("/evidence").ok();
    assert!(
        ledger.contains("Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh: báo cáo"),
        "and to the one that was first"
    );
    // Without opening the ledger: on its first screen.
    let mine = khcn.get("/my").ok();
    let said =
        mine.split("id=\"twice\"").nth(1).and_then(|rest| rest.split("</section>").next()).expect("it");
    assert!(
        said.contains("Bài 0") && said.contains("Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh: báo cáo"),
        "{said}"
    );
    assert!(said.contains("href=\"/evidence?twice=1\""), "{said}");
    assert!(!app.client("canbo.hiephoa.bacgiang").get("/my").ok().contains("id=\"twice\""));
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
