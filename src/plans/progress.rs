//! How the tasks of all plans in force stand, plan by plan: a line on the leader's screen. A fixed number of queries
//! however many plans, units and tasks there are.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::sight::Sight;
use super::state::{Counts, Held};
use super::{Plan, Task, held_on, queries};
use crate::access::{Action, Actor};
use crate::db::Conn;
use crate::db::ids::{PlanId, TaskId, UnitId};

/// The tasks of one plan, each with each unit that holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    pub plan: Plan,
    pub counts: Counts,
}

/// The plans in force on `day` whose units the actor reads all of, each with the states of its tasks; those without a task
/// left out, the most overdue first. Twelve queries.
///
/// # Errors
/// The query's own.
pub fn in_force(conn: &mut Conn, actor: &Actor, day: NaiveDate) -> diesel::QueryResult<Vec<Progress>> {
    let mut provinces: Vec<UnitId> = actor.scope().overseen_provinces;
    for m in actor.memberships.iter().filter(|m| m.role.may(Action::Compile)) {
        provinces.extend(&m.province_reach);
    }
    let mut plans = queries::of_provinces(conn, &provinces)?;
    plans.retain(|plan| plan.in_force(day));
    let ids: Vec<PlanId> = plans.iter().map(|plan| plan.id).collect();
    let keepers = queries::keepers_of(conn, &ids)?;
    plans.retain(|plan| {
        let keepers = keepers.get(&plan.id).map(Vec::as_slice).unwrap_or_default();
        Sight::of(actor, plan, keepers).is_all()
    });
    let ids: Vec<PlanId> = plans.iter().map(|plan| plan.id).collect();
    let tasks = queries::tasks_of(conn, &ids)?;
    let assignments = queries::assignments_of(conn, &ids)?;
    let landscape = queries::answering(conn, &assignments, day)?;
    let mut by_plan: HashMap<PlanId, Vec<&Task>> = HashMap::new();
    for task in &tasks {
        by_plan.entry(task.plan_id).or_default().push(task);
    }
    let plan_of: HashMap<TaskId, PlanId> = tasks.iter().map(|task| (task.id, task.plan_id)).collect();
    let held_of = |plan: &Plan| {
        let tasks = by_plan.get(&plan.id).into_iter().flatten().copied();
        held_on(tasks, &assignments, &landscape, plan.province_id, day)
    };
    let held: Vec<Held> = plans.iter().flat_map(held_of).collect();
    let records = queries::records(conn, &held, day)?;
    let mut counts: HashMap<PlanId, Counts> = HashMap::new();
    for one in &held {
        if let Some(plan) = plan_of.get(&one.task) {
            counts.entry(*plan).or_default().add(records.state(one, day));
        }
    }
    let mut found: Vec<Progress> = plans
        .into_iter()
        .filter_map(|plan| counts.remove(&plan.id).map(|counts| Progress { plan, counts }))
        .collect();
    found.sort_by_key(|one| std::cmp::Reverse(one.counts.of(super::state::TaskState::Overdue)));
    Ok(found)
}
