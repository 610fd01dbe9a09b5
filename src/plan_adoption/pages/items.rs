//! `/plan-uploads/{id}/clauses/{n}` and `/bases/{n}`: one clause, one legal basis of a proposal, corrected.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::open_desk;
use crate::db::ids::PlanUploadId;
use crate::error::{Error, Problems};
use crate::plan_adoption::draft::{BasisItem, ClauseItem};
use crate::plan_adoption::marks::place;
use crate::plan_adoption::queries::UploadRow;
use crate::plan_adoption::{amend, form, settle};
use crate::plans::BASIS_KINDS;
use crate::plans::form::{BasisForm, ClauseForm};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render, render_status};

#[derive(Template)]
#[template(path = "plan_adoption/clause.html")]
struct ClausePage {
    page: Page,
    row: UploadRow,
    item: ClauseItem,
    path: String,
    place: String,
    problems: Problems,
}

/// `GET /plan-uploads/{id}/clauses/{n}`.
///
/// # Errors
/// 404 for everybody who does not compile for that body.
pub async fn clause(
    me: SignedIn,
    state: State,
    at: web::Path<(PlanUploadId, u32)>,
) -> Result<HttpResponse, Error> {
    let (id, key) = at.into_inner();
    clause_page(&me, &state, (id, key), None, Problems::default()).await
}

async fn clause_page(
    me: &SignedIn,
    state: &State,
    (id, key): (PlanUploadId, u32),
    typed: Option<ClauseForm>,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let desk = match open_desk(state, me, id).await? {
        Ok(desk) => desk,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let mut item = desk.draft.clause(key).cloned().ok_or(Error::NotFound)?;
    if let Some(typed) = typed {
        (item.label, item.title, item.body) = (typed.label, typed.title, typed.body);
    }
    let page = ClausePage {
        page: me.page("Sửa mục", Nav::Plans),
        path: desk.draft.path(key),
        place: place(&item.lines),
        row: desk.row,
        item,
        problems,
    };
    answer(&page, &page.problems)
}

fn answer(page: &impl Template, problems: &Problems) -> Result<HttpResponse, Error> {
    match problems.is_empty() {
        true => render(page),
        false => render_status(actix_web::http::StatusCode::UNPROCESSABLE_ENTITY, page),
    }
}

/// `POST /plan-uploads/{id}/clauses/{n}`: corrected, and by another button put together with the one above or split.
///
/// # Errors
/// As [`settle::change`]; what is to mend shows the form again.
pub async fn save_clause(
    posted: Posted,
    state: State,
    at: web::Path<(PlanUploadId, u32)>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let ((id, key), seen, actor) = (at.into_inner(), form::version(&form), me.actor.clone());
    let typed = ClauseForm {
        parent: String::new(),
        label: form.line("label"),
        title: form.line("title"),
        body: form.get("body").to_owned(),
    };
    let (what, parsed, kept) = (form.line("do"), typed.parse(), typed.clone());
    let done = state
        .write(move |conn| {
            let mut to = key;
            settle::change(conn, &actor, (id, seen), |draft| {
                draft.clause(key).ok_or(Error::NotFound)?;
                parsed?;
                amend::correct_clause(draft, key, &kept.label, &kept.title, &kept.body)?;
                match what.as_str() {
                    "merge" => to = amend::merge_clause(draft, key)?,
                    "split" => drop(amend::split_clause(draft, key)?),
                    _ => {}
                }
                Ok(())
            })?;
            Ok(to)
        })
        .await;
    match done {
        Ok(to) => Ok(redirect_with(&format!("/plan-uploads/{id}#clause-{to}"), "Đã lưu mục.")),
        Err(error) => clause_page(&me, &state, (id, key), Some(typed), to_mend(error, "body")?).await,
    }
}

/// What is said at a field; other errors are errors.
pub(super) fn to_mend(error: Error, field: &str) -> Result<Problems, Error> {
    match error {
        Error::Invalid(problems) => Ok(problems),
        Error::Refused(words) if words != settle::ADOPTED => {
            let mut problems = Problems::default();
            problems.add(field, words);
            Ok(problems)
        }
        other => Err(other),
    }
}

#[derive(Template)]
#[template(path = "plan_adoption/basis.html")]
struct BasisPage {
    page: Page,
    row: UploadRow,
    item: BasisItem,
    place: String,
    kinds: &'static [(&'static str, &'static str)],
    problems: Problems,
}

/// Where its problems are said, its name, label, value and hint.
type Field<'a> = (&'static str, &'static str, &'static str, &'a str, &'static str);

impl BasisPage {
    fn fields(&self) -> [Field<'_>; 4] {
        let item = &self.item;
        [
            ("basis_number", "number", "Số, ký hiệu", &item.number, "Ví dụ: 49/2020/NĐ-CP"),
            (
                "basis_issued_on",
                "issued_on",
                "Ngày ban hành",
                &item.issued_on,
                "Để trống nếu văn bản không ghi",
            ),
            ("basis_issuer", "issuer", "Cơ quan ban hành", &item.issuer, "Ví dụ: Chính phủ"),
            ("basis_subject", "subject", "Trích yếu", &item.subject, ""),
        ]
    }
}

/// `GET /plan-uploads/{id}/bases/{n}`.
///
/// # Errors
/// 404 for everybody who does not compile for that body.
pub async fn basis(
    me: SignedIn,
    state: State,
    at: web::Path<(PlanUploadId, u32)>,
) -> Result<HttpResponse, Error> {
    let (id, key) = at.into_inner();
    basis_page(&me, &state, (id, key), None, Problems::default()).await
}

async fn basis_page(
    me: &SignedIn,
    state: &State,
    (id, key): (PlanUploadId, u32),
    typed: Option<BasisItem>,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let desk = match open_desk(state, me, id).await? {
        Ok(desk) => desk,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let known = desk.draft.bases.iter().find(|item| item.key == key).cloned().ok_or(Error::NotFound)?;
    let item = typed.unwrap_or(known);
    let page = BasisPage {
        page: me.page("Sửa căn cứ", Nav::Plans),
        place: place(&item.lines),
        kinds: &BASIS_KINDS,
        row: desk.row,
        item,
        problems,
    };
    answer(&page, &page.problems)
}

/// `POST /plan-uploads/{id}/bases/{n}`.
///
/// # Errors
/// As [`settle::change`]; what is to mend shows the form again.
pub async fn save_basis(
    posted: Posted,
    state: State,
    at: web::Path<(PlanUploadId, u32)>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let ((id, key), seen, actor) = (at.into_inner(), form::version(&form), me.actor.clone());
    let (posted, read) = (form.clone(), actor.clone());
    let known = state
        .read(move |conn| {
            let (row, _) = crate::plan_adoption::upload::open(conn, &read, id)?;
            row.draft().bases.into_iter().find(|item| item.key == key).ok_or(Error::NotFound)
        })
        .await?;
    let typed = form::basis(&posted, &known);
    let parsed = BasisForm {
        kind: typed.kind.clone(),
        number: typed.number.clone(),
        issued_on: typed.issued_on.clone(),
        issuer: typed.issuer.clone(),
        subject: typed.subject.clone(),
        ..BasisForm::default()
    }
    .parse(&[]);
    let kept = typed.clone();
    let done = state
        .write(move |conn| {
            settle::change(conn, &actor, (id, seen), |draft| {
                if parsed?.is_none() {
                    let mut problems = Problems::default();
                    problems.add("basis_number", "Nhập số, ký hiệu, ví dụ 49/2020/NĐ-CP.");
                    return Err(Error::Invalid(problems));
                }
                amend::correct_basis(draft, key, kept)
            })
        })
        .await;
    match done {
        Ok(()) => Ok(redirect_with(&format!("/plan-uploads/{id}#basis-{key}"), "Đã lưu căn cứ.")),
        Err(error) => basis_page(&me, &state, (id, key), Some(typed), to_mend(error, "basis_number")?).await,
    }
}
