//! SQL of the feeds: the link of a token, the duties of some bodies around a day, when each was last decided about.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::{count_star, max};
use diesel::prelude::*;

use super::event::DaysOff;
use crate::db::Conn;
use crate::db::ids::{ObligationId, PeriodId, PersonId, ReportId, UnitId};
use crate::db::schema::{
    audit_log, calendar_links, obligation_decisions, obligations, periods, regimes, report_transitions,
    reports, withdrawn_duties,
};
use crate::periods::{Duty, Obligation, Period, Regime, ReportHead};

/// Events of one feed at most.
pub const MOST: i64 = 500;

/// Whose link a living token is. One query.
///
/// # Errors
/// `NotFound` for a token nobody has, or has no more.
pub fn link(conn: &mut Conn, hash: &str) -> QueryResult<(PersonId, Option<UnitId>)> {
    calendar_links::table
        .filter(calendar_links::token_hash.eq(hash))
        .filter(calendar_links::revoked_at.is_null())
        .select((calendar_links::person_id, calendar_links::unit_id))
        .first(conn)
}

/// A duty with its period, its regime and the name its event has.
pub type Owed = (Duty, Period, Regime, String);

/// The duties of some bodies whose day, as stated, extended or asked of a correction, is `from` or later. Two queries.
///
/// # Errors
/// The queries' own.
pub fn duties(conn: &mut Conn, units: &[UnitId], from: NaiveDate) -> QueryResult<Vec<Owed>> {
    let rows: Vec<(Obligation, ReportHead, Period, Regime, String)> = obligations::table
        .inner_join(reports::table)
        .inner_join(periods::table.inner_join(regimes::table))
        .filter(obligations::unit_id.eq_any(units))
        .filter(
            obligations::stated_on
                .ge(from)
                .or(obligations::extended_to.ge(from))
                .or(reports::amend_due_on.ge(from)),
        )
        .order(obligations::id.desc())
        .limit(MOST)
        .select((
            Obligation::as_select(),
            ReportHead::as_select(),
            Period::as_select(),
            Regime::as_select(),
            obligations::uid,
        ))
        .load(conn)?;
    let nil = crate::periods::queries::nil_moments(conn, rows.iter().map(|row| &row.0))?;
    let mut found: Vec<Owed> = rows
        .into_iter()
        .map(|(obligation, report, period, regime, uid)| {
            let (period, regime) = period.under(regime);
            let nil_at = nil.get(&obligation.id).copied();
            (Duty { nil_at, obligation, report }, period, regime, uid)
        })
        .collect();
    found.reverse();
    Ok(found)
}

/// When something was last decided about each of some duties, or done with its report. Two queries.
///
/// # Errors
/// The queries' own.
pub fn changes(
    conn: &mut Conn,
    obligations: &[ObligationId],
    reports: &[ReportId],
) -> QueryResult<(HashMap<ObligationId, NaiveDateTime>, HashMap<ReportId, NaiveDateTime>)> {
    let decided: Vec<(ObligationId, Option<NaiveDateTime>)> = obligation_decisions::table
        .filter(obligation_decisions::obligation_id.eq_any(obligations))
        .group_by(obligation_decisions::obligation_id)
        .select((obligation_decisions::obligation_id, max(obligation_decisions::decided_at)))
        .load(conn)?;
    let taken: Vec<(ReportId, Option<NaiveDateTime>)> = report_transitions::table
        .filter(report_transitions::report_id.eq_any(reports))
        .group_by(report_transitions::report_id)
        .select((report_transitions::report_id, max(report_transitions::at)))
        .load(conn)?;
    Ok((
        decided.into_iter().filter_map(|(id, at)| Some((id, at?))).collect(),
        taken.into_iter().filter_map(|(id, at)| Some((id, at?))).collect(),
    ))
}

/// How often the days off were changed and when last, by the log. One query.
///
/// # Errors
/// The query's own.
pub fn days_off(conn: &mut Conn) -> QueryResult<DaysOff> {
    let (changes, last): (i64, Option<NaiveDateTime>) = audit_log::table
        .filter(audit_log::subject_kind.eq("calendar"))
        .select((count_star(), max(audit_log::at)))
        .first(conn)?;
    Ok(DaysOff { changes: i32::try_from(changes).unwrap_or(i32::MAX), last })
}

/// The names of the events of some periods. One query.
///
/// # Errors
/// The query's own.
pub fn period_uids(conn: &mut Conn, ids: &[PeriodId]) -> QueryResult<HashMap<PeriodId, String>> {
    let rows = periods::table.filter(periods::id.eq_any(ids)).select((periods::id, periods::uid));
    Ok(rows.load::<(PeriodId, String)>(conn)?.into_iter().collect())
}

/// A duty whose period was taken back.
#[derive(Debug, Clone, Queryable)]
pub struct Withdrawn {
    pub uid: String,
    pub title: String,
    pub last_day: NaiveDate,
    pub sequence: i32,
    pub withdrawn_at: NaiveDateTime,
}

/// What was taken back from some bodies, with a day from `from` on. One query.
///
/// # Errors
/// The query's own.
pub fn withdrawn(conn: &mut Conn, units: &[UnitId], from: NaiveDate) -> QueryResult<Vec<Withdrawn>> {
    withdrawn_duties::table
        .filter(withdrawn_duties::unit_id.eq_any(units))
        .filter(withdrawn_duties::last_day.ge(from))
        .order((withdrawn_duties::last_day, withdrawn_duties::uid))
        .limit(MOST)
        .select((
            withdrawn_duties::uid,
            withdrawn_duties::title,
            withdrawn_duties::last_day,
            withdrawn_duties::sequence,
            withdrawn_duties::withdrawn_at,
        ))
        .load(conn)
}
