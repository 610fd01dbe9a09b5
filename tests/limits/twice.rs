//! One form sent twice makes one thing; one step taken twice by the same click is taken once and said kindly.

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::schema::{
    clauses, draft_remarks, form_keys, obligations, people, periods, plans, reports, task_entries, tasks,
    units,
};

use super::{COMPILER, OFFICER, plan, report, steps};
use crate::support::app::TestApp;
use crate::support::client::{Client, hidden};

macro_rules! rows {
    ($app:expr, $table:ident) => {
        $app.db.read(|conn| Ok::<i64, DbError>($table::table.count().get_result(conn)?)).expect("a count")
    };
}

fn key(client: &Client, path: &str) -> String {
    hidden(&client.get(path).ok(), "form_key").expect("the form has a key")
}

/// A task the officer's unit holds, as the quick form offers it.
fn task(officer: &Client) -> String {
    let page = officer.get("/tasks").ok();
    let at = page.find("href=\"/tasks/").expect("a task") + 13;
    page[at..].chars().take_while(char::is_ascii_digit).collect()
}

#[test]
fn fifty_equal_entries_are_one() {
    let app = TestApp::demo();
    let officer = app.client(OFFICER);
    let (task, before, noted) = (task(&officer), rows!(app, task_entries), steps(&app, "task_entry.add"));
    let typed = key(&officer, "/my");
    let fields = [("form_key", typed.as_str()), ("task", &task), ("text", "Họp"), ("back", "/my")];
    for _ in 0..50 {
        assert_eq!(officer.post("/task-entries", &fields).redirected(), "/my");
    }
    assert_eq!(rows!(app, task_entries), before + 1);
    assert_eq!(steps(&app, "task_entry.add"), noted + 1);
}

#[test]
fn what_is_typed_over_an_old_key_is_not_lost_and_keys_are_ones_own() {
    let app = TestApp::demo();
    let (officer, leader) = (app.client(OFFICER), app.client("lanhdao.khcn.bacgiang"));
    let (task, before) = (task(&officer), rows!(app, task_entries));
    let path = format!("/tasks/{task}");
    let typed = key(&officer, &path);
    let note = |who: &Client, text: &str| {
        let fields = [("form_key", typed.as_str()), ("done_on", "09/6/2025"), ("text", text)];
        who.post(&format!("{path}/entries"), &fields).redirected();
    };
    note(&officer, "Họp");
    note(&officer, "Họp");
    note(&officer, "Họp lần hai, gõ sau khi bấm nút quay lại");
    note(&leader, "Họp");
    assert_eq!(rows!(app, task_entries), before + 3);
    // Each page has a key of its own, and what was refused did not spend it.
    assert_ne!(key(&officer, &path), key(&officer, &path));
    let fresh = key(&officer, &path);
    let spent = rows!(app, form_keys);
    let refused = officer.post(&format!("{path}/entries"), &[("form_key", &fresh), ("text", "")]);
    assert_eq!(refused.status, 422);
    assert_eq!(rows!(app, form_keys), spent);
}

#[test]
fn entries_sent_at_the_same_moment_are_one() {
    let app = TestApp::demo();
    let officer = app.client(OFFICER);
    let (task, before) = (task(&officer), rows!(app, task_entries));
    let typed = key(&officer, "/my");
    let fields = [("form_key", typed.as_str()), ("task", &task), ("text", "Họp"), ("back", "/my")];
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| assert_eq!(officer.post("/task-entries", &fields).redirected(), "/my"));
        }
    });
    assert_eq!(rows!(app, task_entries), before + 1);
}

#[test]
fn plans_clauses_and_tasks_are_made_once_and_lead_to_the_first() {
    let app = TestApp::demo();
    let compiler = app.client(COMPILER);
    let before = (rows!(app, plans), rows!(app, clauses), rows!(app, tasks));

    let typed = key(&compiler, "/plans/new");
    let facts = [
        ("form_key", typed.as_str()),
        ("kind", "KH"),
        ("year", "2025"),
        ("issuer", "UBND tỉnh"),
        ("subject", "Việc thử"),
        ("short_name", "Thử"),
    ];
    let first = compiler.post("/plans", &facts).redirected();
    assert_eq!(compiler.post("/plans", &facts).redirected(), first);
    assert!(first.starts_with("/plans/"));

    let (id, version) = plan(&app);
    let typed = key(&compiler, &format!("/plans/{id}/clauses/new"));
    let clause = [("form_key", typed.as_str()), ("version", &version), ("label", "IX"), ("title", "Thử")];
    let path = format!("/plans/{id}/clauses");
    let first = compiler.post(&path, &clause).redirected();
    assert_eq!(compiler.post(&path, &clause).redirected(), first, "not “somebody else edited the plan”");

    let clause = first.rsplit('-').next().expect("an id").to_owned();
    let page = compiler.get(&format!("/clauses/{clause}/tasks/new")).ok();
    let at = page.find("value=\"unit:").expect("a unit to choose") + 7;
    let unit = page[at..].split('"').next().expect("a value").to_owned();
    let (typed, version) =
        (hidden(&page, "form_key").expect("a key"), hidden(&page, "version").expect("a version"));
    let fields = [
        ("form_key", typed.as_str()),
        ("version", &version),
        ("rows", "1"),
        ("clause", &clause),
        ("text", "Việc"),
        ("who_0", &unit),
        ("part_0", "lead"),
        ("mode_0", "assign"),
    ];
    let path = format!("/clauses/{clause}/tasks");
    let first = compiler.post(&path, &fields).redirected();
    assert_eq!(compiler.post(&path, &fields).redirected(), first);

    assert_eq!(
        (rows!(app, plans), rows!(app, clauses), rows!(app, tasks)),
        (before.0 + 1, before.1 + 1, before.2 + 1)
    );
}

#[test]
fn a_second_click_on_receiving_is_the_same_receipt_but_another_persons_is_a_conflict() {
    let app = TestApp::demo();
    let (id, _) = report(&app, "bg.vhttdl");
    let (compiler, second) = (app.client(COMPILER), app.client("tonghop2.catinh.bacgiang"));
    let page = compiler.get(&format!("/reports/{id}")).ok();
    let (version, before) =
        (hidden(&page, "version").expect("a report that waits"), steps(&app, "report.receive"));
    let receive = |who: &Client| who.post(&format!("/reports/{id}/receipt"), &[("version", &version)]);
    assert_eq!(receive(&compiler).redirected(), format!("/reports/{id}"));
    assert_eq!(receive(&compiler).redirected(), format!("/reports/{id}"));
    assert_eq!(receive(&second).status, 409);
    assert_eq!(steps(&app, "report.receive"), before + 1);
}

#[test]
fn a_second_click_on_sending_leads_to_the_confirmation() {
    let app = TestApp::demo();
    let (id, _) = report(&app, "bg.khcn");
    let at = |rest: &str| format!("/reports/{id}{rest}");
    let leader = app.client("lanhdao.khcn.bacgiang");
    let draft = leader.get(&at("/draft")).ok();
    let version = hidden(&draft, "version").expect("a version");
    let mut fields = vec![("version".to_owned(), version), ("actual_to".to_owned(), "05/6/2025".to_owned())];
    for (mark, value) in [("name=\"section.", "Nội dung viết để thử."), ("name=\"figure.", "1")] {
        for (start, _) in draft.match_indices(mark) {
            let name: String = draft[start + 6..].chars().take_while(|c| *c != '"').collect();
            fields.push((name, value.to_owned()));
        }
    }
    let saved: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    leader.post(&at("/draft"), &saved).redirected();
    let check = leader.get(&at("/check")).ok();
    let mut sending = vec![
        ("version", hidden(&check, "version").expect("a version")),
        ("draft", hidden(&check, "draft").expect("a draft")),
    ];
    for (start, _) in check.match_indices("name=\"confirmed\" value=\"") {
        let key: String = check[start + 24..].chars().take_while(|c| *c != '"').collect();
        sending.push(("confirmed", key.replace("&#38;", "&")));
    }
    let sending: Vec<(&str, &str)> = sending.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let first = leader.post(&at("/submission"), &sending).redirected();
    assert_eq!(first, at("/confirmation/1"));
    assert_eq!(leader.post(&at("/submission"), &sending).redirected(), first);
}

/// The second of two clicks is the answer a person sees: it leads where the first led, and says of no fault.
#[test]
fn a_second_click_finds_what_the_first_made() {
    let app = TestApp::demo();
    let compiler = app.client(COMPILER);
    let report: i64 = app
        .db
        .read(|conn| {
            let ours =
                obligations::table.inner_join(units::table.on(units::id.eq(obligations::collector_id)));
            let sent = ours.inner_join(reports::table).filter(reports::state.eq("sent"));
            Ok::<_, DbError>(sent.filter(units::code.eq("bg.ca")).select(reports::id).first(conn)?)
        })
        .expect("a report that waits");
    let at = format!("/reports/{report}/remarks");
    let typed = key(&compiler, &format!("{at}/new?place=whole"));
    let fields = [("form_key", typed.as_str()), ("place", "whole"), ("body", "Bổ sung số liệu tháng 5.")];
    let there = rows!(app, draft_remarks);
    let first = compiler.post(&at, &fields).redirected();
    assert_eq!(compiler.post(&at, &fields).redirected(), first);
    assert_eq!(rows!(app, draft_remarks), there + 1);

    let (duty, version, period): (i64, i32, i64) = app
        .db
        .read(|conn| {
            let row = obligations::table.inner_join(units::table.on(units::id.eq(obligations::unit_id)));
            let row = row.inner_join(periods::table.on(periods::id.eq(obligations::period_id)));
            let row = row.filter(units::code.eq("bg.hiephoa")).filter(periods::code.eq("2025-H1"));
            Ok::<_, DbError>(row.select((obligations::id, obligations::version, periods::id)).first(conn)?)
        })
        .expect("an obligation");
    let at = format!("/obligations/{duty}/exemption");
    let (typed, version) = (key(&compiler, &at), version.to_string());
    let fields = [("form_key", typed.as_str()), ("version", &version), ("reason", "Đang sắp xếp bộ máy")];
    let first = compiler.post(&at, &fields).redirected();
    assert_eq!(compiler.post(&at, &fields).redirected(), first);

    let at = format!("/periods/{period}/editions");
    let typed = key(&compiler, &format!("/periods/{period}/consolidation"));
    let fields = [("form_key", typed.as_str()), ("confirmed", "1")];
    let first = compiler.post(&at, &fields).redirected();
    assert_eq!(compiler.post(&at, &fields).redirected(), first);

    // The codes stood on the first answer alone; the second says so, and nobody is invited twice.
    let administrator = app.client("quantri.bacgiang");
    let new = [
        ("full_name", "Nguyễn Thị An"),
        ("title", "Chuyên viên"),
        ("unit", "bg.khcn"),
        ("role", "officer"),
        ("username", "an.khcn"),
    ];
    let typed = key(&administrator, "/people/new");
    let fields: Vec<(&str, &str)> = new.into_iter().chain([("form_key", typed.as_str())]).collect();
    let there = rows!(app, people);
    assert!(administrator.post("/people", &fields).ok().contains("an.khcn"));
    assert_eq!(administrator.post("/people", &fields).redirected(), "/people");
    let list = "Nguyễn Thị Bình | Chuyên viên | khcn | cán bộ đầu mối | binh.khcn";
    let typed = key(&administrator, "/people/import");
    let csrf = administrator.csrf.clone();
    let fields = [("csrf", csrf.as_str()), ("form_key", &typed), ("text", list), ("do", "take")];
    let first = administrator.post_file("/people/import", &fields, ("file", "", b""));
    assert_eq!(first.status, 200, "{}", first.text());
    assert_eq!(administrator.post_file("/people/import", &fields, ("file", "", b"")).redirected(), "/people");
    assert_eq!(rows!(app, people), there + 2);
}
