//! SQL about periods: those a collector or a leader may see, and the edition each has come to.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::super::{Period, Regime};
use crate::access::Scope;
use crate::db::Conn;
use crate::db::ids::{EditionId, PeriodId, PlanId, RegimeId, RevisionId, UnitId};
use crate::db::schema::{
    edition_returns, edition_sources, editions, legacy_tables, obligations, periods, regime_plans, regimes,
    reports,
};

/// Whom a period exists for: the regime's collector, another body some of its units report to, or a leader of
/// the province.
macro_rules! seen_by {
    ($scope:expr) => {
        regimes::collector_id
            .eq_any(&$scope.collector_units)
            .or(regimes::province_id.eq_any(&$scope.overseen_provinces))
            .or(periods::id.eq_any(
                obligations::table
                    .filter(obligations::collector_id.eq_any(&$scope.collector_units))
                    .select(obligations::period_id),
            ))
    };
}

/// What was made for a table of before the system and stands empty since that was taken back: its rows are kept for the
/// histories of the reports, and lists of periods leave it out.
macro_rules! left_empty {
    () => {
        exists(
            legacy_tables::table
                .filter(legacy_tables::period_id.eq(periods::id.nullable()))
                .filter(legacy_tables::made_period.eq(true)),
        )
        .and(not(exists(
            obligations::table
                .filter(obligations::period_id.eq(periods::id))
                .filter(obligations::standing.ne("exempt")),
        )))
    };
}

/// The newest edition of a period by the regime's collector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionHead {
    pub id: EditionId,
    pub number: i32,
    pub status: String,
    pub created_at: NaiveDateTime,
}

impl EditionHead {
    /// "lần 2, đã chốt".
    pub fn words(&self) -> String {
        let state = match self.status.as_str() {
            "draft" => "dự thảo",
            "approved" => "đã chốt",
            _ => "đã gửi",
        };
        format!("lần {}, {state}", self.number)
    }
}

/// One period with its regime. One query.
///
/// # Errors
/// `NotFound` for a foreign one too.
pub fn period(conn: &mut Conn, scope: &Scope, id: PeriodId) -> QueryResult<(Period, Regime)> {
    periods::table
        .inner_join(regimes::table)
        .filter(periods::id.eq(id))
        .filter(seen_by!(scope))
        .select((Period::as_select(), Regime::as_select()))
        .first(conn)
        .map(|(period, regime): (Period, Regime)| period.under(regime))
}

/// Every period a collector or leader may see that does not stand empty, in the order they were opened. One query.
///
/// # Errors
/// The query's own.
pub fn periods(conn: &mut Conn, scope: &Scope) -> QueryResult<Vec<(Period, Regime)>> {
    periods::table
        .inner_join(regimes::table)
        .filter(seen_by!(scope))
        .filter(not(left_empty!()))
        .order((periods::opened_at, periods::id))
        .select((Period::as_select(), Regime::as_select()))
        .load(conn)
        .map(|rows: Vec<(Period, Regime)>| rows.into_iter().map(|(p, r)| p.under(r)).collect())
}

/// The periods of one regime that a collector or leader may see and that do not stand empty, in the order they were opened.
/// One query.
///
/// # Errors
/// The query's own.
pub fn periods_of_regime(conn: &mut Conn, scope: &Scope, id: RegimeId) -> QueryResult<Vec<Period>> {
    periods::table
        .inner_join(regimes::table)
        .filter(periods::regime_id.eq(id))
        .filter(seen_by!(scope))
        .filter(not(left_empty!()))
        .order((periods::opened_at, periods::id))
        .select(Period::as_select())
        .load(conn)
}

/// The periods of all regimes that serve a plan, as [`periods_of_regime`] finds them of one. One query.
///
/// # Errors
/// The query's own.
pub fn periods_of_plan(conn: &mut Conn, scope: &Scope, plan: PlanId) -> QueryResult<Vec<Period>> {
    let serving = regime_plans::table.filter(regime_plans::plan_id.eq(plan)).select(regime_plans::regime_id);
    periods::table
        .inner_join(regimes::table)
        .filter(periods::regime_id.eq_any(serving))
        .filter(seen_by!(scope))
        .filter(not(left_empty!()))
        .order((periods::opened_at, periods::id))
        .select(Period::as_select())
        .load(conn)
}

/// How many reports of a period were received after an edition of it was made, or again with another revision.
/// One query.
///
/// # Errors
/// The query's own.
pub fn received_after(conn: &mut Conn, id: EditionId) -> QueryResult<usize> {
    type Row = (Option<RevisionId>, Option<RevisionId>);
    let rows: Vec<Row> = edition_sources::table
        .inner_join(obligations::table.inner_join(reports::table))
        .filter(edition_sources::edition_id.eq(id))
        .filter(obligations::standing.eq("owed"))
        .select((edition_sources::revision_id, reports::received_revision_id))
        .load(conn)?;
    Ok(rows.into_iter().filter(|(used, received)| used != received).count())
}

/// A draft edition that waits for its leader.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct DraftEdition {
    pub id: EditionId,
    pub number: i32,
    pub period: String,
    pub regime: String,
    pub created_at: NaiveDateTime,
}

/// The draft editions of some collectors, oldest first. One query.
///
/// # Errors
/// The query's own.
pub fn draft_editions(conn: &mut Conn, collectors: &[UnitId]) -> QueryResult<Vec<DraftEdition>> {
    editions::table
        .inner_join(periods::table.inner_join(regimes::table))
        .filter(editions::collector_id.eq_any(collectors))
        .filter(editions::status.eq("draft"))
        .order((editions::created_at, editions::id))
        .select((editions::id, editions::number, periods::label, regimes::name, editions::created_at))
        .load(conn)
}

/// A draft edition that its leader gave back, the newest of its collector's for the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GivenBackEdition {
    pub id: EditionId,
    pub period: PeriodId,
    pub number: i32,
    /// When it was given back, UTC.
    pub at: NaiveDateTime,
}

/// The draft editions of some collectors for some periods that were given back and are still the newest. One query.
///
/// # Errors
/// The query's own.
pub fn given_back(
    conn: &mut Conn,
    periods: &[PeriodId],
    collectors: &[UnitId],
) -> QueryResult<Vec<GivenBackEdition>> {
    type Row = (EditionId, PeriodId, UnitId, i32, Option<NaiveDateTime>);
    let rows: Vec<Row> = editions::table
        .left_join(edition_returns::table)
        .filter(editions::period_id.eq_any(periods))
        .filter(editions::collector_id.eq_any(collectors))
        .order(editions::number)
        .select((
            editions::id,
            editions::period_id,
            editions::collector_id,
            editions::number,
            edition_returns::returned_at.nullable(),
        ))
        .load(conn)?;
    // The last of each is the newest.
    let newest: HashMap<(PeriodId, UnitId), Row> =
        rows.into_iter().map(|row| ((row.1, row.2), row)).collect();
    let mut back: Vec<GivenBackEdition> = newest
        .into_values()
        .filter_map(|(id, period, _, number, at)| Some(GivenBackEdition { id, period, number, at: at? }))
        .collect();
    back.sort_by_key(|edition| edition.id);
    Ok(back)
}

/// The newest edition of each period by its regime's collector; periods without one are absent. One query.
///
/// # Errors
/// The query's own.
pub fn newest_editions(
    conn: &mut Conn,
    of: &[(PeriodId, UnitId)],
) -> QueryResult<HashMap<PeriodId, EditionHead>> {
    let ids: Vec<PeriodId> = of.iter().map(|(id, _)| *id).collect();
    type Row = (EditionId, PeriodId, UnitId, i32, String, NaiveDateTime);
    let rows: Vec<Row> = editions::table
        .filter(editions::period_id.eq_any(&ids))
        .filter(editions::status.ne("discarded"))
        .order(editions::number)
        .select((
            editions::id,
            editions::period_id,
            editions::collector_id,
            editions::number,
            editions::status,
            editions::created_at,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter(|row| of.contains(&(row.1, row.2)))
        .map(|(id, period, _, number, status, created_at)| {
            (period, EditionHead { id, number, status, created_at })
        })
        .collect())
}
