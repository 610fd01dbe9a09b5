//! The page of a regime's recipients: those of its editions, and those its units' papers name; a line each, in order.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::recipients::{put_recipients, recipients};
use crate::db::ids::RegimeId;
use crate::error::{Error, Problems};
use crate::periods::Regime;
use crate::regimes::keeping;
use crate::reports::recipients::{RecipientsInput, of_regime, put_of_regime};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render_status};

#[derive(Template)]
#[template(path = "consolidation/recipients.html")]
struct RecipientsPage {
    page: Page,
    regime: Regime,
    names: String,
    seen: String,
    problems: Problems,
    /// Those of the units' papers.
    paper: RecipientsInput,
}

/// What was typed into one of the two forms, and what is to mend there; their fields have different names.
#[derive(Default)]
struct Typed {
    editions: Option<(String, String)>,
    paper: Option<RecipientsInput>,
    problems: Problems,
}

async fn page(me: &SignedIn, state: &State, id: RegimeId, typed: Typed) -> Result<HttpResponse, Error> {
    let actor = me.actor.clone();
    let (stands, known) = state
        .read(move |conn| {
            let stands = recipients(conn, &actor, id)?;
            Ok((stands, of_regime(conn, id)?))
        })
        .await?;
    let problems = typed.problems;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (names, seen) = typed.editions.unwrap_or((stands.names.join("\n"), stands.seen));
    let paper = typed.paper.unwrap_or_else(|| RecipientsInput {
        names: known.names.join("\n"),
        seen: known.seen,
        ..RecipientsInput::default()
    });
    let (page, regime) = (me.page("Nơi nhận", Nav::Regimes), stands.regime);
    render_status(status, &RecipientsPage { page, regime, names, seen, problems, paper })
}

/// `GET /regimes/{id}/recipients`.
///
/// # Errors
/// As [`recipients`].
pub async fn recipients_form(
    me: SignedIn,
    state: State,
    id: web::Path<RegimeId>,
) -> Result<HttpResponse, Error> {
    page(&me, &state, id.into_inner(), Typed::default()).await
}

/// `POST /regimes/{id}/recipients`.
///
/// # Errors
/// As [`put_recipients`]; what is to mend shows the page again.
pub async fn save_recipients(
    posted: Posted,
    state: State,
    id: web::Path<RegimeId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (actor, moment, id) = (me.actor.clone(), state.clock.moment(), id.into_inner());
    let (names, seen) = (form.get("names").to_owned(), form.line("seen"));
    let editions = Some((names.clone(), seen.clone()));
    match state.write(move |conn| put_recipients(conn, &actor, id, (&names, &seen), moment)).await {
        Ok(()) => Ok(redirect_with(&format!("/regimes/{id}"), "Đã lưu nơi nhận bản tổng hợp.")),
        Err(Error::Invalid(problems)) => {
            page(&me, &state, id, Typed { editions, problems, ..Typed::default() }).await
        }
        Err(other) => Err(other),
    }
}

/// `POST /regimes/{id}/paper-recipients`: those the papers of all its units name.
///
/// # Errors
/// As [`recipients`] and [`put_of_regime`]; what is to mend shows the page again.
pub async fn save_paper_recipients(
    posted: Posted,
    state: State,
    id: web::Path<RegimeId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (actor, moment, id) = (me.actor.clone(), state.clock.moment(), id.into_inner());
    let input = RecipientsInput {
        names: form.get("paper_names").to_owned(),
        seen: form.line("seen").parse().unwrap_or_default(),
        ..RecipientsInput::default()
    };
    let typed = input.clone();
    let saved = state
        .write(move |conn| {
            let regime = recipients(conn, &actor, id)?.regime;
            let membership = keeping(&actor, &regime)?;
            put_of_regime(conn, &actor, (membership, &regime), &typed, moment)
        })
        .await;
    match saved {
        Ok(()) => {
            Ok(redirect_with(&format!("/regimes/{id}"), "Đã lưu nơi nhận ghi trên báo cáo của đơn vị."))
        }
        Err(Error::Invalid(problems)) => {
            page(&me, &state, id, Typed { paper: Some(input), problems, ..Typed::default() }).await
        }
        Err(other) => Err(other),
    }
}
