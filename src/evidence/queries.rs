//! All SQL of the ledger: entries of the log, links that reports claim, and who else claims the same posts. A fixed number of queries
//! whatever the size of the province.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::ledger::{Claim, Noted, Place, Shown};
use crate::db::Conn;
use crate::db::ids::{FileId, IndicatorId, PeriodId, RegimeId, ReportId, TaskEntryId, TaskId, UnitId};
use crate::db::schema::{
    clauses, entry_photos, evidence, evidence_claims, indicators, obligations, periods, plans, reports,
    task_entries, tasks,
};
use crate::periods::Period;
use crate::plans::queries::{Entry, entries_in_window};
use crate::reports::ReportState;

/// More keys than this are not sent with a query; the claims are read whole and held against them here.
const MOST_KEYS: usize = 10_000;

/// A link as reports claim it.
type ClaimRow =
    (UnitId, ReportId, String, (String, String, String, String, Option<NaiveDate>, Option<i64>), Period);

macro_rules! claim_columns {
    () => {
        (
            obligations::unit_id,
            reports::id,
            reports::state,
            (
                evidence::url_key,
                evidence::url,
                evidence::title,
                evidence::platform,
                evidence::published_on,
                evidence::reach,
            ),
            Period::as_select(),
        )
    };
}

/// The place of a report.
fn place(period: &Period) -> Place {
    Place::Report { period: period.id, label: period.label.clone(), window: period.window() }
}

/// Whether a report in a state is with its collector.
fn is_sent(state: &str) -> bool {
    ReportState::from_code(state).is_some_and(ReportState::is_with_collector)
}

fn of_claim((unit, report, _, link, period): ClaimRow) -> Shown {
    let (key, url, title, platform, published, reach) = link;
    let day = published.or(period.window().map(|window| window.to));
    let (place, noted) = (place(&period), None);
    Shown { body: unit, key, url, title, platform, reach, day, place, noted, report: Some(report) }
}

/// The links some units' reports claim, as they were last saved, for those units: what they are still writing tells where a post
/// stands, too, behind what they sent. One query.
///
/// # Errors
/// The query's own.
pub fn claimed_by(conn: &mut Conn, units: &[UnitId]) -> QueryResult<Vec<Shown>> {
    let mut rows: Vec<ClaimRow> = evidence_claims::table
        .inner_join(evidence::table)
        .inner_join(reports::table.inner_join(obligations::table.inner_join(periods::table)))
        .filter(obligations::unit_id.eq_any(units))
        .order(evidence_claims::id)
        .select(claim_columns!())
        .load(conn)?;
    rows.sort_by_key(|row| !is_sent(&row.2));
    Ok(rows.into_iter().map(of_claim).collect())
}

/// The platforms some units' reports name for some posts of theirs, what was sent before what is still being written, by the body and the
/// post. One query; none for no post.
///
/// # Errors
/// The query's own.
pub fn platforms_named(
    conn: &mut Conn,
    units: &[UnitId],
    keys: &HashSet<String>,
) -> QueryResult<Vec<(UnitId, String, String)>> {
    if keys.is_empty() {
        return Ok(vec![]);
    }
    let mut asked = evidence_claims::table
        .inner_join(evidence::table)
        .inner_join(reports::table.inner_join(obligations::table))
        .filter(obligations::unit_id.eq_any(units).and(evidence::platform.ne("")))
        .order(evidence_claims::id)
        .select((obligations::unit_id, evidence::url_key, evidence::platform, reports::state))
        .into_boxed();
    if keys.len() <= MOST_KEYS {
        asked = asked.filter(evidence::url_key.eq_any(keys.iter().cloned().collect::<Vec<_>>()));
    }
    let mut rows: Vec<(UnitId, String, String, String)> = asked.load(conn)?;
    rows.sort_by_key(|row| !is_sent(&row.3));
    let rows = rows.into_iter().filter(|row| keys.contains(&row.1));
    Ok(rows.map(|(unit, key, platform, _)| (unit, key, platform)).collect())
}

/// The links the reports for a period claim that were sent, as they were sent, with whether each was received; what is being
/// amended is its unit's own again. One query.
///
/// # Errors
/// The query's own.
pub fn claimed_for(conn: &mut Conn, period: PeriodId) -> QueryResult<Vec<(Shown, bool)>> {
    let sent = [ReportState::Sent, ReportState::Received].map(ReportState::code);
    let rows: Vec<ClaimRow> = evidence_claims::table
        .inner_join(evidence::table)
        .inner_join(reports::table.inner_join(obligations::table.inner_join(periods::table)))
        .filter(obligations::period_id.eq(period).and(obligations::part.eq("own")))
        .filter(reports::state.eq_any(sent))
        .order(evidence_claims::id)
        .select(claim_columns!())
        .load(conn)?;
    let received = |row: &ClaimRow| row.2 == ReportState::Received.code();
    Ok(rows.into_iter().map(|row| (received(&row), row)).map(|(is, row)| (of_claim(row), is)).collect())
}

/// What the log of some units shows from `from` to `to`. Two queries.
///
/// # Errors
/// The queries' own.
pub fn noted_by(
    conn: &mut Conn,
    units: &[UnitId],
    (from, to): (NaiveDate, NaiveDate),
) -> QueryResult<Vec<Shown>> {
    let entries = entries_in_window(conn, units, from, to)?;
    let held: Vec<(TaskEntryId, FileId)> = entry_photos::table
        .inner_join(task_entries::table)
        .filter(task_entries::unit_id.eq_any(units))
        .filter(task_entries::done_on.between(from, to))
        .order(entry_photos::id)
        .select((entry_photos::task_entry_id, entry_photos::file_id))
        .load(conn)?;
    let mut photos: HashMap<TaskEntryId, Vec<FileId>> = HashMap::new();
    for (entry, file) in held {
        photos.entry(entry).or_default().push(file);
    }
    Ok(entries
        .into_iter()
        .map(|entry| of_entry(photos.remove(&entry.id).unwrap_or_default(), entry))
        .collect())
}

fn of_entry(photos: Vec<FileId>, entry: Entry) -> Shown {
    let platform = entry.platform().map_or("", super::Platform::words).to_owned();
    Shown {
        body: entry.unit_id,
        title: entry.post_title().to_owned(),
        platform,
        reach: entry.reach,
        day: Some(entry.done_on),
        place: Place::Entry(entry.done_on),
        report: None,
        key: entry.url_key,
        url: entry.link,
        noted: Some(Noted {
            id: entry.id,
            task: entry.task_id,
            text: entry.text,
            quantity: entry.quantity,
            measure_unit: entry.measure_unit,
            indicator: entry.indicator_id,
            photos,
        }),
    }
}

/// The regimes some units owe under. One query.
///
/// # Errors
/// The query's own.
pub fn regimes_of(conn: &mut Conn, units: &[UnitId]) -> QueryResult<Vec<RegimeId>> {
    obligations::table
        .inner_join(periods::table)
        .filter(obligations::unit_id.eq_any(units))
        .select(periods::regime_id)
        .distinct()
        .load(conn)
}

/// Every claim of some posts under some regimes: by reports as they were last saved, by the log of work of units that owe. What is
/// not sent is told whole to its own units, which are `own`. Two queries; none for no post.
///
/// # Errors
/// The queries' own.
pub fn claims_of(
    conn: &mut Conn,
    regimes: &[RegimeId],
    keys: &HashSet<&str>,
    own: &[UnitId],
) -> QueryResult<Vec<Claim>> {
    if keys.is_empty() {
        return Ok(vec![]);
    }
    let sent: Vec<&str> = if keys.len() > MOST_KEYS { vec![] } else { keys.iter().copied().collect() };
    let mut reported = evidence_claims::table
        .inner_join(evidence::table)
        .inner_join(reports::table.inner_join(obligations::table.inner_join(periods::table)))
        .filter(periods::regime_id.eq_any(regimes).and(evidence::url_key.ne("")))
        .order((periods::reference_on, obligations::unit_id, evidence_claims::id))
        .select((evidence::url_key, obligations::unit_id, reports::state, Period::as_select()))
        .into_boxed();
    let owing = obligations::table
        .inner_join(periods::table)
        .filter(periods::regime_id.eq_any(regimes))
        .select(obligations::unit_id);
    let mut noted = task_entries::table
        .filter(task_entries::url_key.ne("").and(task_entries::unit_id.eq_any(owing)))
        .order((task_entries::done_on, task_entries::id))
        .select((task_entries::url_key, task_entries::unit_id, task_entries::done_on))
        .into_boxed();
    if !sent.is_empty() {
        reported = reported.filter(evidence::url_key.eq_any(sent.clone()));
        noted = noted.filter(task_entries::url_key.eq_any(sent));
    }
    let reported: Vec<(String, UnitId, String, Period)> = reported.load(conn)?;
    let noted: Vec<(String, UnitId, NaiveDate)> = noted.load(conn)?;
    let reported = reported.into_iter().map(|(key, body, state, period)| {
        let is_told = is_sent(&state) || own.contains(&body);
        Claim { key, body, place: if is_told { place(&period) } else { Place::Unsent } }
    });
    let noted = noted.into_iter().map(|(key, body, day)| Claim { key, body, place: Place::Entry(day) });
    Ok(reported.chain(noted).filter(|claim| keys.contains(claim.key.as_str())).collect())
}

/// What lines are called by.
#[derive(Debug, Default)]
pub struct Names {
    /// Clause and text.
    pub tasks: HashMap<TaskId, (String, String)>,
    /// Code, name, unit of measure.
    pub indicators: HashMap<IndicatorId, (String, String, String)>,
}

/// The tasks and indicators of some entries as they are called. Two queries.
///
/// # Errors
/// The queries' own.
pub fn names(conn: &mut Conn, wanted: &[TaskId], counted: &[IndicatorId]) -> QueryResult<Names> {
    let found: Vec<(TaskId, String, String)> = tasks::table
        .inner_join(clauses::table)
        .inner_join(plans::table)
        .filter(tasks::id.eq_any(wanted))
        .select((tasks::id, clauses::path, tasks::text))
        .load(conn)?;
    let codes: Vec<(IndicatorId, String, String, String)> = indicators::table
        .filter(indicators::id.eq_any(counted))
        .select((indicators::id, indicators::code, indicators::name, indicators::measure_unit))
        .load(conn)?;
    Ok(Names {
        tasks: found.into_iter().map(|(id, path, text)| (id, (path, text))).collect(),
        indicators: codes.into_iter().map(|(id, code, name, unit)| (id, (code, name, unit))).collect(),
    })
}
