//! The page of a regime's recipients: a line each, in order.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::recipients::{put_recipients, recipients};
use crate::db::ids::RegimeId;
use crate::error::{Error, Problems};
use crate::periods::Regime;
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render_status};

#[derive(Template)]
#[template(path = "consolidation/recipients.html")]
struct RecipientsPage {
    page: Page,
    regime: Regime,
    names: String,
    seen: String,
    problems: Problems,
}

async fn page(
    me: &SignedIn,
    state: &State,
    id: RegimeId,
    typed: Option<(String, String)>,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let actor = me.actor.clone();
    let stands = state.read(move |conn| recipients(conn, &actor, id)).await?;
    let (names, seen) = typed.unwrap_or((stands.names.join("\n"), stands.seen));
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = me.page("Nơi nhận bản tổng hợp", Nav::Regimes);
    render_status(status, &RecipientsPage { page, regime: stands.regime, names, seen, problems })
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
    page(&me, &state, id.into_inner(), None, Problems::default()).await
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
    let kept = (names.clone(), seen.clone());
    match state.write(move |conn| put_recipients(conn, &actor, id, (&names, &seen), moment)).await {
        Ok(()) => Ok(redirect_with(&format!("/regimes/{id}"), "Đã lưu nơi nhận bản tổng hợp.")),
        Err(Error::Invalid(problems)) => page(&me, &state, id, Some(kept), problems).await,
        Err(other) => Err(other),
    }
}
