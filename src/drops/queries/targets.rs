//! SQL of the reports that files of a drop may be of: by the identity of a workbook, by hand, and by the names pages show.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::{DropId, PeriodId, ReportId, UnitId};
use crate::db::schema::{drop_files, obligations, periods, regimes, reports, units};
use crate::unit_workbook::Identity;

/// Reports with the unit that owes them and their period.
macro_rules! targets {
    () => {
        reports::table.inner_join(obligations::table.inner_join(periods::table)).select((
            reports::id,
            obligations::unit_id,
            periods::label,
            periods::reference_on,
        ))
    };
}

/// The bodies that collect something in a period, in order: who works for several of them drops files for the same one each time.
/// One query.
///
/// # Errors
/// The query's own.
pub fn collectors(conn: &mut Conn, period: PeriodId) -> QueryResult<Vec<UnitId>> {
    obligations::table
        .filter(obligations::period_id.eq(period))
        .select(obligations::collector_id)
        .distinct()
        .order(obligations::collector_id)
        .load(conn)
}

/// The report a workbook says it is of, where one of some bodies collects it. One query.
///
/// # Errors
/// The query's own.
pub fn report_of(
    conn: &mut Conn,
    collectors: &[UnitId],
    identity: &Identity,
) -> QueryResult<Option<ReportId>> {
    reports::table
        .inner_join(obligations::table.inner_join(periods::table.inner_join(regimes::table)))
        .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
        .filter(obligations::collector_id.eq_any(collectors))
        .filter(obligations::part.eq("own"))
        .filter(units::code.eq(&identity.unit))
        .filter(periods::code.eq(&identity.period))
        .filter(regimes::code.eq(&identity.regime))
        .select(reports::id)
        .first(conn)
        .optional()
}

/// The period a report is of. One query.
///
/// # Errors
/// The query's own.
pub(in crate::drops) fn period_of(conn: &mut Conn, report: ReportId) -> QueryResult<PeriodId> {
    let of = reports::table.inner_join(obligations::table).filter(reports::id.eq(report));
    of.select(obligations::period_id).first(conn)
}

/// Whose report of which period a file is, for lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pub report: ReportId,
    pub unit: UnitId,
    pub unit_name: String,
    pub period: String,
}

/// The reports some bodies collect in a period that can still be entered, by the names of units. Two queries.
///
/// # Errors
/// The queries' own.
pub fn open_targets(conn: &mut Conn, collectors: &[UnitId], period: PeriodId) -> QueryResult<Vec<Target>> {
    let of = targets!()
        .filter(obligations::period_id.eq(period))
        .filter(obligations::collector_id.eq_any(collectors))
        .filter(obligations::part.eq("own"))
        .filter(obligations::standing.eq("owed"))
        .filter(reports::state.eq_any(["not_begun", "draft", "amend"]));
    let rows = of.load(conn)?;
    let mut found = named(conn, rows)?;
    found.retain(|target| !collectors.contains(&target.unit));
    found.sort_by_key(|target| crate::vietnamese::sort_key(&target.unit_name));
    Ok(found)
}

/// The reports the files of a drop are of. Two queries.
///
/// # Errors
/// The queries' own.
pub fn targets_of(conn: &mut Conn, drop: DropId) -> QueryResult<HashMap<ReportId, Target>> {
    let ids: Vec<Option<ReportId>> = drop_files::table
        .filter(drop_files::drop_id.eq(drop))
        .filter(drop_files::report_id.is_not_null())
        .select(drop_files::report_id)
        .load(conn)?;
    targets(conn, &ids.into_iter().flatten().collect::<Vec<_>>())
}

/// Whose report of which period some reports are. Two queries.
///
/// # Errors
/// The queries' own.
pub(in crate::drops) fn targets(conn: &mut Conn, ids: &[ReportId]) -> QueryResult<HashMap<ReportId, Target>> {
    let found = targets!().filter(reports::id.eq_any(ids)).load(conn)?;
    Ok(named(conn, found)?.into_iter().map(|target| (target.report, target)).collect())
}

type TargetRow = (ReportId, UnitId, String, NaiveDate);

fn named(conn: &mut Conn, rows: Vec<TargetRow>) -> QueryResult<Vec<Target>> {
    let ids: Vec<UnitId> = rows.iter().map(|row| row.1).collect();
    let Some(day) = rows.iter().map(|row| row.3).max() else { return Ok(Vec::new()) };
    let names = crate::units::queries::names_on(conn, &ids, day)?;
    Ok(rows
        .into_iter()
        .map(|(report, unit, period, _)| Target {
            report,
            unit,
            unit_name: names.get(&unit).cloned().unwrap_or_default(),
            period,
        })
        .collect())
}
