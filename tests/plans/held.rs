//! Who holds which task before and after 01/3/2025, on the demo; and the list of a unit against the page of the plan.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;
use tonghop::db::DbError;
use tonghop::db::ids::{PlanId, TaskId, UnitId};
use tonghop::db::schema::{plans, unit_reach};
use tonghop::plans::{HeldTask, Mode, Part, one_per_task, queries};
use tonghop::units;

use super::{plan, tasks_on, unit};
use crate::support::app::TestApp;

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).expect("a day")
}

fn held(app: &TestApp, codes: &[&str], on: NaiveDate) -> Vec<HeldTask> {
    let (units, plan) = (codes.iter().map(|code| unit(&app.db, code)).collect::<Vec<_>>(), plan(&app.db));
    app.db
        .read(|conn| Ok::<_, DbError>(queries::tasks_held(conn, &units, on, Some(&[plan]))?))
        .expect("the tasks held")
}

fn leads(app: &TestApp, codes: &[&str], on: NaiveDate) -> Vec<TaskId> {
    held(app, codes, on).into_iter().filter(|t| t.part == Part::Lead).map(|t| t.task_id).collect()
}

#[test]
fn what_was_given_by_function_is_held_by_the_successor_of_that_function() {
    let app = TestApp::demo();
    let given = tasks_on(&app.db, "III.2");
    let [press, digital] = given[..] else { panic!("two tasks were given to Sở TT&TT: {given:?}") };
    let (before, last, after, now) = (day(2025, 1, 15), day(2025, 2, 28), day(2025, 3, 1), day(2025, 6, 10));
    for on in [before, last] {
        assert_eq!(leads(&app, &["bg.tttt"], on), [press, digital]);
        assert_eq!(leads(&app, &["bg.khcn"], on), []);
        assert_eq!(leads(&app, &["bg.vhttdl"], on), []);
    }
    for on in [after, now] {
        assert_eq!(leads(&app, &["bg.tttt"], on), [], "the old department answers for nothing");
        assert_eq!(leads(&app, &["bg.khcn"], on), [digital]);
        assert_eq!(leads(&app, &["bg.khcn", "bg.tttt"], on), [digital]);
        assert_eq!(leads(&app, &["bg.vhttdl"], on), [press]);
    }
    let jobs = tasks_on(&app.db, "III.3");
    assert_eq!(leads(&app, &["bg.ldtbxh"], last), jobs);
    assert_eq!(leads(&app, &["bg.noivu", "bg.ldtbxh"], after), jobs);
}

#[test]
fn a_successor_named_twice_holds_the_task_once() {
    let app = TestApp::demo();
    let [guided, ..] = tasks_on(&app.db, "III.1")[..] else { panic!("tasks of Công an tỉnh") };
    let all = held(&app, &["bg.khcn", "bg.tttt"], day(2025, 6, 10));
    // Both departments were in the group that works along; one line each, and one for the page.
    assert_eq!(all.iter().filter(|task| task.task_id == guided).count(), 2);
    let lines = one_per_task(all);
    assert_eq!(lines.iter().filter(|task| task.task_id == guided).count(), 1);
}

#[test]
fn requests_stay_requests_and_order_is_the_documents() {
    let app = TestApp::demo();
    let asked = held(&app, &["bg.mttq"], day(2025, 6, 10));
    assert!(!asked.is_empty() && asked.iter().all(|task| task.mode == Mode::Request));
    let units = ["bg.ca", "bg.taichinh", "bg.mttq"];
    let paths: Vec<String> =
        one_per_task(held(&app, &units, day(2025, 6, 10))).into_iter().map(|t| t.clause_path).collect();
    let mut unique = paths.clone();
    unique.dedup();
    assert_eq!(unique, ["III.1", "III.3", "III.4", "III.5", "IV.2"]);
}

#[test]
fn nothing_is_held_outside_the_plans_time_or_after_withdrawal() {
    let app = TestApp::demo();
    assert_eq!(held(&app, &["bg.taichinh"], day(2024, 12, 31)), []);
    let [task] = tasks_on(&app.db, "III.4")[..] else { panic!("one task of Sở Tài chính") };
    app.db
        .write(|conn| Ok::<_, DbError>(queries::put_withdrawal(conn, task, day(2025, 5, 1))?))
        .expect("withdrawn");
    assert_eq!(leads(&app, &["bg.taichinh"], day(2025, 4, 30)), [task]);
    assert_eq!(leads(&app, &["bg.taichinh"], day(2025, 5, 1)), []);
}

/// Asked unit by unit through the database, and read off the plan's page by the pure rules: the same.
#[test]
fn the_units_list_and_the_plans_page_agree() {
    let app = TestApp::demo();
    let bg = unit(&app.db, "bg");
    for on in [day(2024, 6, 1), day(2025, 1, 15), day(2025, 2, 28), day(2025, 3, 1), day(2025, 6, 10)] {
        let (by_unit, by_plan) = app
            .db
            .read(|conn| {
                let members = units::queries::of_province(conn, bg, on)?;
                let reach: Vec<(UnitId, UnitId)> = unit_reach::table
                    .filter(unit_reach::relation.eq("predecessor"))
                    .select((unit_reach::unit_id, unit_reach::reaches_id))
                    .load(conn)?;
                let ids: Vec<UnitId> = reach.iter().map(|pair| pair.1).collect();
                let past = units::queries::on_day(conn, &ids, on)?;
                let mut by_unit: HashMap<UnitId, BTreeSet<TaskId>> = HashMap::new();
                for member in &members {
                    let ended = reach
                        .iter()
                        .filter(|(unit, before)| *unit == member.id && !past[before].existed_on(on))
                        .map(|(_, before)| *before);
                    let asked: Vec<UnitId> = std::iter::once(member.id).chain(ended).collect();
                    let held = queries::tasks_held(conn, &asked, on, None)?;
                    by_unit.insert(member.id, held.into_iter().map(|task| task.task_id).collect());
                }
                let ids: Vec<PlanId> =
                    plans::table.filter(plans::province_id.eq(bg)).select(plans::id).load(conn)?;
                let mut by_plan: HashMap<UnitId, BTreeSet<TaskId>> =
                    members.iter().map(|unit| (unit.id, BTreeSet::new())).collect();
                for id in ids {
                    let plan = queries::find(conn, &[bg], id)?;
                    if !plan.in_force(on) {
                        continue;
                    }
                    let assignments = queries::assignments_of(conn, &[id])?;
                    let landscape = queries::landscape(conn, &assignments, on)?;
                    for assignment in assignments.into_iter().filter(|a| a.holds_on(on)) {
                        for unit in landscape.answering(&assignment, bg, on) {
                            if let Some(tasks) = by_plan.get_mut(&unit) {
                                tasks.insert(assignment.task_id);
                            }
                        }
                    }
                }
                Ok::<_, DbError>((by_unit, by_plan))
            })
            .expect("both answers");
        assert_eq!(by_unit, by_plan, "on {on}");
    }
}
