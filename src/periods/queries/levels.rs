//! SQL of levels: routes upwards on a day, how early lower collectors want reports, the due words each level was
//! given in a period, and the consolidated obligations of a period.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::super::levels::{Level, Upward};
use super::super::{Duty, Obligation, ReportHead};
use crate::access::Scope;
use crate::calendar::{DueRule, parse_hour};
use crate::db::Conn;
use crate::db::ids::{PeriodId, RegimeId, UnitId};
use crate::db::schema::{level_leads, obligations, period_levels, periods, regimes, reports, routes};
use crate::on_each;

/// The routes of consolidated reports that are valid on `day`. One query.
///
/// # Errors
/// The query's own.
pub fn upward_on(conn: &mut Conn, id: RegimeId, day: NaiveDate) -> QueryResult<Vec<Upward>> {
    Ok(routes::table
        .filter(routes::regime_id.eq(id))
        .filter(routes::part.eq("consolidated"))
        .filter(routes::valid_from.is_null().or(routes::valid_from.le(day)))
        .filter(routes::valid_to.is_null().or(routes::valid_to.ge(day)))
        .order(routes::id)
        .select((routes::unit_id, routes::collector_id, routes::mode))
        .load::<(UnitId, UnitId, String)>(conn)?
        .into_iter()
        .map(|(unit_id, collector_id, mode)| Upward { unit_id, collector_id, mode })
        .collect())
}

/// Working days before its own last day that each lower collector of a regime wants reports. One query.
///
/// # Errors
/// The query's own.
pub fn leads(conn: &mut Conn, id: RegimeId) -> QueryResult<HashMap<UnitId, i32>> {
    Ok(level_leads::table
        .filter(level_leads::regime_id.eq(id))
        .select((level_leads::collector_id, level_leads::working_days))
        .load::<(UnitId, i32)>(conn)?
        .into_iter()
        .collect())
}

/// Says how early a lower collector wants reports.
///
/// # Errors
/// The queries' own.
pub fn set_lead(conn: &mut Conn, id: RegimeId, collector: UnitId, days: i32) -> QueryResult<()> {
    let row = level_leads::table.find((id, collector));
    let changed = diesel::update(row).set(level_leads::working_days.eq(days)).execute(conn)?;
    if changed == 0 {
        diesel::insert_into(level_leads::table)
            .values((
                level_leads::regime_id.eq(id),
                level_leads::collector_id.eq(collector),
                level_leads::working_days.eq(days),
            ))
            .execute(conn)?;
    }
    Ok(())
}

#[derive(Insertable)]
#[diesel(table_name = period_levels, treat_none_as_default_value = false)]
struct LevelRow<'a> {
    period_id: PeriodId,
    collector_id: UnitId,
    due_rule: &'a str,
    stated_on: Option<NaiveDate>,
    stated_time: Option<String>,
}

/// Takes down the due words of the lower levels of a period.
///
/// # Errors
/// The query's own.
pub fn insert_levels(conn: &mut Conn, period_id: PeriodId, levels: &[Level]) -> QueryResult<()> {
    let rows: Vec<LevelRow<'_>> = levels
        .iter()
        .map(|level| LevelRow {
            period_id,
            collector_id: level.collector,
            due_rule: level.due.code(),
            stated_on: level.due.date(),
            stated_time: level.due.hour_code(),
        })
        .collect();
    on_each!(conn, |c| diesel::insert_into(period_levels::table).values(&rows).execute(c)).map(|_| ())
}

/// Writes the due words of the lower levels of a period anew.
///
/// # Errors
/// The queries' own.
pub fn put_levels(conn: &mut Conn, id: PeriodId, levels: &[Level]) -> QueryResult<()> {
    for level in levels {
        diesel::update(period_levels::table.find((id, level.collector)))
            .set((
                period_levels::due_rule.eq(level.due.code()),
                period_levels::stated_on.eq(level.due.date()),
                period_levels::stated_time.eq(level.due.hour_code()),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Unit and collector.
type Way = (UnitId, UnitId);

/// Who sends to whom in a period, as taken down: own reports, and consolidated ones upwards. Two queries.
///
/// # Errors
/// The queries' own.
pub fn ways_of(conn: &mut Conn, id: PeriodId) -> QueryResult<(Vec<Way>, Vec<Upward>)> {
    let of = |part: &'static str| {
        obligations::table.filter(obligations::period_id.eq(id)).filter(obligations::part.eq(part))
    };
    let own = of("own")
        .order(obligations::id)
        .select((obligations::unit_id, obligations::collector_id))
        .load(conn)?;
    let upward = of("consolidated")
        .order(obligations::id)
        .select((obligations::unit_id, obligations::collector_id, obligations::mode))
        .load::<(UnitId, UnitId, String)>(conn)?
        .into_iter()
        .map(|(unit_id, collector_id, mode)| Upward { unit_id, collector_id, mode })
        .collect();
    Ok((own, upward))
}

/// The due words of the lower levels of some periods, by period and collector. One query.
///
/// # Errors
/// The query's own.
pub fn level_dues(conn: &mut Conn, ids: &[PeriodId]) -> QueryResult<HashMap<(PeriodId, UnitId), DueRule>> {
    type Row = (PeriodId, UnitId, String, Option<NaiveDate>, Option<String>);
    Ok(period_levels::table
        .filter(period_levels::period_id.eq_any(ids))
        .select((
            period_levels::period_id,
            period_levels::collector_id,
            period_levels::due_rule,
            period_levels::stated_on,
            period_levels::stated_time,
        ))
        .load::<Row>(conn)?
        .into_iter()
        .map(|(period, unit, rule, day, hour)| {
            let due = DueRule::from_parts(&rule, day).unwrap_or(DueRule::Undated);
            ((period, unit), due.at(hour.as_deref().and_then(parse_hour)))
        })
        .collect())
}

/// The consolidated reports owed in some periods: for who collects or oversees them, and for who writes them. One query.
///
/// # Errors
/// The query's own.
pub fn consolidated_duties(conn: &mut Conn, scope: &Scope, ids: &[PeriodId]) -> QueryResult<Vec<Duty>> {
    let rows: Vec<(Obligation, ReportHead)> = obligations::table
        .inner_join(reports::table)
        .inner_join(periods::table.inner_join(regimes::table))
        .filter(obligations::period_id.eq_any(ids))
        .filter(obligations::part.eq("consolidated"))
        .filter(
            obligations::collector_id
                .eq_any(&scope.collector_units)
                .or(obligations::unit_id.eq_any(&scope.collector_units))
                .or(regimes::collector_id.eq_any(&scope.collector_units))
                .or(regimes::province_id.eq_any(&scope.overseen_provinces)),
        )
        .order(obligations::id)
        .select((Obligation::as_select(), ReportHead::as_select()))
        .load(conn)?;
    Ok(rows.into_iter().map(|(obligation, report)| Duty { obligation, report, nil_at: None }).collect())
}
