//! Saving: JSON for the module, a page for people; nothing typed is lost.

use super::{filled, pairs, report_of, values_of};
use crate::support::app::TestApp;
use crate::support::counting;

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
    assert!(page.contains("Có <span>4</span> chỗ cần sửa") && page.contains("aria-invalid=\"true\""));
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

/// A pause in typing asks the database for what changed with it, not for the whole page again.
#[test]
fn autosave_does_not_load_the_page() {
    counting::begin();
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let (draft, path) = (format!("/reports/{id}/draft"), format!("/reports/{id}/draft/autosave"));
    let officer = app.client("canbo.khcn.bacgiang");
    let page = officer.get(&draft).ok();
    let mut version: i32 = values_of(&page, "version")[0].parse().expect("a number");
    let mut save = |text: &str| {
        let seen = version.to_string();
        let saved = officer.post_json(&path, &[("version", &seen), ("section.I", text)]);
        assert_eq!(saved.status, 200, "{}", saved.text());
        version += 1;
        serde_json::from_str::<serde_json::Value>(&saved.text()).expect("JSON")
    };
    save("Đang gõ");
    let (with, json) = counting::queries(|| save("Đang gõ tiếp"));
    let (page, html) = counting::queries(|| officer.get(&draft).ok());
    // What it says of the parts is what the page would say.
    let parts = json["standing"]["parts"].as_array().expect("the parts");
    // The headings of the parts go with the list beside them.
    let heading = json["standing"]["counts"]["figures"].as_str().expect("of the figures");
    assert!(
        officer
            .get(&format!("/reports/{id}/draft"))
            .ok()
            .contains(&format!("<span data-count=\"figures\">{heading}</span>"))
    );
    assert!(parts.len() > 5, "{json}");
    for part in parts {
        let (href, words) = (part["href"].as_str().expect("a place"), part["words"].as_str().expect("words"));
        let line =
            html.split("data-parts").nth(1).and_then(|rest| rest.split(&format!("href=\"{href}\"")).nth(1));
        assert!(
            line.is_some_and(|line| line.split("</li>").next().is_some_and(|li| li.contains(words))),
            "{part}"
        );
    }
    // One opening of the report in the write; opening it once more for the answer would cost as much again.
    let open = officer_open(&app, id);
    assert!(
        with <= page + open,
        "{with} queries to save and answer, {page} for the page, {open} to open the report"
    );
}

/// Queries that opening the report alone takes.
fn officer_open(app: &TestApp, id: tonghop::db::ids::ReportId) -> usize {
    use diesel::prelude::*;
    let day = crate::support::app::demo_day();
    let of = tonghop::db::schema::people::table
        .filter(tonghop::db::schema::people::username.eq("canbo.khcn.bacgiang"))
        .select(tonghop::db::schema::people::id);
    let count = app.db.read(|conn| {
        let person = of.first(conn)?;
        let actor = tonghop::people::queries::actor(conn, person, day)?;
        let (count, opened) = counting::queries(|| tonghop::reports::draft::open(conn, &actor, id));
        opened?;
        Ok::<_, tonghop::error::Error>(count)
    });
    count.expect("the report")
}
