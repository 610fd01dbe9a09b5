//! `/tasks`: what the person's unit holds and what it did; `/tasks/{id}`: one task with its log.

use std::collections::{BTreeMap, HashMap};

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::entry_fields::{EntryFields, LostPictures, pictures};
use super::outline_view::{HolderLine, Whole};
use crate::access::{Action, Actor, Membership};
use crate::audit::sha256_hex;
use crate::db::ids::{IndicatorId, TaskEntryId, TaskId, UnitId};
use crate::error::{Error, Problems};
use crate::evidence::read::against_entries;
use crate::indicators::queries::classified;
use crate::once;
use crate::plans::edit::editor_among;
use crate::plans::entry_form::EntryForm;
use crate::plans::noted::{Noted, noted};
use crate::plans::photos::PhotoChanges;
use crate::plans::queries::{Entry, Latest, Photo};
use crate::plans::quick_log::QuickLog;
use crate::plans::sight::withhold;
use crate::plans::state::{Counts, Held, TaskState};
use crate::plans::{HeldTask, Plan, Task, counted, log_work, one_per_task, queries};
use crate::unit_plans::queries::{Answer, Shown, answers_of_task};
use crate::units;
use crate::vietnamese;
use crate::web::{
    FormData, Nav, Page, Posted, PostedPhotos, SignedIn, State, redirect_warned, redirect_with, render,
    render_status,
};

struct Row {
    held: HeldTask,
    latest: Option<Latest>,
    state: TaskState,
    /// What it rests on where the task asks for the unit's plan; else "".
    why: String,
}

#[derive(Template)]
#[template(path = "tasks/list.html")]
struct TasksPage {
    page: Page,
    /// By state, the most urgent first; within one by last day, then as the plans have them.
    groups: Vec<(TaskState, Vec<Row>)>,
    counts: Counts,
    units: String,
    quick: QuickLog,
}

/// `GET /tasks`.
///
/// # Errors
/// `Forbidden` for who belongs to no unit that works for plans.
pub async fn my_tasks(state: State, me: SignedIn) -> Result<HttpResponse, Error> {
    tasks_page(&state, &me, StatusCode::OK, None).await
}

async fn tasks_page(
    state: &State,
    me: &SignedIn,
    status: StatusCode,
    again: Option<(&FormData, Problems)>,
) -> Result<HttpResponse, Error> {
    let own = log_work::units_that_log(&me.actor);
    if own.is_empty() {
        return Err(Error::Forbidden(
            "Trang này dành cho cán bộ đầu mối và lãnh đạo của đơn vị được giao nhiệm vụ. Nhiệm vụ của các đơn vị xem ở trang Kế hoạch."
                .into(),
        ));
    }
    let today = state.clock.today();
    let actor = me.actor.clone();
    let (held, mut latest, records) = state
        .read(move |conn| {
            let held = one_per_task(queries::tasks_held(conn, &own, today, None)?);
            let records = queries::records(
                conn,
                &held.iter().map(|task| as_held(&actor, task)).collect::<Vec<_>>(),
                today,
            )?;
            Ok((held, queries::latest_entries(conn, &own)?, records))
        })
        .await?;
    let mut quick = QuickLog::over(&held, "/tasks");
    if let Some((form, problems)) = again {
        quick.chosen = form.line("task");
        quick.text = form.get("text").to_owned();
        quick.problems = problems;
    }
    let mut groups: BTreeMap<TaskState, Vec<Row>> = BTreeMap::new();
    let mut counts = Counts::default();
    for task in held {
        let own = as_held(&me.actor, &task);
        let (state, why) = (records.state(&own, today), records.reason(&own));
        counts.add(state);
        let row = Row { latest: latest.remove(&task.task_id), held: task, state, why };
        groups.entry(state).or_default().push(row);
    }
    for rows in groups.values_mut() {
        rows.sort_by_key(|row| (row.held.due_on.is_none(), row.held.due_on));
    }
    let groups = groups.into_iter().collect();
    let units = own_unit_names(me);
    let page = me.page("Công việc đã thực hiện", Nav::Tasks);
    render_status(status, &TasksPage { page, groups, counts, units, quick })
}

/// A task under the unit that the actor works for: what a body that passed into it did before is its own.
fn as_held(actor: &Actor, task: &HeldTask) -> Held {
    let unit = actor.for_unit(task.unit_id, Action::LogWork).map_or(task.unit_id, |m| m.unit_id);
    Held { task: task.task_id, unit, part: task.part, mode: task.mode, due_on: task.due_on }
}

fn own_unit_names(me: &SignedIn) -> String {
    let mut names: Vec<&str> = Vec::new();
    for m in me.actor.memberships.iter().filter(|m| m.role.may(Action::LogWork)) {
        if !names.contains(&m.unit_name.as_str()) {
            names.push(&m.unit_name);
        }
    }
    names.join(", ")
}

#[derive(Template)]
#[template(path = "tasks/show.html")]
struct TaskPage {
    page: Page,
    plan: Plan,
    task: Task,
    clause_path: String,
    clause_title: String,
    lines: Vec<HolderLine>,
    /// With the unit's name, and whether the person may correct it.
    entries: Vec<EntryLine>,
    /// Whether all units' work is shown, or the own unit's only.
    all_units: bool,
    /// The units under whose name the person may note work; none: no form.
    under: Vec<(UnitId, String)>,
    may_edit: bool,
    fields: EntryFields,
    /// Which clauses of the units' own plans answer it: plan, unit, clauses.
    planned: Vec<(Shown, String, Vec<Answer>)>,
    form: EntryForm,
    problems: Problems,
}

/// One entry of the log of a task.
struct EntryLine {
    entry: Entry,
    unit: String,
    /// The person may correct it.
    own: bool,
    /// What its quantity counts toward, by code.
    indicator: Option<String>,
    photos: Vec<Photo>,
    /// Who else claims its link: "Sở …: nhật ký ngày 02/6/2025".
    claimed: Vec<String>,
}

/// `GET /tasks/{id}`.
///
/// # Errors
/// `NotFound` outside the person's provinces.
pub async fn task(state: State, me: SignedIn, id: web::Path<TaskId>) -> Result<HttpResponse, Error> {
    task_page(&state, &me, id.into_inner(), StatusCode::OK, None, Problems::default()).await
}

/// `POST /tasks/{id}/entries`.
///
/// # Errors
/// As [`task`]; `Forbidden` when none of the person's units holds the task; what is to mend shows the form again.
pub async fn add_entry(
    state: State,
    posted: PostedPhotos,
    id: web::Path<TaskId>,
) -> Result<HttpResponse, Error> {
    let PostedPhotos { me, form, photos } = posted;
    let id = id.into_inner();
    let typed = EntryForm::read(|name| form.get(name).to_owned());
    let pictures = pictures(&form, photos, &state);
    let lost = LostPictures::of(&pictures);
    match log(&state, &me, &form, id, (typed.clone(), pictures), format!("/tasks/{id}")).await {
        Ok(kept) => Ok(kept.answer("Đã ghi công việc đã thực hiện.")),
        Err(Error::Invalid(mut problems)) => {
            lost.tell(&mut problems);
            task_page(&state, &me, id, StatusCode::UNPROCESSABLE_ENTITY, Some(typed), problems).await
        }
        Err(other) => Err(other),
    }
}

/// `POST /task-entries`: the one-line form; an address in its text is the entry's link. Back to the page it came from; what is to mend is mended on the
/// list of tasks when no task was chosen, else on the task's own page.
///
/// # Errors
/// As [`add_entry`].
pub async fn add_quick_entry(state: State, posted: Posted) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let Ok(id) = form.line("task").parse::<TaskId>() else {
        let mut problems = Problems::default();
        problems.add("task", "Chọn nhiệm vụ.");
        let again = Some((&form, problems));
        return tasks_page(&state, &me, StatusCode::UNPROCESSABLE_ENTITY, again).await;
    };
    let mut typed = EntryForm::read(|name| form.get(name).to_owned());
    let others = typed.take_link();
    let back = if form.get("back") == "/my" { "/my" } else { "/tasks" };
    let noted = (typed.clone(), PhotoChanges::default());
    match log(&state, &me, &form, id, noted, back.to_owned()).await {
        Ok(kept) if others > 0 => Ok(kept.answer(&format!(
            "Đã ghi công việc đã thực hiện. Mỗi lần ghi giữ một đường dẫn: {others} đường dẫn sau chưa vào Minh chứng, ghi mỗi đường dẫn thành một lần."
        ))),
        Ok(kept) => Ok(kept.answer("Đã ghi công việc đã thực hiện.")),
        Err(Error::Invalid(problems)) => {
            task_page(&state, &me, id, StatusCode::UNPROCESSABLE_ENTITY, Some(typed), problems).await
        }
        Err(other) => Err(other),
    }
}

/// An entry that was kept: where to go on, and what there is to say of it.
pub(super) struct Kept {
    pub(super) to: String,
    /// None where the same form was sent before.
    pub(super) said: Option<(TaskEntryId, Noted)>,
}

impl Kept {
    /// The confirmation; with a link to the entry where there is something to look at.
    pub(super) fn answer(&self, words: &str) -> HttpResponse {
        match &self.said {
            Some((id, noted)) if !noted.is_plain() => {
                let link = (format!("/task-entries/{id}"), "Xem lần ghi này");
                redirect_warned(&self.to, format!("{words}{}", noted.words()), (&link.0, link.1))
            }
            _ => redirect_with(&self.to, words),
        }
    }
}

/// Notes the work and gives back where to go on; the same form sent again notes nothing more.
async fn log(
    state: &State,
    me: &SignedIn,
    form: &FormData,
    id: TaskId,
    (typed, pictures): (EntryForm, PhotoChanges),
    back: String,
) -> Result<Kept, Error> {
    let moment = state.clock.moment();
    let (actor, digest) = (me.actor.clone(), with_pictures(form.digest(), &pictures));
    state
        .write(move |conn| {
            // The task and the role first: what is foreign is not found and what is another's is refused,
            // whatever was typed.
            let (_, task) = log_work::visible(conn, &actor, id)?;
            log_work::may_log(conn, &actor, &task, moment)?;
            let mut entry = None;
            let to = once::only(conn, actor.person_id, digest.as_deref(), moment.recorded, |conn| {
                let facts = typed.parse(moment.today)?;
                entry = Some(log_work::log(conn, &actor, id, &facts, &pictures, moment)?);
                Ok(back)
            })?;
            let said = match entry {
                Some(id) => Some((id, noted(conn, &actor, id, moment)?)),
                None => None,
            };
            Ok(Kept { to, said })
        })
        .await
}

/// The same words with another picture are another sending.
fn with_pictures(digest: Option<String>, pictures: &PhotoChanges) -> Option<String> {
    let digest = digest?;
    if pictures.added.is_empty() {
        return Some(digest);
    }
    let marks: Vec<String> = pictures.added.iter().map(|(_, bytes)| sha256_hex(bytes)).collect();
    Some(sha256_hex(format!("{digest} {}", marks.join(" ")).as_bytes()))
}

async fn task_page(
    state: &State,
    me: &SignedIn,
    id: TaskId,
    status: StatusCode,
    form: Option<EntryForm>,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let moment = state.clock.moment();
    let actor = me.actor.clone();
    let loaded = state
        .read(move |conn| {
            let (plan, task) = log_work::visible(conn, &actor, id)?;
            let under: Vec<(UnitId, String)> = log_work::under(conn, &actor, &task, moment)?
                .into_iter()
                .map(|m: &Membership| (m.unit_id, m.unit_name.clone()))
                .collect();
            let keepers = queries::keepers(conn, plan.id)?;
            let may_edit = editor_among(&actor, plan.province_id, &keepers).is_some();
            // Who collects and who oversees read every unit's work; a unit its own.
            let all_units = log_work::reads_all(&actor, &plan, &keepers);
            let own = log_work::units_that_log(&actor);
            let only = if all_units { None } else { Some(own.as_slice()) };
            let mut entries = queries::entries_of_task(conn, id, only)?;
            if !may_edit {
                withhold(&mut entries, &classified(conn)?, &own);
            }
            let planned = answers_of_task(conn, &actor.scope(), id)?;
            let planning = planned.iter().map(|(plan, _)| plan.unit);
            let unit_ids: Vec<UnitId> = entries.iter().map(|e| e.unit_id).chain(planning).collect();
            let names: HashMap<UnitId, String> = units::queries::names_on(conn, &unit_ids, moment.today)?;
            let whole = Whole::load(conn, plan, moment.today)?;
            let units: Vec<UnitId> = under.iter().map(|(id, _)| *id).collect();
            let offered =
                if units.is_empty() { vec![] } else { queries::countable(conn, &units, moment.today)? };
            let ids: Vec<TaskEntryId> = entries.iter().map(|entry| entry.id).collect();
            let photos = queries::photos(conn, &ids)?;
            let counted: Vec<IndicatorId> = entries.iter().filter_map(|entry| entry.indicator_id).collect();
            let codes = queries::codes_of(conn, &counted)?;
            let claimed = against_entries(conn, &actor, &entries, moment.today)?;
            Ok((
                whole,
                task,
                under,
                all_units,
                may_edit,
                entries,
                planned,
                names,
                offered,
                (photos, codes, claimed),
            ))
        })
        .await?;
    let (
        whole,
        task,
        under,
        all_units,
        may_edit,
        entries,
        planned,
        names,
        offered,
        (photos, codes, mut claimed),
    ) = loaded;
    let last = entries.iter().find(|entry| me.actor.for_unit(entry.unit_id, Action::LogWork).is_some());
    let proposed = counted::proposed(&offered, last.map(|e| (e.indicator_id, e.measure_unit.as_str())));
    let name = |unit: UnitId| names.get(&unit).cloned().unwrap_or_default();
    let planned = planned.into_iter().map(|(plan, answers)| {
        let unit = name(plan.unit);
        (plan, unit, answers)
    });
    let planned = planned.collect();
    let entries = entries
        .into_iter()
        .map(|entry| {
            let unit = names.get(&entry.unit_id).cloned().unwrap_or_default();
            let own = me.actor.for_unit(entry.unit_id, Action::LogWork).is_some();
            let photos = photos.iter().filter(|photo| photo.entry_id == entry.id).cloned().collect();
            let indicator = entry.indicator_id.and_then(|id| codes.get(&id).cloned());
            let claimed = claimed.remove(&entry.id).unwrap_or_default();
            EntryLine { entry, unit, own, indicator, photos, claimed }
        })
        .collect();
    let clause = whole.clauses.iter().find(|clause| clause.id == task.clause_id);
    let today = vietnamese::short_date(moment.today);
    let indicator = proposed.map(|id| id.to_string()).unwrap_or_default();
    let (blank, proposed) = (EntryForm::default(), indicator.clone());
    let form = form.unwrap_or(EntryForm { done_on: today, indicator, proposed, ..blank });
    let page = TaskPage {
        page: me.page(format!("Nhiệm vụ {}", clause.map_or("", |c| &c.path)), nav(me)),
        clause_path: clause.map(|c| c.path.clone()).unwrap_or_default(),
        clause_title: clause.map(|c| c.title.clone()).unwrap_or_default(),
        lines: whole.lines(id),
        may_edit,
        plan: whole.plan,
        task,
        entries,
        planned,
        all_units,
        under,
        fields: EntryFields::new(&offered, &form, vec![]),
        form,
        problems,
    };
    if status == StatusCode::OK { render(&page) } else { render_status(status, &page) }
}

/// A unit's people come here from their tasks, the others from the plan.
fn nav(me: &SignedIn) -> Nav {
    if me.actor.may_somewhere(Action::LogWork) { Nav::Tasks } else { Nav::Plans }
}
