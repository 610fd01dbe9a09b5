//! Which document is a unit's plan for whoever reads: of those that go with the revision they read or one before, the newest; for the unit
//! that is writing, the newest of all. A correction shows to nobody else before it is sent.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::access::Scope;
use crate::db::Conn;
use crate::db::ids::{BroughtId, PlanId, RegimeId, ReportId, RevisionId, TaskId, UnitId};
use crate::db::schema::{
    behalf_revisions, behalf_typings, brought_documents, brought_links, obligations, periods, regime_plans,
    regimes, report_transitions, reports, revisions,
};
use crate::reports::Step;
use crate::unit_plans::items;
use crate::vietnamese::capital;

/// A document that is a unit's plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub id: BroughtId,
    pub report: ReportId,
    pub unit: UnitId,
    pub file_name: String,
    /// "Kế hoạch số 412/KH-STP ngày 13/02/2025".
    pub name: String,
    /// A revision with it was sent.
    pub sent: bool,
}

/// A clause of a unit's plan that answers a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub plan: BroughtId,
    pub task: TaskId,
    pub path: String,
    pub text: String,
}

impl Answer {
    /// "mục II.1.a".
    pub fn place(&self) -> String {
        items::place(&self.path)
    }

    /// The same at the beginning of a line.
    pub fn beginning(&self) -> String {
        capital(&self.place())
    }
}

#[derive(Queryable)]
struct Applied {
    id: BroughtId,
    report: ReportId,
    file_name: String,
    number: String,
    symbol: String,
    date: Option<NaiveDate>,
    revision: Option<i32>,
    on_behalf: bool,
}

impl Applied {
    fn shown(&self, unit: UnitId, sent: bool) -> Shown {
        Shown {
            id: self.id,
            report: self.report,
            unit,
            file_name: self.file_name.clone(),
            name: items::name("Kế hoạch", (&self.number, &self.symbol), self.date),
            sent,
        }
    }
}

/// The documents that became the plans of some reports, the newest last, without those of drafts that were given up: what the unit
/// brought where its collector typed the revision in, and the other way round. Four queries.
fn applied(conn: &mut Conn, ids: &[ReportId]) -> QueryResult<Vec<Applied>> {
    let sent: Vec<(ReportId, i32)> = behalf_revisions::table
        .inner_join(revisions::table.on(revisions::id.eq(behalf_revisions::revision_id)))
        .filter(revisions::report_id.eq_any(ids))
        .select((revisions::report_id, revisions::number))
        .load(conn)?;
    let lasts: HashMap<ReportId, (i32, bool)> = reports::table
        .left_join(behalf_typings::table.on(behalf_typings::report_id.eq(reports::id)))
        .filter(reports::id.eq_any(ids))
        .select((reports::id, reports::last_revision, behalf_typings::report_id.nullable()))
        .load::<(ReportId, i32, Option<ReportId>)>(conn)?
        .into_iter()
        .map(|(id, last, typed)| (id, (last, typed.is_some())))
        .collect();
    // What was entered for a unit by mistake and taken back is nobody's plan.
    let taken_back: Vec<(ReportId, i32)> = report_transitions::table
        .inner_join(revisions::table.on(report_transitions::revision_id.eq(revisions::id.nullable())))
        .filter(report_transitions::report_id.eq_any(ids))
        .filter(report_transitions::step.eq_any(Step::TAKING_BACK.map(Step::code)))
        .select((revisions::report_id, revisions::number))
        .load(conn)?;
    let mut found = every(conn, ids)?;
    found.retain(|row| {
        let (last, typed) = lasts.get(&row.report).copied().unwrap_or_default();
        let revision = row.revision.unwrap_or_default();
        let typed = if revision > last { typed } else { sent.contains(&(row.report, revision)) };
        row.on_behalf == typed && !(row.on_behalf && taken_back.contains(&(row.report, revision)))
    });
    Ok(found)
}

/// Every document that became the plan of one of some reports. One query.
fn every(conn: &mut Conn, ids: &[ReportId]) -> QueryResult<Vec<Applied>> {
    brought_documents::table
        .filter(brought_documents::report_id.eq_any(ids))
        .filter(brought_documents::what.eq("plan"))
        .filter(brought_documents::applied_at.is_not_null())
        .order((brought_documents::applied_revision, brought_documents::applied_version))
        .select((
            brought_documents::id,
            brought_documents::report_id,
            brought_documents::file_name,
            brought_documents::doc_number,
            brought_documents::doc_symbol,
            brought_documents::doc_date,
            brought_documents::applied_revision,
            brought_documents::on_behalf,
        ))
        .load(conn)
}

/// The newest of a report's documents that goes with a revision or one before.
fn of_revision(rows: &[Applied], revision: i32) -> Option<&Applied> {
    rows.iter().rfind(|row| row.revision.is_some_and(|of| of <= revision))
}

/// The document that is the plan of a report, as a revision has it; without one the newest. Three queries.
///
/// # Errors
/// The query's own.
pub fn as_sent(
    conn: &mut Conn,
    (report, unit): (ReportId, UnitId),
    revision: Option<i32>,
) -> QueryResult<Option<Shown>> {
    let all = applied(conn, &[report])?;
    let newest = match revision {
        Some(revision) => of_revision(&all, revision),
        None => all.last(),
    };
    Ok(newest.map(|row| row.shown(unit, revision.is_some())))
}

/// The documents that are the plan of a report in some of its revisions. Three queries.
///
/// # Errors
/// The queries' own.
pub fn sent_with(conn: &mut Conn, report: ReportId, revisions: &[i32]) -> QueryResult<Vec<BroughtId>> {
    let all = applied(conn, &[report])?;
    Ok(revisions.iter().filter_map(|number| of_revision(&all, *number)).map(|row| row.id).collect())
}

type Facts = (ReportId, UnitId, UnitId, UnitId, i32, Option<RevisionId>);

/// The plans of some reports for whoever has a scope, by report. Six queries.
///
/// # Errors
/// The queries' own.
pub fn shown(conn: &mut Conn, scope: &Scope, ids: &[ReportId]) -> QueryResult<HashMap<ReportId, Shown>> {
    let facts: Vec<Facts> = reports::table
        .inner_join(obligations::table.inner_join(periods::table.inner_join(regimes::table)))
        .filter(reports::id.eq_any(ids))
        .filter(
            obligations::unit_id
                .eq_any(&scope.own_units)
                .or(obligations::collector_id.eq_any(&scope.collector_units))
                .or(regimes::collector_id.eq_any(&scope.collector_units))
                .or(regimes::province_id.eq_any(&scope.overseen_provinces)),
        )
        .select((
            reports::id,
            obligations::unit_id,
            obligations::collector_id,
            regimes::collector_id,
            reports::last_revision,
            reports::received_revision_id,
        ))
        .load(conn)?;
    let seen: Vec<ReportId> = facts.iter().map(|fact| fact.0).collect();
    let received: Vec<RevisionId> = facts.iter().filter_map(|fact| fact.5).collect();
    let received: HashMap<RevisionId, i32> = revisions::table
        .filter(revisions::id.eq_any(&received))
        .select((revisions::id, revisions::number))
        .load::<(RevisionId, i32)>(conn)?
        .into_iter()
        .collect();
    let typed: Vec<ReportId> = behalf_typings::table
        .filter(behalf_typings::report_id.eq_any(&seen))
        .select(behalf_typings::report_id)
        .load(conn)?;
    let mut all: HashMap<ReportId, Vec<Applied>> = HashMap::new();
    for row in applied(conn, &seen)? {
        all.entry(row.report).or_default().push(row);
    }
    let mut found = HashMap::new();
    for (report, unit, collector, head, last, taken) in facts {
        let Some(documents) = all.get(&report) else { continue };
        let own = scope.own_units.contains(&unit);
        let collects = own || [collector, head].iter().any(|unit| scope.collector_units.contains(unit));
        let newest = match (own && !typed.contains(&report), collects) {
            (true, _) => documents.last(),
            (false, true) => of_revision(documents, last),
            (false, false) => {
                let number = taken.and_then(|id| received.get(&id).copied());
                number.and_then(|number| of_revision(documents, number))
            }
        };
        if let Some(row) = newest {
            found.insert(report, row.shown(unit, row.revision.is_some_and(|of| of <= last)));
        }
    }
    Ok(found)
}

/// The links of some documents, in each one's order. One query.
///
/// # Errors
/// The query's own.
pub fn links_of(conn: &mut Conn, ids: &[BroughtId]) -> QueryResult<Vec<Answer>> {
    let rows: Vec<(BroughtId, TaskId, String, String)> = brought_links::table
        .filter(brought_links::document_id.eq_any(ids))
        .order((brought_links::document_id, brought_links::position, brought_links::task_id))
        .select((
            brought_links::document_id,
            brought_links::task_id,
            brought_links::clause_path,
            brought_links::clause_text,
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(|(plan, task, path, text)| Answer { plan, task, path, text }).collect())
}

/// Who answered a task with which clause of which plan, for whoever has a scope. Eight queries.
///
/// # Errors
/// The queries' own.
pub fn answers_of_task(
    conn: &mut Conn,
    scope: &Scope,
    task: TaskId,
) -> QueryResult<Vec<(Shown, Vec<Answer>)>> {
    let linked: Vec<ReportId> = brought_links::table
        .inner_join(brought_documents::table)
        .filter(brought_links::task_id.eq(task))
        .select(brought_documents::report_id)
        .distinct()
        .load(conn)?;
    let mut plans: Vec<Shown> = shown(conn, scope, &linked)?.into_values().collect();
    plans.sort_by_key(|plan| plan.report);
    let ids: Vec<BroughtId> = plans.iter().map(|plan| plan.id).collect();
    let links = links_of(conn, &ids)?;
    let of = |plan: &Shown| -> Vec<Answer> {
        links.iter().filter(|link| link.plan == plan.id && link.task == task).cloned().collect()
    };
    let found = plans.into_iter().map(|plan| {
        let answers = of(&plan);
        (plan, answers)
    });
    Ok(found.filter(|(_, answers)| !answers.is_empty()).collect())
}

/// The reports by which some units are to send their own plans for a plan, with the regime each is of. One query.
///
/// # Errors
/// The query's own.
pub fn open_reports(
    conn: &mut Conn,
    units: &[UnitId],
    plan: PlanId,
) -> QueryResult<Vec<(RegimeId, ReportId)>> {
    let serving = regime_plans::table.filter(regime_plans::plan_id.eq(plan)).select(regime_plans::regime_id);
    reports::table
        .inner_join(obligations::table.inner_join(periods::table))
        .left_join(behalf_typings::table.on(behalf_typings::report_id.eq(reports::id)))
        .filter(periods::regime_id.eq_any(serving))
        .filter(obligations::unit_id.eq_any(units))
        .filter(obligations::kind.eq("document"))
        .filter(obligations::part.eq("own"))
        .filter(obligations::standing.eq("owed"))
        .filter(reports::state.eq_any(["not_begun", "draft", "amend"]))
        .filter(behalf_typings::report_id.nullable().is_null())
        .order(reports::id)
        .select((periods::regime_id, reports::id))
        .load(conn)
}
