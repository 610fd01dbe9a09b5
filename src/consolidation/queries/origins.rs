//! SQL of where a total comes from: the received revision of each unit's report, to be opened one click away.

use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::{PeriodId, ReportId, UnitId};
use crate::db::schema::{obligations, reports, revisions, units};

/// The received revision of one report.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub(in super::super) struct Origin {
    /// Identifier of the unit, the same in every installation.
    pub(in super::super) uid: String,
    /// "own" or "consolidated".
    pub(in super::super) part: String,
    pub(in super::super) report_id: ReportId,
    /// Number of the received revision.
    pub(in super::super) revision: i32,
}

/// The received revisions of one collector's units in a period. One query.
///
/// # Errors
/// The query's own.
pub(in super::super) fn origins(
    conn: &mut Conn,
    period: PeriodId,
    collector: UnitId,
) -> QueryResult<Vec<Origin>> {
    obligations::table
        .inner_join(reports::table)
        .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
        .inner_join(revisions::table.on(reports::received_revision_id.eq(revisions::id.nullable())))
        .filter(obligations::period_id.eq(period))
        .filter(obligations::collector_id.eq(collector))
        .filter(obligations::standing.eq("owed"))
        .order(obligations::id)
        .select((units::uid, obligations::part, reports::id, revisions::number))
        .load(conn)
}
