//! SQL of the papers that units owe under plans: their own plans, how far each has come, and since when somebody owes them. Stands
//! between the duties of units and `plans::deliverable`.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::super::Mode;
use super::super::deliverable::{Asked, Paper, Stand, Wanted, asks_for_plan, linked, papers};
use crate::calendar::{DueDates, DueRule};
use crate::db::Conn;
use crate::db::ids::{PeriodId, PlanId, RegimeId, RevisionId, TaskId, UnitId};
use crate::db::schema::{obligations, periods, regime_plans, regimes, reports, revisions, routes, tasks};
use crate::periods::{Period, RegimeKind, Standing, queries::holidays};
use crate::reports::ReportState;

/// What is on record of the papers that some tasks ask for.
#[derive(Debug, Default)]
pub struct Delivered {
    pub papers: HashMap<(TaskId, UnitId), Paper>,
    /// Since when a unit owes such a paper that was not asked of it.
    pub since: HashMap<(TaskId, UnitId), NaiveDate>,
}

type Span = (Option<NaiveDate>, Option<NaiveDate>);
type AskedRow = (PlanId, Span, (RegimeId, String, bool), Period);
type DutyRow = (
    PeriodId,
    UnitId,
    (String, String, String, Option<NaiveDate>, Option<NaiveDate>),
    (String, Option<NaiveDateTime>, Option<RevisionId>),
    (Option<String>, Option<String>),
);

/// The regimes of periods, whether they are rolling, and the days as of which they are read.
type Of = HashMap<PeriodId, (RegimeId, bool, NaiveDate)>;

/// The tasks that ask for the paper of a period. Two queries at most.
///
/// # Errors
/// The queries' own.
pub fn asked_in(conn: &mut Conn, wanted: &[TaskId], period: PeriodId) -> QueryResult<HashSet<TaskId>> {
    let (linked, _) = asked_for(conn, wanted)?.unwrap_or_default();
    Ok(linked.into_iter().filter(|(_, of)| *of == period).map(|(task, _)| task).collect())
}

/// The papers of some units for some tasks. Five queries, one where no task asks for any.
///
/// # Errors
/// The queries' own.
pub fn delivered(conn: &mut Conn, wanted: &[TaskId], units: &[UnitId]) -> QueryResult<Delivered> {
    let Some((linked, of)) = asked_for(conn, wanted)? else { return Ok(Delivered::default()) };
    let ids: Vec<PeriodId> = linked.values().copied().collect();
    let known = known(conn, &ids, units, &of)?;
    let since = owing_since(conn, &linked, units, &of)?;
    Ok(Delivered { papers: papers(&linked, &known), since })
}

/// The period in whose paper each task is answered, and those periods; none where no task asks for a paper. Two queries at most.
fn asked_for(conn: &mut Conn, wanted: &[TaskId]) -> QueryResult<Option<(HashMap<TaskId, PeriodId>, Of)>> {
    let rows: Vec<(TaskId, PlanId, String, Option<NaiveDate>)> = tasks::table
        .filter(tasks::id.eq_any(wanted))
        .filter(tasks::search_key.like("%ke hoach%"))
        .select((tasks::id, tasks::plan_id, tasks::text, tasks::due_on))
        .load(conn)?;
    let wanted: Vec<Wanted> = rows
        .into_iter()
        .map(|(task, plan, text, due_on)| Wanted { task, plan, text, due_on })
        .filter(|wanted| asks_for_plan(&wanted.text))
        .collect();
    if wanted.is_empty() {
        return Ok(None);
    }
    let plans: HashSet<PlanId> = wanted.iter().map(|wanted| wanted.plan).collect();
    let opened: Vec<AskedRow> = regime_plans::table
        .inner_join(regimes::table.inner_join(periods::table))
        .filter(regime_plans::plan_id.eq_any(plans.into_iter().collect::<Vec<_>>()))
        .filter(regimes::kind.eq(RegimeKind::Document.code()))
        .select((
            regime_plans::plan_id,
            (regime_plans::valid_from, regime_plans::valid_to),
            (regimes::id, regimes::name, regimes::rolling),
            Period::as_select(),
        ))
        .load(conn)?;
    let serves = |((from, to), on): (Span, NaiveDate)| {
        from.is_none_or(|from| from <= on) && to.is_none_or(|to| on <= to)
    };
    let asked: Vec<Asked> = opened
        .iter()
        .filter(|(_, span, _, period)| serves((*span, period.reference_on)))
        .map(|(plan, _, (_, called, _), period)| Asked {
            period: period.id,
            plan: *plan,
            called: called.clone(),
            stated: period.due().last_day(),
            on: period.reference_on,
        })
        .collect();
    let linked = linked(&wanted, &asked);
    let of: Of = opened
        .into_iter()
        .map(|(_, _, (regime, _, rolling), period)| {
            (period.id, (regime, period.rolling.unwrap_or(rolling), period.reference_on))
        })
        .collect();
    Ok(Some((linked, of)))
}

/// The papers of some units in some periods. Two queries.
fn known(
    conn: &mut Conn,
    ids: &[PeriodId],
    units: &[UnitId],
    of: &Of,
) -> QueryResult<Vec<(PeriodId, UnitId, Paper)>> {
    let rows: Vec<DutyRow> = reports::table
        .inner_join(obligations::table)
        .left_join(revisions::table.on(reports::received_revision_id.eq(revisions::id.nullable())))
        .filter(obligations::period_id.eq_any(ids).and(obligations::part.eq("own")))
        .filter(obligations::unit_id.eq_any(units))
        .select((
            obligations::period_id,
            obligations::unit_id,
            (
                obligations::mode,
                obligations::standing,
                obligations::due_rule,
                obligations::stated_on,
                obligations::extended_to,
            ),
            (reports::state, reports::first_sent_at, reports::received_revision_id),
            (revisions::doc_number.nullable(), revisions::doc_symbol.nullable()),
        ))
        .load(conn)?;
    let holidays = holidays(conn)?;
    let paper = |(
        period,
        unit,
        (mode, standing, rule, stated, extended),
        (state, first_sent, received),
        (number, symbol),
    ): DutyRow| {
        let (_, rolling, on) = *of.get(&period)?;
        let stand = match Standing::from_code(&standing) {
            Some(Standing::Nil | Standing::Exempt | Standing::Ended) => Stand::Excused,
            _ if received.is_some() => {
                let parts = [number, symbol].map(Option::unwrap_or_default);
                let name = if parts[0].is_empty() { String::new() } else { parts.join("/") };
                Stand::Received(name.trim_end_matches('/').to_owned())
            }
            _ if first_sent.is_some() || state == ReportState::Sent.code() => Stand::Sent,
            _ => {
                let rule = DueRule::from_parts(&rule, stated).unwrap_or(DueRule::Undated);
                Stand::Owed(DueDates::new(&rule, rolling, extended, &holidays).deadline())
            }
        };
        let requested = Mode::from_code(&mode) == Some(Mode::Request);
        Some((period, unit, Paper { on, requested, stand }))
    };
    Ok(rows.into_iter().filter_map(paper).collect())
}

/// The first day on which units owe what a task asks for, where they came to owe it after it was asked. One query.
fn owing_since(
    conn: &mut Conn,
    linked: &HashMap<TaskId, PeriodId>,
    units: &[UnitId],
    of: &Of,
) -> QueryResult<HashMap<(TaskId, UnitId), NaiveDate>> {
    let regimes: HashSet<RegimeId> = linked.values().filter_map(|id| Some(of.get(id)?.0)).collect();
    let rows: Vec<(RegimeId, UnitId, Option<NaiveDate>)> = routes::table
        .filter(routes::regime_id.eq_any(regimes.into_iter().collect::<Vec<_>>()))
        .filter(routes::unit_id.eq_any(units).and(routes::part.eq("own")))
        .select((routes::regime_id, routes::unit_id, routes::valid_from))
        .load(conn)?;
    let mut first: HashMap<(RegimeId, UnitId), Option<NaiveDate>> = HashMap::new();
    for (regime, unit, from) in rows {
        let known = first.entry((regime, unit)).or_insert(from);
        *known = (*known).min(from);
    }
    let mut found = HashMap::new();
    for (task, period) in linked {
        let Some((regime, _, on)) = of.get(period) else { continue };
        for ((_, unit), from) in first.iter().filter(|((of, _), _)| of == regime) {
            if let Some(from) = from.filter(|from| from > on) {
                found.insert((*task, *unit), from);
            }
        }
    }
    Ok(found)
}
