//! A session that ends while somebody types: they come back to the same form, and what they typed is in it, for the same
//! account alone.

use chrono::NaiveDate;
use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::{kept_forms, sessions};

use super::{filled, pairs, report_of, values_of};
use crate::support::app::TestApp;
use crate::support::client::{Client, hidden};

/// Nobody has used any session since the year 2000.
fn end_sessions(app: &TestApp) {
    let long_ago =
        NaiveDate::from_ymd_opt(2000, 1, 1).and_then(|day| day.and_hms_opt(0, 0, 0)).expect("an instant");
    app.db
        .write(|conn| {
            diesel::update(sessions::table)
                .set(sessions::last_seen_at.eq(long_ago))
                .execute(conn)
                .map_err(DbError::Query)
        })
        .expect("every session rests too long");
}

fn kept(app: &TestApp) -> i64 {
    app.db.read(|conn| kept_forms::table.count().get_result(conn).map_err(DbError::Query)).expect("a count")
}

/// Signs in by the form the browser was led to; where it leads.
fn sign_in(client: &Client, form: &str, username: &str) -> String {
    let page = client.get(form).ok();
    let mut fields = vec![("username", username.to_owned()), ("password", "tonghop-demo".to_owned())];
    for name in ["token", "next", "kept"] {
        fields.extend(hidden(&page, name).map(|value| (name, value)));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    client.post_raw("/session", &fields).redirected()
}

#[test]
fn who_signs_in_again_comes_back_to_the_page() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    end_sessions(&app);
    let form = officer.get(&format!("/reports/{id}/draft?saved=1")).redirected();
    assert_eq!(form, format!("/sign-in?next=/reports/{id}/draft%3Fsaved%3D1"));
    assert!(officer.get(&form).ok().contains("Phiên làm việc đã hết"));
    assert_eq!(sign_in(&officer, &form, "canbo.khcn.bacgiang"), format!("/reports/{id}/draft?saved=1"));
    // Never to another site, and never in a circle.
    for next in ["https://x.vn/", "//x.vn/", "/\\x.vn", "/sign-in", "/session/end", "reports"] {
        let page = app.anonymous().get(&format!("/sign-in?next={next}")).ok();
        assert!(!page.contains("name=\"next\""), "{next}");
    }
}

#[test]
fn a_link_opened_before_signing_in_leads_to_its_page() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let stranger = app.anonymous();
    let form = stranger.get(&format!("/reports/{id}")).redirected();
    assert_eq!(form, format!("/sign-in?next=/reports/{id}"));
    let page = stranger.get(&form).ok();
    assert!(page.contains("Đăng nhập để mở trang vừa chọn.") && !page.contains("Phiên làm việc"), "{page}");
    assert_eq!(sign_in(&stranger, &form, "canbo.khcn.bacgiang"), format!("/reports/{id}"));
    // The first page is every person's own, and a step is never taken by an address.
    assert_eq!(app.anonymous().get("/").redirected(), "/sign-in");
    assert_eq!(app.anonymous().post_raw("/reports/1/receipt", &[]).redirected(), "/sign-in");
}

#[test]
fn what_was_posted_without_a_session_comes_back_in_the_same_form() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let path = format!("/reports/{id}/draft");
    let officer = app.client("canbo.khcn.bacgiang");
    let page = officer.get(&path).ok();
    let typed = filled(&page, &[("section.I", "Viết trước khi hết phiên"), ("figure.B04", "khoảng chục")]);
    end_sessions(&app);
    let form = officer.post(&path, &pairs(&typed)).redirected();
    assert_eq!(form, "/sign-in?next=/kept-form&kept=1");
    assert!(officer.get(&form).ok().contains("được giữ lại cho tài khoản của bạn"));

    // Another person of the unit at the same machine sees nothing of it.
    let leader = app.anonymous();
    assert_eq!(sign_in(&leader, &form, "lanhdao.khcn.bacgiang"), "/kept-form");
    assert_eq!(leader.get("/kept-form").redirected(), "/");
    assert!(!leader.get(&path).ok().contains("Viết trước khi hết phiên"));
    let of_leader = app.client("lanhdao.khcn.bacgiang");
    let version = values_of(&page, "version")[0].clone();
    of_leader.post(&path, &[("version", &version), ("section.III.1", "Lãnh đạo viết")]).redirected();

    assert_eq!(sign_in(&officer, &form, "canbo.khcn.bacgiang"), "/kept-form");
    assert_eq!(officer.get("/kept-form").redirected(), path);
    let back = officer.get(&path).ok();
    assert!(back.contains(">Viết trước khi hết phiên</textarea>") && back.contains("value=\"khoảng chục\""));
    assert!(back.contains("trước khi hết phiên, chưa lưu") && back.contains("data-unsaved"));
    assert!(!officer.get(&format!("{path}?saved=1")).ok().contains("Viết trước khi hết phiên"));

    // Saved from there, over the version it was typed from: what the leader wrote meanwhile is asked about, not lost.
    let csrf = hidden(&back, "csrf").expect("a token");
    let again: Vec<(String, String)> = filled(
        &back,
        &[("section.I", "Viết trước khi hết phiên"), ("figure.B04", "khoảng chục"), ("csrf", &csrf)],
    );
    let answer = officer.post_raw(&path, &pairs(&again));
    assert_eq!(answer.status, 409);
    assert!(answer.text().contains("Lãnh đạo viết") && answer.text().contains("Có 1 chỗ"));
    assert!(officer.get(&path).ok().contains(">Viết trước khi hết phiên</textarea>"));
    assert_eq!(kept(&app), 0, "saved, so it is kept no longer");
}

#[test]
fn the_autosave_of_an_ended_session_is_kept_too() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let officer = app.client("canbo.khcn.bacgiang");
    let version = values_of(&officer.get(&format!("/reports/{id}/draft")).ok(), "version")[0].clone();
    end_sessions(&app);
    let autosave = format!("/reports/{id}/draft/autosave");
    for text in ["Đang gõ", "Đang gõ tiếp"] {
        let answer = officer.post_json(&autosave, &[("version", &version), ("section.I", text)]);
        assert_eq!(answer.status, 401);
    }
    assert_eq!(kept(&app), 1, "the newest of one form");
    let officer = app.client("canbo.khcn.bacgiang");
    assert!(officer.get(&format!("/reports/{id}/draft")).ok().contains(">Đang gõ tiếp</textarea>"));
}

#[test]
fn nothing_is_kept_for_a_stranger_a_forger_or_with_a_password() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.khcn", "2025-H1");
    let path = format!("/reports/{id}/draft");
    assert_eq!(app.anonymous().post_raw(&path, &[("section.I", "x")]).redirected(), "/sign-in");
    let officer = app.client("canbo.khcn.bacgiang");
    let signed_out = app.client("canbo.khcn.bacgiang");
    signed_out.post("/session/end", &[]).redirected();
    assert_eq!(signed_out.post(&path, &[("section.I", "x")]).redirected(), "/sign-in");
    end_sessions(&app);
    officer.post_raw(&path, &[("csrf", "0000"), ("section.I", "x")]).redirected();
    officer.post("/password", &[("current", "a"), ("new", "b"), ("again", "b")]).redirected();
    assert_eq!(kept(&app), 0);
}

#[test]
fn any_other_form_is_offered_to_be_sent_once_more() {
    let app = TestApp::demo();
    let id = report_of(&app, "bg.noivu", "2025-H1");
    let compiler = app.client("tonghop.catinh.bacgiang");
    let page = compiler.get(&format!("/reports/{id}")).ok();
    let version = values_of(&page, "version")[0].clone();
    end_sessions(&app);
    let path = format!("/reports/{id}/amendment-request");
    let reason = "Số liệu B04 khác phần II.1 <xem lại>.";
    let form = compiler.post(&path, &[("version", &version), ("reason", reason)]).redirected();
    assert_eq!(sign_in(&compiler, &form, "tonghop.catinh.bacgiang"), "/kept-form");
    let page = compiler.get("/kept-form").ok();
    assert!(
        page.contains("khác phần II.1 &#60;xem lại&#62;.") && page.contains(&format!("action=\"{path}\""))
    );
    let csrf = hidden(&page, "csrf").expect("a token");
    let again = [("csrf", csrf.as_str()), ("version", &version), ("reason", reason)];
    compiler.post_raw(&path, &again).redirected();
    assert_eq!(super::state_of(&app, id), "amend");
}

/// A list typed into its box goes with a file, in another kind of form; it is as much work.
#[test]
fn a_list_typed_beside_a_file_is_kept_too() {
    let app = TestApp::demo();
    let list = "Phường Thử Nghiệm | xa | bg.ubnd\nPhường Thử Nghiệm Hai | xa | bg.ubnd";
    for path in ["/units/import", "/people/import"] {
        let admin = app.client("quantri.bacgiang");
        end_sessions(&app);
        let fields = [("csrf", admin.csrf.as_str()), ("text", list), ("do", "look")];
        let form = admin.post_file(path, &fields, ("file", "", b"")).redirected();
        assert_eq!(form, "/sign-in?next=/kept-form&kept=1", "{path}");
        assert_eq!(sign_in(&admin, &form, "quantri.bacgiang"), "/kept-form");
        let page = admin.get("/kept-form").ok();
        assert!(
            page.contains("Phường Thử Nghiệm Hai") && page.contains(&format!("action=\"{path}\"")),
            "{page}"
        );
        // Sent on, it is in its box again.
        let again = [("text", list), ("do", "look")];
        let csrf = hidden(&page, "csrf").expect("a token");
        let again: Vec<(&str, &str)> = again.into_iter().chain([("csrf", csrf.as_str())]).collect();
        assert!(admin.post_raw(path, &again).text().contains("Phường Thử Nghiệm Hai"));
    }
    assert!(kept(&app) >= 1);
}
