//! SQL of what units hold for a period before a table is laid over it, and of what rests on what came of one.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::{EditionId, FormId, IndicatorId, ObligationId, PeriodId, ReportId, RevisionId, UnitId};
use crate::db::schema::{edition_sources, editions, obligations, reports, revision_figures};

/// The own report of a unit for a period.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Held {
    pub unit: UnitId,
    pub obligation: ObligationId,
    pub form: FormId,
    pub standing: String,
    pub report: ReportId,
    pub state: String,
    pub received: Option<RevisionId>,
}

/// The own reports that some bodies collect in a period. One query.
///
/// # Errors
/// The query's own.
pub fn held(conn: &mut Conn, collectors: &[UnitId], period: PeriodId) -> QueryResult<Vec<Held>> {
    obligations::table
        .inner_join(reports::table)
        .filter(obligations::period_id.eq(period))
        .filter(obligations::collector_id.eq_any(collectors))
        .filter(obligations::part.eq("own"))
        .order(obligations::id)
        .select((
            obligations::unit_id,
            obligations::id,
            obligations::form_id,
            obligations::standing,
            reports::id,
            reports::state,
            reports::received_revision_id,
        ))
        .load(conn)
}

/// Figures of some revisions. One query.
///
/// # Errors
/// The query's own.
pub fn held_figures(
    conn: &mut Conn,
    ids: &[RevisionId],
) -> QueryResult<HashMap<RevisionId, HashMap<IndicatorId, Option<i64>>>> {
    let rows: Vec<(RevisionId, IndicatorId, Option<i64>)> = revision_figures::table
        .filter(revision_figures::revision_id.eq_any(ids))
        .select((revision_figures::revision_id, revision_figures::indicator_id, revision_figures::value))
        .load(conn)?;
    let mut by_revision: HashMap<RevisionId, HashMap<IndicatorId, Option<i64>>> = HashMap::new();
    for (revision, indicator, value) in rows {
        by_revision.entry(revision).or_default().insert(indicator, value);
    }
    Ok(by_revision)
}

/// The editions that some revisions are in, discarded ones left out: id, number, status. One query.
///
/// # Errors
/// The query's own.
pub fn editions_on(conn: &mut Conn, ids: &[RevisionId]) -> QueryResult<Vec<(EditionId, i32, String)>> {
    edition_sources::table
        .inner_join(editions::table)
        .filter(edition_sources::revision_id.eq_any(ids))
        .filter(editions::status.ne("discarded"))
        .select((editions::id, editions::number, editions::status))
        .distinct()
        .order(editions::number)
        .load(conn)
}

/// The number of the newest approved edition that one of some bodies has of a period. One query.
///
/// # Errors
/// The query's own.
pub fn approved_edition(
    conn: &mut Conn,
    period: PeriodId,
    collectors: &[UnitId],
) -> QueryResult<Option<i32>> {
    editions::table
        .filter(editions::period_id.eq(period))
        .filter(editions::collector_id.eq_any(collectors))
        .filter(editions::status.eq_any(["approved", "sent"]))
        .order(editions::number.desc())
        .select(editions::number)
        .first(conn)
        .optional()
}

/// Those of some reports where something came after a revision of a table: they hold another one, or are not received any more.
/// One query.
///
/// # Errors
/// The query's own.
pub fn later_steps(conn: &mut Conn, of: &[(ReportId, RevisionId)]) -> QueryResult<Vec<ReportId>> {
    let ids: Vec<ReportId> = of.iter().map(|(report, _)| *report).collect();
    let rows: Vec<(ReportId, String, Option<RevisionId>)> = reports::table
        .filter(reports::id.eq_any(ids))
        .select((reports::id, reports::state, reports::received_revision_id))
        .load(conn)?;
    let holds = |id: ReportId, revision: Option<RevisionId>| {
        of.iter().any(|(report, own)| *report == id && revision == Some(*own))
    };
    let moved =
        rows.into_iter().filter(|(id, state, received)| state != "received" || !holds(*id, *received));
    Ok(moved.map(|(id, ..)| id).collect())
}
