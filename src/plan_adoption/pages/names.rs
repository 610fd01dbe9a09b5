//! `/plan-uploads/{id}/names`: names of the document nobody can say whose they are, each asked once.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::{Choices, choices, open_desk};
use crate::db::ids::PlanUploadId;
use crate::error::Error;
use crate::plan_adoption::draft::{Answer, Draft};
use crate::plan_adoption::naming::key;
use crate::plan_adoption::queries::UploadRow;
use crate::plan_adoption::{amend, form, settle};
use crate::vietnamese::short_date;
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render};

/// A name to be asked about.
struct AskedView {
    key: String,
    name: String,
    needed: bool,
    like: Vec<(String, String)>,
    answer: String,
}

#[derive(Template)]
#[template(path = "plan_adoption/names.html")]
struct NamesPage {
    page: Page,
    row: UploadRow,
    asked: Vec<AskedView>,
    groups: Vec<Choices>,
    day: String,
}

/// `GET /plan-uploads/{id}/names`.
///
/// # Errors
/// 404 for everybody who does not compile for that body.
pub async fn names(me: SignedIn, state: State, id: web::Path<PlanUploadId>) -> Result<HttpResponse, Error> {
    let desk = match open_desk(&state, &me, id.into_inner()).await? {
        Ok(desk) => desk,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let unit = |id: &crate::db::ids::UnitId| (format!("unit:{id}"), desk.ground.unit_name(*id));
    let mut asked: Vec<AskedView> = desk
        .outcome
        .asked
        .iter()
        .map(|one| AskedView {
            key: one.key.clone(),
            name: one.name.clone(),
            needed: one.needed,
            like: one.like.iter().map(unit).collect(),
            answer: String::new(),
        })
        .collect();
    asked.extend(answered(&desk.draft));
    render(&NamesPage {
        page: me.page("Tên đơn vị trong văn bản", Nav::Plans),
        groups: choices(&desk.ground),
        day: short_date(desk.ground.day),
        asked,
        row: desk.row,
    })
}

/// The names that were answered, to be changed.
fn answered(draft: &Draft) -> Vec<AskedView> {
    let names = draft.tasks.iter().flat_map(|task| task.lead.iter().chain(&task.cooperating));
    let names: Vec<&String> = names.chain(draft.duties.iter().flat_map(|duty| &duty.units)).collect();
    let view = |(key_of, answer): (&String, &Answer)| AskedView {
        key: key_of.clone(),
        name: names.iter().find(|name| key(name) == *key_of).map_or_else(|| key_of.clone(), |n| (*n).clone()),
        needed: false,
        like: vec![],
        answer: match answer {
            Answer::Unit(id) => format!("unit:{id}"),
            Answer::Kind(kind) => format!("kind:{kind}"),
            Answer::Nobody => "nobody".to_owned(),
        },
    };
    draft.answers.iter().map(view).collect()
}

/// `POST /plan-uploads/{id}/names`: the answers there are are kept; unanswered names are asked again.
///
/// # Errors
/// As [`settle::change`].
pub async fn save_names(
    posted: Posted,
    state: State,
    id: web::Path<PlanUploadId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, seen, answers) = (id.into_inner(), form::version(&form), form::answers(&form));
    let actor = me.actor.clone();
    state
        .write(move |conn| {
            settle::change(conn, &actor, (id, seen), |draft| {
                amend::answer(draft, answers);
                Ok(())
            })
        })
        .await?;
    Ok(redirect_with(&format!("/plan-uploads/{id}"), "Đã lưu tên đơn vị."))
}
