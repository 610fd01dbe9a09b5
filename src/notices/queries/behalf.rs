//! SQL of the reports that others entered and sent for somebody's unit, which nobody there has done anything about.

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::{ReportId, UnitId};
use crate::db::schema::{
    behalf_revisions, kept_drafts, obligations, periods, report_transitions, reports, revisions,
};
use crate::reports::Step;

/// A report that was sent for its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentFor {
    pub report: ReportId,
    pub period: String,
    /// UTC.
    pub at: NaiveDateTime,
    pub number: String,
    pub on: NaiveDate,
    /// Name and title of who entered it.
    pub by: (String, String),
    pub from_file: bool,
    /// What the unit was writing itself is kept apart.
    pub put_aside: bool,
}

/// What was sent for some units since a moment, the newest first. Two queries, the second only where something was.
///
/// # Errors
/// The queries' own.
pub fn sent_for(
    conn: &mut Conn,
    units: &[UnitId],
    since: NaiveDateTime,
    most: i64,
) -> QueryResult<Vec<SentFor>> {
    type Row = (ReportId, String, NaiveDateTime, (String, NaiveDate), (String, String), bool);
    if units.is_empty() {
        return Ok(Vec::new());
    }
    let taken_back = report_transitions::table
        .filter(report_transitions::step.eq_any(Step::TAKING_BACK.map(Step::code)))
        .filter(report_transitions::revision_id.is_not_null())
        .select(report_transitions::revision_id.assume_not_null());
    let rows: Vec<Row> = behalf_revisions::table
        .inner_join(revisions::table.on(revisions::id.eq(behalf_revisions::revision_id)))
        .inner_join(reports::table.on(reports::id.eq(revisions::report_id)))
        .inner_join(obligations::table.on(obligations::id.eq(reports::obligation_id)))
        .inner_join(periods::table.on(periods::id.eq(obligations::period_id)))
        .filter(obligations::unit_id.eq_any(units))
        .filter(revisions::sent_at.ge(since))
        // What was typed in by mistake and taken back was not sent.
        .filter(revisions::id.ne_all(taken_back))
        .order(revisions::id.desc())
        .limit(most)
        .select((
            reports::id,
            periods::label,
            revisions::sent_at,
            (behalf_revisions::arrived_number, behalf_revisions::arrived_on),
            (behalf_revisions::typist_name, behalf_revisions::typist_title),
            behalf_revisions::from_file,
        ))
        .load(conn)?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<ReportId> = rows.iter().map(|row| row.0).collect();
    let kept: Vec<ReportId> = kept_drafts::table
        .filter(kept_drafts::report_id.eq_any(ids))
        .select(kept_drafts::report_id)
        .distinct()
        .load(conn)?;
    let kept: HashSet<ReportId> = kept.into_iter().collect();
    Ok(rows
        .into_iter()
        .map(|(report, period, at, (number, on), by, from_file)| SentFor {
            put_aside: kept.contains(&report),
            report,
            period,
            at,
            number,
            on,
            by,
            from_file,
        })
        .collect())
}
