//! Saving: JSON for the module, a page for people; nothing typed is lost.

use super::{filled, pairs, report_of, values_of};
use crate::support::app::TestApp;

#[test]
fn autosave_answers_as_its_module_expects() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let path = format!("/reports/{id}/draft/autosave");
    let officer = app.client("canbo.khcn.bacgiang");
    let version = values_of(&officer.get(&format!("/reports/{id}/draft")).ok(), "version")[0].clone();
    let saved = officer.post_json(&path, &[("version", &version), ("section.I", "Đang gõ")]);
    assert_eq!(saved.status, 200, "{}", saved.text());
    assert!(saved.content_type.starts_with("application/json"));
    let json: serde_json::Value = serde_json::from_str(&saved.text()).expect("JSON");
    let next: i32 = version.parse::<i32>().expect("a number") + 1;
    assert_eq!(json["version"], next);
    assert!(json["saved_at"].as_str().is_some_and(|at| at.len() == 5 && at.contains(':')));

    let leader = app.client("lanhdao.khcn.bacgiang");
    let stale = leader.post_json(&path, &[("version", &version), ("section.I", "Lãnh đạo gõ")]);
    assert_eq!(stale.status, 409);
    let json: serde_json::Value = serde_json::from_str(&stale.text()).expect("JSON");
    assert!(json["message"].as_str().is_some_and(|m| m.contains("Lê Bích Thảo")), "{json}");
    assert_eq!(json["url"], format!("/reports/{id}/draft/clashes"));

    let anonymous = app.anonymous().post_json(&path, &[("version", "1")]);
    assert_eq!(anonymous.status, 401);
    assert_eq!(app.client("canbo.noivu.bacgiang").post_json(&path, &[("version", "1")]).status, 404);
    let sent = report_of(&app, "bg.noivu", "2025-H1");
    let refused = app
        .client("canbo.noivu.bacgiang")
        .post_json(&format!("/reports/{sent}/draft/autosave"), &[("version", "1")]);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("đã gửi"));
}

#[test]
fn what_cannot_be_read_comes_back_as_typed_with_a_message() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let path = format!("/reports/{id}/draft");
    let officer = app.client("canbo.khcn.bacgiang");
    let page = officer.get(&path).ok();
    let typed = filled(
        &page,
        &[
            ("figure.B04", "rất nhiều"),
            ("actual_to", "cuối tuần trước"),
            ("doc_date", "ngày mai"),
            ("evidence.5.title", "Bài chưa có địa chỉ"),
            ("note.C05", "chờ số của huyện"),
            ("figure.C05", ""),
        ],
    );
    officer.post(&path, &pairs(&typed)).redirected();
    let page = officer.get(&path).ok();
    for kept in ["rất nhiều", "cuối tuần trước", "ngày mai", "Bài chưa có địa chỉ", "chờ số của huyện"]
    {
        assert!(page.contains(&format!("value=\"{kept}\"")), "{kept}");
    }
    assert!(page.contains("Có 4 chỗ cần sửa") && page.contains("aria-invalid=\"true\""));
    let check = officer.get(&format!("/reports/{id}/check")).ok();
    assert!(check.contains("Chưa gửi được") && !check.contains("Trình lãnh đạo duyệt"));
}

#[test]
fn evidence_typed_twice_is_one_link() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.hiephoa", "2025-H1");
    let path = format!("/reports/{id}/draft/autosave");
    let officer = app.client("canbo.hiephoa.bacgiang");
    for (version, url) in
        [("0", "https://trang.vn/a"), ("1", "https://trang.vn/ab"), ("2", "https://trang.vn/abc")]
    {
        let saved = officer.post_json(&path, &[("version", version), ("evidence.0.url", url)]);
        assert_eq!(saved.status, 200, "{}", saved.text());
    }
    let page = officer.get(&format!("/reports/{id}/draft")).ok();
    assert_eq!(page.matches("https://trang.vn/").count(), 1);
    assert!(page.contains("1 liên kết"));
}
