//! Who holds which task on a day. Stands between the documents, which name a body or a function, and the
//! units that answer for the work after every reorganisation.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::super::{HeldTask, Mode, Part, reading_order};
use crate::db::Conn;
use crate::db::ids::{ClauseId, FunctionId, PlanId, TaskId, UnitId};
use crate::db::schema::{assignments, clauses, function_holders, plans, tasks};

#[derive(Queryable)]
struct Row {
    task_id: TaskId,
    plan_id: PlanId,
    clause_id: ClauseId,
    clause_path: String,
    text: String,
    target: String,
    due_on: Option<NaiveDate>,
    position: i32,
    withdrawn_on: Option<NaiveDate>,
    unit_id: Option<UnitId>,
    function_id: Option<FunctionId>,
    part: String,
    mode: String,
}

/// The tasks that `units` hold on `day`, of the plans then in force (of `plans` only, when given): ordered by
/// plan, place of the clause in the document, place of the task; once per task and unit, the lead part winning.
///
/// An assignment that carries a function is held by the function's holder of that day in the plan's province,
/// whichever body it names; where nobody is recorded as holder, by the body it names. An assignment to a body
/// alone is held by that body: to have a successor hold it too, pass the predecessors that have ended by `day`
/// among `units`, as `Membership::reach` does for today. A task is no longer held from the day it was withdrawn.
/// Five queries at most.
///
/// # Errors
/// The query's own.
pub fn tasks_held(
    conn: &mut Conn,
    units: &[UnitId],
    day: NaiveDate,
    plans: Option<&[PlanId]>,
) -> QueryResult<Vec<HeldTask>> {
    let in_force: HashMap<PlanId, (UnitId, String)> = plans::table
        .filter(plans::valid_from.is_null().or(plans::valid_from.le(day)))
        .filter(plans::valid_to.is_null().or(plans::valid_to.ge(day)))
        .select((plans::id, plans::province_id, plans::short_name))
        .load::<(PlanId, UnitId, String)>(conn)?
        .into_iter()
        .filter(|(id, ..)| plans.is_none_or(|only| only.contains(id)))
        .map(|(id, province, name)| (id, (province, name)))
        .collect();
    let held_functions: Vec<FunctionId> = function_holders::table
        .filter(function_holders::unit_id.eq_any(units))
        .filter(function_holders::valid_from.is_null().or(function_holders::valid_from.le(day)))
        .filter(function_holders::valid_to.is_null().or(function_holders::valid_to.ge(day)))
        .select(function_holders::function_id)
        .load(conn)?;
    let rows: Vec<Row> = assignments::table
        .inner_join(tasks::table.inner_join(clauses::table))
        .filter(tasks::plan_id.eq_any(in_force.keys().copied().collect::<Vec<_>>()))
        .filter(assignments::unit_id.eq_any(units).or(assignments::function_id.eq_any(held_functions)))
        .filter(assignments::valid_from.is_null().or(assignments::valid_from.le(day)))
        .filter(assignments::valid_to.is_null().or(assignments::valid_to.ge(day)))
        .select((
            tasks::id,
            tasks::plan_id,
            clauses::id,
            clauses::path,
            tasks::text,
            tasks::target,
            tasks::due_on,
            tasks::position,
            tasks::withdrawn_on,
            assignments::unit_id,
            assignments::function_id,
            assignments::part,
            assignments::mode,
        ))
        .load(conn)?;
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let functions: HashSet<FunctionId> = rows.iter().filter_map(|row| row.function_id).collect();
    let holders = holders_on(conn, &functions.into_iter().collect::<Vec<_>>(), day)?;
    let with_tasks: HashSet<PlanId> = rows.iter().map(|row| row.plan_id).collect();
    let places = clause_places(conn, &with_tasks.into_iter().collect::<Vec<_>>())?;

    let asked: HashSet<UnitId> = units.iter().copied().collect();
    let mut found = Vec::new();
    for row in rows {
        let Some((province, plan_short_name)) = in_force.get(&row.plan_id) else { continue };
        let (Some(part), Some(mode)) = (Part::from_code(&row.part), Mode::from_code(&row.mode)) else {
            continue;
        };
        if row.withdrawn_on.is_some_and(|since| since <= day) {
            continue;
        }
        let by_function = row.function_id.and_then(|function| holders.get(&(function, *province)));
        let named: Vec<UnitId> = row.unit_id.into_iter().collect();
        let answering: &[UnitId] = by_function.map_or(&named, Vec::as_slice);
        let place = places.get(&row.clause_id).copied().unwrap_or(usize::MAX);
        for &unit_id in answering.iter().filter(|unit| asked.contains(unit)) {
            let key = (row.plan_id, place, row.position, row.task_id, unit_id, part);
            found.push((
                key,
                HeldTask {
                    task_id: row.task_id,
                    plan_id: row.plan_id,
                    plan_short_name: plan_short_name.clone(),
                    clause_id: row.clause_id,
                    clause_path: row.clause_path.clone(),
                    text: row.text.clone(),
                    target: row.target.clone(),
                    due_on: row.due_on,
                    part,
                    mode,
                    unit_id,
                },
            ));
        }
    }
    // A body named as lead and again within a group holds the task once, as lead.
    found.sort_by_key(|(key, _)| *key);
    let mut held: Vec<HeldTask> = found.into_iter().map(|(_, task)| task).collect();
    held.dedup_by_key(|task| (task.task_id, task.unit_id));
    Ok(held)
}

/// Who holds some functions on `day`, by function and province. One query.
fn holders_on(
    conn: &mut Conn,
    functions: &[FunctionId],
    day: NaiveDate,
) -> QueryResult<HashMap<(FunctionId, UnitId), Vec<UnitId>>> {
    let mut holders: HashMap<(FunctionId, UnitId), Vec<UnitId>> = HashMap::new();
    for (function, province, unit) in function_holders::table
        .filter(function_holders::function_id.eq_any(functions))
        .filter(function_holders::valid_from.is_null().or(function_holders::valid_from.le(day)))
        .filter(function_holders::valid_to.is_null().or(function_holders::valid_to.ge(day)))
        .order(function_holders::id)
        .select((function_holders::function_id, function_holders::province_id, function_holders::unit_id))
        .load::<(FunctionId, UnitId, UnitId)>(conn)?
    {
        holders.entry((function, province)).or_default().push(unit);
    }
    Ok(holders)
}

/// The place of each clause when some plans are read from top to bottom. One query.
fn clause_places(conn: &mut Conn, plans: &[PlanId]) -> QueryResult<HashMap<ClauseId, usize>> {
    type Node = (ClauseId, Option<ClauseId>);
    let nodes: Vec<Node> = clauses::table
        .filter(clauses::plan_id.eq_any(plans))
        .order((clauses::plan_id, clauses::position, clauses::id))
        .select((clauses::id, clauses::parent_id))
        .load(conn)?;
    Ok(reading_order(&nodes).into_iter().enumerate().map(|(place, (id, _))| (id, place)).collect())
}
