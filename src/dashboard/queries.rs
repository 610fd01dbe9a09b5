//! SQL of the first screens that no other slice asks: reasons of corrections, recent sendings, unlockings, a unit's past.

pub mod past;

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::calendar::DayKind;
use crate::days::KeptDay;
use crate::db::Conn;
use crate::db::ids::{ObligationId, RegimeId, ReportId, RevisionId, UnitId};
use crate::db::schema::{
    calendar_days, legacy_table_revisions, obligations, periods, regime_cycles, report_transitions, reports,
    revisions,
};
use crate::periods::RegimeCycle;
use crate::reports::Step;

/// Why the collector asked to amend.
#[derive(Debug, Clone)]
pub struct Amendment {
    pub by: String,
    pub at: NaiveDateTime,
    pub reason: String,
    /// The step that asked for it.
    pub step: Step,
}

/// The last request to amend of each report. One query.
///
/// # Errors
/// The query's own.
pub fn amendments(conn: &mut Conn, ids: &[ReportId]) -> QueryResult<HashMap<ReportId, Amendment>> {
    let asking: Vec<&str> = Step::ALL.into_iter().filter(|s| s.asks_correction()).map(Step::code).collect();
    type Row = (ReportId, String, NaiveDateTime, String, String);
    let rows: Vec<Row> = report_transitions::table
        .filter(report_transitions::report_id.eq_any(ids))
        .filter(report_transitions::step.eq_any(asking))
        .order(report_transitions::id)
        .select((
            report_transitions::report_id,
            report_transitions::actor_title,
            report_transitions::at,
            report_transitions::reason,
            report_transitions::step,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(id, by, at, reason, code)| {
            Some((id, Amendment { by, at, reason, step: Step::from_code(&code)? }))
        })
        .collect())
}

/// Why the unit's leader handed a report back, where that is the last thing that happened to it. One query.
///
/// # Errors
/// The query's own.
pub fn handed_back(conn: &mut Conn, ids: &[ReportId]) -> QueryResult<HashMap<ReportId, Amendment>> {
    type Row = (ReportId, String, NaiveDateTime, String, String);
    let rows: Vec<Row> = report_transitions::table
        .filter(report_transitions::report_id.eq_any(ids))
        .order(report_transitions::id)
        .select((
            report_transitions::report_id,
            report_transitions::actor_title,
            report_transitions::at,
            report_transitions::reason,
            report_transitions::step,
        ))
        .load(conn)?;
    let mut last: HashMap<ReportId, Amendment> = HashMap::new();
    for (id, by, at, reason, step) in rows {
        match Step::from_code(&step) {
            Some(Step::HandBack) => last.insert(id, Amendment { by, at, reason, step: Step::HandBack }),
            _ => last.remove(&id),
        };
    }
    Ok(last)
}

/// The last sending of a report of an own unit.
#[derive(Debug, Clone, Queryable)]
pub struct Sending {
    pub report_id: ReportId,
    pub revision_id: RevisionId,
    pub number: i32,
    pub sent_at: NaiveDateTime,
    pub days_late: i32,
    pub state: String,
    pub standing: String,
    pub kind: String,
    pub label: String,
    pub unit_id: UnitId,
}

/// The reports some units sent last, newest first, but for some that are told elsewhere; what came of a table of before the
/// system was not sent. One query.
///
/// # Errors
/// The query's own.
pub fn recent_sendings(
    conn: &mut Conn,
    units: &[UnitId],
    but: &[ReportId],
    limit: i64,
) -> QueryResult<Vec<Sending>> {
    revisions::table
        .inner_join(reports::table.on(reports::id.eq(revisions::report_id)))
        .inner_join(obligations::table.on(obligations::id.eq(reports::obligation_id)))
        .inner_join(periods::table.on(periods::id.eq(obligations::period_id)))
        .filter(obligations::unit_id.eq_any(units))
        .filter(revisions::number.eq(reports::last_revision))
        // What was typed in by mistake and taken back was not sent.
        .filter(reports::first_sent_at.is_not_null())
        .filter(reports::id.ne_all(but))
        .filter(
            revisions::id.ne_all(legacy_table_revisions::table.select(legacy_table_revisions::revision_id)),
        )
        .order((revisions::sent_at.desc(), revisions::id.desc()))
        .limit(limit)
        .select((
            reports::id,
            revisions::id,
            revisions::number,
            revisions::sent_at,
            revisions::days_late,
            reports::state,
            obligations::standing,
            obligations::kind,
            periods::label,
            obligations::unit_id,
        ))
        .load(conn)
}

/// A period for which a unit declared "không phát sinh", or was let off by who collects.
#[derive(Debug, Clone, Queryable)]
pub struct NilPeriod {
    pub obligation_id: ObligationId,
    pub label: String,
    pub lock_on: Option<NaiveDate>,
    pub unit_id: UnitId,
    pub standing: String,
}

impl NilPeriod {
    /// Whether it was let off, and did not declare anything itself.
    pub fn is_exempt(&self) -> bool {
        self.standing == "exempt"
    }
}

/// The periods some units have declared nil or were let off, newest first. One query.
///
/// # Errors
/// The query's own.
pub fn nil_periods(conn: &mut Conn, units: &[UnitId]) -> QueryResult<Vec<NilPeriod>> {
    obligations::table
        .inner_join(periods::table)
        .filter(obligations::unit_id.eq_any(units))
        .filter(obligations::standing.eq_any(["nil", "exempt"]))
        .order(obligations::id.desc())
        .select((
            obligations::id,
            periods::label,
            periods::lock_on,
            obligations::unit_id,
            obligations::standing,
        ))
        .load(conn)
}

/// The days on record from one day to another, both included, in order. One query.
///
/// # Errors
/// The query's own.
pub fn kept_days(conn: &mut Conn, from: NaiveDate, to: NaiveDate) -> QueryResult<Vec<KeptDay>> {
    let rows: Vec<(NaiveDate, String, String, String, bool)> = calendar_days::table
        .filter(calendar_days::day.between(from, to))
        .order(calendar_days::day)
        .select((
            calendar_days::day,
            calendar_days::kind,
            calendar_days::name,
            calendar_days::source,
            calendar_days::confirmed,
        ))
        .load(conn)?;
    let kept = rows.into_iter().filter_map(|(day, kind, name, source, confirmed)| {
        Some(KeptDay { day, kind: DayKind::from_code(&kind)?, name, source, confirmed })
    });
    Ok(kept.collect())
}

/// The cycles of some regimes, in the order they were set. One query.
///
/// # Errors
/// The query's own.
pub fn cycles_of(conn: &mut Conn, ids: &[RegimeId]) -> QueryResult<Vec<RegimeCycle>> {
    regime_cycles::table
        .filter(regime_cycles::regime_id.eq_any(ids))
        .order((regime_cycles::regime_id, regime_cycles::id))
        .select(RegimeCycle::as_select())
        .load(conn)
}
