//! The sign-in page over HTTP on a real database.

use tonghop::access::Role;
use tonghop::calendar::Clock;
use tonghop::error::Error;
use tonghop::on_each;
use tonghop::people::Passwords;
use tonghop::people::accounts::{self, NewAccount};

use crate::support::app::TestApp;
use crate::support::client::{Client, hidden};

const PASSWORD: &str = "mot-mat-khau-dai";

fn app_with_account() -> TestApp {
    let app = TestApp::empty();
    let now = Clock::system().now_utc();
    let hash = Passwords::new(1).hash(PASSWORD).expect("a hash");
    app.db
        .write(|conn| {
            use diesel::connection::SimpleConnection;
            let unit = "INSERT INTO units (uid, code) VALUES ('u1', 'x')";
            on_each!(conn, |c| c.batch_execute(unit))?;
            let account = NewAccount {
                username: "can.bo".into(),
                full_name: "Nguyễn Văn Cán".into(),
                unit_code: "x".into(),
                role: Role::Officer,
                title: "Chuyên viên".into(),
                password_hash: hash,
                valid_from: crate::support::app::demo_day(),
            };
            accounts::add(conn, &account, now)?;
            Ok::<_, Error>(())
        })
        .expect("an account");
    app
}

fn try_sign_in(client: &Client, username: &str, password: &str) -> u16 {
    let token = hidden(&client.get("/sign-in").ok(), "token").expect("a token");
    client.post_raw("/session", &[("token", &token), ("username", username), ("password", password)]).status
}

#[test]
fn the_first_sign_in_leads_to_a_new_password_and_nowhere_else() {
    let app = app_with_account();
    let mut client = app.anonymous();
    assert_eq!(try_sign_in(&client, "can.bo", PASSWORD), 303);
    assert_eq!(client.get("/").redirected(), "/password");
    client.csrf = hidden(&client.get("/password").ok(), "csrf").expect("a token");
    let weak = client.post("/password", &[("current", PASSWORD), ("new", "ngan"), ("again", "ngan")]);
    assert_eq!(weak.status, 422);
    let new = "mot-mat-khau-khac";
    let changed = client.post("/password", &[("current", PASSWORD), ("new", new), ("again", new)]);
    assert_eq!(changed.redirected(), "/");
    assert_eq!(client.get("/").redirected(), "/my");
    assert_eq!(try_sign_in(&app.anonymous(), "can.bo", PASSWORD), 422);
    assert_eq!(try_sign_in(&app.anonymous(), "can.bo", new), 303);
}

/// The messages of the sign-in form after one try.
fn told(app: &TestApp, username: &str, password: &str) -> String {
    let client = app.anonymous();
    let token = hidden(&client.get("/sign-in").ok(), "token").expect("a token");
    let fields = [("token", token.as_str()), ("username", username), ("password", password)];
    let answer = client.post_raw("/session", &fields);
    assert_eq!(answer.status, 422);
    let html = answer.text();
    let start = html.find("class=\"summary\"").expect("a message");
    let end = html[start..].find("<form").expect("the form below it");
    html[start..start + end].replace(username, "")
}

#[test]
fn a_name_at_rest_is_told_what_an_unknown_name_is_told() {
    let app = app_with_account();
    let unknown = told(&app, "khong.co", PASSWORD);
    for _ in 0..10 {
        assert_eq!(told(&app, "can.bo", "sai-mat-khau"), unknown);
    }
    assert_eq!(told(&app, "can.bo", PASSWORD), unknown);
}

#[test]
fn ten_wrong_passwords_rest_the_account_even_for_the_right_one() {
    let app = app_with_account();
    for _ in 0..10 {
        assert_eq!(try_sign_in(&app.anonymous(), "can.bo", "sai-mat-khau"), 422);
    }
    assert_eq!(try_sign_in(&app.anonymous(), "can.bo", PASSWORD), 422);
}

#[test]
fn a_form_without_the_sessions_token_is_refused_and_signing_out_ends_the_session() {
    let app = app_with_account();
    let mut client = app.anonymous();
    assert_eq!(try_sign_in(&client, "can.bo", PASSWORD), 303);
    client.csrf = hidden(&client.get("/password").ok(), "csrf").expect("a token");
    assert_eq!(client.post_raw("/session/end", &[("csrf", "another")]).status, 403);
    assert_eq!(client.post("/session/end", &[]).redirected(), "/sign-in");
    assert_eq!(client.get("/password").redirected(), "/sign-in?next=/password");
}

#[test]
fn every_answer_carries_the_security_headers() {
    let app = TestApp::empty();
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    for path in ["/sign-in", "/assets/style.css", "/nowhere"] {
        let response = agent.get(format!("{}{path}", app.base)).call().expect("an answer");
        let csp =
            response.headers().get("content-security-policy").expect("a policy").to_str().expect("text");
        assert!(csp.contains("default-src 'none'") && !csp.contains("unsafe"), "{path}: {csp}");
        assert_eq!(response.headers().get("x-content-type-options").expect("nosniff"), "nosniff");
    }
}

#[test]
fn who_holds_no_role_any_more_is_told_since_when_and_whom_to_ask() {
    let app = TestApp::demo();
    let page = app.client("canbo.tttt.bacgiang").get("/").ok();
    // The department was merged on 01/3/2025.
    assert!(
        page.contains("đến hết ngày 28/02/2025") && page.contains("Sở Thông tin và Truyền thông"),
        "{page}"
    );
    let after = page.split("đề nghị quản trị giao lại vai trò: ").nth(1).expect("whom to ask");
    assert!(after.starts_with("Bùi Bích Ánh (Công an tỉnh Bắc Giang)"), "{after}");
}

#[test]
fn whoever_signs_in_again_leaves_no_session_behind() {
    let app = TestApp::demo();
    let client = app.anonymous();
    let sessions = |app: &TestApp| {
        use diesel::prelude::*;
        use tonghop::db::schema::sessions;
        app.db.read(|conn| Ok::<i64, Error>(sessions::table.count().get_result(conn)?)).expect("a count")
    };
    assert_eq!(try_sign_in(&client, "canbo.khcn.bacgiang", "tonghop-demo"), 303);
    let one = sessions(&app);
    assert_eq!(try_sign_in(&client, "canbo.noivu.bacgiang", "tonghop-demo"), 303);
    assert_eq!(sessions(&app), one, "the first is over");
    assert_eq!(try_sign_in(&app.anonymous(), "canbo.khcn.bacgiang", "tonghop-demo"), 303);
    assert_eq!(sessions(&app), one + 1, "another browser's is its own");
}

#[test]
fn guessing_in_an_open_session_is_counted_like_signing_in() {
    let app = TestApp::demo();
    let client = app.client("canbo.khcn.bacgiang");
    let new = "mot-mat-khau-khac";
    let change =
        |current: &str| client.post("/password", &[("current", current), ("new", new), ("again", new)]);
    for _ in 0..10 {
        let answer = change("doan-mo");
        assert_eq!(answer.status, 422);
        assert!(answer.text().contains("Mật khẩu đang dùng chưa đúng"));
    }
    let rests = change("tonghop-demo");
    assert_eq!(rests.status, 422, "even the right one, for a while");
    assert!(rests.text().contains("Thử lại sau 15 phút"));
    assert_eq!(try_sign_in(&app.anonymous(), "canbo.khcn.bacgiang", "tonghop-demo"), 422);
    let refused = {
        use diesel::prelude::*;
        use tonghop::db::schema::audit_log;
        let of = audit_log::table.filter(audit_log::action.eq("person.refuse_password"));
        app.db.read(|conn| Ok::<i64, Error>(of.count().get_result(conn)?)).expect("a count")
    };
    assert_eq!(refused, 10);
    // A field left blank is no guess.
    let other = app.client("canbo.noivu.bacgiang");
    for _ in 0..11 {
        assert_eq!(other.post("/password", &[("new", new), ("again", new)]).status, 422);
    }
    let right = other.post("/password", &[("current", "tonghop-demo"), ("new", new), ("again", new)]);
    assert_eq!(right.redirected(), "/");
}

#[test]
fn a_password_of_line_feeds_is_none() {
    use tonghop::people::password::weakness;
    assert!(weakness(&"\n".repeat(12), "can.bo").is_some_and(|words| words.contains("xuống dòng")));
    assert!(weakness(&" ".repeat(12), "can.bo").is_some());
    assert!(weakness("aaaaaaaaaaaa", "can.bo").is_some_and(|words| words.contains("khác nhau")));
    assert_eq!(weakness("ba con gà mái", "can.bo"), None);
}
