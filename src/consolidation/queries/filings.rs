//! SQL of what the units of one collector owe and have filed for one period: obligations with the state of their
//! reports, and of the received revisions the heads, figures and sections. Figures are read, never summed, here.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::{FormId, IndicatorId, ObligationId, PeriodId, RevisionId, UnitId};
use crate::db::schema::{
    consolidated_revisions, editions, form_indicators, form_sections, obligation_decisions, obligations,
    reports, revision_figures, revision_sections, revisions,
};
use crate::periods::{Duty, Obligation, ReportHead};

/// A figure of a received revision, as stored.
#[derive(Debug, Clone, Queryable)]
pub(in super::super) struct FigureRow {
    pub(in super::super) obligation_id: ObligationId,
    pub(in super::super) indicator_id: IndicatorId,
    pub(in super::super) state: String,
    pub(in super::super) value: Option<i64>,
    pub(in super::super) counts: bool,
    pub(in super::super) estimate: bool,
    pub(in super::super) qualifier: String,
    pub(in super::super) note: String,
}

/// A section of a received revision.
#[derive(Debug, Clone, Queryable)]
pub(in super::super) struct SectionRow {
    pub(in super::super) obligation_id: ObligationId,
    pub(in super::super) code: String,
    pub(in super::super) body: String,
}

/// The head of a received revision.
#[derive(Debug, Clone, Queryable)]
pub(in super::super) struct RevisionRow {
    pub(in super::super) obligation_id: ObligationId,
    pub(in super::super) id: RevisionId,
    pub(in super::super) number: i32,
    pub(in super::super) sent_at: NaiveDateTime,
    pub(in super::super) sha256: String,
}

/// A figure a form asks, and whether it counts.
#[derive(Debug, Clone, Queryable)]
pub(in super::super) struct AskedRow {
    pub(in super::super) form_id: FormId,
    pub(in super::super) indicator_id: IndicatorId,
    pub(in super::super) counts: bool,
}

/// A section of a form.
#[derive(Debug, Clone, Queryable)]
pub(in super::super) struct FormSectionRow {
    pub(in super::super) form_id: FormId,
    pub(in super::super) code: String,
    pub(in super::super) label: String,
    pub(in super::super) title: String,
}

/// Who owes what to whom in a period, own and consolidated.
#[derive(Debug, Clone, Queryable)]
pub(in super::super) struct BelowRow {
    pub(in super::super) unit_id: UnitId,
    pub(in super::super) collector_id: UnitId,
    pub(in super::super) part: String,
    pub(in super::super) form_id: FormId,
    pub(in super::super) standing: String,
}

/// Everything owed for a period. One query.
///
/// # Errors
/// The query's own.
pub(in super::super) fn owed(conn: &mut Conn, period: PeriodId) -> QueryResult<Vec<BelowRow>> {
    obligations::table
        .filter(obligations::period_id.eq(period))
        .order(obligations::id)
        .select((
            obligations::unit_id,
            obligations::collector_id,
            obligations::part,
            obligations::form_id,
            obligations::standing,
        ))
        .load(conn)
}

/// The frozen editions that some consolidated reports took their figures from, each with the SHA-256 it was frozen
/// under. One query.
///
/// # Errors
/// The query's own.
pub(in super::super) fn editions_behind(
    conn: &mut Conn,
    revisions: &[RevisionId],
) -> QueryResult<Vec<(RevisionId, String, String)>> {
    consolidated_revisions::table
        .inner_join(editions::table)
        .filter(consolidated_revisions::revision_id.eq_any(revisions))
        .select((consolidated_revisions::revision_id, editions::content_json, editions::sha256))
        .load(conn)
}

/// Who sends, or had to send until its duty ended, a consolidated report to another body of the same periods: collectors of a
/// part of a period only. One query.
///
/// # Errors
/// The query's own.
pub fn lower_collectors(conn: &mut Conn, periods: &[PeriodId]) -> QueryResult<HashSet<(PeriodId, UnitId)>> {
    let rows: Vec<(PeriodId, UnitId)> = obligations::table
        .filter(obligations::period_id.eq_any(periods))
        .filter(obligations::part.eq("consolidated"))
        .select((obligations::period_id, obligations::unit_id))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// The collectors of a period. One query.
///
/// # Errors
/// The query's own.
pub(in super::super) fn collectors(conn: &mut Conn, period: PeriodId) -> QueryResult<Vec<UnitId>> {
    obligations::table
        .filter(obligations::period_id.eq(period))
        .select(obligations::collector_id)
        .distinct()
        .order(obligations::collector_id)
        .load(conn)
}

/// What is owed to one collector for one period, and the latest reason of each decision that took a unit out of
/// the denominator. Two queries.
///
/// # Errors
/// The queries' own.
pub(in super::super) fn duties(
    conn: &mut Conn,
    period: PeriodId,
    collector: UnitId,
) -> QueryResult<(Vec<Duty>, HashMap<ObligationId, String>)> {
    let rows: Vec<(Obligation, ReportHead)> = obligations::table
        .inner_join(reports::table)
        .filter(obligations::period_id.eq(period))
        .filter(obligations::collector_id.eq(collector))
        .order(obligations::id)
        .select((Obligation::as_select(), ReportHead::as_select()))
        .load(conn)?;
    type Decision = (ObligationId, String, String, NaiveDateTime);
    let decisions: Vec<Decision> = obligation_decisions::table
        .inner_join(obligations::table)
        .filter(obligations::period_id.eq(period))
        .filter(obligations::collector_id.eq(collector))
        .filter(obligation_decisions::kind.eq_any(["nil", "exempt", "ended"]))
        .order(obligation_decisions::id)
        .select((
            obligations::id,
            obligation_decisions::kind,
            obligation_decisions::reason,
            obligation_decisions::decided_at,
        ))
        .load(conn)?;
    let (mut nil, mut exempt) = (HashMap::new(), HashMap::new());
    for (id, kind, reason, at) in decisions {
        if kind == "nil" {
            nil.insert(id, at);
        } else {
            exempt.insert(id, reason);
        }
    }
    let duties = rows
        .into_iter()
        .map(|(obligation, report)| Duty { nil_at: nil.get(&obligation.id).copied(), obligation, report })
        .collect();
    Ok((duties, exempt))
}

/// The received revisions: the one source of every total. A correction not yet received is not among them.
macro_rules! received {
    ($period:expr, $collector:expr, $table:ident) => {
        $table::table
            .inner_join(reports::table.on(reports::received_revision_id.eq($table::revision_id.nullable())))
            .inner_join(obligations::table.on(obligations::id.eq(reports::obligation_id)))
            .filter(obligations::period_id.eq($period))
            .filter(obligations::collector_id.eq($collector))
    };
}

/// Heads of the received revisions. One query.
///
/// # Errors
/// The query's own.
pub(in super::super) fn received_revisions(
    conn: &mut Conn,
    period: PeriodId,
    collector: UnitId,
) -> QueryResult<Vec<RevisionRow>> {
    revisions::table
        .inner_join(reports::table.on(reports::received_revision_id.eq(revisions::id.nullable())))
        .inner_join(obligations::table.on(obligations::id.eq(reports::obligation_id)))
        .filter(obligations::period_id.eq(period))
        .filter(obligations::collector_id.eq(collector))
        .select((obligations::id, revisions::id, revisions::number, revisions::sent_at, revisions::sha256))
        .load(conn)
}

/// Figures of the received revisions. One query.
///
/// # Errors
/// The query's own.
pub(in super::super) fn received_figures(
    conn: &mut Conn,
    period: PeriodId,
    collector: UnitId,
) -> QueryResult<Vec<FigureRow>> {
    received!(period, collector, revision_figures)
        .select((
            obligations::id,
            revision_figures::indicator_id,
            revision_figures::state,
            revision_figures::value,
            revision_figures::counts,
            revision_figures::estimate,
            revision_figures::qualifier,
            revision_figures::note,
        ))
        .load(conn)
}

/// Sections of the received revisions. One query.
///
/// # Errors
/// The query's own.
pub(in super::super) fn received_sections(
    conn: &mut Conn,
    period: PeriodId,
    collector: UnitId,
) -> QueryResult<Vec<SectionRow>> {
    received!(period, collector, revision_sections)
        .select((obligations::id, revision_sections::section_code, revision_sections::body))
        .load(conn)
}

/// What some forms ask: figures, and sections in order. Two queries.
///
/// # Errors
/// The queries' own.
pub(in super::super) fn asked(
    conn: &mut Conn,
    forms: &[FormId],
) -> QueryResult<(Vec<AskedRow>, Vec<FormSectionRow>)> {
    let figures = form_indicators::table
        .filter(form_indicators::form_id.eq_any(forms))
        .select((form_indicators::form_id, form_indicators::indicator_id, form_indicators::counts))
        .load(conn)?;
    let sections = form_sections::table
        .filter(form_sections::form_id.eq_any(forms))
        .order((form_sections::form_id, form_sections::position))
        .select((form_sections::form_id, form_sections::code, form_sections::label, form_sections::title))
        .load(conn)?;
    Ok((figures, sections))
}
