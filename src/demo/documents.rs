//! Plans: clauses as a tree, tasks on clauses, who holds them. Groups ("districts") are read as
//! they stood on the plan's day, and the assignment remembers that the document named a group.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Deserialize;

use super::files::{Day, FILES, document, fault};
use super::known::{Known, find, province_of, uid};
use super::legal_bases;
use crate::db::Conn;
use crate::db::ids::{ClauseId, FunctionId, LegalBasisId, PlanId, TaskId, UnitId};
use crate::db::schema::{assignments, clauses, plan_legal_bases, plans, tasks};
use crate::error::Error;
use crate::plans::DEEPEST;
use crate::{on_each, vietnamese};

/// The groups a document may name, and the kind of unit each means.
const GROUPS: [(&str, &str); 4] = [
    ("departments", "department"),
    ("districts", "district"),
    ("mass_orgs", "mass_org"),
    ("culture_centres", "culture_centre"),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanFile {
    code: String,
    kind: String,
    number: String,
    symbol: String,
    date: PartialDate,
    place: String,
    issuer: String,
    superior: String,
    subject: String,
    short_name: String,
    citation: String,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
    groups_on: Day,
    legal_bases: Vec<String>,
    signatory: Signatory,
    clauses: Vec<Clause>,
    tasks: Vec<Task>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PartialDate {
    year: i32,
    month: Option<i32>,
    day: Option<i32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Signatory {
    capacity: String,
    title: String,
    name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Clause {
    path: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Task {
    code: String,
    clause: String,
    text: String,
    #[serde(default)]
    target: String,
    due: Option<Day>,
    function: Option<String>,
    assignments: Vec<Assignment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Assignment {
    unit: Option<String>,
    group: Option<String>,
    role: String,
    mode: String,
}

/// Loads the legal bases, and every plan under plans/, which rests on them.
pub fn load(conn: &mut Conn, known: &mut Known) -> Result<(), Error> {
    let bases = legal_bases::load(conn)?;
    for (file, _) in FILES.iter().filter(|(path, _)| path.starts_with("plans/")) {
        load_plan(conn, known, &bases, file)?;
    }
    Ok(())
}

fn load_plan(
    conn: &mut Conn,
    known: &mut Known,
    bases: &HashMap<String, LegalBasisId>,
    file: &str,
) -> Result<(), Error> {
    let plan: PlanFile = document(file)?;
    let issuer = known.unit(file, &plan.issuer)?;
    let province = province_of(&plan.issuer).to_owned();
    let on = plan.groups_on.0;
    let issuer_name = known
        .version_on(issuer, on)
        .map(|v| v.name.clone())
        .ok_or_else(|| fault(file, format!("{} did not exist on {on}", plan.issuer)))?;
    let key = vietnamese::search_key(&format!(
        "{} {} {} {}",
        plan.number, plan.symbol, plan.subject, plan.short_name
    ));
    let id: PlanId = on_each!(conn, |c| diesel::insert_into(plans::table)
        .values((
            plans::uid.eq(uid("plan", &plan.code)),
            plans::province_id.eq(known.unit(file, &province)?),
            plans::issuer_unit_id.eq(issuer),
            plans::issuer.eq(&issuer_name),
            plans::superior.eq(&plan.superior),
            plans::kind.eq(&plan.kind),
            plans::number.eq(&plan.number),
            plans::symbol.eq(&plan.symbol),
            plans::place.eq(&plan.place),
            plans::issued_year.eq(plan.date.year),
            plans::issued_month.eq(plan.date.month),
            plans::issued_day.eq(plan.date.day),
            plans::subject.eq(&plan.subject),
            plans::short_name.eq(&plan.short_name),
            plans::search_key.eq(&key),
            plans::signatory_capacity.eq(&plan.signatory.capacity),
            plans::signatory_title.eq(&plan.signatory.title),
            plans::signatory_name.eq(&plan.signatory.name),
            plans::valid_from.eq(plan.valid_from.map(|d| d.0)),
            plans::valid_to.eq(plan.valid_to.map(|d| d.0)),
        ))
        .returning(plans::id)
        .get_result(c))?;
    for (position, code) in (1..).zip(&plan.legal_bases) {
        diesel::insert_into(plan_legal_bases::table)
            .values((
                plan_legal_bases::plan_id.eq(id),
                plan_legal_bases::legal_basis_id.eq(find(bases, file, "legal basis", code)?),
                plan_legal_bases::position.eq(position),
            ))
            .execute(conn)?;
    }
    let clause_ids = load_clauses(conn, id, file, &plan.clauses)?;
    for (position, task) in (1..).zip(&plan.tasks) {
        let clause = find(&clause_ids, file, "clause", &task.clause)?;
        let task_id = insert_task(conn, id, clause, position, task)?;
        for assignment in &task.assignments {
            for holder in holders(known, file, &province, on, task, assignment)? {
                insert_assignment(conn, file, task_id, assignment, &holder)?;
            }
        }
        known.tasks.insert(task.code.clone(), task_id);
    }
    known.citations.insert(id, (plan.valid_from.map(|d| d.0), plan.citation));
    known.plans.insert(plan.code, id);
    Ok(())
}

fn load_clauses(
    conn: &mut Conn,
    plan: PlanId,
    file: &str,
    rows: &[Clause],
) -> Result<HashMap<String, ClauseId>, Error> {
    let mut ids: HashMap<String, ClauseId> = HashMap::new();
    for (position, clause) in (1..).zip(rows) {
        if clause.path.split('.').count() > DEEPEST {
            return Err(fault(
                file,
                format!("{}: a plan has {DEEPEST} levels of clauses at most", clause.path),
            ));
        }
        let (parent, label) = match clause.path.rsplit_once('.') {
            Some((parent, label)) => (Some(find(&ids, file, "clause", parent)?), label),
            None => (None, clause.path.as_str()),
        };
        let id = on_each!(conn, |c| diesel::insert_into(clauses::table)
            .values((
                clauses::plan_id.eq(plan),
                clauses::parent_id.eq(parent),
                clauses::position.eq(position),
                clauses::label.eq(label),
                clauses::path.eq(&clause.path),
                clauses::title.eq(&clause.title),
                clauses::body.eq(&clause.text),
            ))
            .returning(clauses::id)
            .get_result(c))?;
        ids.insert(clause.path.clone(), id);
    }
    Ok(ids)
}

/// A unit or group as the document names it, resolved.
struct Holder {
    unit: UnitId,
    function: Option<FunctionId>,
    group_kind: Option<&'static str>,
}

fn insert_task(
    conn: &mut Conn,
    plan: PlanId,
    clause: ClauseId,
    position: i32,
    task: &Task,
) -> Result<TaskId, Error> {
    Ok(on_each!(conn, |c| diesel::insert_into(tasks::table)
        .values((
            tasks::uid.eq(uid("task", &task.code)),
            tasks::plan_id.eq(plan),
            tasks::clause_id.eq(clause),
            tasks::position.eq(position),
            tasks::text.eq(&task.text),
            tasks::search_key.eq(vietnamese::search_key(&task.text)),
            tasks::target.eq(&task.target),
            tasks::due_on.eq(task.due.map(|d| d.0)),
        ))
        .returning(tasks::id)
        .get_result(c))?)
}

/// The units an assignment names. The work follows the function only where the document gives it to one body:
/// what several bodies do side by side stays with each of them.
fn holders(
    known: &Known,
    file: &str,
    province: &str,
    on: NaiveDate,
    task: &Task,
    assignment: &Assignment,
) -> Result<Vec<Holder>, Error> {
    let leads = task.assignments.iter().filter(|a| a.role == "lead").count();
    match (&assignment.unit, &assignment.group) {
        (Some(code), None) => {
            let follows = assignment.role == "lead" && leads == 1;
            let function = task.function.as_deref().filter(|_| follows);
            let function = function.map(|f| known.function(file, f)).transpose()?;
            Ok(vec![Holder { unit: known.unit(file, code)?, function, group_kind: None }])
        }
        (None, Some(group)) => {
            let kind = GROUPS
                .iter()
                .find(|(name, _)| name == group)
                .map(|(_, kind)| *kind)
                .ok_or_else(|| fault(file, format!("{}: unknown group {group}", task.code)))?;
            // A body named on its own is not named again by its group.
            let named: Vec<UnitId> = task
                .assignments
                .iter()
                .filter_map(|a| a.unit.as_deref())
                .map(|code| known.unit(file, code))
                .collect::<Result<_, _>>()?;
            Ok(known
                .of_kind_on(province, kind, on)
                .into_iter()
                .filter(|unit| !named.contains(unit))
                .map(|unit| Holder { unit, function: None, group_kind: Some(kind) })
                .collect())
        }
        _ => Err(fault(file, format!("{}: an assignment names a unit or a group", task.code))),
    }
}

fn insert_assignment(
    conn: &mut Conn,
    file: &str,
    task: TaskId,
    assignment: &Assignment,
    holder: &Holder,
) -> Result<(), Error> {
    diesel::insert_into(assignments::table)
        .values((
            assignments::task_id.eq(task),
            assignments::unit_id.eq(holder.unit),
            assignments::function_id.eq(holder.function),
            assignments::group_kind.eq(holder.group_kind),
            assignments::part.eq(&assignment.role),
            assignments::mode.eq(mode_code(file, &assignment.mode)?),
        ))
        .execute(conn)?;
    Ok(())
}

/// The stored code of "giao" or "đề nghị".
pub fn mode_code(file: &str, word: &str) -> Result<&'static str, Error> {
    match word {
        "giao" => Ok("assign"),
        "đề nghị" => Ok("request"),
        other => Err(fault(file, format!("\"{other}\" is neither giao nor đề nghị"))),
    }
}
