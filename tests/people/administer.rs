//! What an administrator does to accounts and roles, and what they may not: the last administrator, other provinces.

use diesel::prelude::*;
use tonghop::db::schema::{audit_log, memberships, people, units};
use tonghop::error::Error;

use super::{accept, code, mark, person, sign_in};
use crate::support::app::TestApp;
use crate::support::client::{Client, hidden};

fn step(administrator: &Client, id: &str, noun: &str) -> crate::support::client::Answer {
    administrator.post(&format!("/people/{id}/{noun}"), &[("shown", &mark(administrator, id))])
}

/// The page of one role of a person, and its address.
fn role_page(administrator: &Client, id: &str) -> (String, String) {
    let page = administrator.get(&format!("/people/{id}")).ok();
    let link = page.split("href=\"/memberships/").nth(1).and_then(|rest| rest.split('"').next());
    let path = format!("/memberships/{}", link.expect("a role to edit"));
    (administrator.get(&path).ok(), path)
}

fn unit(app: &TestApp, code: &str) -> String {
    let found: i64 = app
        .db
        .read(|conn| Ok::<_, Error>(units::table.filter(units::code.eq(code)).select(units::id).first(conn)?))
        .expect("a unit");
    found.to_string()
}

#[test]
fn the_list_finds_without_accents_and_shows_nobody_of_another_province() {
    let app = TestApp::demo();
    let administrator = app.client("quantri.bacgiang");
    let all = administrator.get("/people").ok();
    assert!(all.contains("canbo.khcn.bacgiang") && !all.contains(".longan<"));
    assert!(!all.contains("c11.bocongan"));
    let found = administrator.get("/people?q=le+bich+thao").ok();
    assert!(found.contains("Lê Bích Thảo") && !found.contains("canbo.vhttdl.bacgiang"), "{found}");
    let by_unit = administrator.get("/people?q=so+khoa+hoc").ok();
    assert!(by_unit.contains("lanhdao.khcn.bacgiang") && !by_unit.contains("canbo.yte.bacgiang"));
    assert!(administrator.get("/people?state=disabled").ok().contains("Không có người nào"));
}

#[test]
fn a_disabled_account_is_out_at_once_and_comes_back_with_its_password() {
    let app = TestApp::demo();
    let administrator = app.client("quantri.bacgiang");
    let officer = app.client("canbo.khcn.bacgiang");
    let id = person(&administrator, "canbo.khcn.bacgiang");
    let shown = mark(&administrator, &id);
    step(&administrator, &id, "disablement").redirected();
    assert_eq!(officer.get("/my").redirected(), "/sign-in?next=/my");
    assert_eq!(sign_in(&app.anonymous(), "canbo.khcn.bacgiang", "tonghop-demo"), 422);
    let list = administrator.get("/people?state=disabled").ok();
    assert!(list.contains("canbo.khcn.bacgiang") && list.contains("đã khóa"));
    // A page from before does nothing to what it did not show.
    let stale = administrator.post(&format!("/people/{id}/invitation"), &[("shown", &shown)]);
    assert_eq!(stale.status, 409);
    assert_eq!(step(&administrator, &id, "invitation").status, 422);
    step(&administrator, &id, "reinstatement").redirected();
    assert_eq!(sign_in(&app.anonymous(), "canbo.khcn.bacgiang", "tonghop-demo"), 303);
}

#[test]
fn sessions_are_listed_with_their_device_and_ended() {
    let app = TestApp::demo();
    let administrator = app.client("quantri.bacgiang");
    let officer = app.client("canbo.khcn.bacgiang");
    let id = person(&administrator, "canbo.khcn.bacgiang");
    let page = administrator.get(&format!("/people/{id}")).ok();
    assert!(page.contains("Kết thúc mọi phiên") && page.contains("không rõ thiết bị"), "{page}");
    step(&administrator, &id, "sessions/end").redirected();
    assert_eq!(officer.get("/my").redirected(), "/sign-in?next=/my");
    // One's own session, in which the button was pressed, goes on.
    let own = person(&administrator, "quantri.bacgiang");
    let other = app.client("quantri.bacgiang");
    step(&administrator, &own, "sessions/end").redirected();
    assert_eq!(other.get("/people").redirected(), "/sign-in?next=/people");
    assert_eq!(administrator.get("/people").status, 200);
}

#[test]
fn particulars_are_corrected_and_what_was_done_keeps_the_old_name() {
    let app = TestApp::demo();
    let administrator = app.client("quantri.bacgiang");
    let id = person(&administrator, "canbo.khcn.bacgiang");
    let path = format!("/people/{id}");
    let shown = mark(&administrator, &id);
    let fields =
        |name| [("shown", shown.as_str()), ("full_name", name), ("phone", "0900 000 000"), ("email", "")];
    let refused = administrator.post(&path, &[("shown", &shown), ("full_name", ""), ("phone", "gọi tôi")]);
    assert_eq!(refused.status, 422);
    let text = refused.text();
    assert!(text.contains("Nhập họ và tên") && text.contains("gọi tôi"), "what was typed stays: {text}");
    let before = names_in_audit(&app);
    assert_eq!(administrator.post(&path, &fields("Lê Bích Thảo Nguyên")).redirected(), path);
    assert!(administrator.get(&path).ok().contains("Lê Bích Thảo Nguyên"));
    assert_eq!(administrator.post(&path, &fields("Ai khác")).status, 409);
    let after = names_in_audit(&app);
    assert_eq!(after[..before.len()], before[..]);
    assert_eq!(after.len(), before.len() + 1);
}

fn names_in_audit(app: &TestApp) -> Vec<String> {
    app.db
        .read(|conn| {
            Ok::<_, Error>(audit_log::table.order(audit_log::id).select(audit_log::actor_name).load(conn)?)
        })
        .expect("the log")
}

#[test]
fn a_role_is_given_for_days_and_ended_by_its_last() {
    let app = TestApp::demo();
    let administrator = app.client("quantri.bacgiang");
    let officer = app.client("canbo.khcn.bacgiang");
    let id = person(&administrator, "canbo.khcn.bacgiang");
    let unit = unit(&app, "bg.vhttdl");
    let path = format!("/people/{id}/memberships");
    let give = |from: &'static str, to: &'static str| {
        let fields = [
            ("unit", unit.as_str()),
            ("role", "officer"),
            ("title", "Biệt phái"),
            ("from", from),
            ("to", to),
        ];
        administrator.post(&path, &fields)
    };
    assert_eq!(officer.get("/my").ok().matches("Sở Văn hóa").count(), 0);
    assert_eq!(give("31/02/2025", "").status, 422);
    assert_eq!(give("15/6/2025", "14/6/2025").status, 422);
    assert_eq!(give("10/6/2027", "").status, 422);
    assert_eq!(give("10/6/2025", "20/6/2025").redirected(), format!("/people/{id}"));
    let twice = give("20/6/2025", "");
    assert_eq!(twice.status, 422);
    assert!(twice.text().contains("đã giữ vai trò đó"), "{}", twice.text());
    assert_eq!(give("21/6/2025", "").redirected(), format!("/people/{id}"));

    let (page, role) = role_page(&administrator, &id);
    let shown = hidden(&page, "shown").expect("a mark");
    let change = |title: &'static str, to: &'static str| {
        administrator.post(&role, &[("shown", &shown), ("title", title), ("to", to)])
    };
    assert_eq!(change("", "").status, 422);
    assert_eq!(change("Phó Trưởng phòng", "09/6/2025").redirected(), format!("/people/{id}"));
    assert_eq!(change("Trưởng phòng", "").status, 409, "the page was opened before");
    let rows: i64 = app
        .db
        .read(|conn| {
            let of = memberships::table.inner_join(people::table);
            let of = of.filter(people::username.eq("canbo.khcn.bacgiang"));
            Ok::<_, Error>(of.count().get_result(conn)?)
        })
        .expect("a count");
    assert_eq!(rows, 3, "nothing is deleted");
}

#[test]
fn a_role_given_by_mistake_is_taken_back_before_it_begins() {
    let app = TestApp::demo();
    let administrator = app.client("quantri.bacgiang");
    let id = person(&administrator, "canbo.yte.bacgiang");
    let unit = unit(&app, "bg.bao");
    let fields =
        [("unit", unit.as_str()), ("role", "officer"), ("title", "x"), ("from", "01/7/2025"), ("to", "")];
    administrator.post(&format!("/people/{id}/memberships"), &fields).redirected();
    let page = administrator.get(&format!("/people/{id}")).ok();
    let last = page.rsplit("href=\"/memberships/").next().and_then(|rest| rest.split('"').next());
    let path = format!("/memberships/{}", last.expect("a role"));
    let form = administrator.get(&path).ok();
    assert!(form.contains("hủy vai trò này trước khi bắt đầu"), "{form}");
    let shown = hidden(&form, "shown").expect("a mark");
    let taken = [("shown", shown.as_str()), ("title", "x"), ("to", ""), ("taken_back", "yes")];
    assert_eq!(administrator.post(&path, &taken).redirected(), format!("/people/{id}"));
    assert!(administrator.get(&format!("/people/{id}")).ok().contains("đã hủy trước khi bắt đầu"));
    assert!(!app.client("canbo.yte.bacgiang").get("/my").ok().contains("Báo Bắc Giang"));
}

#[test]
fn the_last_administrator_stays_until_another_can_sign_in() {
    let app = TestApp::demo();
    let administrator = app.client("quantri.bacgiang");
    let own = person(&administrator, "quantri.bacgiang");
    assert_eq!(step(&administrator, &own, "disablement").status, 422, "nobody disables themselves");
    let end = |client: &Client| {
        let (page, path) = role_page(client, &own);
        let shown = hidden(&page, "shown").expect("a mark");
        client.post(&path, &[("shown", &shown), ("title", "Cán bộ quản trị hệ thống"), ("to", "30/6/2025")])
    };
    let refused = end(&administrator);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("người quản trị cuối cùng"), "{}", refused.text());
    let fields = [("shown", mark(&administrator, &own)), ("stop", "yes".into())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(administrator.post(&format!("/people/{own}/invitation"), &fields).status, 422);

    let slip = invite_second(&administrator);
    assert_eq!(end(&administrator).status, 422, "a slip in a drawer administers nothing");
    let second = second_administrator(&app, &slip);
    assert_eq!(end(&administrator).status, 303);
    assert_eq!(step(&second, &own, "disablement").status, 303);
}

/// One more administrator is invited; the page with their slip.
fn invite_second(administrator: &Client) -> String {
    let new = [
        ("full_name", "Trần Văn Bảy"),
        ("title", "Cán bộ"),
        ("unit", "bg.ca"),
        ("role", "administrator"),
        ("username", ""),
    ];
    administrator.post("/people", &new).ok()
}

/// The one invited, signed in by the slip.
fn second_administrator(app: &TestApp, slip: &str) -> Client {
    let mut second = app.anonymous();
    let name = "quantri2.bacgiang";
    assert_eq!(accept(&second, name, &code(slip, name), "mot-mat-khau-rieng").0, 303);
    second.csrf = hidden(&second.get("/password").ok(), "csrf").expect("a token");
    second
}

#[test]
fn two_administrators_who_disable_each_other_at_once_leave_one() {
    let app = TestApp::demo();
    let first = app.client("quantri.bacgiang");
    let slip = invite_second(&first);
    let second = second_administrator(&app, &slip);
    let names = ["quantri.bacgiang", "quantri2.bacgiang"];
    let [one, two] = names.map(|name| person(&first, name));
    let (mark_one, mark_two) = (mark(&first, &one), mark(&first, &two));
    std::thread::scope(|scope| {
        scope.spawn(|| first.post(&format!("/people/{two}/disablement"), &[("shown", &mark_two)]));
        scope.spawn(|| second.post(&format!("/people/{one}/disablement"), &[("shown", &mark_one)]));
    });
    let left: i64 = app
        .db
        .read(|conn| {
            let of = people::table.filter(people::username.eq_any(names));
            Ok::<_, Error>(of.filter(people::disabled_at.is_null()).count().get_result(conn)?)
        })
        .expect("a count");
    assert_eq!(left, 1);
}
