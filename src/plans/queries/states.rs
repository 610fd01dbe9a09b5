//! SQL of how far tasks have come: work noted and words of sent reports, and whose record counts for whom. Stands between
//! the log, the reports and `plans::state`.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::min;
use diesel::prelude::*;

use super::super::state::{Before, Held, Noted, Records, Told};
use super::papers::delivered;
use crate::db::Conn;
use crate::db::ids::{FunctionId, PeriodId, PlanId, RevisionId, TaskId, UnitId};
use crate::db::schema::{
    assignments, function_holders, obligations, periods, plans, regime_plans, regimes, reports,
    revision_task_results, revisions, task_entries, tasks, unit_reach, unit_versions, units,
};
use crate::reports::TaskStatus;
use crate::units::COURTEOUS_KINDS;

/// What is on record for tasks as some units hold them on `day`, with what bodies did whose work they took over, and the plans
/// of units that some tasks ask for. Thirteen queries at most.
///
/// # Errors
/// The query's own.
pub fn records(conn: &mut Conn, held: &[Held], day: NaiveDate) -> QueryResult<Records> {
    let tasks: HashSet<TaskId> = held.iter().map(|held| held.task).collect();
    let tasks: Vec<TaskId> = tasks.into_iter().collect();
    let (before, mut since) = earlier_hands(conn, held, &tasks, day)?;
    let owners: HashSet<UnitId> =
        held.iter().map(|held| held.unit).chain(before.values().flatten().map(|b| b.unit)).collect();
    let owners: Vec<UnitId> = owners.into_iter().collect();
    let noted: Vec<(TaskId, UnitId, Option<NaiveDate>)> = task_entries::table
        .filter(task_entries::task_id.eq_any(&tasks))
        .filter(task_entries::unit_id.eq_any(&owners))
        .group_by((task_entries::task_id, task_entries::unit_id))
        .select((task_entries::task_id, task_entries::unit_id, min(task_entries::done_on)))
        .load(conn)?;
    let noted =
        noted.into_iter().filter_map(|(task, unit, first)| Some(Noted { task, unit, first_on: first? }));
    let told = told(conn, &tasks, &owners)?;
    let delivered = delivered(conn, &tasks, &owners)?;
    for (of, from) in delivered.since {
        let first = since.entry(of).or_insert(from);
        *first = (*first).max(from);
    }
    let courteous = courteous(conn, &owners, day)?;
    let records = Records::new(noted, told, before).taken_over(since).with_papers(delivered.papers);
    Ok(records.with_courteous(courteous))
}

/// Front and mass organisations among some units. One query.
fn courteous(conn: &mut Conn, units: &[UnitId], day: NaiveDate) -> QueryResult<HashSet<UnitId>> {
    let rows: Vec<UnitId> = unit_versions::table
        .filter(unit_versions::unit_id.eq_any(units))
        .filter(unit_versions::kind_code.eq_any(COURTEOUS_KINDS))
        .filter(unit_versions::valid_from.is_null().or(unit_versions::valid_from.le(day)))
        .filter(unit_versions::valid_to.is_null().or(unit_versions::valid_to.ge(day)))
        .select(unit_versions::unit_id)
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// A revision that speaks for its report: the received one, or the last sent.
struct Speaking {
    unit: UnitId,
    /// First and last day of its period.
    span: (NaiveDate, NaiveDate),
    sent_at: NaiveDateTime,
    received: bool,
}

/// So many revisions are asked for by name; of more, all that is said of the tasks is read.
const NAMED: usize = 500;

/// What the received and the last sent revision of each report say of some tasks. Three queries.
fn told(conn: &mut Conn, tasks: &[TaskId], units: &[UnitId]) -> QueryResult<Vec<Told>> {
    let speaking = speaking(conn, units)?;
    let of_tasks = revision_task_results::table.filter(revision_task_results::task_id.eq_any(tasks)).select(
        (revision_task_results::task_id, revision_task_results::revision_id, revision_task_results::status),
    );
    let rows: Vec<(TaskId, RevisionId, String)> = match speaking.len() {
        0..=NAMED => {
            let named: Vec<RevisionId> = speaking.keys().copied().collect();
            of_tasks.filter(revision_task_results::revision_id.eq_any(named)).load(conn)?
        }
        _ => of_tasks.load(conn)?,
    };
    let told = |(task, revision, status): (TaskId, RevisionId, String)| {
        let of = speaking.get(&revision)?;
        Some(Told {
            task,
            unit: of.unit,
            status: TaskStatus::from_code(&status),
            from: of.span.0,
            to: of.span.1,
            sent_at: of.sent_at,
            received: of.received,
        })
    };
    Ok(rows.into_iter().filter_map(told).collect())
}

/// The revisions that speak for the reports of some units, in all periods. Two queries, which read no text.
fn speaking(conn: &mut Conn, units: &[UnitId]) -> QueryResult<HashMap<RevisionId, Speaking>> {
    type Row = (RevisionId, UnitId, PeriodId, NaiveDateTime, Option<RevisionId>);
    let rows: Vec<Row> = reports::table
        .inner_join(obligations::table.on(obligations::id.eq(reports::obligation_id)))
        .inner_join(revisions::table.on(revisions::report_id.eq(reports::id)))
        .filter(obligations::unit_id.eq_any(units))
        // What was typed in by mistake and taken back was not sent.
        .filter(reports::first_sent_at.is_not_null())
        .filter(
            reports::received_revision_id
                .eq(revisions::id.nullable())
                .or(revisions::number.eq(reports::last_revision)),
        )
        .select((
            revisions::id,
            obligations::unit_id,
            obligations::period_id,
            revisions::sent_at,
            reports::received_revision_id,
        ))
        .load(conn)?;
    let ids: HashSet<PeriodId> = rows.iter().map(|(_, _, period, ..)| *period).collect();
    let spans: Vec<(PeriodId, Option<NaiveDate>, Option<NaiveDate>, NaiveDate)> = periods::table
        .filter(periods::id.eq_any(ids.into_iter().collect::<Vec<_>>()))
        .select((periods::id, periods::window_from, periods::window_to, periods::reference_on))
        .load(conn)?;
    let spans: HashMap<PeriodId, (NaiveDate, NaiveDate)> =
        spans.into_iter().map(|(id, from, to, on)| (id, (from.unwrap_or(on), to.unwrap_or(on)))).collect();
    let speaking = |(id, unit, period, sent_at, received): Row| {
        let span = *spans.get(&period)?;
        Some((id, Speaking { unit, span, sent_at, received: received == Some(id) }))
    };
    Ok(rows.into_iter().filter_map(speaking).collect())
}

/// Whose record counts for a task with a unit, and the first day of the units that took a task over.
type Hands = (HashMap<(TaskId, UnitId), Vec<Before>>, HashMap<(TaskId, UnitId), NaiveDate>);
/// A body that held the function of a task, from its first to its last day.
type Span = (TaskId, UnitId, Option<NaiveDate>, Option<NaiveDate>);
/// A body that is named for a task, whether with a function that is followed.
struct Named {
    unit: UnitId,
    function: Option<FunctionId>,
    existed_from: Option<NaiveDate>,
    existed_to: Option<NaiveDate>,
    /// From when it is named, and whether it still is on the day asked.
    from: Option<NaiveDate>,
    is_now: bool,
}

type NamedRow = (TaskId, (UnitId, Option<FunctionId>), Lives, Lives);
type Lives = (Option<NaiveDate>, Option<NaiveDate>);

/// Whose record counts for a task with a unit beside its own: the bodies it took over, and who held the function the task
/// follows until it passed on; and since when it holds what it took over. Three queries.
fn earlier_hands(conn: &mut Conn, held: &[Held], tasks: &[TaskId], day: NaiveDate) -> QueryResult<Hands> {
    let holding: HashSet<UnitId> = held.iter().map(|held| held.unit).collect();
    let taken: Vec<(UnitId, UnitId)> = unit_reach::table
        .filter(unit_reach::relation.eq("predecessor"))
        .filter(unit_reach::unit_id.eq_any(holding.into_iter().collect::<Vec<_>>()))
        .select((unit_reach::unit_id, unit_reach::reaches_id))
        .load(conn)?;
    let spans: Vec<Span> = assignments::table
        .inner_join(tasks::table.inner_join(plans::table))
        .inner_join(
            function_holders::table.on(assignments::function_id
                .eq(function_holders::function_id.nullable())
                .and(function_holders::province_id.eq(plans::province_id))),
        )
        .filter(assignments::task_id.eq_any(tasks))
        .select((
            assignments::task_id,
            function_holders::unit_id,
            function_holders::valid_from,
            function_holders::valid_to,
        ))
        .distinct()
        .load(conn)?;
    let named: Vec<NamedRow> = assignments::table
        .inner_join(units::table.on(assignments::unit_id.eq(units::id.nullable())))
        .filter(assignments::task_id.eq_any(tasks))
        .filter(assignments::valid_from.is_null().or(assignments::valid_from.le(day)))
        .select((
            assignments::task_id,
            (units::id, assignments::function_id),
            (units::existed_from, units::existed_to),
            (assignments::valid_from, assignments::valid_to),
        ))
        .load(conn)?;
    let mut names: HashMap<TaskId, Vec<Named>> = HashMap::new();
    for (task, (unit, function), (existed_from, existed_to), (from, to)) in named {
        let is_now = to.is_none_or(|to| day <= to);
        let one = Named { unit, function, existed_from, existed_to, from, is_now };
        names.entry(task).or_default().push(one);
    }
    let mut of_unit: HashMap<UnitId, Vec<UnitId>> = HashMap::new();
    for (unit, past) in taken {
        of_unit.entry(unit).or_default().push(past);
    }
    let mut of_task: HashMap<TaskId, Vec<Span>> = HashMap::new();
    for span in spans {
        of_task.entry(span.0).or_default().push(span);
    }
    let (mut before, mut since) = (HashMap::new(), HashMap::new());
    for one in held {
        let taken = of_unit.get(&one.unit).map(Vec::as_slice).unwrap_or_default();
        let mut of: Vec<Before> = taken.iter().map(|unit| Before { unit: *unit, until: None }).collect();
        let spans = of_task.get(&one.task).map(Vec::as_slice).unwrap_or_default();
        let holds = |(_, unit, from, to): &Span| {
            *unit == one.unit && from.is_none_or(|d| d <= day) && to.is_none_or(|d| day <= d)
        };
        if spans.iter().any(holds) {
            let past =
                spans.iter().filter(|(_, unit, _, to)| *unit != one.unit && to.is_some_and(|to| to < day));
            of.extend(past.map(|(_, unit, _, to)| Before { unit: *unit, until: *to }));
        }
        if !of.is_empty() {
            before.insert((one.task, one.unit), of);
        }
        let names = names.get(&one.task).map(Vec::as_slice).unwrap_or_default();
        if let Some(first) = held_since(one.unit, taken, spans, names, day) {
            since.insert((one.task, one.unit), first);
        }
    }
    Ok((before, since))
}

/// The first day of a unit with a task that came to it with a function, with a body it took over, by name later on, or before it
/// existed itself; none for who held it from the beginning.
fn held_since(
    unit: UnitId,
    taken: &[UnitId],
    spans: &[Span],
    names: &[Named],
    day: NaiveDate,
) -> Option<NaiveDate> {
    let begun = |(_, of, from, _): &&Span| *of == unit && from.is_none_or(|from| from <= day);
    let own: Vec<&Span> = spans.iter().filter(begun).collect();
    let follows = own.iter().any(|(.., to)| to.is_none_or(|to| day <= to));
    // Of each way in which the unit holds it: none is the beginning, and sorts first.
    let mut ways: Vec<Option<NaiveDate>> = Vec::new();
    if follows {
        ways.extend(own.iter().map(|(_, _, from, _)| *from));
    }
    let by_name = || names.iter().filter(|named| named.unit == unit);
    if by_name().any(|named| named.is_now) {
        // Named anew, with another part, it has held it since it was named first.
        ways.extend(by_name().map(|named| named.from.max(named.existed_from)));
    }
    for named in names.iter().filter(|named| named.is_now && taken.contains(&named.unit)) {
        if named.unit != unit && !(follows && named.function.is_some()) {
            ways.push(named.existed_to.filter(|to| *to < day).and_then(|to| to.succ_opt()));
        }
    }
    ways.into_iter().min().flatten()
}

/// The bodies that collect what is reported of some plans. One query.
///
/// # Errors
/// The query's own.
pub fn keepers_of(conn: &mut Conn, plans: &[PlanId]) -> QueryResult<HashMap<PlanId, Vec<UnitId>>> {
    let rows: Vec<(PlanId, UnitId)> = regime_plans::table
        .inner_join(regimes::table)
        .filter(regime_plans::plan_id.eq_any(plans))
        .select((regime_plans::plan_id, regimes::collector_id))
        .distinct()
        .load(conn)?;
    let mut keepers: HashMap<PlanId, Vec<UnitId>> = HashMap::new();
    for (plan, unit) in rows {
        keepers.entry(plan).or_default().push(unit);
    }
    Ok(keepers)
}
