//! SQL of what became of some tasks: who noted what, and which sent revisions speak of them. Stands between the tasks of
//! a clause and the page that leads from it down to reports and editions.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::exists;
use diesel::prelude::*;

use crate::access::Scope;
use crate::db::Conn;
use crate::db::ids::{ClauseId, PlanId, ReportId, RevisionId, TaskId, UnitId};
use crate::db::schema::{
    clauses, edition_sources, obligations, periods, plans, regimes, reports, revision_task_results,
    revisions, tasks,
};

/// What a sent revision says of one task.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Said {
    pub task_id: TaskId,
    pub unit_id: UnitId,
    /// A code of `reports::TaskStatus`.
    pub status: String,
    pub body: String,
    pub report_id: ReportId,
    pub revision_id: RevisionId,
    /// Number of the revision.
    pub revision: i32,
    /// UTC.
    pub sent_at: NaiveDateTime,
    /// The received revision of its report.
    pub received_id: Option<RevisionId>,
    pub period: String,
    pub reference_on: NaiveDate,
    /// First day of what the report covers; none where the period has no window.
    pub window_from: Option<NaiveDate>,
    pub window_to: Option<NaiveDate>,
}

impl Said {
    /// The first day it speaks of.
    pub fn from(&self) -> NaiveDate {
        self.window_from.unwrap_or(self.reference_on)
    }

    /// Whether it speaks of a day.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.window_from.is_some_and(|from| from <= day) && self.window_to.is_some_and(|to| day <= to)
    }

    /// Whether it is what the report says by what was received last.
    pub fn is_received(&self) -> bool {
        self.received_id == Some(self.revision_id)
    }
}

/// What revisions say of some tasks that were received, or that an edition was made from, of the reports within a scope:
/// the newest period first. One query.
///
/// # Errors
/// The query's own.
pub fn said_of(conn: &mut Conn, scope: &Scope, tasks: &[TaskId]) -> QueryResult<Vec<Said>> {
    revision_task_results::table
        .inner_join(revisions::table.on(revisions::id.eq(revision_task_results::revision_id)))
        .inner_join(reports::table.on(reports::id.eq(revisions::report_id)))
        .inner_join(obligations::table.on(obligations::id.eq(reports::obligation_id)))
        .inner_join(periods::table.on(periods::id.eq(obligations::period_id)))
        .inner_join(regimes::table.on(regimes::id.eq(periods::regime_id)))
        .filter(revision_task_results::task_id.eq_any(tasks))
        .filter(revision_task_results::status.ne("").or(revision_task_results::body.ne("")))
        // Whose reports a person reads, as in `reports::queries::find`.
        .filter(
            obligations::unit_id
                .eq_any(&scope.own_units)
                .or(obligations::collector_id.eq_any(&scope.collector_units))
                .or(regimes::collector_id.eq_any(&scope.collector_units))
                .or(regimes::province_id.eq_any(&scope.overseen_provinces)),
        )
        .filter(reports::received_revision_id.eq(revisions::id.nullable()).or(exists(
            edition_sources::table.filter(edition_sources::revision_id.eq(revisions::id.nullable())),
        )))
        .order((periods::reference_on.desc(), revisions::sent_at.desc(), revisions::id.desc()))
        .select((
            revision_task_results::task_id,
            obligations::unit_id,
            revision_task_results::status,
            revision_task_results::body,
            reports::id,
            revisions::id,
            revisions::number,
            revisions::sent_at,
            reports::received_revision_id,
            periods::label,
            periods::reference_on,
            periods::window_from,
            periods::window_to,
        ))
        .load(conn)
}

/// Where a task stands.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Place {
    pub task_id: TaskId,
    pub plan_id: PlanId,
    pub plan: String,
    pub clause_id: ClauseId,
    /// E.g. "III.2".
    pub path: String,
    pub text: String,
}

/// The places of some tasks. One query.
///
/// # Errors
/// The query's own.
pub fn places_of(conn: &mut Conn, ids: &[TaskId]) -> QueryResult<HashMap<TaskId, Place>> {
    let rows: Vec<Place> = tasks::table
        .inner_join(clauses::table)
        .inner_join(plans::table.on(plans::id.eq(tasks::plan_id)))
        .filter(tasks::id.eq_any(ids))
        .select((tasks::id, plans::id, plans::short_name, clauses::id, clauses::path, tasks::text))
        .load(conn)?;
    Ok(rows.into_iter().map(|place| (place.task_id, place)).collect())
}
