//! Clauses and tasks over HTTP: the tree keeps its numbers, a group is its members, worked-on tasks stay.

use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::ids::ClauseId;
use tonghop::db::schema::{assignments, clauses, tasks};

use super::{COMPILER, FOREIGN, OFFICER, plan, steps, tasks_on, unit, version};
use crate::support::app::TestApp;

pub fn clause(app: &TestApp, path: &str) -> ClauseId {
    let plan = plan(&app.db);
    app.db
        .read(|conn| {
            let at = clauses::table.filter(clauses::plan_id.eq(plan)).filter(clauses::path.eq(path));
            Ok::<_, DbError>(at.select(clauses::id).first(conn)?)
        })
        .expect("the clause is there")
}

fn paths(app: &TestApp) -> Vec<String> {
    let plan = plan(&app.db);
    app.db
        .read(|conn| {
            let all = clauses::table.filter(clauses::plan_id.eq(plan)).order(clauses::position);
            Ok::<_, DbError>(all.select(clauses::path).load(conn)?)
        })
        .expect("the clauses")
}

#[test]
fn the_tree_is_numbered_from_top_to_bottom_after_every_step() {
    let app = TestApp::demo();
    let (id, compiler) = (plan(&app.db), app.client(COMPILER));
    let v = || version(&app.db, id);
    let two = clause(&app, "II").to_string();
    compiler
        .post(
            &format!("/plans/{id}/clauses"),
            &[("version", &v()), ("parent", &two), ("label", "9"), ("title", "Thêm")],
        )
        .redirected();
    assert_eq!(paths(&app)[3..8], ["II", "II.1", "II.2", "II.3", "II.9"]);
    let new = clause(&app, "II.9");
    compiler
        .post(&format!("/clauses/{new}/position"), &[("version", &v()), ("direction", "up")])
        .redirected();
    assert_eq!(paths(&app)[3..8], ["II", "II.1", "II.2", "II.9", "II.3"]);
    // Renaming a clause renames what is below it; moving it takes everything along.
    compiler
        .post(&format!("/clauses/{two}"), &[("version", &v()), ("label", "IIa"), ("title", "Khác")])
        .redirected();
    assert_eq!(paths(&app)[3..8], ["IIa", "IIa.1", "IIa.2", "IIa.9", "IIa.3"]);
    let three = clause(&app, "III").to_string();
    let to = compiler.post(
        &format!("/clauses/{new}"),
        &[("version", &v()), ("parent", &three), ("label", "9"), ("title", "Thêm")],
    );
    to.redirected();
    assert!(paths(&app).contains(&"III.9".to_owned()));
    compiler.post(&format!("/clauses/{new}/removal"), &[("version", &v())]).redirected();
    assert!(!paths(&app).contains(&"III.9".to_owned()));
    let steps: Vec<i64> = ["clause.add", "clause.move", "clause.edit", "clause.remove"]
        .iter()
        .map(|action| steps(&app, action))
        .collect();
    assert_eq!(steps, [1, 1, 2, 1]);
}

#[test]
fn a_clause_that_holds_something_or_would_hold_itself_is_refused() {
    let app = TestApp::demo();
    let (id, compiler) = (plan(&app.db), app.client(COMPILER));
    let v = version(&app.db, id);
    let (above, below) = (clause(&app, "III"), clause(&app, "III.2").to_string());
    assert_eq!(compiler.post(&format!("/clauses/{below}/removal"), &[("version", &v)]).status, 422);
    let inside = compiler.post(
        &format!("/clauses/{above}"),
        &[("version", &v), ("parent", &below), ("label", "III"), ("title", "Giữ chữ này")],
    );
    assert_eq!(inside.status, 422);
    assert!(inside.text().contains("Giữ chữ này"));
    let taken = compiler
        .post(&format!("/plans/{id}/clauses"), &[("version", &v), ("label", "III"), ("title", "Trùng")]);
    assert_eq!(taken.status, 422);
    let stale =
        compiler.post(&format!("/clauses/{below}/position"), &[("version", "99"), ("direction", "up")]);
    assert_eq!(stale.status, 409);
    assert_eq!(version(&app.db, id), v, "nothing of all this was saved");
    for (user, status) in [(OFFICER, 403), (FOREIGN, 404)] {
        let client = app.client(user);
        assert_eq!(client.get(&format!("/clauses/{below}")).status, status);
        assert_eq!(client.post(&format!("/clauses/{below}/removal"), &[("version", &v)]).status, status);
    }
}

#[test]
fn a_group_is_written_down_as_its_members_of_the_plans_day() {
    let app = TestApp::demo();
    let (id, compiler) = (plan(&app.db), app.client(COMPILER));
    let (on, seen) = (clause(&app, "IV.1"), version(&app.db, id));
    let alone = unit(&app.db, "bg.chu");
    let who = format!("unit:{alone}");
    let path = format!("/clauses/{on}/tasks");
    let clause_id = on.to_string();
    let typed = [
        ("version", seen.as_str()),
        ("clause", clause_id.as_str()),
        ("text", "Một nhiệm vụ mới"),
        ("rows", "2"),
        ("who_0", who.as_str()),
        ("part_0", "lead"),
        ("mode_0", "assign"),
        ("who_1", "group:district"),
        ("part_1", "cooperating"),
        ("mode_1", "request"),
    ];
    let mut more = typed.to_vec();
    more.push(("more", "1"));
    let again = compiler.post(&path, &more).ok();
    assert!(again.contains("Một nhiệm vụ mới") && again.contains("who_5"));
    compiler.post(&path, &typed).redirected();
    let rows: Vec<(Option<tonghop::db::ids::UnitId>, Option<String>, String)> = app
        .db
        .read(|conn| {
            let of = assignments::table.inner_join(tasks::table).filter(tasks::text.eq("Một nhiệm vụ mới"));
            let columns = (assignments::unit_id, assignments::group_kind, assignments::part);
            Ok::<_, DbError>(of.select(columns).load(conn)?)
        })
        .expect("the assignments");
    // Ten districts since 01/01/2025, of which one was named on its own.
    assert_eq!(rows.iter().filter(|row| row.1.as_deref() == Some("district")).count(), 9);
    assert_eq!(rows.iter().filter(|row| row.0 == Some(alone)).count(), 1);
    assert_eq!(steps(&app, "task.add"), 1);
}

#[test]
fn a_refused_task_keeps_its_rows_and_a_saved_one_its_assignments() {
    let app = TestApp::demo();
    let (id, compiler) = (plan(&app.db), app.client(COMPILER));
    let [task] = tasks_on(&app.db, "III.4")[..] else { panic!("one task") };
    let seen = version(&app.db, id);
    let on = clause(&app, "III.4").to_string();
    let foreign = format!("unit:{}", unit(&app.db, "la.ca"));
    let base = [("version", seen.as_str()), ("clause", on.as_str()), ("text", "Chữ mới"), ("rows", "1")];
    let mut typed = base.to_vec();
    typed.extend([("who_0", foreign.as_str()), ("part_0", "lead"), ("mode_0", "assign")]);
    let answer = compiler.post(&format!("/tasks/{task}"), &typed);
    assert_eq!(answer.status, 422, "a unit of another province cannot be named");
    assert!(answer.text().contains("Chữ mới"));
    let before = own_assignments(&app, task);
    let own = format!("unit:{}", unit(&app.db, "bg.taichinh"));
    let function = before[0].1.expect("the task follows a function").to_string();
    let mut kept = base.to_vec();
    kept.extend([
        ("who_0", own.as_str()),
        ("function_0", &function),
        ("part_0", "lead"),
        ("mode_0", "assign"),
    ]);
    compiler.post(&format!("/tasks/{task}"), &kept).redirected();
    assert_eq!(own_assignments(&app, task), before, "what stays keeps its row");
    assert_eq!(steps(&app, "task.edit"), 1);
    for (user, status) in [(OFFICER, 403), (FOREIGN, 404)] {
        let client = app.client(user);
        assert_eq!(client.get(&format!("/tasks/{task}/edit")).status, status);
        assert_eq!(client.post(&format!("/tasks/{task}"), &kept).status, status);
        assert_eq!(client.post(&format!("/tasks/{task}/withdrawal"), &[("version", &seen)]).status, status);
    }
}

type Row = (tonghop::db::ids::AssignmentId, Option<tonghop::db::ids::FunctionId>);

fn own_assignments(app: &TestApp, task: tonghop::db::ids::TaskId) -> Vec<Row> {
    app.db
        .read(|conn| {
            let of = assignments::table.filter(assignments::task_id.eq(task)).order(assignments::id);
            Ok::<_, DbError>(of.select((assignments::id, assignments::function_id)).load(conn)?)
        })
        .expect("the assignments")
}

#[test]
fn a_task_nobody_worked_on_is_removed_and_a_worked_on_one_is_withdrawn() {
    let app = TestApp::demo();
    let (id, compiler, officer) = (plan(&app.db), app.client(COMPILER), app.client(OFFICER));
    let [_, worked] = tasks_on(&app.db, "III.2")[..] else { panic!("two tasks") };
    officer.post(&format!("/tasks/{worked}/entries"), &[("text", "Đã làm")]).redirected();
    let path = format!("/tasks/{worked}/withdrawal");
    assert!(compiler.get(&path).ok().contains("Thôi giao từ ngày"));
    let blank = compiler.post(&path, &[("version", &version(&app.db, id)), ("withdrawn_on", "")]);
    assert_eq!(blank.status, 422);
    compiler.post(&path, &[("version", &version(&app.db, id)), ("withdrawn_on", "09/6/2025")]).redirected();
    assert_eq!(tasks_on(&app.db, "III.2").len(), 2);
    let refused = officer.post(&format!("/tasks/{worked}/entries"), &[("text", "Nữa")]);
    assert_eq!(refused.status, 403, "what is withdrawn is held by nobody");
    assert_eq!((steps(&app, "task.withdraw"), steps(&app, "task.remove")), (1, 0));

    let on = clause(&app, "IV.1").to_string();
    let who = format!("unit:{}", unit(&app.db, "bg.ca"));
    let v = version(&app.db, id);
    let typed = [
        ("version", v.as_str()),
        ("clause", &on),
        ("text", "Nhập nhầm"),
        ("rows", "1"),
        ("who_0", &who),
        ("part_0", "lead"),
        ("mode_0", "assign"),
    ];
    compiler.post(&format!("/clauses/{on}/tasks"), &typed).redirected();
    let [mistake] = tasks_on(&app.db, "IV.1")[..] else { panic!("the new task") };
    compiler
        .post(&format!("/tasks/{mistake}/withdrawal"), &[("version", &version(&app.db, id))])
        .redirected();
    assert_eq!(tasks_on(&app.db, "IV.1"), []);
    assert_eq!(steps(&app, "task.remove"), 1);
}
