//! What is said at once when work was noted: a link that another claims, a day that no open report takes in.

use chrono::NaiveDate;
use diesel::prelude::*;
use tonghop::calendar::Window;
use tonghop::db::DbError;
use tonghop::db::ids::TaskId;
use tonghop::db::schema::task_entries;
use tonghop::plans::noted::is_outside;

use super::{COMPILER, OFFICER, unit};
use crate::periods::{obligation, standing};
use crate::support::app::TestApp;
use crate::support::client::Client;

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, month, day).expect("a day")
}

/// A task that a unit has noted work for.
fn task(app: &TestApp, code: &str) -> TaskId {
    let unit = unit(&app.db, code);
    let of = task_entries::table.filter(task_entries::unit_id.eq(unit)).order(task_entries::id.desc());
    app.db
        .read(|conn| of.select(task_entries::task_id).first(conn).map_err(DbError::Query))
        .expect("a task of the unit")
}

/// Notes work and gives back the page on which it is confirmed.
fn note(client: &Client, task: TaskId, on: &str, link: &str) -> String {
    let typed = [("done_on", on), ("text", "Chia sẻ bài viết"), ("link", link)];
    let to = client.post(&format!("/tasks/{task}/entries"), &typed).redirected();
    assert_eq!(to, format!("/tasks/{task}"));
    flash(&client.get(&to).ok())
}

fn flash(page: &str) -> String {
    let found = page.split("<p class=\"flash\"").nth(1).and_then(|rest| rest.split("</p>").next());
    found.expect("a confirmation").to_owned()
}

#[test]
fn a_day_is_outside_where_no_open_window_holds_it() {
    let window = |from, to| Window::new(from, to).expect("a window");
    let open = [window(day(1, 1), day(6, 14)), window(day(6, 16), day(6, 30))];
    for (on, expected) in
        [(day(1, 1), false), (day(6, 14), false), (day(6, 15), true), (day(6, 16), false), (day(7, 1), true)]
    {
        assert_eq!(is_outside(on, true, &open), expected, "{on}");
        assert!(!is_outside(on, false, &open), "who owes no report is told nothing");
        assert!(is_outside(on, true, &[]), "nothing is open");
    }
}

#[test]
fn a_link_another_claims_is_said_at_once_with_a_way_to_the_entry() {
    let app = TestApp::demo();
    let (doan, task) = (app.client("canbo.doan.bacgiang"), task(&app, "bg.doan"));
    let theirs = "http://www.khcn.bacgiang.example/khcn/20250314/?utm_source=zalo";
    let said = note(&doan, task, "09/6/2025", theirs);
    assert!(said.contains("Đã ghi công việc đã thực hiện. Đường dẫn này cũng có trong: "), "{said}");
    assert!(said.contains("Sở Khoa học và Công nghệ: công việc ngày 14/3/2025"), "{said}");
    // The draft of that department claims it too: it is said that there is one, and not whose.
    assert!(said.contains("báo cáo một đơn vị khác đang soạn"), "{said}");
    let entry: i64 = app
        .db
        .read(|conn| {
            let newest = task_entries::table.order(task_entries::id.desc()).select(task_entries::id);
            newest.first(conn).map_err(DbError::Query)
        })
        .expect("the entry");
    assert!(said.contains(&format!("<a href=\"/task-entries/{entry}\">Xem lần ghi này</a>")), "{said}");
    // The task's page says so at each entry, to who claimed it first too.
    let page = doan.get(&format!("/tasks/{task}")).ok();
    assert!(
        page.contains("Đường dẫn này cũng có trong: ") && page.contains("công việc ngày 14/3/2025"),
        "{page}"
    );
    let khcn = app.client(OFFICER);
    let first: TaskId = app
        .db
        .read(|conn| {
            let of = task_entries::table.filter(task_entries::unit_id.eq(unit(&app.db, "bg.khcn")));
            let of = of.filter(task_entries::url_key.like("khcn.bacgiang.example/khcn/20250314%"));
            of.select(task_entries::task_id).first(conn).map_err(DbError::Query)
        })
        .expect("the first entry");
    for client in [&khcn, &app.client(COMPILER)] {
        let page = client.get(&format!("/tasks/{first}")).ok();
        assert!(page.contains("Đường dẫn này cũng có trong: "), "{page}");
        assert!(page.contains("công việc ngày 09/6/2025"), "{page}");
    }
    // A link of one's own is nothing to speak of.
    let plain = note(&doan, task, "09/6/2025", "https://doan.bacgiang.example/rieng");
    assert!(plain.ends_with(">Đã ghi công việc đã thực hiện."), "{plain}");
    // A correction that brings the link says so again.
    let path = format!("/task-entries/{}", entry + 1);
    let page = doan.get(&path).ok();
    let seen = crate::support::client::hidden(&page, "seen").expect("what was seen");
    let typed = [("seen", seen.as_str()), ("done_on", "09/6/2025"), ("text", "Chia sẻ"), ("link", theirs)];
    let to = doan.post(&path, &typed).redirected();
    let said = flash(&doan.get(&to).ok());
    assert!(said.contains("Đã sửa công việc đã thực hiện. Đường dẫn này cũng có trong: "), "{said}");
}

#[test]
fn a_day_that_no_open_report_takes_in_is_said() {
    // The year is reported up to 14/12; the next one is not open yet.
    let app = TestApp::demo_on(day(12, 20));
    let said = note(&app.client(OFFICER), task(&app, "bg.khcn"), "16/12/2025", "");
    assert!(said.contains("Ngày 16/12/2025 không thuộc kỳ báo cáo nào đang mở của đơn vị."), "{said}");
    assert!(said.contains("Xem lần ghi này"), "{said}");
    let app = TestApp::demo();
    let inside = note(&app.client(OFFICER), task(&app, "bg.khcn"), "09/6/2025", "");
    assert!(inside.ends_with(">Đã ghi công việc đã thực hiện."), "{inside}");
}

#[test]
fn a_report_that_was_locked_and_is_unlocked_again_takes_a_day_in() {
    // The half-year is locked after 24/6.
    let app = TestApp::demo_on(day(6, 25));
    let (officer, compiler) = (app.client(OFFICER), app.client("tonghop.catinh.bacgiang"));
    let decide = |code: &str, path: &str, fields: &[(&str, &str)]| {
        let id = obligation(&app, "bac-giang", code, "bg.khcn");
        let version = standing(&app, id).1.to_string();
        let mut all = vec![("version", version.as_str())];
        all.extend_from_slice(fields);
        compiler.post(&format!("/obligations/{id}/{path}"), &all).redirected();
    };
    // The year would take every day in.
    decide("2025-Y", "exemption", &[("reason", "Gửi chung trong báo cáo khác")]);
    let task = task(&app, "bg.khcn");
    let locked = note(&officer, task, "09/6/2025", "");
    assert!(locked.contains("Ngày 09/6/2025 không thuộc kỳ báo cáo nào đang mở"), "{locked}");
    decide("2025-H1", "unlock", &[("until", "27/6/2025"), ("reason", "Bổ sung số liệu")]);
    let unlocked = note(&officer, task, "09/6/2025", "");
    assert!(unlocked.ends_with(">Đã ghi công việc đã thực hiện."), "{unlocked}");
}

#[test]
fn an_address_in_a_quick_note_is_its_link() {
    let app = TestApp::demo();
    let (doan, task) = (app.client("canbo.doan.bacgiang"), task(&app, "bg.doan").to_string());
    let note = |text: &str| {
        let to = doan.post("/task-entries", &[("task", &task), ("back", "/my"), ("text", text)]).redirected();
        assert_eq!(to, "/my", "{text}");
        let said = flash(&doan.get(&to).ok());
        let stored: (String, String) = app
            .db
            .read(|conn| {
                let newest = task_entries::table.order(task_entries::id.desc());
                newest.select((task_entries::text, task_entries::link)).first(conn).map_err(DbError::Query)
            })
            .expect("the entry");
        assert_eq!(stored.0, text, "the words stay as they are");
        (stored.1, said)
    };
    let (link, said) = note("Đăng 5 bài (https://youtu.be/abc123xyz), trên kênh.");
    assert_eq!(link, "https://youtu.be/abc123xyz");
    assert!(said.ends_with(">Đã ghi công việc đã thực hiện."), "{said}");
    assert!(doan.get("/evidence").ok().contains("https://youtu.be/abc123xyz"));
    // A post that another claims is told at once, here too.
    let (_, said) = note("http://www.khcn.bacgiang.example/khcn/20250314/?utm_source=zalo");
    assert!(said.contains("Đường dẫn này cũng có trong: "), "{said}");
    let (link, said) = note("Chia sẻ youtu.be/bai1 và fb.watch/bai2; youtu.be/bai1, https://bao.vn/bai3");
    assert_eq!(link, "https://youtu.be/bai1");
    assert!(said.contains("2 đường dẫn sau chưa vào Minh chứng"), "{said}");
    assert_eq!(note("Họp giao ban 10.6, tỷ lệ 3/4.").0, "");
}
