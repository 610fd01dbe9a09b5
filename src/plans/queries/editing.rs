//! The writes behind editing a plan. Every verb first claims the plan's version, then writes with these.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::{AssignmentId, ClauseId, FunctionId, LegalBasisId, PlanId, TaskId, UnitId};
use crate::db::schema::{
    assignments, brought_links, clauses, draft_task_results, legal_bases, plan_legal_bases, plans,
    revision_task_results, task_entries, tasks, unit_kinds,
};
use crate::on_each;

/// The columns of a plan that are typed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, Insertable, AsChangeset)]
#[diesel(table_name = plans)]
#[diesel(treat_none_as_null = true)]
pub struct PlanColumns {
    pub issuer_unit_id: Option<UnitId>,
    pub issuer: String,
    pub superior: String,
    pub kind: String,
    pub number: String,
    pub symbol: String,
    pub place: String,
    pub issued_year: i32,
    pub issued_month: Option<i32>,
    pub issued_day: Option<i32>,
    pub subject: String,
    pub short_name: String,
    pub search_key: String,
    pub signatory_capacity: String,
    pub signatory_title: String,
    pub signatory_name: String,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
}

#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = clauses)]
pub struct NewClause {
    pub plan_id: PlanId,
    pub parent_id: Option<ClauseId>,
    pub position: i32,
    pub label: String,
    pub path: String,
    pub title: String,
    pub body: String,
}

#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = tasks)]
pub struct NewTask {
    pub uid: String,
    pub plan_id: PlanId,
    pub clause_id: ClauseId,
    pub position: i32,
    pub text: String,
    pub search_key: String,
    pub target: String,
    pub due_on: Option<NaiveDate>,
}

#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = assignments)]
pub struct NewAssignment {
    pub task_id: TaskId,
    pub unit_id: Option<UnitId>,
    pub function_id: Option<FunctionId>,
    pub group_kind: Option<String>,
    pub part: &'static str,
    pub mode: &'static str,
    pub valid_from: Option<NaiveDate>,
    pub recorded_on: Option<NaiveDate>,
}

/// Takes the plan's next version. `false` when somebody else took it first.
///
/// # Errors
/// The query's own.
pub fn claim(conn: &mut Conn, plan: PlanId, version: i32) -> QueryResult<bool> {
    let claimed = diesel::update(plans::table.filter(plans::id.eq(plan)).filter(plans::version.eq(version)))
        .set(plans::version.eq(version.saturating_add(1)))
        .execute(conn)?;
    Ok(claimed == 1)
}

pub fn add_plan(conn: &mut Conn, uid: &str, province: UnitId, columns: &PlanColumns) -> QueryResult<PlanId> {
    let key = (plans::uid.eq(uid), plans::province_id.eq(province));
    on_each!(conn, |c| diesel::insert_into(plans::table)
        .values((key, columns))
        .returning(plans::id)
        .get_result(c))
}

pub fn put_plan(conn: &mut Conn, plan: PlanId, columns: &PlanColumns) -> QueryResult<usize> {
    diesel::update(plans::table.find(plan)).set(columns).execute(conn)
}

/// The plan rests on these documents, in this order, and no others.
pub fn put_bases(conn: &mut Conn, plan: PlanId, bases: &[LegalBasisId]) -> QueryResult<()> {
    diesel::delete(plan_legal_bases::table.filter(plan_legal_bases::plan_id.eq(plan))).execute(conn)?;
    let rows: Vec<_> = (1_i32..)
        .zip(bases)
        .map(|(position, basis)| {
            (
                plan_legal_bases::plan_id.eq(plan),
                plan_legal_bases::legal_basis_id.eq(*basis),
                plan_legal_bases::position.eq(position),
            )
        })
        .collect();
    on_each!(conn, |c| diesel::insert_into(plan_legal_bases::table).values(&rows).execute(c))?;
    Ok(())
}

/// Adds a document to those known; one of the same number, issuer and day that somebody else has just added is the
/// same document, and its id is given back. Two queries at most.
///
/// # Errors
/// The query's own.
pub fn add_basis(conn: &mut Conn, basis: &super::super::form::BasisFacts) -> QueryResult<LegalBasisId> {
    let row = (
        legal_bases::kind.eq(&basis.kind),
        legal_bases::number.eq(&basis.number),
        legal_bases::issued_on.eq(basis.issued_on),
        legal_bases::issuer.eq(&basis.issuer),
        legal_bases::subject.eq(&basis.subject),
        legal_bases::valid_from.eq(basis.valid_from),
        legal_bases::valid_to.eq(basis.valid_to),
    );
    let added: Option<LegalBasisId> = on_each!(conn, |c| diesel::insert_into(legal_bases::table)
        .values(row)
        .on_conflict_do_nothing()
        .returning(legal_bases::id)
        .get_result(c)
        .optional())?;
    if let Some(id) = added {
        return Ok(id);
    }
    let there = legal_bases::table
        .filter(legal_bases::number.eq(&basis.number))
        .filter(legal_bases::issuer.eq(&basis.issuer))
        .into_boxed();
    let there = match basis.issued_on {
        Some(day) => there.filter(legal_bases::issued_on.eq(day)),
        None => there.filter(legal_bases::issued_on.is_null()),
    };
    there.select(legal_bases::id).first(conn)
}

pub fn add_clause(conn: &mut Conn, clause: &NewClause) -> QueryResult<ClauseId> {
    on_each!(conn, |c| diesel::insert_into(clauses::table)
        .values(clause)
        .returning(clauses::id)
        .get_result(c))
}

pub fn put_clause(
    conn: &mut Conn,
    id: ClauseId,
    parent: Option<ClauseId>,
    label: &str,
    title: &str,
    body: &str,
) -> QueryResult<usize> {
    diesel::update(clauses::table.find(id))
        .set((
            clauses::parent_id.eq(parent),
            clauses::label.eq(label),
            clauses::title.eq(title),
            clauses::body.eq(body),
        ))
        .execute(conn)
}

pub fn put_clause_place(conn: &mut Conn, id: ClauseId, position: i32, path: &str) -> QueryResult<usize> {
    diesel::update(clauses::table.find(id))
        .set((clauses::position.eq(position), clauses::path.eq(path)))
        .execute(conn)
}

pub fn remove_clause(conn: &mut Conn, id: ClauseId) -> QueryResult<usize> {
    diesel::delete(clauses::table.find(id)).execute(conn)
}

pub fn add_task(conn: &mut Conn, task: &NewTask) -> QueryResult<TaskId> {
    on_each!(conn, |c| diesel::insert_into(tasks::table).values(task).returning(tasks::id).get_result(c))
}

pub fn put_task(
    conn: &mut Conn,
    id: TaskId,
    clause: ClauseId,
    facts: &super::super::task_form::TaskFacts,
) -> QueryResult<usize> {
    diesel::update(tasks::table.find(id))
        .set((
            tasks::clause_id.eq(clause),
            tasks::text.eq(&facts.text),
            tasks::search_key.eq(crate::vietnamese::search_key(&facts.text)),
            tasks::target.eq(&facts.target),
            tasks::due_on.eq(facts.due_on),
        ))
        .execute(conn)
}

pub fn put_withdrawal(conn: &mut Conn, id: TaskId, day: NaiveDate) -> QueryResult<usize> {
    diesel::update(tasks::table.find(id)).set(tasks::withdrawn_on.eq(day)).execute(conn)
}

/// Removes a task nobody has worked on, with its assignments.
pub fn remove_task(conn: &mut Conn, id: TaskId) -> QueryResult<usize> {
    diesel::delete(assignments::table.filter(assignments::task_id.eq(id))).execute(conn)?;
    diesel::delete(tasks::table.find(id)).execute(conn)
}

/// Whether work was noted for a task, results were written for it in a report, or a unit's plan answers it. Four queries.
///
/// # Errors
/// The query's own.
pub fn has_history(conn: &mut Conn, id: TaskId) -> QueryResult<bool> {
    let entries: i64 = task_entries::table.filter(task_entries::task_id.eq(id)).count().get_result(conn)?;
    let drafted: i64 =
        draft_task_results::table.filter(draft_task_results::task_id.eq(id)).count().get_result(conn)?;
    let sent: i64 = revision_task_results::table
        .filter(revision_task_results::task_id.eq(id))
        .count()
        .get_result(conn)?;
    let planned: i64 = brought_links::table.filter(brought_links::task_id.eq(id)).count().get_result(conn)?;
    Ok(entries + drafted + sent + planned > 0)
}

/// Writes down some assignments. One statement.
///
/// # Errors
/// The query's own.
pub fn add_assignments(conn: &mut Conn, rows: &[NewAssignment]) -> QueryResult<usize> {
    on_each!(conn, |c| diesel::insert_into(assignments::table).values(rows).execute(c))
}

/// Sets the last day of some assignments. One statement.
///
/// # Errors
/// The query's own.
pub fn close_assignments(conn: &mut Conn, ids: &[AssignmentId], last: NaiveDate) -> QueryResult<usize> {
    diesel::update(assignments::table.filter(assignments::id.eq_any(ids)))
        .set(assignments::valid_to.eq(last))
        .execute(conn)
}

pub fn remove_assignments(conn: &mut Conn, ids: &[AssignmentId]) -> QueryResult<usize> {
    diesel::delete(assignments::table.filter(assignments::id.eq_any(ids))).execute(conn)
}

/// The kinds a document can name as a group, as (code, name), in protocol order. One query.
///
/// # Errors
/// The query's own.
pub fn group_kinds(conn: &mut Conn) -> QueryResult<Vec<(String, String)>> {
    unit_kinds::table.order(unit_kinds::position).select((unit_kinds::code, unit_kinds::name)).load(conn)
}
