//! `/task-entries/{id}`: one entry of the log of work, to be corrected or taken out by the unit that noted it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::db::ids::TaskEntryId;
use crate::error::{Error, Problems};
use crate::plans::entry_form::EntryForm;
use crate::plans::queries::Entry;
use crate::plans::{Plan, Task, correct_entry};
use crate::vietnamese::short_date;
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render_status};

#[derive(Template)]
#[template(path = "tasks/entry.html")]
struct EntryPage {
    page: Page,
    entry: Entry,
    plan: Plan,
    task: Task,
    seen: String,
    form: EntryForm,
    problems: Problems,
}

/// `GET /task-entries/{id}`.
///
/// # Errors
/// `NotFound` for everybody but the unit that noted it.
pub async fn entry(state: State, me: SignedIn, id: web::Path<TaskEntryId>) -> Result<HttpResponse, Error> {
    page(&state, &me, id.into_inner(), None, Problems::default()).await
}

/// `POST /task-entries/{id}`.
///
/// # Errors
/// As [`entry`]; what is to mend shows the form again.
pub async fn correct(
    state: State,
    posted: Posted,
    id: web::Path<TaskEntryId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, moment, actor) = (id.into_inner(), state.clock.moment(), me.actor.clone());
    let typed = EntryForm::read(|name| form.get(name).to_owned());
    let (asked, seen) = (typed.clone(), form.line("seen"));
    let outcome = state
        .write(move |conn| {
            // The entry first: what is another's is not found, whatever was typed.
            correct_entry::open(conn, &actor, id)?;
            correct_entry::correct(conn, &actor, id, &seen, &asked.parse(moment.today)?, moment)
        })
        .await;
    match outcome {
        Ok(entry) => {
            Ok(redirect_with(&format!("/tasks/{}", entry.task_id), "Đã sửa công việc đã thực hiện."))
        }
        Err(Error::Invalid(problems)) => page(&state, &me, id, Some(typed), problems).await,
        Err(other) => Err(other),
    }
}

/// `POST /task-entries/{id}/removal`.
///
/// # Errors
/// As [`entry`].
pub async fn remove(state: State, posted: Posted, id: web::Path<TaskEntryId>) -> Result<HttpResponse, Error> {
    let (id, moment, actor) = (id.into_inner(), state.clock.moment(), posted.me.actor.clone());
    let seen = posted.form.line("seen");
    let entry = state.write(move |conn| correct_entry::remove(conn, &actor, id, &seen, moment)).await?;
    Ok(redirect_with(&format!("/tasks/{}", entry.task_id), "Đã xóa lần ghi."))
}

async fn page(
    state: &State,
    me: &SignedIn,
    id: TaskEntryId,
    form: Option<EntryForm>,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let actor = me.actor.clone();
    let (entry, plan, task) = state.read(move |conn| correct_entry::open(conn, &actor, id)).await?;
    let status = if form.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let form = form.unwrap_or_else(|| EntryForm {
        unit: String::new(),
        done_on: short_date(entry.done_on),
        text: entry.text.clone(),
        quantity: entry.quantity.map(|quantity| quantity.to_string()).unwrap_or_default(),
        measure_unit: entry.measure_unit.clone(),
        link: entry.link.clone(),
    });
    let (page, seen) = (me.page("Sửa công việc đã thực hiện", Nav::Tasks), correct_entry::said(&entry));
    render_status(status, &EntryPage { page, entry, plan, task, seen, form, problems })
}
