//! Giving tasks: a task on a clause and those who hold it. A group is written down member by member, as it stood
//! on the plan's day; a task somebody has worked on is withdrawn with a date and never deleted, and who held a task
//! before a change still held it then.

use std::collections::HashSet;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::edit::Editor;
use super::queries::{self, NewAssignment, NewTask};
use super::task_form::{TaskFacts, Who};
use super::{Assignment, Changeover, Mode, Part, Plan};
use crate::db::Conn;
use crate::db::ids::{ClauseId, FunctionId, PlanId, TaskId, UnitId};
use crate::error::{Error, Problems};
use crate::units::{self, UnitOn};
use crate::vietnamese;

/// One assignment without its row: what makes two of them the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Named {
    unit: Option<UnitId>,
    function: Option<FunctionId>,
    group: Option<String>,
    part: Part,
    mode: Mode,
}

/// Adds a task to a clause.
///
/// # Errors
/// As [`Editor::claim`]; `Invalid` when a row names what the plan's province does not have.
pub fn add(
    conn: &mut Conn,
    editor: Editor<'_>,
    clause: ClauseId,
    facts: &TaskFacts,
) -> Result<(PlanId, TaskId), Error> {
    let clause = queries::clause(conn, clause)?;
    let day = editor.moment.today;
    let edit = editor.claim(conn, clause.plan_id)?;
    let clause_id = clause_of(conn, &edit.plan, facts)?;
    let wanted = named(conn, &edit.plan, facts, &[])?;
    let last = queries::tasks_of(conn, &[edit.plan.id])?
        .iter()
        .filter(|task| task.clause_id == clause_id)
        .map(|task| task.position)
        .max()
        .unwrap_or(0);
    let row = NewTask {
        uid: uuid::Uuid::now_v7().to_string(),
        plan_id: edit.plan.id,
        clause_id,
        position: last.saturating_add(1),
        text: facts.text.clone(),
        search_key: vietnamese::search_key(&facts.text),
        target: facts.target.clone(),
        due_on: facts.due_on,
    };
    let id = queries::add_task(conn, &row)?;
    write_new(conn, id, &wanted, None, edit.plan.day_shown(day))?;
    let after = state(facts, &wanted);
    edit.record(conn, "task.add", ("task", id.0, &facts.text), (None, Some(after)))?;
    Ok((edit.plan.id, id))
}

/// Changes a task, its clause and its holders: assignments that stay keep their rows and dates, the others are closed
/// and opened on the day of the change, which for a plan that is over is its last one.
///
/// # Errors
/// As [`add`].
pub fn save(conn: &mut Conn, editor: Editor<'_>, id: TaskId, facts: &TaskFacts) -> Result<PlanId, Error> {
    let task = queries::task(conn, id)?;
    let today = editor.moment.today;
    let edit = editor.claim(conn, task.plan_id)?;
    let day = edit.plan.day_shown(today);
    let clause_id = clause_of(conn, &edit.plan, facts)?;
    let rows: Vec<Assignment> =
        queries::assignments_of(conn, &[task.plan_id])?.into_iter().filter(|a| a.task_id == id).collect();
    let existing: Vec<Assignment> = rows.iter().filter(|row| row.holds_on(day)).cloned().collect();
    let wanted = named(conn, &edit.plan, facts, &existing)?;
    let had: HashSet<Named> = existing.iter().map(Named::of).collect();
    let keep: HashSet<&Named> = wanted.iter().collect();
    let change = Changeover::on(day, &rows, |row| keep.contains(&Named::of(row)));
    queries::put_task(conn, id, clause_id, facts)?;
    queries::remove_assignments(conn, &change.remove)?;
    if let Some(last) = day.pred_opt() {
        queries::close_assignments(conn, &change.close, last)?;
    }
    let new: Vec<Named> = wanted.iter().filter(|named| !had.contains(named)).cloned().collect();
    write_new(conn, id, &new, change.from, day)?;
    let before_facts = TaskFacts {
        clause: task.clause_id,
        text: task.text,
        target: task.target,
        due_on: task.due_on,
        holders: vec![],
    };
    let before = state(&before_facts, &existing.iter().map(Named::of).collect::<Vec<_>>());
    let states = (Some(before), Some(state(facts, &wanted)));
    edit.record(conn, "task.edit", ("task", id.0, &facts.text), states)?;
    Ok(edit.plan.id)
}

/// Takes a task back. Without any work noted or reported it is removed; otherwise it is withdrawn from `day` on.
///
/// # Errors
/// As [`Editor::claim`]; `Invalid` when a day is needed and missing, or lies before the plan.
pub fn withdraw(
    conn: &mut Conn,
    editor: Editor<'_>,
    id: TaskId,
    day: Option<NaiveDate>,
) -> Result<PlanId, Error> {
    let task = queries::task(conn, id)?;
    let edit = editor.claim(conn, task.plan_id)?;
    let before = Some(json!({ "text": task.text, "withdrawn_on": task.withdrawn_on }));
    if !queries::has_history(conn, id)? {
        queries::remove_task(conn, id)?;
        edit.record(conn, "task.remove", ("task", id.0, &task.text), (before, None))?;
        return Ok(edit.plan.id);
    }
    let mut problems = Problems::default();
    match day {
        None => problems.add("withdrawn_on", "Nhập ngày thôi giao nhiệm vụ."),
        Some(day) if day < edit.plan.year_begins() => {
            problems.add("withdrawn_on", "Ngày thôi giao không thể trước năm ban hành kế hoạch.");
        }
        Some(_) => {}
    }
    let day = problems.or(day)?.unwrap_or_default();
    queries::put_withdrawal(conn, id, day)?;
    let after = Some(json!({ "text": task.text, "withdrawn_on": day }));
    edit.record(conn, "task.withdraw", ("task", id.0, &task.text), (before, after))?;
    Ok(edit.plan.id)
}

/// The clause the task is to stand on, which must be of the same plan.
fn clause_of(conn: &mut Conn, plan: &Plan, facts: &TaskFacts) -> Result<ClauseId, Error> {
    let mut problems = Problems::default();
    if queries::clauses_of(conn, plan.id)?.iter().all(|clause| clause.id != facts.clause) {
        problems.add("clause", "Chọn mục của kế hoạch.");
    }
    problems.or(facts.clause)
}

/// The rows as assignments. A group the task already has keeps its members; a new one is read on the plan's day.
fn named(
    conn: &mut Conn,
    plan: &Plan,
    facts: &TaskFacts,
    existing: &[Assignment],
) -> Result<Vec<Named>, Error> {
    let members = units::queries::of_province(conn, plan.province_id, plan.reading_day())?;
    let functions = queries::all_functions(conn)?;
    let known: HashSet<UnitId> =
        members.iter().map(|u| u.id).chain(existing.iter().filter_map(|a| a.unit_id)).collect();
    let mut problems = Problems::default();
    let mut found: Vec<Named> = Vec::new();
    for holder in &facts.holders {
        let at = format!("who_{}", holder.row);
        let base = Named {
            unit: None,
            function: holder.function,
            group: None,
            part: holder.part,
            mode: holder.mode,
        };
        if holder.function.is_some_and(|f| functions.iter().all(|(id, _)| *id != f)) {
            problems.add(&at, "Chọn chức năng trong danh sách.");
            continue;
        }
        match &holder.who {
            Some(Who::Unit(unit)) if known.contains(unit) => {
                found.push(Named { unit: Some(*unit), ..base });
            }
            Some(Who::Unit(_)) => problems.add(&at, "Chọn đơn vị của tỉnh trong danh sách."),
            Some(Who::Group(kind)) => {
                let units = group_members(kind, &members, existing);
                if units.is_empty() {
                    problems.add(&at, "Không có đơn vị nào thuộc nhóm này vào ngày của kế hoạch.");
                }
                // A body named on its own is not named again by its group.
                let alone = |unit: &UnitId| facts.holders.iter().any(|h| h.who == Some(Who::Unit(*unit)));
                let each = |unit| Named { unit: Some(unit), group: Some(kind.clone()), ..base.clone() };
                found.extend(units.into_iter().filter(|unit| !alone(unit)).map(each));
            }
            None => found.push(base),
        }
    }
    problems.or(found)
}

fn group_members(kind: &str, members: &[UnitOn], existing: &[Assignment]) -> Vec<UnitId> {
    let before: Vec<UnitId> =
        existing.iter().filter(|a| a.group_kind.as_deref() == Some(kind)).filter_map(|a| a.unit_id).collect();
    if before.is_empty() {
        members.iter().filter(|unit| unit.kind_code == kind).map(|unit| unit.id).collect()
    } else {
        before
    }
}

fn write_new(
    conn: &mut Conn,
    task_id: TaskId,
    all: &[Named],
    valid_from: Option<NaiveDate>,
    recorded_on: NaiveDate,
) -> Result<(), Error> {
    let rows: Vec<NewAssignment> = all
        .iter()
        .map(|named| NewAssignment {
            task_id,
            unit_id: named.unit,
            function_id: named.function,
            group_kind: named.group.clone(),
            part: named.part.code(),
            mode: named.mode.code(),
            valid_from,
            recorded_on: Some(recorded_on),
        })
        .collect();
    queries::add_assignments(conn, &rows)?;
    Ok(())
}

/// A task for the audit row.
fn state(facts: &TaskFacts, named: &[Named]) -> Value {
    let holders: Vec<Value> = named
        .iter()
        .map(|n| {
            json!({
                "unit": n.unit, "function": n.function, "group": n.group,
                "part": n.part.code(), "mode": n.mode.code(),
            })
        })
        .collect();
    json!({
        "clause": facts.clause, "text": facts.text, "target": facts.target,
        "due_on": facts.due_on, "holders": holders,
    })
}

impl Named {
    fn of(a: &Assignment) -> Named {
        Named {
            unit: a.unit_id,
            function: a.function_id,
            group: a.group_kind.clone(),
            part: a.part,
            mode: a.mode,
        }
    }
}
