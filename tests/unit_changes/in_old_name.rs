//! What the successor's people send in the name of a body that has ended: under whose heading it goes, and that the event is
//! not taken back over it.

use tonghop::db::schema::units;
use tonghop::error::Error;

use diesel::prelude::*;

use super::scene::day;
use crate::documents::read::paragraphs;
use crate::reports::{filled, pairs, report_of, ticked, values_of};
use crate::support::app::TestApp;
use crate::support::client::hidden;

fn id(app: &TestApp, code: &str) -> String {
    let found: i64 = app
        .db
        .read(|conn| Ok::<_, Error>(units::table.filter(units::code.eq(code)).select(units::id).first(conn)?))
        .expect("a unit");
    found.to_string()
}

/// Merges Sở KH&CN into Sở VH,TT&DL from 20/6/2025; the address of the event.
fn merge(app: &TestApp) -> String {
    let admin = app.client("quantri.bacgiang");
    let (khcn, vhttdl) = (id(app, "bg.khcn"), id(app, "bg.vhttdl"));
    let mut fields = vec![
        ("kind", "merge"),
        ("rows", "3"),
        ("document", "Nghị quyết"),
        ("number", "18/NQ-HĐND"),
        ("issued_on", "18/6/2025"),
        ("agency", "HĐND tỉnh Bắc Giang"),
        ("effective_on", "20/6/2025"),
        ("from_0", khcn.as_str()),
        ("to_0", vhttdl.as_str()),
    ];
    let html = admin.post("/unit-changes/preview", &fields).ok();
    let seen = hidden(&html, "seen").expect("what was seen");
    let key = hidden(&html, "form_key").expect("the key of the form");
    fields.extend([("seen", seen.as_str()), ("form_key", key.as_str())]);
    admin.post("/unit-changes", &fields).redirected()
}

#[test]
fn a_report_kept_in_the_old_name_goes_out_under_the_successors_heading_and_stands_against_undoing() {
    let app = TestApp::demo_on(day("2025-06-20"));
    let report = report_of(&app, "bg.khcn", "2025-H1");
    let at = |rest: &str| format!("/reports/{report}{rest}");
    let before = app.client("canbo.khcn.bacgiang");
    let page = before.get(&at("/draft")).ok();
    let symbol = [("doc_number", ""), ("doc_symbol", "BC-SKHCN")];
    before.post(&at("/draft"), &pairs(&filled(&page, &symbol))).redirected();
    let change = merge(&app);
    let admin = app.client("quantri.bacgiang");
    assert!(admin.get(&change).ok().contains("Hoàn tác sắp xếp này"), "nothing was sent yet");

    let (officer, leader) = (app.client("canbo.khcn.bacgiang"), app.client("lanhdao.khcn.bacgiang"));
    let page = officer.get(&at("/draft")).ok();
    assert_eq!(values_of(&page, "doc_symbol"), ["BC-SVHTTDL"], "the symbol of who signs now");
    officer.post(&at("/draft"), &pairs(&filled(&page, &[]))).redirected();
    let check = officer.get(&at("/check")).ok();
    officer.post(&at("/leader-request"), &pairs(&ticked(&check, &[]))).redirected();
    let check = leader.get(&at("/check")).ok();
    let sent = leader.post(&at("/submission"), &pairs(&ticked(&check, &[]))).redirected();

    let said = "Sở Văn hóa, Thể thao và Du lịch (kế thừa nhiệm vụ của Sở Khoa học và Công nghệ)";
    assert!(officer.get(&sent).ok().contains(&format!("{said} gửi")), "the confirmation says who sent");
    let paper = officer.get(&at("/revisions/1/document"));
    assert_eq!(paper.status, 200);
    let texts: Vec<String> =
        paragraphs(&paper.bytes).into_iter().map(|p| p.text.replace('\u{a0}', " ")).collect();
    let whole = texts.join("\n");
    assert!(whole.contains(&format!("{said} báo cáo kết quả")), "{whole}");
    assert!(whole.contains("BC-SVHTTDL") && !whole.contains("BC-SKHCN"), "the symbol of who signs: {whole}");
    assert!(whole.to_lowercase().contains("của sở khoa học và công nghệ"), "whose results: {whole}");

    let page = admin.get(&change).ok();
    assert!(page.contains("Không hoàn tác được.") && page.contains("Sở Khoa học và Công nghệ đã được gửi"));
    let refused = admin.post(&format!("{change}/reversal"), &[("reason", "Ghi nhầm")]);
    assert_eq!(refused.status, 422, "{}", refused.text());
}

/// A report that went out in the new name, with its number, stands against taking the name back.
#[test]
fn a_name_that_was_signed_under_stays() {
    let app = TestApp::demo_on(day("2025-06-20"));
    let (admin, khcn) = (app.client("quantri.bacgiang"), id(&app, "bg.khcn"));
    let mut fields = vec![
        ("kind", "rename"),
        ("rows", "3"),
        ("document", "Nghị quyết"),
        ("number", "19/NQ-HĐND"),
        ("issued_on", "18/6/2025"),
        ("agency", "HĐND tỉnh Bắc Giang"),
        ("effective_on", "20/6/2025"),
        ("from_0", khcn.as_str()),
        ("name_0", "Sở Khoa học, Công nghệ và Chuyển đổi số"),
        ("short_0", "Sở KH&CN"),
    ];
    let html = admin.post("/unit-changes/preview", &fields).ok();
    assert!(html.contains("nên ký hiệu văn bản của đơn vị không đổi"), "{html}");
    let seen = hidden(&html, "seen").expect("what was seen");
    let key = hidden(&html, "form_key").expect("the key of the form");
    fields.extend([("seen", seen.as_str()), ("form_key", key.as_str())]);
    let change = admin.post("/unit-changes", &fields).redirected();
    assert!(admin.get(&change).ok().contains("Hoàn tác sắp xếp này"), "nothing was sent yet");

    let report = report_of(&app, "bg.khcn", "2025-H1");
    let at = |rest: &str| format!("/reports/{report}{rest}");
    let (officer, leader) = (app.client("canbo.khcn.bacgiang"), app.client("lanhdao.khcn.bacgiang"));
    let page = officer.get(&at("/draft")).ok();
    officer.post(&at("/draft"), &pairs(&filled(&page, &[]))).redirected();
    let check = officer.get(&at("/check")).ok();
    officer.post(&at("/leader-request"), &pairs(&ticked(&check, &[]))).redirected();
    let check = leader.get(&at("/check")).ok();
    leader.post(&at("/submission"), &pairs(&ticked(&check, &[]))).redirected();

    assert!(admin.get(&change).ok().contains("theo tên mới"));
    let refused = admin.post(&format!("{change}/reversal"), &[("reason", "Ghi nhầm")]);
    assert_eq!(refused.status, 422, "{}", refused.text());
}
