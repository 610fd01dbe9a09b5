//! What the unit and its predecessors reported for the period before and for the same period of last year.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::super::ledger::Ledger;
use super::super::revision::qualifier;
use super::super::year::Halves;
use super::super::{Aside, BodyFigure, Case, Past, PastPeriod, ReportState, fold_predecessors};
use super::claims::{claimed_elsewhere, claimed_keys};
use super::from_code;
use super::outlines::{reach_of, work_done};
use super::revisions::taken_back;
use super::tables::from_tables;
use crate::calendar::{Cycle, preceding, same_period_last_year};
use crate::consolidation::queries::handovers;
use crate::consolidation::succession::{Handover, Succession};
use crate::db::Conn;
use crate::db::ids::{FormId, IndicatorId, PeriodId, ReportId, RevisionId, UnitId};
use crate::db::schema::{
    form_indicators, indicators, obligations, periods, reports, revision_figures, revision_sections,
    revisions,
};
use crate::indicators::UnitRule;
use crate::periods::{Period, Standing};
use crate::vietnamese::Level;

/// What a report is held against: earlier periods, the log of work, and whoever claims the same links. Thirty-one queries at most.
///
/// # Errors
/// The queries' own.
pub(in crate::reports) fn past(conn: &mut Conn, case: &Case) -> QueryResult<Past> {
    // What a level collects is the work of others.
    let log = if case.is_consolidated() { vec![] } else { work_done(conn, case)? };
    let keys = claimed_keys(conn, case.report.id)?;
    let claimed = claimed_elsewhere(conn, case, &keys)?;
    let ledger = Ledger::of(&log);
    let sent = sent_before(conn, case)?;
    Ok(Past { claimed, ledger, sent, ..compared(conn, case)? })
}

/// The periods a report is compared with: of the two earlier ones what was received, of the halves within a year what
/// was received or else sent last. Nineteen queries at most.
fn compared(conn: &mut Conn, case: &Case) -> QueryResult<Past> {
    let Some(cycle) = case.cycle() else { return Ok(Past::default()) };
    let last = preceding(cycle, case.period.year);
    let same = same_period_last_year(cycle, case.period.year);
    let halves = [Cycle::FirstHalf, Cycle::SecondHalf].map(|half| (half, case.period.year));
    let halves = if cycle == Cycle::Year { &halves[..] } else { &[] };
    let wanted: Vec<(String, i32)> = [last, same]
        .into_iter()
        .flatten()
        .chain(halves.iter().copied())
        .map(|(cycle, year)| (cycle.code(), year))
        .collect();
    if wanted.is_empty() {
        return Ok(Past::default());
    }
    let mut found: Vec<Period> = periods::table
        .filter(periods::regime_id.eq(case.regime.id))
        .filter(periods::cycle.eq_any(wanted.iter().map(|w| w.0.clone()).collect::<Vec<_>>()))
        .filter(periods::year.eq_any(wanted.iter().map(|w| w.1).collect::<Vec<_>>()))
        .order(periods::id)
        .select(Period::as_select())
        .load(conn)?;
    found.retain(|period| wanted.iter().any(|w| w.0 == period.cycle && w.1 == period.year));
    let is_half = |period: &Period| period.cycle != case.period.cycle && !halves.is_empty();
    let nested =
        |period: &Period| case.window().zip(period.window()).is_some_and(|(year, half)| year.encloses(half));
    found.retain(|period| !is_half(period) || nested(period));
    let mut answers = answers(conn, case, &found, is_half)?;
    let mut all = Vec::new();
    let mut asides = Vec::new();
    for period in found {
        let handovers = handovers(conn, period.reference_on, case.period.reference_on)?;
        let succession = Succession::over(handovers.iter().map(Vec::as_slice));
        let answers = answers.remove(&period.id).unwrap_or_default();
        let beside = answers.iter().filter(|answer| !is_half(&period) && answer.received);
        let beside = beside.filter(|answer| !whole(case, succession.today(answer.unit)));
        asides.extend(
            beside.filter_map(|answer| aside(&period, period.cycle == case.period.cycle, answer, &handovers)),
        );
        if let Some(past) = past_period(&period, case, answers, &succession) {
            all.push((period, past));
        }
    }
    let take = |wanted: Option<(Cycle, i32)>| -> Option<PastPeriod> {
        let (cycle, year) = wanted?;
        let found = all.iter().find(|(period, _)| period.cycle == cycle.code() && period.year == year);
        found.map(|(_, past)| past.clone())
    };
    let half = |at: usize| take(halves.get(at).copied());
    let halves = Halves { first: half(0), second: half(1) };
    name(conn, &mut asides, case)?;
    Ok(Past {
        last: take(last),
        same: take(same),
        halves,
        asides,
        claimed: Vec::new(),
        ledger: Ledger::default(),
        sent: HashMap::new(),
    })
}

/// The figures of the sendings before, the newest first, while a correction is written; none of any other report. Two queries.
fn sent_before(conn: &mut Conn, case: &Case) -> QueryResult<HashMap<IndicatorId, Vec<i64>>> {
    let writing = !matches!(case.state(), ReportState::Sent | ReportState::Received);
    if !case.correcting() || !writing {
        return Ok(HashMap::new());
    }
    let taken_back = taken_back(conn, case.report.id)?;
    let figures: Vec<(RevisionId, IndicatorId, Option<i64>)> = revision_figures::table
        .inner_join(revisions::table)
        .filter(revisions::report_id.eq(case.report.id))
        .filter(revisions::number.le(case.report.last_revision))
        .order((revisions::number.desc(), revision_figures::indicator_id))
        .select((revisions::id, revision_figures::indicator_id, revision_figures::value))
        .load(conn)?;
    let mut sent: HashMap<IndicatorId, Vec<i64>> = HashMap::new();
    for (revision, indicator, value) in figures {
        if let Some(value) = value.filter(|_| !taken_back.contains(&revision)) {
            sent.entry(indicator).or_default().push(value);
        }
    }
    Ok(sent)
}

/// Whether what a body became is who answers here: the unit, or a body the report passed from after the reference day.
fn whole(case: &Case, today: Option<UnitId>) -> bool {
    today.is_some_and(|today| today == case.obligation.unit_id || case.before.contains(&today))
}

/// What a body reported that cannot stand in the columns; none without a figure.
fn aside(period: &Period, same: bool, answer: &Answer, handovers: &[Vec<Handover>]) -> Option<Aside> {
    let figures: HashMap<IndicatorId, (i64, Level)> = answer
        .figures
        .iter()
        .filter_map(|(id, _, figure, level)| Some((*id, (figure.value?, *level))))
        .collect();
    let lines = handovers.iter().flatten().filter(|line| line.from == Some(answer.unit));
    let takers: HashSet<UnitId> = lines.filter_map(|line| line.to).collect();
    (!figures.is_empty()).then(|| Aside {
        unit: answer.unit,
        name: String::new(),
        label: period.label.clone(),
        same,
        parts: takers.len(),
        figures,
    })
}

/// Puts in what those bodies were called while they still were. One query; none without them.
fn name(conn: &mut Conn, asides: &mut [Aside], case: &Case) -> QueryResult<()> {
    let units: Vec<UnitId> = asides.iter().map(|aside| aside.unit).collect();
    if units.is_empty() {
        return Ok(());
    }
    let mut names = crate::units::queries::names_on(conn, &units, case.period.reference_on)?;
    for aside in asides {
        aside.name = names.remove(&aside.unit).unwrap_or_default();
        names.insert(aside.unit, aside.name.clone());
    }
    Ok(())
}

/// What one body was asked for one period, and what of its answer was received.
struct Answer {
    unit: UnitId,
    /// There is a revision to compare with.
    answered: bool,
    /// It was received.
    received: bool,
    /// It is of a table of before the system.
    from_table: bool,
    /// By indicator asked: its rule, whether it reaches the total, the figure, and what was said beside it.
    figures: Vec<(IndicatorId, UnitRule, BodyFigure, Level)>,
    sections: Vec<(String, String)>,
}

/// The answers of the unit and of those before it, by period; of some periods what was sent counts where nothing was
/// received. Seven queries at most.
fn answers(
    conn: &mut Conn,
    case: &Case,
    periods: &[Period],
    as_sent: impl Fn(&Period) -> bool,
) -> QueryResult<HashMap<PeriodId, Vec<Answer>>> {
    if periods.is_empty() {
        return Ok(HashMap::new());
    }
    let units = reach_of(conn, case)?;
    let ids: Vec<PeriodId> = periods.iter().map(|period| period.id).collect();
    type Owed = (PeriodId, UnitId, FormId, Option<RevisionId>, ReportId);
    let owed: Vec<Owed> = reports::table
        .inner_join(obligations::table)
        .filter(obligations::period_id.eq_any(&ids))
        .filter(obligations::unit_id.eq_any(&units))
        .filter(obligations::part.eq(&case.obligation.part))
        .filter(obligations::standing.eq(Standing::Owed.code()))
        .order(obligations::id)
        .select((
            obligations::period_id,
            obligations::unit_id,
            obligations::form_id,
            reports::received_revision_id,
            reports::id,
        ))
        .load(conn)?;
    let as_sent: Vec<PeriodId> = periods.iter().filter(|p| as_sent(p)).map(|period| period.id).collect();
    let unreceived = owed.iter().filter(|row| row.3.is_none() && as_sent.contains(&row.0));
    let sent = last_sent(conn, unreceived.map(|row| row.4).collect())?;
    let forms: Vec<FormId> = owed.iter().map(|row| row.2).collect();
    let revisions: Vec<RevisionId> =
        owed.iter().filter_map(|row| row.3.or_else(|| sent.get(&row.4).copied())).collect();
    let tables = from_tables(conn, &revisions)?;
    let asked: Vec<(FormId, IndicatorId, bool, String)> = form_indicators::table
        .inner_join(indicators::table)
        .filter(form_indicators::form_id.eq_any(&forms))
        .order((form_indicators::form_id, form_indicators::indicator_id))
        .select((
            form_indicators::form_id,
            form_indicators::indicator_id,
            form_indicators::counts,
            indicators::unit_rule,
        ))
        .load(conn)?;
    let figures: HashMap<(RevisionId, IndicatorId), (Option<i64>, Level)> = revision_figures::table
        .filter(revision_figures::revision_id.eq_any(&revisions))
        .select((
            revision_figures::revision_id,
            revision_figures::indicator_id,
            revision_figures::value,
            revision_figures::estimate,
            revision_figures::qualifier,
        ))
        .load::<(RevisionId, IndicatorId, Option<i64>, bool, String)>(conn)?
        .into_iter()
        .map(|(revision, indicator, value, estimate, word)| {
            ((revision, indicator), (value, Level { estimate, qualifier: qualifier(&word) }))
        })
        .collect();
    let sections: Vec<(RevisionId, String, String)> = revision_sections::table
        .filter(revision_sections::revision_id.eq_any(&revisions))
        .order(revision_sections::position)
        .select((revision_sections::revision_id, revision_sections::section_code, revision_sections::body))
        .load(conn)?;
    let mut by_period: HashMap<PeriodId, Vec<Answer>> = HashMap::new();
    for (period, unit, form, received, report) in owed {
        let revision = received.or_else(|| sent.get(&report).copied());
        let own = sections.iter().filter(|row| Some(row.0) == revision);
        let mut answer = Answer {
            unit,
            answered: revision.is_some(),
            received: received.is_some(),
            from_table: revision.is_some_and(|revision| tables.contains_key(&revision)),
            figures: Vec::new(),
            sections: own.map(|(_, code, body)| (code.clone(), body.clone())).collect(),
        };
        for (_, indicator, counts, rule) in asked.iter().filter(|row| row.0 == form) {
            let given = revision.and_then(|revision| figures.get(&(revision, *indicator)).copied());
            // "Not applicable" is an answer: the body has no part in the figure.
            if given.is_none_or(|(value, _)| value.is_some()) {
                let (value, level) = given.unwrap_or_default();
                let figure = BodyFigure { counts: *counts, value };
                answer.figures.push((*indicator, from_code(rule)?, figure, level));
            }
        }
        by_period.entry(period).or_default().push(answer);
    }
    Ok(by_period)
}

/// The last revision of each report that has one. One query; none for no report.
fn last_sent(conn: &mut Conn, ids: Vec<ReportId>) -> QueryResult<HashMap<ReportId, RevisionId>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(ReportId, RevisionId)> = revisions::table
        .inner_join(reports::table.on(reports::id.eq(revisions::report_id)))
        .filter(revisions::report_id.eq_any(ids))
        // What was taken back was not sent.
        .filter(reports::first_sent_at.is_not_null())
        .order(revisions::number)
        .select((revisions::report_id, revisions::id))
        .load(conn)?;
    // Of equal keys the last counts.
    Ok(rows.into_iter().collect())
}

/// One earlier period as the unit would have reported it; none where nothing was received. Figures come from bodies
/// that passed whole into this one, by the rule the editions follow; words are shown whoever wrote them.
fn past_period(
    period: &Period,
    case: &Case,
    answers: Vec<Answer>,
    succession: &Succession,
) -> Option<PastPeriod> {
    if !answers.iter().any(|answer| answer.answered) {
        return None;
    }
    let mut figures: HashMap<IndicatorId, (UnitRule, Vec<BodyFigure>)> = HashMap::new();
    let mut levels: HashMap<IndicatorId, Level> = HashMap::new();
    let mut sections: HashMap<String, String> = HashMap::new();
    let mut units = Vec::new();
    let waits = answers.iter().any(|answer| answer.answered && !answer.received);
    let table = answers.iter().any(|answer| answer.from_table);
    for answer in answers {
        if whole(case, succession.today(answer.unit)) {
            units.push(answer.unit);
            for (indicator, rule, figure, level) in answer.figures {
                figures.entry(indicator).or_insert((rule, Vec::new())).1.push(figure);
                if level != Level::default() {
                    // Figures said in two ways add up to an estimate.
                    let said = levels.entry(indicator).or_insert(level);
                    *said = if *said == level { level } else { Level { estimate: true, ..Level::default() } };
                }
            }
        }
        for (code, body) in answer.sections.into_iter().filter(|(_, body)| !body.trim().is_empty()) {
            let text = sections.entry(code).or_default();
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(&body);
        }
    }
    let figures: HashMap<IndicatorId, i64> = figures
        .into_iter()
        .filter_map(|(id, (rule, many))| Some((id, fold_predecessors(rule, &many)?)))
        .collect();
    if figures.is_empty() {
        units.clear();
    }
    let label = match (waits, table) {
        (true, _) => format!("{} (chưa tiếp nhận)", period.label),
        (false, true) => format!("{} (nhập từ bảng cũ)", period.label),
        (false, false) => period.label.clone(),
    };
    Some(PastPeriod { id: period.id, label, units, figures, levels, sections })
}

/// The names of the other bodies an earlier figure comes from, as they were then. One query.
///
/// # Errors
/// The query's own.
pub(in crate::reports) fn other_units(conn: &mut Conn, case: &Case, past: &Past) -> QueryResult<Vec<String>> {
    let periods = [&past.last, &past.same, &past.halves.first, &past.halves.second].into_iter().flatten();
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
