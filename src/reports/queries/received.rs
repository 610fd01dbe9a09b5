//! What other rooms read of reports: the figures and sections that count, and how far each report is filled.

use std::collections::HashMap;

use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::{FormId, IndicatorId, ObligationId, PeriodId, ReportId, RevisionId, UnitId};
use crate::db::schema::{
    draft_figures, form_indicators, indicators, obligations, reports, revision_figures, revision_sections,
    revisions,
};
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
        (ObligationId, UnitId, RevisionId, IndicatorId, String, Option<i64>, bool, String, String);
    let rows: Vec<Row> = revision_figures::table
        .inner_join(revisions::table)
        .inner_join(reports::table.on(
            reports::received_revision_id.eq(revision_figures::revision_id.nullable()),
        ))
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
            revision_figures::qualifier,
            revision_figures::note,
        ))
        .load(conn)?;
    rows.into_iter()
        .map(|(obligation_id, unit_id, revision_id, indicator_id, state, value, counts, qualifier, note)| {
            let state = FigureState::from_parts(&state, value)
                .map_err(|e| diesel::result::Error::DeserializationError(Box::new(e)))?;
            Ok(ReceivedFigure {
                obligation_id,
                unit_id,
                revision_id,
                indicator_id,
                state,
                counts,
                qualifier,
                note,
            })
        })
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
        .inner_join(reports::table.on(
            reports::received_revision_id.eq(revision_sections::revision_id.nullable()),
        ))
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

/// Figures answered out of those asked for; ratios are not asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FigureCount {
    pub filled: i64,
    pub asked: i64,
}

/// How far some reports are filled: the draft while the unit is typing, the last revision once it is sent.
/// Four queries whatever their number; a count says nothing of the draft's content.
///
/// # Errors
/// The query's own.
pub fn figure_counts(conn: &mut Conn, ids: &[ReportId]) -> QueryResult<HashMap<ReportId, FigureCount>> {
    let forms: Vec<(ReportId, FormId, String)> = reports::table
        .inner_join(obligations::table)
        .filter(reports::id.eq_any(ids))
        .select((reports::id, obligations::form_id, reports::state))
        .load(conn)?;
    let asked: HashMap<FormId, i64> = form_indicators::table
        .inner_join(indicators::table)
        .filter(form_indicators::form_id.eq_any(forms.iter().map(|row| row.1).collect::<Vec<_>>()))
        .filter(indicators::value_type.ne("ratio"))
        .group_by(form_indicators::form_id)
        .select((form_indicators::form_id, count_star()))
        .load::<(FormId, i64)>(conn)?
        .into_iter()
        .collect();
    let typed: HashMap<ReportId, i64> = draft_figures::table
        .filter(draft_figures::report_id.eq_any(ids))
        .filter(draft_figures::state.ne("unreadable"))
        .group_by(draft_figures::report_id)
        .select((draft_figures::report_id, count_star()))
        .load::<(ReportId, i64)>(conn)?
        .into_iter()
        .collect();
    let sent: HashMap<ReportId, i64> = revision_figures::table
        .inner_join(revisions::table.inner_join(reports::table))
        .filter(reports::id.eq_any(ids))
        .filter(revisions::number.eq(reports::last_revision))
        .group_by(reports::id)
        .select((reports::id, count_star()))
        .load::<(ReportId, i64)>(conn)?
        .into_iter()
        .collect();
    Ok(forms
        .into_iter()
        .map(|(id, form, state)| {
            let from = if matches!(state.as_str(), "sent" | "received") { &sent } else { &typed };
            let filled = from.get(&id).or_else(|| sent.get(&id)).copied().unwrap_or_default();
            (id, FigureCount { filled, asked: asked.get(&form).copied().unwrap_or_default() })
        })
        .collect())
}
