//! Plans: the words of a document, who holds a task through a reorganisation, editing, the log of work.

mod board;
mod changeover;
mod deliverables;
mod document;
mod editing;
mod held;
mod noted;
mod photos;
mod rules;
mod states;
mod tasks;
mod trace;
mod work;

use diesel::prelude::*;
use tonghop::db::ids::{PlanId, TaskId, UnitId};
use tonghop::db::schema::{audit_log, clauses, plans, tasks as task_table, units};
use tonghop::db::{Db, DbError};

use crate::support::app::TestApp;

const COMPILER: &str = "tonghop.catinh.bacgiang";
const OFFICER: &str = "canbo.khcn.bacgiang";
const FOREIGN: &str = "tonghop.catinh.longan";

fn unit(db: &Db, code: &str) -> UnitId {
    db.read(|conn| Ok::<_, DbError>(units::table.filter(units::code.eq(code)).select(units::id).first(conn)?))
        .expect("the unit is in the demo")
}

/// Bắc Giang's plan of January 2025, whose number and day are blank.
fn plan(db: &Db) -> PlanId {
    let bg = unit(db, "bg");
    db.read(|conn| {
        let blank = plans::table.filter(plans::province_id.eq(bg)).filter(plans::issued_year.eq(2025));
        Ok::<_, DbError>(blank.select(plans::id).first(conn)?)
    })
    .expect("the plan is in the demo")
}

/// The tasks on one clause of that plan, in order.
fn tasks_on(db: &Db, path: &str) -> Vec<TaskId> {
    let plan = plan(db);
    db.read(|conn| {
        let on = task_table::table
            .inner_join(clauses::table)
            .filter(clauses::plan_id.eq(plan))
            .filter(clauses::path.eq(path));
        Ok::<_, DbError>(on.order(task_table::position).select(task_table::id).load(conn)?)
    })
    .expect("the tasks are in the demo")
}

fn version(db: &Db, plan: PlanId) -> String {
    let version: i32 = db
        .read(|conn| Ok::<_, DbError>(plans::table.find(plan).select(plans::version).first(conn)?))
        .expect("the plan is there");
    version.to_string()
}

/// Steps of a kind in the audit log.
fn steps(app: &TestApp, action: &str) -> i64 {
    app.db
        .read(|conn| {
            let rows = audit_log::table.filter(audit_log::action.eq(action));
            Ok::<_, DbError>(rows.count().get_result(conn)?)
        })
        .expect("the log is read")
}
