//! Noting work done for a task: by an officer or leader of a unit that holds it today, under that unit's name.

use serde_json::json;

use super::entry_form::EntryFacts;
use super::queries::{self, NewEntry};
use super::{HeldTask, Plan, Task};
use crate::access::{Action, Actor, Membership};
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{TaskEntryId, TaskId, UnitId};
use crate::error::{Error, Problems};

/// A task with its plan, when the actor's province has it.
///
/// # Errors
/// `NotFound` when there is none, or when it belongs to another province.
pub fn visible(conn: &mut Conn, actor: &Actor, id: TaskId) -> Result<(Plan, Task), Error> {
    let task = queries::task(conn, id)?;
    let plan = queries::find(conn, &actor.scope().provinces, task.plan_id)?;
    Ok((plan, task))
}

/// The memberships under which the actor may note work for a task now, lead part first; one per unit.
///
/// # Errors
/// The query's own.
pub fn under<'a>(
    conn: &mut Conn,
    actor: &'a Actor,
    task: &Task,
    moment: Moment,
) -> Result<Vec<&'a Membership>, Error> {
    let own = units_that_log(actor);
    let mut held: Vec<HeldTask> = queries::tasks_held(conn, &own, moment.today, Some(&[task.plan_id]))?
        .into_iter()
        .filter(|held| held.task_id == task.id)
        .collect();
    held.sort_by_key(|held| held.part);
    let mut found: Vec<&Membership> = Vec::new();
    for membership in held.iter().filter_map(|held| actor.for_unit(held.unit_id, Action::LogWork)) {
        if found.iter().all(|m| m.unit_id != membership.unit_id) {
            found.push(membership);
        }
    }
    Ok(found)
}

/// The units, predecessors included, for which the actor notes work.
pub fn units_that_log(actor: &Actor) -> Vec<UnitId> {
    let mut own: Vec<UnitId> = actor
        .memberships
        .iter()
        .filter(|m| m.role.may(Action::LogWork))
        .flat_map(|m| m.reach.iter().copied())
        .collect();
    own.sort_unstable();
    own.dedup();
    own
}

/// As [`under`], the first of them by itself.
///
/// # Errors
/// `Forbidden` when none of the actor's units holds the task today.
pub fn may_log<'a>(
    conn: &mut Conn,
    actor: &'a Actor,
    task: &Task,
    moment: Moment,
) -> Result<(&'a Membership, Vec<&'a Membership>), Error> {
    let memberships = under(conn, actor, task, moment)?;
    let first = memberships.first().copied().ok_or_else(|| {
        Error::Forbidden(
            "Chỉ cán bộ đầu mối, lãnh đạo của đơn vị đang giữ nhiệm vụ này ghi được công việc đã thực hiện."
                .into(),
        )
    })?;
    Ok((first, memberships))
}

/// Notes work done.
///
/// # Errors
/// `NotFound` outside the actor's provinces, `Forbidden` when none of their units holds the task today,
/// `Invalid` when the day lies before the plan's year.
pub fn log(
    conn: &mut Conn,
    actor: &Actor,
    id: TaskId,
    facts: &EntryFacts,
    moment: Moment,
) -> Result<TaskEntryId, Error> {
    let (plan, task) = visible(conn, actor, id)?;
    let (first, memberships) = may_log(conn, actor, &task, moment)?;
    let mut problems = Problems::default();
    let membership = match facts.unit {
        None => first,
        Some(unit) => memberships.iter().copied().find(|m| m.unit_id == unit).unwrap_or_else(|| {
            problems.add("unit", "Chọn một đơn vị đang giữ nhiệm vụ này.");
            first
        }),
    };
    if facts.done_on < plan.year_begins() {
        problems.add(
            "done_on",
            format!("Kế hoạch ban hành năm {}; ngày thực hiện không thể trước năm đó.", plan.issued_year),
        );
    }
    problems.or(())?;
    let row = NewEntry {
        uid: uuid::Uuid::now_v7().to_string(),
        task_id: id,
        unit_id: membership.unit_id,
        done_on: facts.done_on,
        text: facts.text.clone(),
        quantity: facts.quantity,
        measure_unit: facts.measure_unit.clone(),
        link: facts.link.clone(),
        membership_id: membership.id,
        actor_name: actor.full_name.clone(),
        actor_title: membership.title.clone(),
        recorded_at: moment.at,
    };
    let entry = queries::add_entry(conn, &row)?;
    let after = json!({
        "task": id, "done_on": facts.done_on, "text": facts.text, "quantity": facts.quantity,
        "measure_unit": facts.measure_unit, "link": facts.link,
    });
    let step = Step {
        action: "task_entry.add",
        subject_kind: "task_entry",
        subject_id: Some(entry.0),
        subject_label: &task.text,
        unit_id: Some(membership.unit_id),
        before: None,
        after: Some(after),
    };
    audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?;
    Ok(entry)
}
