//! A plan as it stands, in the shape a proposal is compared with: clauses by their signs, tasks with whom they are given to, what is
//! reported of it. A fixed number of queries.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::compare::{Side, SideClause, SideDuty, SideTask};
use super::ground::Ground;
use super::holders::{rows, words};
use super::outcome::Outcome;
use crate::access::Actor;
use crate::db::Conn;
use crate::db::ids::PlanId;
use crate::error::Error;
use crate::{periods, plans, units};

/// The plan's side. Nine queries.
///
/// # Errors
/// [`Error::NotFound`] for a foreign plan.
pub fn of_plan(conn: &mut Conn, actor: &Actor, id: PlanId, today: NaiveDate) -> Result<Side, Error> {
    let scope = actor.scope();
    let plan = plans::queries::find(conn, &scope.provinces, id)?;
    let clauses = plans::queries::clauses_of(conn, id)?;
    let tasks = plans::queries::tasks_of(conn, &[id])?;
    let assignments = plans::queries::assignments_of(conn, &[id])?;
    let day = plan.day_shown(today);
    let named: Vec<_> = assignments.iter().filter_map(|a| a.unit_id).collect();
    let then = units::queries::on_day(conn, &named, plan.reading_day())?;
    let kinds = units::queries::register::kinds(conn)?;
    let holders = |task: crate::db::ids::TaskId| -> BTreeSet<String> {
        let of = assignments.iter().filter(|a| a.task_id == task && a.holds_on(day));
        of.filter_map(|a| match (&a.group_kind, a.unit_id) {
            (Some(kind), _) => kinds.iter().find(|(code, _)| code == kind).map(|(_, name)| name.clone()),
            (None, Some(unit)) => then.get(&unit).map(|unit| unit.name.clone()),
            (None, None) => None,
        })
        .collect()
    };
    let path = |id| clauses.iter().find(|clause| clause.id == id).map(|c| c.path.clone()).unwrap_or_default();
    let serving: Vec<_> = {
        let visible = periods::queries::visible_regimes(conn, &scope)?;
        let ids: Vec<_> = visible.iter().map(|regime| regime.id).collect();
        let served = periods::queries::served_plans(conn, &ids)?;
        let ids: BTreeSet<i64> = served.iter().filter(|s| s.plan_id == id).map(|s| s.regime_id.0).collect();
        visible.into_iter().filter(|regime| ids.contains(&regime.id.0)).collect()
    };
    let mut duties = Vec::new();
    for regime in &serving {
        for cycle in periods::queries::cycles(conn, regime.id)? {
            duties.push(SideDuty { cycle: cycle.name(), due: due_words(&cycle), of: regime.name.clone() });
        }
    }
    Ok(Side {
        clauses: clauses
            .iter()
            .map(|clause| SideClause {
                path: clause.path.clone(),
                title: clause.title.clone(),
                body: clause.body.clone(),
            })
            .collect(),
        tasks: tasks
            .iter()
            .filter(|task| task.withdrawn_on.is_none_or(|since| day < since))
            .map(|task| SideTask {
                path: path(task.clause_id),
                text: task.text.clone(),
                target: task.target.clone(),
                due: task.due_on.map(crate::vietnamese::short_date).unwrap_or_default(),
                holders: holders(task.id),
            })
            .collect(),
        duties,
    })
}

/// The due words of a cycle; what is asked once comes back in no year.
fn due_words(cycle: &periods::RegimeCycle) -> String {
    match cycle.cycle() {
        Some(crate::calendar::Cycle::OneOff) => cycle.due_words().replace(" hằng năm", ""),
        _ => cycle.due_words(),
    }
}

/// The document's side: everything that adopting it would make, whatever the reader is unsure of too.
pub fn of_document(draft: &super::draft::Draft, ground: &Ground, outcome: &Outcome) -> Side {
    let bodies = |key: u32| outcome.clauses.iter().find(|(known, ..)| *known == key).map(|(.., facts)| facts);
    let clause = |item: &super::draft::ClauseItem| {
        let made = bodies(item.key);
        SideClause {
            path: draft.path(item.key),
            title: made.map_or(item.title.clone(), |facts| facts.title.clone()),
            body: made.map_or(item.body.clone(), |facts| facts.body.clone()),
        }
    };
    let task = |item: &super::draft::TaskItem| SideTask {
        path: draft.path(item.clause),
        text: item.text.clone(),
        target: item.target.clone(),
        due: crate::vietnamese::parse_date(&item.due_on)
            .map(crate::vietnamese::short_date)
            .unwrap_or_default(),
        holders: rows(draft, ground, item)
            .iter()
            .map(|row| match row.who.split_once(':') {
                Some(("group", kind)) => ground.kind_name(kind),
                _ => words(ground, &row.who),
            })
            .collect(),
    };
    let duties = outcome.regimes.iter().flat_map(|regime| {
        regime.charter.cycles.iter().map(|plan| {
            let row = plan.row();
            SideDuty { cycle: row.name(), due: due_words(&row), of: regime.charter.name.clone() }
        })
    });
    let kept = draft.kept();
    Side {
        clauses: draft.clauses.iter().filter(|item| kept.contains(&item.key)).map(clause).collect(),
        tasks: draft.tasks.iter().filter(|item| item.taken).map(task).collect(),
        duties: duties.collect(),
    }
}
