//! A code on its way: made, typed, wrong, late, used twice; and a forgotten password.

use chrono::TimeDelta;
use diesel::prelude::*;
use tonghop::calendar::Clock;
use tonghop::db::schema::{audit_log, invitations, people};
use tonghop::error::Error;

use super::{accept, code, mark, person, sign_in};
use crate::support::app::TestApp;
use crate::support::client::Client;

const PASSWORD: &str = "mot-mat-khau-rieng";

/// A new officer of Sở KH&CN, and the page with their slip.
fn invited(administrator: &Client) -> String {
    let fields = [
        ("full_name", "Nguyễn Thị An"),
        ("title", "Chuyên viên"),
        ("unit", "bg.khcn"),
        ("role", "officer"),
        ("username", ""),
        ("phone", ""),
        ("email", ""),
    ];
    administrator.post("/people", &fields).ok()
}

const USERNAME: &str = "canbo2.khcn.bacgiang";

#[test]
fn a_slip_opens_the_account_once_and_leads_to_the_persons_own_page() {
    let app = TestApp::demo();
    let administrator = app.client("quantri.bacgiang");
    let slip = invited(&administrator);
    let code = code(&slip, USERNAME);
    assert!(slip.contains(&format!("{}/invitation#{USERNAME}/{code}", app.base)), "{slip}");
    // Nobody is let in by a blank password.
    assert_eq!(sign_in(&app.anonymous(), USERNAME, ""), 422);
    let client = app.anonymous();
    let (status, page) = accept(&client, USERNAME, &code, "ngan");
    assert_eq!(status, 422);
    assert!(page.contains("ít nhất 10 ký tự") && page.contains(&code), "{page}");
    assert_eq!(accept(&client, USERNAME, &code.to_uppercase(), PASSWORD), (303, "/".into()));
    assert_eq!(client.get("/").redirected(), "/my");
    assert!(client.get("/my").ok().contains("Nguyễn Thị An"));
    let (status, again) = accept(&app.anonymous(), USERNAME, &code, PASSWORD);
    assert_eq!(status, 422);
    assert!(again.contains("Mã này đã dùng"), "{again}");
    assert_eq!(sign_in(&app.anonymous(), USERNAME, PASSWORD), 303);
    let list = administrator.get("/people?q=Nguyen+Thi+An").ok();
    assert!(list.contains("đang dùng") && !list.contains("chưa lần nào"), "{list}");
}

#[test]
fn the_database_never_holds_the_code() {
    let app = TestApp::demo();
    let slip = invited(&app.client("quantri.bacgiang"));
    let code = code(&slip, USERNAME);
    let (hashes, audit): (Vec<Vec<u8>>, Vec<Option<String>>) = app
        .db
        .read(|conn| {
            let hashes = invitations::table.select(invitations::code_hash).load(conn)?;
            Ok::<_, Error>((hashes, audit_log::table.select(audit_log::after_json).load(conn)?))
        })
        .expect("rows");
    let bare = code.replace('-', "");
    assert!(hashes.iter().all(|hash| hash.len() == 32 && !hash.starts_with(bare.as_bytes())));
    assert!(audit.iter().flatten().all(|row| !row.contains(&code) && !row.contains(&bare)));
}

#[test]
fn ten_wrong_codes_rest_the_right_one_and_an_unknown_name_is_told_the_same() {
    let app = TestApp::demo();
    let slip = invited(&app.client("quantri.bacgiang"));
    let code = code(&slip, USERNAME);
    let client = app.anonymous();
    let told = |username: &str| {
        let (status, page) = accept(&client, username, "0000-0000", PASSWORD);
        assert_eq!(status, 422);
        let start = page.find("class=\"summary\"").expect("a message");
        page[start..page[start..].find("<form").expect("a form") + start].to_owned()
    };
    let unknown = told("khong.co");
    // An account with a password and no code says no more than one that is not there.
    assert_eq!(told("canbo.khcn.bacgiang"), unknown);
    for _ in 0..10 {
        assert_eq!(told(USERNAME), unknown);
    }
    assert_eq!(accept(&client, USERNAME, &code, PASSWORD).0, 422);
    app.db
        .write(|conn| {
            let past = Clock::system().now_utc() - TimeDelta::minutes(1);
            diesel::update(invitations::table).set(invitations::rests_until.eq(past)).execute(conn)?;
            Ok::<_, Error>(())
        })
        .expect("the rest is over");
    assert_eq!(accept(&client, USERNAME, &code, PASSWORD).0, 303);
}

#[test]
fn a_code_runs_out_and_a_newer_one_makes_it_void() {
    let app = TestApp::demo();
    let administrator = app.client("quantri.bacgiang");
    let slip = invited(&administrator);
    let first = code(&slip, USERNAME);
    let id = person(&administrator, USERNAME);
    let shown = mark(&administrator, &id);
    let path = format!("/people/{id}/invitation");
    let again = administrator.post(&path, &[("shown", &shown)]).ok();
    let second = code(&again, USERNAME);
    // The page loaded again does not void the slip that was just printed.
    assert_eq!(administrator.post(&path, &[("shown", &shown)]).status, 409);
    let client = app.anonymous();
    assert_eq!(accept(&client, USERNAME, &first, PASSWORD).0, 422);
    app.db
        .write(|conn| {
            let past = Clock::system().now_utc() - TimeDelta::seconds(1);
            diesel::update(invitations::table).set(invitations::expires_at.eq(past)).execute(conn)?;
            Ok::<_, Error>(())
        })
        .expect("time passes");
    let (status, page) = accept(&client, USERNAME, &second, PASSWORD);
    assert_eq!(status, 422);
    assert!(page.contains("Mã này đã hết hạn"), "{page}");
    let waiting = administrator.get("/people/slips").ok();
    let value = waiting.split("name=\"person\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let slips = administrator.post("/people/slips", &[("person", value.expect("a box"))]).ok();
    assert_eq!(accept(&client, USERNAME, &code(&slips, USERNAME), PASSWORD).0, 303);
}

#[test]
fn a_forgotten_password_works_until_the_code_is_used_unless_it_is_stopped_at_once() {
    let app = TestApp::demo();
    let administrator = app.client("quantri.bacgiang");
    let (officer, leader) = ("canbo.khcn.bacgiang", "lanhdao.khcn.bacgiang");
    let there = app.client(officer);
    let id = person(&administrator, officer);
    let slip = administrator
        .post(&format!("/people/{id}/invitation"), &[("shown", &mark(&administrator, &id))])
        .ok();
    assert_eq!(sign_in(&app.anonymous(), officer, "tonghop-demo"), 303);
    assert_eq!(there.get("/my").status, 200);
    assert_eq!(accept(&app.anonymous(), officer, &code(&slip, officer), PASSWORD).0, 303);
    assert_eq!(there.get("/my").redirected(), "/sign-in?next=/my", "every other session has ended");
    assert_eq!(sign_in(&app.anonymous(), officer, "tonghop-demo"), 422);
    assert_eq!(sign_in(&app.anonymous(), officer, PASSWORD), 303);

    let there = app.client(leader);
    let id = person(&administrator, leader);
    let fields = [("shown", mark(&administrator, &id)), ("stop", "yes".into())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let slip = administrator.post(&format!("/people/{id}/invitation"), &fields).ok();
    assert_eq!(there.get("/my").redirected(), "/sign-in?next=/my");
    assert_eq!(sign_in(&app.anonymous(), leader, "tonghop-demo"), 422);
    assert_eq!(accept(&app.anonymous(), leader, &code(&slip, leader), PASSWORD).0, 303);
}

#[test]
fn whoever_forgot_is_told_whom_to_ask_without_a_name() {
    let app = TestApp::demo();
    let sign_in = app.anonymous().get("/sign-in").ok();
    assert!(sign_in.contains("href=\"/forgotten-password\""));
    let page = app.anonymous().get("/forgotten-password").ok();
    assert!(page.contains("Công an tỉnh Bắc Giang") && page.contains("Điện thoại: 0100 000 001"), "{page}");
    let name: String = app
        .db
        .read(|conn| {
            let of = people::table.filter(people::username.eq("quantri.bacgiang"));
            Ok::<_, Error>(of.select(people::full_name).first(conn)?)
        })
        .expect("a name");
    assert!(!page.contains(&name), "{page}");
}

#[test]
fn a_password_changed_meanwhile_makes_the_slip_void() {
    let app = TestApp::demo();
    let administrator = app.client("quantri.bacgiang");
    let officer = "canbo.vhttdl.bacgiang";
    let id = person(&administrator, officer);
    let slip = administrator
        .post(&format!("/people/{id}/invitation"), &[("shown", &mark(&administrator, &id))])
        .ok();
    let change = [("current", "tonghop-demo"), ("new", PASSWORD), ("again", PASSWORD)];
    assert_eq!(app.client(officer).post("/password", &change).redirected(), "/");
    let (status, page) = accept(&app.anonymous(), officer, &code(&slip, officer), "mot-mat-khau-khac");
    assert_eq!(status, 422);
    assert!(page.contains("bị hủy"), "{page}");
    assert_eq!(sign_in(&app.anonymous(), officer, PASSWORD), 303);
}
