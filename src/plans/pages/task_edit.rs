//! `/clauses/{id}/tasks` and `/tasks/{id}/edit`: a task and those who hold it, as the compiler enters them.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::clauses::choices;
use super::editor::{Again, editor, opened};
use crate::db::Conn;
use crate::db::ids::{ClauseId, PlanId, TaskId, UnitId};
use crate::error::{Error, Problems};
use crate::once;
use crate::plans::form::date_or_blank;
use crate::plans::task_form::TaskForm;
use crate::plans::{Plan, Task, assign, queries};
use crate::units::{self, UnitOn};
use crate::vietnamese;
use crate::web::{FormData, Nav, Page, Posted, SignedIn, State, redirect_with, render_status};

/// Choices under one heading.
struct Choices {
    heading: String,
    options: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "plans/task_form.html")]
struct TaskPage {
    page: Page,
    plan: Plan,
    /// Where the form is posted.
    action: String,
    clauses: Vec<(ClauseId, String)>,
    holders: Vec<Choices>,
    functions: Vec<(String, String)>,
    /// The day groups and units are read on.
    read_on: String,
    form: TaskForm,
    again: Again,
}

#[derive(Template)]
#[template(path = "plans/withdrawal.html")]
struct WithdrawalPage {
    page: Page,
    plan: Plan,
    task: Task,
    has_history: bool,
    withdrawn_on: String,
    again: Again,
}

/// What the form is about: a new task on a clause, or an existing one.
#[derive(Clone)]
enum Subject {
    New(ClauseId),
    Old(Box<Task>),
}

/// `GET /clauses/{id}/tasks/new`.
///
/// # Errors
/// `NotFound` outside the person's provinces, `Forbidden` without the role.
pub async fn new_task(state: State, me: SignedIn, id: web::Path<ClauseId>) -> Result<HttpResponse, Error> {
    let id = id.into_inner();
    let clause = state.read(move |conn| Ok(queries::clause(conn, id)?)).await?;
    page(&state, &me, clause.plan_id, Subject::New(id), Some(TaskForm::on(id)), Again::default()).await
}

/// `POST /clauses/{id}/tasks`. With `more` the form comes back with more rows and nothing is saved.
///
/// # Errors
/// As [`new_task`]; what is to mend shows the form again.
pub async fn add_task(state: State, posted: Posted, id: web::Path<ClauseId>) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let id = id.into_inner();
    let moment = state.clock.moment();
    let clause = state.read(move |conn| Ok(queries::clause(conn, id)?)).await?;
    opened(&state, &me, clause.plan_id).await?;
    let typed = read(&form);
    if form.has("more") {
        return more(&state, &me, clause.plan_id, Subject::New(id), typed).await;
    }
    let outcome = match typed.parse() {
        Ok(facts) => {
            let (me, form) = (me.clone(), form.clone());
            state
                .write(move |conn| {
                    let (person, digest) = (me.actor.person_id, form.digest());
                    once::only(conn, person, digest.as_deref(), moment.recorded, |conn| {
                        let (plan, task) = assign::add(conn, editor(&me, &form, moment), id, &facts)?;
                        Ok(format!("/plans/{plan}/clauses#t-{task}"))
                    })
                })
                .await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(to) => Ok(redirect_with(&to, "Đã thêm nhiệm vụ.")),
        Err(error) => {
            let again = Again::from(error)?;
            page(&state, &me, clause.plan_id, Subject::New(id), Some(typed), again).await
        }
    }
}

/// `GET /tasks/{id}/edit`.
///
/// # Errors
/// As [`new_task`].
pub async fn task_form(state: State, me: SignedIn, id: web::Path<TaskId>) -> Result<HttpResponse, Error> {
    let id = id.into_inner();
    let task = state.read(move |conn| Ok(queries::task(conn, id)?)).await?;
    page(&state, &me, task.plan_id, Subject::Old(Box::new(task)), None, Again::default()).await
}

/// `POST /tasks/{id}`. With `more` the form comes back with more rows and nothing is saved.
///
/// # Errors
/// As [`new_task`]; what is to mend shows the form again.
pub async fn save_task(state: State, posted: Posted, id: web::Path<TaskId>) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let id = id.into_inner();
    let moment = state.clock.moment();
    let task = state.read(move |conn| Ok(queries::task(conn, id)?)).await?;
    let plan = task.plan_id;
    opened(&state, &me, plan).await?;
    let typed = read(&form);
    if form.has("more") {
        return more(&state, &me, plan, Subject::Old(Box::new(task)), typed).await;
    }
    let outcome = match typed.parse() {
        Ok(facts) => {
            let (me, form) = (me.clone(), form.clone());
            state.write(move |conn| assign::save(conn, editor(&me, &form, moment), id, &facts)).await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(plan) => Ok(redirect_with(&format!("/plans/{plan}/clauses#t-{id}"), "Đã lưu nhiệm vụ.")),
        Err(error) => {
            let again = Again::from(error)?;
            page(&state, &me, plan, Subject::Old(Box::new(task)), Some(typed), again).await
        }
    }
}

/// `GET /tasks/{id}/withdrawal`: asks before a task is taken back.
///
/// # Errors
/// As [`new_task`].
pub async fn withdrawal(state: State, me: SignedIn, id: web::Path<TaskId>) -> Result<HttpResponse, Error> {
    let day = vietnamese::short_date(state.clock.today());
    withdrawal_page(&state, &me, id.into_inner(), day, Again::default()).await
}

/// `POST /tasks/{id}/withdrawal`.
///
/// # Errors
/// As [`new_task`]; what is to mend shows the page again.
pub async fn withdraw_task(
    state: State,
    posted: Posted,
    id: web::Path<TaskId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let id = id.into_inner();
    let moment = state.clock.moment();
    let typed = form.line("withdrawn_on");
    let mut problems = Problems::default();
    let day = date_or_blank(&mut problems, "withdrawn_on", &typed);
    let outcome = match problems.or(day) {
        Ok(day) => {
            let (me, form) = (me.clone(), form.clone());
            state.write(move |conn| assign::withdraw(conn, editor(&me, &form, moment), id, day)).await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(plan) => Ok(redirect_with(&format!("/plans/{plan}/clauses"), "Đã thôi giao nhiệm vụ.")),
        Err(error) => withdrawal_page(&state, &me, id, typed, Again::from(error)?).await,
    }
}

async fn withdrawal_page(
    state: &State,
    me: &SignedIn,
    id: TaskId,
    withdrawn_on: String,
    again: Again,
) -> Result<HttpResponse, Error> {
    let (task, has_history) =
        state.read(move |conn| Ok((queries::task(conn, id)?, queries::has_history(conn, id)?))).await?;
    let plan = opened(state, me, task.plan_id).await?;
    let status = again.status();
    let page = me.page("Thôi giao nhiệm vụ", Nav::Plans);
    render_status(status, &WithdrawalPage { page, plan, task, has_history, withdrawn_on, again })
}

fn read(form: &FormData) -> TaskForm {
    let typed = TaskForm::read(|name| form.get(name).to_owned());
    TaskForm { due_on: form.line("due_on"), target: form.line("target"), ..typed }
}

async fn more(
    state: &State,
    me: &SignedIn,
    plan: PlanId,
    subject: Subject,
    form: TaskForm,
) -> Result<HttpResponse, Error> {
    page(state, me, plan, subject, Some(form.with_more_rows()), Again::default()).await
}

async fn page(
    state: &State,
    me: &SignedIn,
    plan: PlanId,
    subject: Subject,
    form: Option<TaskForm>,
    again: Again,
) -> Result<HttpResponse, Error> {
    let plan = opened(state, me, plan).await?;
    let (wanted, today) = (plan.clone(), state.clock.today());
    let about = subject.clone();
    let (clauses, holders, functions, form) = state
        .read(move |conn| {
            let mut named: Vec<UnitId> = vec![];
            let mut form = form;
            if let Subject::Old(task) = &about {
                let own: Vec<_> = queries::assignments_of(conn, &[wanted.id])?
                    .into_iter()
                    .filter(|a| a.task_id == task.id && a.holds_on(wanted.day_shown(today)))
                    .collect();
                named.extend(own.iter().filter_map(|a| a.unit_id));
                form = form.or_else(|| Some(TaskForm::of(task, &own)));
            }
            let clauses = choices(&queries::clauses_of(conn, wanted.id)?);
            let holders = holder_choices(conn, &wanted, &named, today)?;
            let functions = queries::all_functions(conn)?;
            Ok((clauses, holders, functions, form.unwrap_or_default()))
        })
        .await?;
    let (title, action) = match subject {
        Subject::New(clause) => ("Thêm nhiệm vụ", format!("/clauses/{clause}/tasks")),
        Subject::Old(task) => ("Sửa nhiệm vụ", format!("/tasks/{}", task.id)),
    };
    let status = again.status();
    let functions = functions.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    let read_on = vietnamese::short_date(plan.reading_day());
    let page = me.page(title, Nav::Plans);
    let answer = TaskPage { page, plan, action, clauses, holders, functions, read_on, form, again };
    render_status(status, &answer)
}

/// Groups, then units by kind, as they stood on the plan's day, and those the task already names.
fn holder_choices(
    conn: &mut Conn,
    plan: &Plan,
    named: &[UnitId],
    today: chrono::NaiveDate,
) -> diesel::QueryResult<Vec<Choices>> {
    let mut members = units::queries::of_province(conn, plan.province_id, plan.reading_day())?;
    let missing: Vec<UnitId> =
        named.iter().copied().filter(|id| members.iter().all(|unit| unit.id != *id)).collect();
    members.extend(units::queries::on_day(conn, &missing, today)?.into_values());
    members.sort_by_key(UnitOn::protocol_key);
    let groups = queries::group_kinds(conn)?
        .into_iter()
        .map(|(code, name)| (members.iter().filter(|unit| unit.kind_code == code).count(), code, name))
        .filter(|(count, ..)| *count > 1)
        .map(|(count, code, name)| (format!("group:{code}"), format!("Tất cả: {name} ({count})")))
        .collect();
    let mut all = vec![Choices { heading: "Nhóm đơn vị".into(), options: groups }];
    for unit in members {
        let option = (format!("unit:{}", unit.id), unit.name);
        match all.last_mut() {
            Some(last) if last.heading == unit.kind_heading => last.options.push(option),
            _ => all.push(Choices { heading: unit.kind_heading, options: vec![option] }),
        }
    }
    all.retain(|choices| !choices.options.is_empty());
    Ok(all)
}
