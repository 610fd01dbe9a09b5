//! Giving a draft back to whoever compiles: a page that asks why, then the step itself.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::queries::{self, EditionRow};
use super::super::{may_approve, return_edition};
use crate::db::ids::EditionId;
use crate::error::{Error, Problems};
use crate::periods::{Period, Regime};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect, redirect_with, render, render_status};

#[derive(Template)]
#[template(path = "consolidation/give_back.html")]
struct ReturnPage {
    page: Page,
    edition: EditionRow,
    period: Period,
    regime: Regime,
    reason: String,
    problems: Problems,
}

async fn page(
    me: &SignedIn,
    state: &State,
    id: EditionId,
    reason: String,
    problems: Problems,
) -> Result<ReturnPage, Error> {
    let scope = me.scope();
    let (edition, period, regime) = state.read(move |conn| Ok(queries::edition(conn, &scope, id)?)).await?;
    may_approve(&me.actor, &edition)?;
    let page = me.page(format!("Trả lại dự thảo lần {}", edition.number), Nav::Editions);
    Ok(ReturnPage { page, edition, period, regime, reason, problems })
}

/// `GET /editions/{id}/return`. What is no draft shows itself.
///
/// # Errors
/// 404 outside the actor's scope; [`Error::Forbidden`] for who does not approve it.
pub async fn ask_return(me: SignedIn, state: State, id: web::Path<EditionId>) -> Result<HttpResponse, Error> {
    let page = page(&me, &state, id.into_inner(), String::new(), Problems::default()).await?;
    if !page.edition.is_draft() {
        return Ok(redirect(&format!("/editions/{}", page.edition.id)));
    }
    render(&page)
}

/// `POST /editions/{id}/return`, with the version that was seen.
///
/// # Errors
/// As [`return_edition`]; a missing reason shows the page again.
pub async fn give_back(
    posted: Posted,
    state: State,
    id: web::Path<EditionId>,
) -> Result<HttpResponse, Error> {
    let (actor, moment, id) = (posted.me.actor.clone(), state.clock.moment(), id.into_inner());
    let version = posted.form.get("version").parse().unwrap_or(0);
    let reason = posted.form.get("reason").to_owned();
    let said = reason.clone();
    match state.write(move |conn| return_edition(conn, &actor, id, version, &said, moment)).await {
        Ok(()) => Ok(redirect_with(&format!("/editions/{id}"), "Đã trả lại bản dự thảo.")),
        Err(Error::Invalid(problems)) => {
            let page = page(&posted.me, &state, id, reason, problems).await?;
            render_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other),
    }
}
