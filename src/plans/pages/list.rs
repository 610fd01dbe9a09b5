//! `GET /plans`: the plans of the person's provinces.

use std::collections::{HashMap, HashSet};

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use crate::access::Action;
use crate::db::ids::{PlanId, UnitId};
use crate::error::Error;
use crate::plans::{Plan, queries};
use crate::vietnamese;
use crate::web::{Nav, Page, SignedIn, State, render};

#[derive(serde::Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
}

struct Row {
    plan: Plan,
    tasks: usize,
    units: usize,
    in_force: bool,
}

#[derive(Template)]
#[template(path = "plans/list.html")]
struct ListPage {
    page: Page,
    q: String,
    any: bool,
    rows: Vec<Row>,
    may_edit: bool,
}

/// The list, narrowed by `?q=` without regard to accents.
///
/// # Errors
/// `Forbidden` for who reads no province's plans.
pub async fn list(state: State, me: SignedIn, search: web::Query<Search>) -> Result<HttpResponse, Error> {
    let provinces = me.scope().provinces;
    if provinces.is_empty() || !me.actor.may_somewhere(Action::ReadProvince) {
        return Err(Error::Forbidden("Danh sách kế hoạch dành cho các cơ quan, đơn vị của tỉnh.".into()));
    }
    let today = state.clock.today();
    let all = state.read(move |conn| Ok(load(conn, &provinces, today)?)).await?;
    let q = vietnamese::clean_line(&search.q);
    let any = !all.is_empty();
    let rows = all.into_iter().filter(|row| vietnamese::matches(&q, &row.plan.search_key)).collect();
    let may_edit = me.actor.may_somewhere(Action::Compile);
    render(&ListPage { page: me.page("Kế hoạch", Nav::Plans), q, any, rows, may_edit })
}

fn load(conn: &mut crate::db::Conn, provinces: &[UnitId], today: NaiveDate) -> diesel::QueryResult<Vec<Row>> {
    let plans = queries::of_provinces(conn, provinces)?;
    let ids: Vec<PlanId> = plans.iter().map(|plan| plan.id).collect();
    let tasks = queries::tasks_of(conn, &ids)?;
    let assignments = queries::assignments_of(conn, &ids)?;
    let landscape = queries::landscape(conn, &assignments, today)?;
    let by_id: HashMap<PlanId, &Plan> = plans.iter().map(|plan| (plan.id, plan)).collect();
    let mut counts: HashMap<PlanId, usize> = HashMap::new();
    let mut live = HashMap::new();
    for task in &tasks {
        let Some(plan) = by_id.get(&task.plan_id) else { continue };
        if task.withdrawn_on.is_none_or(|since| plan.day_shown(today) < since) {
            *counts.entry(plan.id).or_default() += 1;
            live.insert(task.id, *plan);
        }
    }
    let mut holders: HashMap<PlanId, HashSet<UnitId>> = HashMap::new();
    for a in &assignments {
        let Some(plan) = live.get(&a.task_id) else { continue };
        let day = plan.day_shown(today);
        if a.holds_on(day) {
            let answering = landscape.answering(a, plan.province_id, day);
            holders.entry(plan.id).or_default().extend(answering);
        }
    }
    let rows = plans
        .into_iter()
        .map(|plan| Row {
            tasks: counts.get(&plan.id).copied().unwrap_or(0),
            units: holders.get(&plan.id).map_or(0, HashSet::len),
            in_force: plan.in_force(today),
            plan,
        })
        .collect();
    Ok(rows)
}
