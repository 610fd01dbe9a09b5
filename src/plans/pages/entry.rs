//! `/task-entries/{id}`: one entry of the log of work, to be corrected or taken out by the unit that noted it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::entry_fields::{EntryFields, LostPictures, pictures};
use super::work::Kept;
use crate::db::ids::TaskEntryId;
use crate::error::{Error, Problems};
use crate::plans::entry_form::EntryForm;
use crate::plans::noted::noted;
use crate::plans::queries::Entry;
use crate::plans::{Plan, Task, correct_entry, queries};
use crate::vietnamese::{group_thousands, short_date};
use crate::web::{Nav, Page, Posted, PostedPhotos, SignedIn, State, redirect_with, render_status};

#[derive(Template)]
#[template(path = "tasks/entry.html")]
struct EntryPage {
    page: Page,
    entry: Entry,
    plan: Plan,
    task: Task,
    seen: String,
    fields: EntryFields,
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
    posted: PostedPhotos,
    id: web::Path<TaskEntryId>,
) -> Result<HttpResponse, Error> {
    let PostedPhotos { me, form, photos } = posted;
    let (id, moment, actor) = (id.into_inner(), state.clock.moment(), me.actor.clone());
    let typed = EntryForm::read(|name| form.get(name).to_owned());
    let (asked, seen) = (typed.clone(), form.line("seen"));
    let pictures = pictures(&form, photos, &state);
    let lost = LostPictures::of(&pictures);
    let outcome = state
        .write(move |conn| {
            // The entry first: what is another's is not found, whatever was typed.
            correct_entry::open(conn, &actor, id)?;
            let facts = asked.parse(moment.today)?;
            let entry = correct_entry::correct(conn, &actor, id, &seen, &facts, &pictures, moment)?;
            let said = noted(conn, &actor, id, moment)?;
            Ok(Kept { to: format!("/tasks/{}", entry.task_id), said: Some((id, said)) })
        })
        .await;
    match outcome {
        Ok(kept) => Ok(kept.answer("Đã sửa công việc đã thực hiện.")),
        Err(Error::Invalid(mut problems)) => {
            lost.tell(&mut problems);
            page(&state, &me, id, Some(typed), problems).await
        }
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
    let (actor, moment) = (me.actor.clone(), state.clock.moment());
    let (entry, plan, task, offered, photos) = state
        .read(move |conn| {
            let (entry, plan, task) = correct_entry::open(conn, &actor, id)?;
            let offered = correct_entry::offered(conn, &entry, moment)?;
            let photos = queries::photos(conn, &[id])?;
            Ok((entry, plan, task, offered, photos))
        })
        .await?;
    let status = if form.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let form = form.unwrap_or_else(|| EntryForm {
        unit: String::new(),
        done_on: short_date(entry.done_on),
        text: entry.text.clone(),
        quantity: entry.quantity.map(|quantity| quantity.to_string()).unwrap_or_default(),
        measure_unit: entry.measure_unit.clone(),
        indicator: entry.indicator_id.map(|id| id.to_string()).unwrap_or_default(),
        proposed: String::new(),
        link: entry.link.clone(),
        platform: entry.platform.clone(),
        link_title: entry.link_title.clone(),
        reach: entry.reach.map(group_thousands).unwrap_or_default(),
    });
    let (page, seen) =
        (me.page("Sửa công việc đã thực hiện", Nav::Tasks), correct_entry::said(&entry, &photos));
    let fields = EntryFields::new(&offered, &form, photos);
    render_status(status, &EntryPage { page, entry, plan, task, seen, fields, form, problems })
}
