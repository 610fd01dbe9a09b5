//! `/reports/{id}/draft/clashes`: what two people both changed, both texts side by side; one chooses or joins them.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::facts::Facts;
use super::marks::{Mark, marks};
use super::version;
use crate::calendar::Holidays;
use crate::db::ids::ReportId;
use crate::error::Error;
use crate::periods;
use crate::reports::draft::{self, Open};
use crate::reports::settle::{self, Choice, Decided, How, Question};
use crate::reports::wording;
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render_status};

#[derive(Template)]
#[template(path = "reports/clashes.html")]
struct ClashPage {
    page: Page,
    facts: Facts,
    /// Version of the draft that was read.
    version: i32,
    /// The draft takes what is chosen; else the texts are only there to be copied.
    is_open: bool,
    questions: Vec<Question>,
    decided: Vec<Decided>,
    /// An answer is wanted first.
    unanswered: bool,
}

impl ClashPage {
    /// What is only in one of two written texts, word by word; nothing for what is no text.
    fn differences(question: &Question) -> Vec<Mark> {
        let written = question.edited && question.joined.is_some();
        if !written || question.mine.is_empty() || question.theirs.is_empty() {
            return Vec::new();
        }
        marks(&wording::compare(&question.theirs, &question.mine), true)
    }
}

struct Read {
    open: Open,
    questions: Vec<Question>,
    decided: Vec<Decided>,
    holidays: Holidays,
}

/// `GET /reports/{id}/draft/clashes`
///
/// # Errors
/// 404 outside the unit.
pub async fn clashes(me: SignedIn, state: State, path: web::Path<ReportId>) -> Result<HttpResponse, Error> {
    clash_page(&me, &state, path.into_inner(), StatusCode::OK).await
}

/// The page, with another status after a save.
pub(super) async fn clash_page(
    me: &SignedIn,
    state: &State,
    id: ReportId,
    status: StatusCode,
) -> Result<HttpResponse, Error> {
    let (actor, today) = (me.actor.clone(), state.clock.today());
    let read = state
        .read(move |conn| {
            let open = draft::open(conn, &actor, id)?;
            let (questions, decided) = settle::questions(conn, &actor, &open, today)?;
            Ok(Read { questions, decided, holidays: periods::queries::holidays(conn)?, open })
        })
        .await?;
    let Open { case, draft, .. } = &read.open;
    let page = ClashPage {
        page: me.page("Chỗ hai người cùng sửa", Nav::Reports),
        facts: Facts::new(case, &read.holidays, state.clock.moment()),
        version: draft.version,
        is_open: case.is_typed(),
        questions: read.questions,
        decided: read.decided,
        unanswered: status == StatusCode::UNPROCESSABLE_ENTITY,
    };
    render_status(status, &page)
}

/// `POST /reports/{id}/draft/clashes`
///
/// # Errors
/// As [`settle::settle`]; 422 when nothing was chosen.
pub async fn settle_clashes(
    posted: Posted,
    state: State,
    path: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    let (id, form) = (path.into_inner(), &posted.form);
    let choices: Vec<Choice> = form
        .with_prefix("choice.")
        .filter_map(|(clash, how)| {
            let text = form.get(&format!("joined.{clash}")).to_owned();
            Some(Choice { id: clash.parse().ok()?, how: How::from_code(how)?, text })
        })
        .collect();
    if choices.is_empty() {
        return clash_page(&posted.me, &state, id, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let (actor, moment, seen) = (posted.me.actor.clone(), state.clock.moment(), version(form, "version"));
    let left = state.write(move |conn| settle::settle(conn, &actor, id, &choices, seen, moment)).await?;
    Ok(if left > 0 {
        redirect_with(
            &format!("/reports/{id}/draft/clashes"),
            format!("Đã lưu lựa chọn. Còn {left} chỗ cần chọn."),
        )
    } else {
        redirect_with(&format!("/reports/{id}/draft"), "Đã lưu lựa chọn. Nội dung không chọn vẫn được giữ.")
    })
}
