//! What other rooms read of reports: the figures and sections of received revisions, which alone count.

use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::{IndicatorId, ObligationId, PeriodId, RevisionId, UnitId};
use crate::db::schema::{obligations, reports, revision_figures, revision_sections, revisions};
use crate::indicators::FigureState;

/// One figure of a received revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedFigure {
    pub obligation_id: ObligationId,
    pub unit_id: UnitId,
    pub revision_id: RevisionId,
    pub indicator_id: IndicatorId,
    /// Scaled by the indicator's decimals; money in đồng. "Not applicable" is an answer without a value.
    pub state: FigureState,
    /// Whether it reaches the total; else "tham khảo, không cộng".
    pub counts: bool,
    pub estimate: bool,
    /// Code of [`crate::vietnamese::Qualifier`].
    pub qualifier: String,
    pub note: String,
}

/// The figures of all received revisions of a period, by obligation and indicator. One query.
/// An obligation without a row has not been received, or left everything blank: ask `reports` which.
///
/// # Errors
/// The query's own, or a stored figure whose state and value contradict each other.
pub fn received_figures(conn: &mut Conn, period: PeriodId) -> QueryResult<Vec<ReceivedFigure>> {
    type Row =
        (ObligationId, UnitId, RevisionId, IndicatorId, String, Option<i64>, bool, bool, String, String);
    let rows: Vec<Row> = revision_figures::table
        .inner_join(revisions::table)
        .inner_join(
            reports::table.on(reports::received_revision_id.eq(revision_figures::revision_id.nullable())),
        )
        .inner_join(obligations::table.on(obligations::id.eq(reports::obligation_id)))
        .filter(obligations::period_id.eq(period))
        .order((obligations::id, revision_figures::indicator_id))
        .select((
            obligations::id,
            obligations::unit_id,
            revision_figures::revision_id,
            revision_figures::indicator_id,
            revision_figures::state,
            revision_figures::value,
            revision_figures::counts,
            revision_figures::estimate,
            revision_figures::qualifier,
            revision_figures::note,
        ))
        .load(conn)?;
    rows.into_iter()
        .map(
            |(
                obligation_id,
                unit_id,
                revision_id,
                indicator_id,
                state,
                value,
                counts,
                estimate,
                qualifier,
                note,
            )| {
                let state = FigureState::from_parts(&state, value)
                    .map_err(|e| diesel::result::Error::DeserializationError(Box::new(e)))?;
                Ok(ReceivedFigure {
                    obligation_id,
                    unit_id,
                    revision_id,
                    indicator_id,
                    state,
                    counts,
                    estimate,
                    qualifier,
                    note,
                })
            },
        )
        .collect()
}

/// One section of a received revision.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct ReceivedSection {
    pub obligation_id: ObligationId,
    pub unit_id: UnitId,
    pub revision_id: RevisionId,
    pub section_code: String,
    pub position: i32,
    pub label: String,
    pub title: String,
    pub body: String,
}

/// The sections of all received revisions of a period, by obligation and position. One query.
///
/// # Errors
/// The query's own.
pub fn received_sections(conn: &mut Conn, period: PeriodId) -> QueryResult<Vec<ReceivedSection>> {
    revision_sections::table
        .inner_join(
            reports::table.on(reports::received_revision_id.eq(revision_sections::revision_id.nullable())),
        )
        .inner_join(obligations::table.on(obligations::id.eq(reports::obligation_id)))
        .filter(obligations::period_id.eq(period))
        .order((obligations::id, revision_sections::position))
        .select((
            obligations::id,
            obligations::unit_id,
            revision_sections::revision_id,
            revision_sections::section_code,
            revision_sections::position,
            revision_sections::label,
            revision_sections::title,
            revision_sections::body,
        ))
        .load(conn)
}
