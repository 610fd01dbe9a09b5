//! `/plan-uploads/{id}/tasks/{n}`: one task of a proposal, corrected, its holders chosen; put together with the one above, or split.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::items::to_mend;
use super::{Choices, choices, open_desk};
use crate::db::ids::{ClauseId, PlanUploadId};
use crate::error::{Error, Problems};
use crate::plan_adoption::draft::Draft;
use crate::plan_adoption::marks::place;
use crate::plan_adoption::queries::UploadRow;
use crate::plan_adoption::{amend, form, ground, holders, settle};
use crate::plans::shortened;
use crate::plans::task_form::TaskForm;
use crate::vietnamese::short_date;
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render_status};

#[derive(Template)]
#[template(path = "plan_adoption/task.html")]
struct TaskPage {
    page: Page,
    row: UploadRow,
    key: u32,
    clauses: Vec<(u32, String)>,
    holders: Vec<Choices>,
    /// As written, where nobody knows whose the names are.
    written: Vec<String>,
    place: String,
    day: String,
    form: TaskForm,
    first: bool,
    problems: Problems,
}

/// `GET /plan-uploads/{id}/tasks/{n}`.
///
/// # Errors
/// 404 for everybody who does not compile for that body.
pub async fn task(
    me: SignedIn,
    state: State,
    at: web::Path<(PlanUploadId, u32)>,
) -> Result<HttpResponse, Error> {
    page(&me, &state, at.into_inner(), None, Problems::default()).await
}

async fn page(
    me: &SignedIn,
    state: &State,
    (id, key): (PlanUploadId, u32),
    typed: Option<TaskForm>,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let desk = match open_desk(state, me, id).await? {
        Ok(desk) => desk,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let item = desk.draft.tasks.iter().find(|item| item.key == key).ok_or(Error::NotFound)?;
    let form = typed.unwrap_or_else(|| {
        TaskForm {
            clause: item.clause.to_string(),
            text: item.text.clone(),
            target: item.target.clone(),
            due_on: item.due_on.clone(),
            rows: holders::rows(&desk.draft, &desk.ground, item),
        }
        .with_spare_rows()
    });
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = TaskPage {
        page: me.page("Sửa nhiệm vụ", Nav::Plans),
        key,
        clauses: clauses(&desk.draft),
        holders: choices(&desk.ground),
        written: item.lead.iter().chain(&item.cooperating).cloned().collect(),
        place: place(&item.lines),
        day: short_date(desk.ground.day),
        first: desk.draft.tasks.first().is_some_and(|first| first.key == key),
        row: desk.row,
        form,
        problems,
    };
    render_status(status, &page)
}

fn clauses(draft: &Draft) -> Vec<(u32, String)> {
    let name = |clause: &crate::plan_adoption::draft::ClauseItem| {
        let words = if clause.title.is_empty() { &clause.body } else { &clause.title };
        (clause.key, format!("{}. {}", draft.path(clause.key), shortened(words, 80)))
    };
    draft.clauses.iter().map(name).collect()
}

/// `POST /plan-uploads/{id}/tasks/{n}`. With `more` the form comes back with more rows and nothing is kept.
///
/// # Errors
/// As [`settle::change`]; what is to mend shows the form again.
pub async fn save_task(
    posted: Posted,
    state: State,
    at: web::Path<(PlanUploadId, u32)>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let ((id, key), seen, actor) = (at.into_inner(), form::version(&form), me.actor.clone());
    let typed = form::task(&form);
    let shown = TaskForm {
        clause: typed.clause.clone(),
        text: typed.text.clone(),
        target: typed.target.clone(),
        due_on: typed.due_on.clone(),
        rows: typed.rows.clone(),
    };
    if form.has("more") {
        return page(&me, &state, (id, key), Some(shown.with_more_rows()), Problems::default()).await;
    }
    // Any clause will do for its form: those of a proposal have no ids.
    let parsed = TaskForm { clause: ClauseId(1).to_string(), ..shown.clone() }.parse();
    let (what, moment) = (form.line("do"), state.clock.moment());
    let done = state
        .write(move |conn| {
            let (row, _) = crate::plan_adoption::upload::open(conn, &actor, id)?;
            let ground = ground::load(conn, &actor, (row.province_id, row.unit_id), &row.draft(), moment)?;
            let mut to = key;
            settle::change(conn, &actor, (id, seen), |draft| {
                let above = draft.tasks.iter().position(|item| item.key == key).ok_or(Error::NotFound)?;
                parsed?;
                amend::correct_task(draft, &ground, key, &typed)?;
                match what.as_str() {
                    "merge" => {
                        amend::merge_task(draft, key)?;
                        to = draft.tasks.get(above.saturating_sub(1)).map_or(key, |item| item.key);
                    }
                    "split" => drop(amend::split_task(draft, key)?),
                    _ => {}
                }
                Ok(())
            })?;
            Ok(to)
        })
        .await;
    match done {
        Ok(to) => Ok(redirect_with(&format!("/plan-uploads/{id}#task-{to}"), "Đã lưu nhiệm vụ.")),
        Err(error) => {
            let problems = to_mend(error, "text")?;
            page(&me, &state, (id, key), Some(shown.with_spare_rows()), problems).await
        }
    }
}
