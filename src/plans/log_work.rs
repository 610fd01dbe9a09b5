//! Noting work done for a task: by an officer or leader of a unit that holds it today, under that unit's name.

use serde_json::{Value, json};

use super::edit::editor_among;
use super::entry_form::EntryFacts;
use super::photos::{self, PhotoChanges};
use super::queries::{self, Entry, NewEntry};
use super::{HeldTask, Plan, Task, counted};
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

/// Whether the actor reads every unit's work for a plan: who keeps it, collects for it or oversees its province.
pub fn reads_all(actor: &Actor, plan: &Plan, keepers: &[UnitId]) -> bool {
    editor_among(actor, plan.province_id, keepers).is_some()
        || actor.scope().overseen_provinces.contains(&plan.province_id)
}

/// An entry the actor reads: of their own units, or anybody's where they read all.
///
/// # Errors
/// `NotFound` for every other one.
pub fn readable(conn: &mut Conn, actor: &Actor, id: TaskEntryId) -> Result<Entry, Error> {
    let entry = queries::any_entry(conn, id)?;
    if units_that_log(actor).contains(&entry.unit_id) {
        return Ok(entry);
    }
    let (plan, _) = visible(conn, actor, entry.task_id)?;
    let keepers = queries::keepers(conn, plan.id)?;
    if reads_all(actor, &plan, &keepers) { Ok(entry) } else { Err(Error::NotFound) }
}

/// Notes work done.
///
/// # Errors
/// `NotFound` outside the actor's provinces, `Forbidden` when none of their units holds the task today,
/// `Invalid` when the day lies before the plan's year, for an indicator the unit is not asked, and for pictures that are not taken.
pub fn log(
    conn: &mut Conn,
    actor: &Actor,
    id: TaskId,
    facts: &EntryFacts,
    pictures: &PhotoChanges,
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
    let mut facts = facts.clone();
    let offered = match facts.indicator {
        Some(_) => queries::countable(conn, &[membership.unit_id], moment.today)?,
        None => vec![],
    };
    let indicator = counted::settle(&mut facts, &offered, &mut problems);
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
        indicator_id: facts.indicator,
        platform: facts.platform_code(),
        link_title: facts.link_title.clone(),
        reach: facts.reach,
        url_key: facts.url_key(),
    };
    let entry = queries::add_entry(conn, &row)?;
    let (_, shown) = photos::change(conn, (actor, membership), membership.unit_id, entry, pictures, moment)?;
    let mut after = said_of(&facts, &indicator, &shown);
    after["task"] = json!(id);
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

/// What an entry says, for the log of steps.
pub(super) fn said_of(facts: &EntryFacts, indicator: &str, photos: &[String]) -> Value {
    json!({
        "done_on": facts.done_on, "text": facts.text, "quantity": facts.quantity,
        "measure_unit": facts.measure_unit, "link": facts.link, "indicator": indicator,
        "platform": facts.platform_code(), "link_title": facts.link_title, "reach": facts.reach, "photos": photos,
    })
}
