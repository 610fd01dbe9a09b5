//! What the unit and its predecessors reported for the period before and for the same period of last year.

use std::collections::HashMap;

use diesel::prelude::*;

use super::super::{Case, Past, PastPeriod, fold_predecessors};
use super::from_code;
use super::outlines::reach_of;
use crate::calendar::{preceding, same_period_last_year};
use crate::db::Conn;
use crate::db::ids::{IndicatorId, PeriodId, RevisionId, UnitId};
use crate::db::schema::{indicators, obligations, periods, reports, revision_figures, revision_sections};
use crate::indicators::UnitRule;

/// The two periods a report is compared with. Only received revisions count. Five queries at most.
///
/// # Errors
/// The queries' own.
pub(in crate::reports) fn past(conn: &mut Conn, case: &Case) -> QueryResult<Past> {
    let Some(cycle) = case.cycle() else { return Ok(Past::default()) };
    let last = preceding(cycle, case.period.year);
    let same = same_period_last_year(cycle, case.period.year);
    let wanted: Vec<(String, i32)> =
        [last, same].into_iter().flatten().map(|(cycle, year)| (cycle.code(), year)).collect();
    if wanted.is_empty() {
        return Ok(Past::default());
    }
    let found: Vec<(PeriodId, String, String, i32)> = periods::table
        .filter(periods::regime_id.eq(case.regime.id))
        .filter(periods::cycle.eq_any(wanted.iter().map(|w| w.0.clone()).collect::<Vec<_>>()))
        .filter(periods::year.eq_any(wanted.iter().map(|w| w.1).collect::<Vec<_>>()))
        .select((periods::id, periods::label, periods::cycle, periods::year))
        .load(conn)?;
    let ids: Vec<PeriodId> = found
        .iter()
        .filter(|(_, _, cycle, year)| wanted.iter().any(|w| &w.0 == cycle && w.1 == *year))
        .map(|row| row.0)
        .collect();
    let by_period = received_by_period(conn, case, &ids)?;
    let take = |wanted: Option<(crate::calendar::Cycle, i32)>| -> Option<PastPeriod> {
        let (cycle, year) = wanted?;
        let (id, label, ..) = found.iter().find(|row| row.2 == cycle.code() && row.3 == year)?;
        let mut past = by_period.get(id).cloned()?;
        past.label.clone_from(label);
        Some(past)
    };
    Ok(Past { last: take(last), same: take(same) })
}

type Received = (PeriodId, UnitId, RevisionId);

fn received_by_period(
    conn: &mut Conn,
    case: &Case,
    ids: &[PeriodId],
) -> QueryResult<HashMap<PeriodId, PastPeriod>> {
    let units = reach_of(conn, case.obligation.unit_id)?;
    let received: Vec<Received> = reports::table
        .inner_join(obligations::table)
        .filter(obligations::period_id.eq_any(ids))
        .filter(obligations::unit_id.eq_any(&units))
        .filter(obligations::part.eq(&case.obligation.part))
        .filter(reports::received_revision_id.is_not_null())
        .order(obligations::id)
        .select((
            obligations::period_id,
            obligations::unit_id,
            reports::received_revision_id.assume_not_null(),
        ))
        .load(conn)?;
    let revisions: Vec<RevisionId> = received.iter().map(|row| row.2).collect();
    let figures: Vec<(RevisionId, IndicatorId, Option<i64>, String)> = revision_figures::table
        .inner_join(indicators::table)
        .filter(revision_figures::revision_id.eq_any(&revisions))
        .select((
            revision_figures::revision_id,
            revision_figures::indicator_id,
            revision_figures::value,
            indicators::unit_rule,
        ))
        .load(conn)?;
    let sections: Vec<(RevisionId, String, String)> = revision_sections::table
        .filter(revision_sections::revision_id.eq_any(&revisions))
        .order(revision_sections::position)
        .select((revision_sections::revision_id, revision_sections::section_code, revision_sections::body))
        .load(conn)?;
    let mut by_period: HashMap<PeriodId, PastPeriod> = HashMap::new();
    for &period in ids {
        let mine: Vec<&Received> = received.iter().filter(|row| row.0 == period).collect();
        if mine.is_empty() {
            continue;
        }
        let is_mine = |revision: RevisionId| mine.iter().any(|row| row.2 == revision);
        let mut values: HashMap<IndicatorId, (UnitRule, Vec<i64>)> = HashMap::new();
        for (revision, indicator, value, rule) in &figures {
            if let (true, Some(value)) = (is_mine(*revision), value) {
                let rule: UnitRule = from_code(rule)?;
                values.entry(*indicator).or_insert((rule, Vec::new())).1.push(*value);
            }
        }
        let mut texts: HashMap<String, String> = HashMap::new();
        for (revision, code, body) in &sections {
            if is_mine(*revision) && !body.trim().is_empty() {
                let text = texts.entry(code.clone()).or_default();
                if !text.is_empty() {
                    text.push_str("\n\n");
                }
                text.push_str(body);
            }
        }
        by_period.insert(
            period,
            PastPeriod {
                id: period,
                label: String::new(),
                units: mine.iter().map(|row| row.1).collect(),
                figures: values
                    .into_iter()
                    .filter_map(|(id, (rule, many))| Some((id, fold_predecessors(rule, &many)?)))
                    .collect(),
                sections: texts,
            },
        );
    }
    Ok(by_period)
}

/// The names of the other bodies an earlier figure comes from, as they were then. One query.
///
/// # Errors
/// The query's own.
pub(in crate::reports) fn other_units(conn: &mut Conn, case: &Case, past: &Past) -> QueryResult<Vec<String>> {
    let periods = [&past.last, &past.same].into_iter().flatten();
    let mut others: Vec<UnitId> =
        periods.flat_map(|p| p.units.iter().copied()).filter(|id| *id != case.obligation.unit_id).collect();
    others.sort_unstable();
    others.dedup();
    if others.is_empty() {
        return Ok(Vec::new());
    }
    let names = crate::units::queries::names_on(conn, &others, case.period.reference_on)?;
    Ok(others.iter().filter_map(|id| names.get(id).cloned()).collect())
}
