//! Plans, clauses, tasks, assignments and legal bases as they are read.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::super::{Assignment, Clause, HolderSpan, Landscape, LegalBasis, Mode, Part, Plan, Task};
use crate::db::Conn;
use crate::db::ids::{AssignmentId, ClauseId, FunctionId, LegalBasisId, PlanId, TaskId, UnitId};
use crate::db::schema::{
    assignments, clauses, function_holders, functions, legal_bases, plan_legal_bases, plans, regime_plans,
    regimes, tasks, unit_kinds, unit_reach, unit_versions,
};
use crate::{units, vietnamese};

/// The plans of some provinces, newest first. One query.
///
/// # Errors
/// The query's own.
pub fn of_provinces(conn: &mut Conn, provinces: &[UnitId]) -> QueryResult<Vec<Plan>> {
    let mut found: Vec<Plan> = plans::table
        .filter(plans::province_id.eq_any(provinces))
        .order(plans::id)
        .select(Plan::as_select())
        .load(conn)?;
    // Sorted here: the date is in three columns of which two may be blank.
    found.sort_by_key(|plan| std::cmp::Reverse(plan.date_key()));
    Ok(found)
}

/// One plan, of these provinces only.
///
/// # Errors
/// `NotFound` when there is none, or when it belongs to another province.
pub fn find(conn: &mut Conn, provinces: &[UnitId], id: PlanId) -> QueryResult<Plan> {
    plans::table.find(id).filter(plans::province_id.eq_any(provinces)).select(Plan::as_select()).first(conn)
}

/// The bodies that collect what is reported of a plan; none while no regime serves it. One query.
///
/// # Errors
/// The query's own.
pub fn keepers(conn: &mut Conn, plan: PlanId) -> QueryResult<Vec<UnitId>> {
    regime_plans::table
        .inner_join(regimes::table)
        .filter(regime_plans::plan_id.eq(plan))
        .select(regimes::collector_id)
        .distinct()
        .load(conn)
}

/// The clauses of a plan, siblings in order. One query.
///
/// # Errors
/// The query's own.
pub fn clauses_of(conn: &mut Conn, plan: PlanId) -> QueryResult<Vec<Clause>> {
    clauses::table
        .filter(clauses::plan_id.eq(plan))
        .order((clauses::position, clauses::id))
        .select(Clause::as_select())
        .load(conn)
}

/// One clause. Its plan says whether the caller may see it.
///
/// # Errors
/// `NotFound`.
pub fn clause(conn: &mut Conn, id: ClauseId) -> QueryResult<Clause> {
    clauses::table.find(id).select(Clause::as_select()).first(conn)
}

/// One task. Its plan says whether the caller may see it.
///
/// # Errors
/// `NotFound`.
pub fn task(conn: &mut Conn, id: TaskId) -> QueryResult<Task> {
    tasks::table.find(id).select(Task::as_select()).first(conn)
}

/// The tasks of some plans, in order within each clause. One query.
///
/// # Errors
/// The query's own.
pub fn tasks_of(conn: &mut Conn, plans: &[PlanId]) -> QueryResult<Vec<Task>> {
    tasks::table
        .filter(tasks::plan_id.eq_any(plans))
        .order((tasks::position, tasks::id))
        .select(Task::as_select())
        .load(conn)
}

type AssignmentRow = (
    AssignmentId,
    TaskId,
    Option<UnitId>,
    Option<FunctionId>,
    Option<String>,
    String,
    String,
    (Option<NaiveDate>, Option<NaiveDate>, Option<NaiveDate>),
);

/// Who the documents name for the tasks of some plans, lead before cooperating, as entered. One query.
///
/// # Errors
/// The query's own.
pub fn assignments_of(conn: &mut Conn, plans: &[PlanId]) -> QueryResult<Vec<Assignment>> {
    let rows: Vec<AssignmentRow> = assignments::table
        .inner_join(tasks::table)
        .filter(tasks::plan_id.eq_any(plans))
        .order(assignments::id)
        .select((
            assignments::id,
            assignments::task_id,
            assignments::unit_id,
            assignments::function_id,
            assignments::group_kind,
            assignments::part,
            assignments::mode,
            (assignments::valid_from, assignments::valid_to, assignments::recorded_on),
        ))
        .load(conn)?;
    let mut found: Vec<Assignment> = rows
        .into_iter()
        .filter_map(|(id, task_id, unit_id, function_id, group_kind, part, mode, dates)| {
            let (part, mode) = (Part::from_code(&part)?, Mode::from_code(&mode)?);
            Some(Assignment {
                id,
                task_id,
                unit_id,
                function_id,
                group_kind,
                part,
                mode,
                valid_from: dates.0,
                valid_to: dates.1,
                recorded_on: dates.2,
            })
        })
        .collect();
    found.sort_by_key(|a| a.part);
    Ok(found)
}

/// What is needed to say who answers for these assignments, with names as known on `day`. Five queries.
///
/// # Errors
/// The query's own.
pub fn landscape(conn: &mut Conn, assignments: &[Assignment], day: NaiveDate) -> QueryResult<Landscape> {
    let function_ids: HashSet<FunctionId> = assignments.iter().filter_map(|a| a.function_id).collect();
    let functions = functions::table
        .filter(functions::id.eq_any(function_ids.into_iter().collect::<Vec<_>>()))
        .select((functions::id, functions::name))
        .load::<(FunctionId, String)>(conn)?
        .into_iter()
        .collect();
    let kinds = unit_kinds::table
        .select((unit_kinds::code, unit_kinds::name))
        .load::<(String, String)>(conn)?
        .into_iter()
        .collect();
    Ok(Landscape { functions, kinds, ..answering(conn, assignments, day)? })
}

/// As [`landscape`], without the names of functions and groups. Three queries.
///
/// # Errors
/// The query's own.
pub fn answering(conn: &mut Conn, assignments: &[Assignment], day: NaiveDate) -> QueryResult<Landscape> {
    let function_ids: HashSet<FunctionId> = assignments.iter().filter_map(|a| a.function_id).collect();
    let function_ids: Vec<FunctionId> = function_ids.into_iter().collect();
    let named: HashSet<UnitId> = assignments.iter().filter_map(|a| a.unit_id).collect();
    type Span = (FunctionId, UnitId, UnitId, Option<NaiveDate>, Option<NaiveDate>);
    let spans: Vec<HolderSpan> = function_holders::table
        .filter(function_holders::function_id.eq_any(&function_ids))
        .order(function_holders::id)
        .select((
            function_holders::function_id,
            function_holders::province_id,
            function_holders::unit_id,
            function_holders::valid_from,
            function_holders::valid_to,
        ))
        .load::<Span>(conn)?
        .into_iter()
        .map(|(function_id, province_id, unit_id, valid_from, valid_to)| HolderSpan {
            function_id,
            province_id,
            unit_id,
            valid_from,
            valid_to,
        })
        .collect();
    let mut successors: HashMap<UnitId, Vec<UnitId>> = HashMap::new();
    for (heir, past) in unit_reach::table
        .filter(unit_reach::relation.eq("predecessor"))
        .filter(unit_reach::reaches_id.eq_any(named.iter().copied().collect::<Vec<_>>()))
        .order((unit_reach::reaches_id, unit_reach::unit_id))
        .select((unit_reach::unit_id, unit_reach::reaches_id))
        .load::<(UnitId, UnitId)>(conn)?
    {
        successors.entry(past).or_default().push(heir);
    }
    let everyone: HashSet<UnitId> = named
        .into_iter()
        .chain(spans.iter().map(|span| span.unit_id))
        .chain(successors.values().flatten().copied())
        .collect();
    let units = units::queries::on_day(conn, &everyone.into_iter().collect::<Vec<_>>(), day)?;
    Ok(Landscape { spans, successors, units, ..Landscape::default() })
}

/// The functions work can be given by, by name. One query.
///
/// # Errors
/// The query's own.
pub fn all_functions(conn: &mut Conn) -> QueryResult<Vec<(FunctionId, String)>> {
    let mut found: Vec<(FunctionId, String)> =
        functions::table.select((functions::id, functions::name)).load(conn)?;
    // Sorted here: neither database knows the Vietnamese alphabet.
    found.sort_by_key(|(id, name)| (vietnamese::sort_key(name), *id));
    Ok(found)
}

/// The legal bases of a plan, in the document's order. One query.
///
/// # Errors
/// The query's own.
pub fn bases_of(conn: &mut Conn, plan: PlanId) -> QueryResult<Vec<LegalBasis>> {
    legal_bases::table
        .inner_join(plan_legal_bases::table)
        .filter(plan_legal_bases::plan_id.eq(plan))
        .order((plan_legal_bases::position, legal_bases::id))
        .select(LegalBasis::as_select())
        .load(conn)
}

/// The legal bases a plan of `province` can rest on, newest first: those of central bodies, those its plans rest on
/// already, and of the others what neither another province's plan rests on nor its bodies issued. Four queries.
///
/// # Errors
/// The query's own.
pub fn bases_for(conn: &mut Conn, province: UnitId) -> QueryResult<Vec<LegalBasis>> {
    let used = |conn: &mut Conn, own: bool| -> QueryResult<Vec<LegalBasisId>> {
        let of = plan_legal_bases::table.inner_join(plans::table).select(plan_legal_bases::legal_basis_id);
        match own {
            true => of.filter(plans::province_id.eq(province)).load(conn),
            false => of.filter(plans::province_id.ne(province)).load(conn),
        }
    };
    let (own, others) = (used(conn, true)?, used(conn, false)?);
    let places: Vec<String> = unit_versions::table
        .filter(unit_versions::kind_code.eq_any(units::PROVINCE_KINDS))
        .filter(unit_versions::unit_id.ne(province))
        .select(unit_versions::short_name)
        .load(conn)?;
    let foreign = |basis: &LegalBasis| others.contains(&basis.id) || basis.is_issued_in(&places);
    let mut found = all_bases(conn)?;
    found.retain(|basis| basis.is_central() || own.contains(&basis.id) || !foreign(basis));
    Ok(found)
}

/// Every legal basis known, newest first. One query.
///
/// # Errors
/// The query's own.
pub fn all_bases(conn: &mut Conn) -> QueryResult<Vec<LegalBasis>> {
    let mut found: Vec<LegalBasis> =
        legal_bases::table.order(legal_bases::id).select(LegalBasis::as_select()).load(conn)?;
    found.sort_by_key(|basis| std::cmp::Reverse(basis.issued_on));
    Ok(found)
}
