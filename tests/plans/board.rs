//! The board of a plan over HTTP: whose tasks a reader sees, what the cells say, and how it is narrowed.

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::ids::PlanId;
use tonghop::db::schema::{plans, tasks as task_table};

use super::{COMPILER, FOREIGN, OFFICER, plan, tasks_on, unit};
use crate::support::app::TestApp;

/// The text of the row of a task in the table of the board.
fn row(page: &str, task: i64) -> String {
    let table =
        page.split("id=\"board\"").nth(1).and_then(|rest| rest.split("</table>").next()).unwrap_or("");
    let of = |part: &&str| part.contains(&format!("href=\"/tasks/{task}\""));
    table.split("<tr").find(of).unwrap_or_default().to_owned()
}

/// A plan of Bà Rịa - Vũng Tàu, one task of which had to be done by 14/02/2025.
fn dated_plan(app: &TestApp) -> (PlanId, i64) {
    app.db
        .read(|conn| {
            let dated = task_table::table.inner_join(plans::table).filter(task_table::due_on.is_not_null());
            Ok::<_, DbError>(dated.select((plans::id, task_table::id)).first(conn)?)
        })
        .expect("a task with a last day")
}

#[test]
fn a_collector_sees_every_unit_and_a_unit_its_own_column() {
    let (app, plan) = (TestApp::demo(), plan(&TestApp::demo().db));
    let path = format!("/plans/{plan}/board");
    let [_, digital] = tasks_on(&app.db, "III.2")[..] else { panic!("two tasks") };
    let districts = tasks_on(&app.db, "III.6");
    assert!(!districts.is_empty(), "the districts have tasks of their own");
    for user in [COMPILER, "lanhdao.ubnd.bacgiang"] {
        let page = app.client(user).get(&path).ok();
        assert!(page.contains("Tiến độ của từng đơn vị"), "{user}");
        assert!(page.contains("mỗi đơn vị một cột: kéo bảng sang ngang"), "{user}");
        // The work that Sở KH&CN noted for it in spring.
        assert!(row(&page, digital.0).contains("đang làm"), "{user}: {}", row(&page, digital.0));
        assert!(districts.iter().all(|task| row(&page, task.0).matches("<a href=\"/clauses/").count() > 5));
        assert!(page.contains(&format!("?unit={}#t-{digital}", unit(&app.db, "bg.khcn"))));
    }
    let own = app.client(OFFICER).get(&path).ok();
    assert!(own.contains("Tiến độ của đơn vị mình"));
    assert!(row(&own, digital.0).contains("đang làm"));
    assert!(districts.iter().all(|task| row(&own, task.0).is_empty()), "tasks of others");
    assert!(!own.contains("Lục Ngạn"));
    // A department that holds the work of the group only.
    let other = app.client("canbo.taichinh.bacgiang").get(&path).ok();
    assert!(row(&other, digital.0).is_empty() && !other.contains("Sở KH&amp;CN"));
    for (user, status) in [(FOREIGN, 404), ("quantri.bacgiang", 403), ("c11.bocongan", 404)] {
        assert_eq!(app.client(user).get(&path).status, status, "{user}");
    }
    assert_eq!(app.client(COMPILER).get(&format!("{path}?state=sometimes")).status, 404);
}

#[test]
fn what_is_overdue_is_what_was_assigned_and_not_reported_done() {
    let app = TestApp::demo();
    let (plan, task) = dated_plan(&app);
    let compiler = app.client("tonghop.catinh.bariavungtau");
    let all = compiler.get(&format!("/plans/{plan}/board")).ok();
    let (whole, late) = (row(&all, task), compiler.get(&format!("/plans/{plan}/board?state=overdue")).ok());
    let only = row(&late, task);
    assert!(whole.contains("quá hạn") && only.contains("quá hạn"), "{whole}");
    assert!(!only.contains("đã xong") && !only.contains("chưa làm"));
    // MTTQ is asked for it: its last day is over, and nobody calls it late.
    let page = compiler.get(&format!("/plans/{plan}/units")).ok();
    let mttq = page.split("<tr class=\"group\">").find(|part| part.contains("Mặt trận")).expect("MTTQ");
    assert!(!mttq.contains("quá hạn") && mttq.contains("chậm nhất 14/02/2025"), "{mttq}");
    // The leader's screen counts the same, and leads here.
    let screen = app.client("lanhdao.ubnd.bariavungtau").get("/overview").ok();
    let line =
        screen.split("id=\"tasks\"").nth(1).and_then(|rest| rest.split("</p>").next()).expect("a line");
    assert!(line.contains(&format!("href=\"/plans/{plan}/board?state=overdue\"")), "{line}");
    let count = only.matches("class=\"late\"").count();
    assert!(line.contains(&format!("{count} quá hạn")), "{count}: {line}");
}

#[test]
fn the_list_by_unit_and_the_list_of_a_unit_count_by_the_same_rule() {
    let app = TestApp::demo();
    let plan = plan(&app.db);
    let page = app.client(COMPILER).get(&format!("/plans/{plan}/units")).ok();
    let of_unit = page.split("<tr class=\"group\">").find(|part| part.contains("Sở Khoa học và Công nghệ"));
    let of_unit = of_unit.expect("the department holds tasks");
    assert!(of_unit.contains("đang làm"), "{of_unit}");
    let own = app.client(OFFICER).get("/tasks").ok();
    assert!(own.contains("đang làm") && own.contains("<tr data-status=\"going_on\""));
    let foreign = app.client("canbo.taichinh.bacgiang").get(&format!("/plans/{plan}/units")).ok();
    let of_other =
        foreign.split("<tr class=\"group\">").find(|part| part.contains("Sở Khoa học và Công nghệ"));
    assert!(!of_other.expect("it is listed").contains("đang làm"), "another unit's progress");
}

#[test]
fn a_note_makes_a_task_go_on_at_once() {
    let app = TestApp::demo();
    let plan = plan(&app.db);
    let [press, _] = tasks_on(&app.db, "III.2")[..] else { panic!("two tasks") };
    let compiler = app.client(COMPILER);
    let before = row(&compiler.get(&format!("/plans/{plan}/board")).ok(), press.0);
    let officer = app.client("canbo.vhttdl.bacgiang");
    officer
        .post(&format!("/tasks/{press}/entries"), &[("done_on", "09/6/2025"), ("text", "Giao ban báo chí")])
        .redirected();
    let after = row(&compiler.get(&format!("/plans/{plan}/board")).ok(), press.0);
    assert!(
        after.contains("đang làm") && before.matches("<td").count() == after.matches("<td").count(),
        "{before}{after}"
    );
}
