//! Everything the page of answers to a plan reads: who owes a plan of its own and how far it is, who holds which task, what answers it.
//! A fixed number of queries whatever the province's size.

use std::collections::HashMap;

use super::answers::{Board, Held, Owing, board};
use super::queries;
use crate::access::{Action, Actor};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{BroughtId, ClauseId, PeriodId, PlanId, ReportId, UnitId};
use crate::error::Error;
use crate::periods::{self, Duty, Period, RegimeKind};
use crate::plans::sight::Sight;
use crate::plans::{self, Plan, reading_order};
use crate::units;

/// The answers to a plan, with the periods they were asked in.
pub struct Gathered {
    pub plan: Plan,
    pub asked: Vec<Period>,
    pub board: Board,
    /// The reader sees how far some unit's tasks have come.
    pub has_board: bool,
}

/// The answers to a plan as whoever collects or leads may see them.
///
/// # Errors
/// 404 for another province's plan; [`Error::Forbidden`] for those who neither collect nor lead.
pub fn gather(conn: &mut Conn, actor: &Actor, id: PlanId, moment: Moment) -> Result<Gathered, Error> {
    let scope = actor.scope();
    let plan = plans::queries::find(conn, &scope.provinces, id)?;
    if actor.in_province(plan.province_id, Action::ReadOverview).is_none() {
        return Err(Error::Forbidden(
            "Trang này dành cho đơn vị tổng hợp và lãnh đạo. Kế hoạch của đơn vị mình xem ở báo cáo đã gửi."
                .to_owned(),
        ));
    }
    let regimes = periods::queries::regimes_of_plan(conn, id)?;
    let rolling =
        |period: &Period| regimes.iter().any(|regime| regime.id == period.regime_id && regime.rolling);
    let documents = |period: &Period| {
        regimes.iter().any(|regime| regime.id == period.regime_id && regime.kind() == RegimeKind::Document)
    };
    // The newest of each regime: a plan of an earlier year is answered anew.
    let mut newest: HashMap<_, Period> = HashMap::new();
    for period in periods::queries::periods_of_plan(conn, &scope, id)?.into_iter().filter(documents) {
        newest.insert(period.regime_id, period);
    }
    let mut asked: Vec<Period> = newest.into_values().collect();
    asked.sort_by_key(|period| period.id);
    let ids: Vec<PeriodId> = asked.iter().map(|period| period.id).collect();
    let day = asked.iter().map(|period| period.reference_on).max().unwrap_or(plan.day_shown(moment.today));
    let duties = periods::queries::duties_of_periods(conn, &scope, &ids)?;
    let unit_ids: Vec<UnitId> = duties.iter().map(|duty| duty.obligation.unit_id).collect();
    let names = units::queries::on_day(conn, &unit_ids, day)?;
    let reports: Vec<ReportId> = duties.iter().map(|duty| duty.report.id).collect();
    let mut shown = queries::shown(conn, &scope, &reports)?;
    // The page is about what was sent, also for who writes one of them.
    shown.retain(|_, plan| plan.sent);
    let linked: Vec<BroughtId> = shown.values().map(|plan| plan.id).collect();
    let links = queries::links_of(conn, &linked)?;
    let holidays = periods::queries::holidays(conn)?;
    let mut known: Vec<(_, Owing)> = Vec::new();
    for duty in &duties {
        let Some(unit) = names.get(&duty.obligation.unit_id) else { continue };
        let period = asked.iter().find(|period| period.id == duty.obligation.period_id);
        let owing = Owing {
            unit: unit.id,
            name: unit.name.clone(),
            report: duty.report.id,
            progress: duty.progress(),
            due: duty.due(period.is_some_and(rolling), &holidays, moment),
            sent: is_sent(duty),
            plan: shown.remove(&duty.report.id),
        };
        known.push((unit.protocol_key(), owing));
    }
    known.sort_by_key(|(key, _)| *key);
    let owing: Vec<Owing> = known.into_iter().map(|(_, owing)| owing).collect();
    let held = held(conn, &plan, day)?;
    let keepers = plans::queries::keepers(conn, plan.id)?;
    let has_board = !Sight::of(actor, &plan, &keepers).is_none();
    Ok(Gathered { plan, asked, board: board(owing, held, &links), has_board })
}

fn is_sent(duty: &Duty) -> bool {
    duty.report.first_sent_at.is_some()
}

/// The tasks of a plan in the document's order with the bodies that hold each on a day. Eight queries.
fn held(conn: &mut Conn, plan: &Plan, day: chrono::NaiveDate) -> Result<Vec<Held>, Error> {
    let clauses = plans::queries::clauses_of(conn, plan.id)?;
    let tasks = plans::queries::tasks_of(conn, &[plan.id])?;
    let assignments = plans::queries::assignments_of(conn, &[plan.id])?;
    let landscape = plans::queries::landscape(conn, &assignments, day)?;
    let nodes: Vec<(ClauseId, Option<ClauseId>)> = clauses.iter().map(|c| (c.id, c.parent_id)).collect();
    let mut found = Vec::new();
    for (id, _) in reading_order(&nodes) {
        let Some(clause) = clauses.iter().find(|clause| clause.id == id) else { continue };
        let here = tasks.iter().filter(|task| task.clause_id == id);
        for task in here.filter(|task| task.withdrawn_on.is_none_or(|since| day < since)) {
            let of = assignments.iter().filter(|a| a.task_id == task.id && a.holds_on(day));
            found.push(Held {
                task: task.id,
                path: clause.path.clone(),
                text: task.text.clone(),
                holders: of.flat_map(|a| landscape.answering(a, plan.province_id, day)).collect(),
            });
        }
    }
    Ok(found)
}
