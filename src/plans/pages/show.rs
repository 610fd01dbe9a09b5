//! `GET /plans/{id}` and `/plans/{id}/units`: the document with its tasks, and the same tasks unit by unit.

use std::collections::{BTreeMap, HashMap, HashSet};

use actix_web::{HttpResponse, web};
use askama::Template;

use super::editor::seen;
use super::outline_view::{ClauseNode, Whole};
use crate::access::Action;
use crate::db::ids::{PlanId, RegimeId, ReportId, TaskId, UnitId};
use crate::error::Error;
use crate::periods::{Period, Regime, queries as periods};
use crate::plan_adoption::queries::{self as documents, UploadRow};
use crate::plans::edit::editor_among;
use crate::plans::sight::Sight;
use crate::plans::state::{Counts, Held, Records, TaskState};
use crate::plans::{Clause, LegalBasis, Mode, Part, Plan, Task, queries};
use crate::unit_plans::queries::open_reports;
use crate::vietnamese;
use crate::web::{Nav, Page, SignedIn, State, render};

/// What the pages of a plan show above their tabs.
pub(super) struct Heading {
    pub(super) plan: Plan,
    pub(super) tasks: usize,
    pub(super) units: usize,
    pub(super) may_edit: bool,
    /// The reader collects or leads: how units answered it with their own plans.
    pub(super) reads_answers: bool,
    /// "từ 01/01/2025", "hết hiệu lực từ …"; "" when the plan has no dates.
    pub(super) validity: String,
    pub(super) in_force: bool,
    /// The reader sees how far some unit's tasks have come.
    pub(super) has_board: bool,
    /// "như ngày 31/12/2022" when the plan is over.
    pub(super) shown_for: Option<String>,
}

#[derive(Template)]
#[template(path = "plans/show.html")]
struct ShowPage {
    page: Page,
    head: Heading,
    bases: Vec<(LegalBasis, Option<String>)>,
    tree: Vec<ClauseNode>,
    /// The document the plan was made of; none for one that was typed.
    original: Option<UploadRow>,
    /// What is reported of it, with the periods that the person may see.
    regimes: Vec<(Regime, Vec<Period>)>,
    /// The reports by which the reader's own units send their plan, by regime.
    to_send: Vec<(RegimeId, ReportId)>,
}

struct UnitRow {
    path: String,
    task: TaskId,
    text: String,
    /// The last day it is to be done by; "" where none is set.
    due: String,
    part: Part,
    mode: Mode,
    /// None where the reader does not see the unit's work.
    state: Option<TaskState>,
}

struct UnitGroup {
    name: String,
    counts: Counts,
    rows: Vec<UnitRow>,
}

#[derive(Template)]
#[template(path = "plans/units.html")]
struct UnitsPage {
    page: Page,
    head: Heading,
    groups: Vec<UnitGroup>,
}

/// The document.
///
/// # Errors
/// `NotFound` outside the person's provinces.
pub async fn show(state: State, me: SignedIn, id: web::Path<PlanId>) -> Result<HttpResponse, Error> {
    let plan = seen(&state, &me, id.into_inner()).await?;
    let today = state.clock.today();
    let scope = me.scope();
    let (whole, bases, original, regimes, to_send) = state
        .read(move |conn| {
            let bases = queries::bases_of(conn, plan.id)?;
            let original = documents::original(conn, plan.id)?;
            let regimes = periods::regimes_of_plan(conn, plan.id)?;
            let opened = periods::periods_of_plan(conn, &scope, plan.id)?;
            let of = |regime: RegimeId| opened.iter().filter(|p| p.regime_id == regime).cloned().collect();
            let regimes = regimes.into_iter().map(|regime| {
                let opened = of(regime.id);
                (regime, opened)
            });
            let regimes: Vec<(Regime, Vec<Period>)> = regimes.collect();
            let to_send = open_reports(conn, &scope.own_units, plan.id)?;
            Ok((Whole::load(conn, plan, today)?, bases, original, regimes, to_send))
        })
        .await?;
    let bases = bases.into_iter().map(|basis| (basis.clone(), basis.warning(today))).collect();
    let head = Heading::of(&whole, &me, today);
    let tree = whole.tree(head.has_board);
    let page = me.page(head.plan.short_name.clone(), Nav::Plans);
    render(&ShowPage { page, head, bases, tree, original, regimes, to_send })
}

/// Unit by unit.
///
/// # Errors
/// `NotFound` outside the person's provinces.
pub async fn by_unit(state: State, me: SignedIn, id: web::Path<PlanId>) -> Result<HttpResponse, Error> {
    let plan = seen(&state, &me, id.into_inner()).await?;
    let today = state.clock.today();
    let actor = me.actor.clone();
    let (whole, sight, held, records) = state
        .read(move |conn| {
            let whole = Whole::load(conn, plan, today)?;
            let sight = Sight::of(&actor, &whole.plan, &whole.keepers);
            let held = whole.held();
            let records = queries::records(conn, &held, whole.day)?;
            Ok((whole, sight, held, records))
        })
        .await?;
    let groups = unit_groups(&whole, &held, &records, &sight);
    let head = Heading::of(&whole, &me, today);
    render(&UnitsPage { page: me.page(head.plan.short_name.clone(), Nav::Plans), head, groups })
}

/// Each unit that holds a task, in protocol order, with its tasks in the document's order; once per task, the
/// lead part winning.
fn unit_groups(whole: &Whole, held: &[Held], records: &Records, sight: &Sight) -> Vec<UnitGroup> {
    let mut groups: BTreeMap<(i32, i32, UnitId), UnitGroup> = BTreeMap::new();
    let tasks: HashMap<TaskId, (&Clause, &Task)> =
        whole.live().into_iter().map(|(clause, task)| (task.id, (clause, task))).collect();
    for one in held {
        let Some((clause, task)) = tasks.get(&one.task) else { continue };
        let Some(known) = whole.landscape.units.get(&one.unit) else { continue };
        let group = groups.entry(known.protocol_key()).or_insert_with(|| UnitGroup {
            name: known.name.clone(),
            counts: Counts::default(),
            rows: vec![],
        });
        let state = sight.shows(one.unit).then(|| records.state(one, whole.day));
        if let Some(state) = state {
            group.counts.add(state);
        }
        group.rows.push(UnitRow {
            path: clause.path.clone(),
            task: task.id,
            text: task.text.clone(),
            due: task.due_on.map(vietnamese::short_date).unwrap_or_default(),
            part: one.part,
            mode: one.mode,
            state,
        });
    }
    groups.into_values().collect()
}

impl Heading {
    pub(super) fn of(whole: &Whole, me: &SignedIn, today: chrono::NaiveDate) -> Heading {
        let plan = whole.plan.clone();
        let live = whole.live();
        let tasks: HashSet<TaskId> = live.iter().map(|(_, task)| task.id).collect();
        let units: HashSet<UnitId> = whole
            .assignments
            .iter()
            .filter(|a| tasks.contains(&a.task_id) && a.holds_on(whole.day))
            .flat_map(|a| whole.answering(a))
            .collect();
        let validity = match (plan.valid_from, plan.valid_to) {
            (None, None) => String::new(),
            (Some(from), None) => format!("từ {}", vietnamese::short_date(from)),
            (None, Some(to)) => format!("đến hết {}", vietnamese::short_date(to)),
            (Some(from), Some(to)) => {
                format!("{} – {}", vietnamese::short_date(from), vietnamese::short_date(to))
            }
        };
        let shown_for = (whole.day != today).then(|| vietnamese::short_date(whole.day));
        Heading {
            tasks: tasks.len(),
            units: units.len(),
            may_edit: editor_among(&me.actor, plan.province_id, &whole.keepers).is_some(),
            reads_answers: me.actor.in_province(plan.province_id, Action::ReadOverview).is_some(),
            validity,
            in_force: plan.in_force(today),
            has_board: !Sight::of(&me.actor, &plan, &whole.keepers).is_none(),
            shown_for,
            plan,
        }
    }
}
