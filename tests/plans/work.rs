//! The log of work over HTTP: by whoever holds the task today, under their unit's name, seen by those it concerns.

use chrono::NaiveDate;
use tonghop::db::DbError;
use tonghop::plans::entry_form::EntryForm;
use tonghop::plans::queries;

use super::{COMPILER, FOREIGN, OFFICER, steps, tasks_on, unit};
use crate::support::app::TestApp;
use crate::support::client::hidden;

#[test]
fn the_holder_notes_work_and_the_compiler_sees_it() {
    let app = TestApp::demo();
    let [_, task] = tasks_on(&app.db, "III.2")[..] else { panic!("two tasks") };
    let (officer, path) = (app.client(OFFICER), format!("/tasks/{task}/entries"));
    assert!(officer.get("/tasks").ok().contains(&format!("href=\"/tasks/{task}\"")));
    let before = steps(&app, "task_entry.add");
    let typed = [
        ("done_on", "09/6/2025"),
        ("text", "Mở chuyên mục <mới>"),
        ("quantity", "1.200"),
        ("measure_unit", "lượt xem"),
        ("link", "https://khcn.bacgiang.example/a?b=1"),
    ];
    assert_eq!(officer.post(&path, &typed).redirected(), format!("/tasks/{task}"));
    assert_eq!(steps(&app, "task_entry.add"), before + 1);
    for user in [OFFICER, COMPILER, "lanhdao.khcn.bacgiang"] {
        let page = app.client(user).get(&format!("/tasks/{task}")).ok();
        assert!(page.contains("Mở chuyên mục &#60;mới&#62;"), "{user}");
        assert!(page.contains("<b>1.200</b> lượt xem"), "{user}");
        assert!(page.contains("rel=\"noopener noreferrer nofollow\""), "{user}");
    }
    // Another department reads the task, not the work of others.
    let other = app.client("canbo.taichinh.bacgiang");
    assert!(!other.get(&format!("/tasks/{task}")).ok().contains("Mở chuyên mục"));
    let list = officer.get("/tasks").ok();
    assert!(list.contains("09/6/2025"));

    let (unit, day) = (unit(&app.db, "bg.khcn"), NaiveDate::from_ymd_opt(2025, 6, 9).expect("a day"));
    let (window, latest) = app
        .db
        .read(|conn| {
            let window = queries::entries_in_window(conn, &[unit], day, day)?;
            Ok::<_, DbError>((window, queries::latest_entries(conn, &[unit])?))
        })
        .expect("the entries");
    let ours: Vec<_> = window.iter().filter(|e| e.task_id == task).collect();
    assert_eq!(ours.len(), 1);
    assert_eq!((ours[0].quantity, ours[0].unit_id), (Some(1200), unit));
    assert_eq!(latest[&task].done_on, day);
}

#[test]
fn nobody_else_notes_work_for_it() {
    let app = TestApp::demo();
    let [press, digital] = tasks_on(&app.db, "III.2")[..] else { panic!("two tasks") };
    let typed = [("text", "Không phải việc của mình")];
    for (user, status) in
        [("canbo.taichinh.bacgiang", 403), (COMPILER, 403), ("lanhdao.ubnd.bacgiang", 403), (FOREIGN, 404)]
    {
        let client = app.client(user);
        assert_eq!(client.post(&format!("/tasks/{digital}/entries"), &typed).status, status, "{user}");
        let id = digital.to_string();
        assert_eq!(client.post("/task-entries", &[("task", &id), typed[0]]).status, status, "{user}");
    }
    // The press went to another department with its function.
    assert_eq!(app.client(OFFICER).post(&format!("/tasks/{press}/entries"), &typed).status, 403);
    assert_eq!(app.client(FOREIGN).get(&format!("/tasks/{digital}")).status, 404);
    assert_eq!(app.client(COMPILER).get("/tasks").status, 403);
}

#[test]
fn a_refused_note_keeps_what_was_typed() {
    let app = TestApp::demo();
    let [_, task] = tasks_on(&app.db, "III.2")[..] else { panic!("two tasks") };
    let officer = app.client(OFFICER);
    let before = steps(&app, "task_entry.add");
    let table = [
        (("done_on", "11/6/2025"), "f-done_on"),
        (("done_on", "31/12/2024"), "f-done_on"),
        (("link", "ftp://a.example"), "f-link"),
        (("quantity", "nhiều"), "f-quantity"),
    ];
    for (wrong, field) in table {
        let answer = officer.post(&format!("/tasks/{task}/entries"), &[("text", "Chữ đã gõ"), wrong]);
        assert_eq!(answer.status, 422, "{wrong:?}");
        let page = answer.text();
        assert!(page.contains("Chữ đã gõ") && page.contains(&format!("value=\"{}\"", wrong.1)), "{wrong:?}");
        assert!(page.contains(&format!("href=\"#{field}\"")), "{wrong:?}");
    }
    let unchosen = officer.post("/task-entries", &[("task", ""), ("text", "Ghi vội")]);
    assert_eq!(unchosen.status, 422);
    assert!(unchosen.text().contains("value=\"Ghi vội\""));
    assert_eq!(steps(&app, "task_entry.add"), before);
}

#[test]
fn the_quick_form_notes_todays_work_and_goes_back() {
    let app = TestApp::demo();
    let [_, task] = tasks_on(&app.db, "III.2")[..] else { panic!("two tasks") };
    let officer = app.client(OFFICER);
    let id = task.to_string();
    for (back, to) in [("/my", "/my"), ("/tasks", "/tasks"), ("https://elsewhere.example", "/tasks")] {
        let typed = [("task", id.as_str()), ("text", "Việc hôm nay"), ("back", back)];
        assert_eq!(officer.post("/task-entries", &typed).redirected(), to);
    }
    assert!(officer.get(&format!("/tasks/{task}")).ok().contains("datetime=\"2025-06-10\""));
}

#[test]
fn a_quantity_in_words_is_refused_in_the_words_of_this_form() {
    for (typed, words) in
        [("mười", "bằng chữ số"), ("10 bài", "bằng chữ số"), ("1,5", "số nguyên"), ("-3", "số âm")]
    {
        let form = EntryForm {
            text: "Đã làm".into(),
            quantity: typed.into(),
            measure_unit: "bài".into(),
            ..EntryForm::default()
        };
        let day = chrono::NaiveDate::from_ymd_opt(2025, 6, 10).expect("a day");
        let Err(tonghop::error::Error::Invalid(problems)) = form.parse(day) else { panic!("{typed}") };
        let message = problems.at("quantity").expect("at the quantity");
        assert!(message.contains(words) && !message.contains("Ghi chú"), "{typed}: {message}");
        assert!(!message.contains("Chỉ tiêu"), "{typed}: {message}");
    }
}

#[test]
fn an_entry_is_corrected_and_taken_out_by_its_unit_and_stays_in_the_audit_log() {
    let app = TestApp::demo();
    let [_, task] = tasks_on(&app.db, "III.2")[..] else { panic!("two tasks") };
    let officer = app.client(OFFICER);
    let typed = [
        ("done_on", "09/6/2025"),
        ("text", "Mở chuyên mục nhầm"),
        ("quantity", "3"),
        ("measure_unit", "tin"),
    ];
    officer.post(&format!("/tasks/{task}/entries"), &typed).redirected();
    let page = officer.get(&format!("/tasks/{task}")).ok();
    let at =
        page.split("Mở chuyên mục nhầm").nth(1).and_then(|rest| rest.split("href=\"/task-entries/").nth(1));
    let id = at.and_then(|rest| rest.split('"').next()).expect("a link to correct it").to_owned();
    let path = format!("/task-entries/{id}");
    assert_eq!(app.client(COMPILER).get(&path).status, 404);
    assert_eq!(app.client(FOREIGN).get(&path).status, 404);
    let seen = hidden(&officer.get(&path).ok(), "seen").expect("what was seen");
    let wrong =
        [("seen", seen.as_str()), ("done_on", "11/6/2025"), ("text", "Sửa lại"), ("quantity", "mười")];
    let refused = officer.post(&path, &wrong);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("value=\"mười\"") && refused.text().contains("href=\"#f-done_on\""));
    let right =
        [("seen", seen.as_str()), ("done_on", "08/6/2025"), ("text", "Mở chuyên mục mới"), ("quantity", "")];
    assert_eq!(officer.post(&path, &right).redirected(), format!("/tasks/{task}"));
    let page = officer.get(&format!("/tasks/{task}")).ok();
    assert!(page.contains("Mở chuyên mục mới") && !page.contains("Mở chuyên mục nhầm"), "{page}");
    assert_eq!(officer.post(&path, &right).status, 409, "the second of two corrections is told");
    assert_eq!(officer.post(&format!("{path}/removal"), &[("seen", &seen)]).status, 409);
    let seen = hidden(&officer.get(&path).ok(), "seen").expect("what is seen now");
    officer.post(&format!("{path}/removal"), &[("seen", &seen)]).redirected();
    assert_eq!(officer.get(&path).status, 404);
    assert!(!officer.get(&format!("/tasks/{task}")).ok().contains("Mở chuyên mục mới"));
    assert_eq!((steps(&app, "task_entry.correct"), steps(&app, "task_entry.remove")), (1, 1));
}

#[test]
fn a_unit_that_cannot_be_read_is_refused_not_guessed() {
    let app = TestApp::demo();
    let [_, task] = tasks_on(&app.db, "III.2")[..] else { panic!("two tasks") };
    let before = steps(&app, "task_entry.add");
    for unit in ["abc", "-1", "999999"] {
        let answer =
            app.client(OFFICER).post(&format!("/tasks/{task}/entries"), &[("unit", unit), ("text", "Họp")]);
        assert_eq!(answer.status, 422, "{unit}");
    }
    assert_eq!(steps(&app, "task_entry.add"), before);
}
