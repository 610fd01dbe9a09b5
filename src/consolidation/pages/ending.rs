//! Ending a draft edition that is not approved, given up by whoever made it or given back by the leader: one page that
//! asks why, then the step itself.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::queries::{self, EditionRow};
use super::super::{Ending, end_draft};
use crate::db::ids::EditionId;
use crate::error::{Error, Problems};
use crate::periods::{Period, Regime};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect, redirect_with, render, render_status};

#[derive(Template)]
#[template(path = "consolidation/ending.html")]
struct EndingPage {
    page: Page,
    ending: Ending,
    edition: EditionRow,
    period: Period,
    regime: Regime,
    reason: String,
    problems: Problems,
}

async fn page(
    me: &SignedIn,
    state: &State,
    (id, ending): (EditionId, Ending),
    reason: String,
    problems: Problems,
) -> Result<EndingPage, Error> {
    let scope = me.scope();
    let (edition, period, regime) = state.read(move |conn| Ok(queries::edition(conn, &scope, id)?)).await?;
    ending.allowed(&me.actor, &edition)?;
    let page = me.page(format!("{} lần {}", ending.words(), edition.number), Nav::Editions);
    Ok(EndingPage { page, ending, edition, period, regime, reason, problems })
}

async fn ask(me: SignedIn, state: State, id: EditionId, ending: Ending) -> Result<HttpResponse, Error> {
    let page = page(&me, &state, (id, ending), String::new(), Problems::default()).await?;
    if !page.edition.is_draft() {
        return Ok(redirect(&format!("/editions/{id}")));
    }
    render(&page)
}

async fn end(posted: Posted, state: State, id: EditionId, ending: Ending) -> Result<HttpResponse, Error> {
    let (actor, moment) = (posted.me.actor.clone(), state.clock.moment());
    let version = posted.form.get("version").parse().unwrap_or(0);
    let reason = posted.form.get("reason").to_owned();
    let said = reason.clone();
    match state.write(move |conn| end_draft(conn, &actor, id, ending, version, &said, moment)).await {
        Ok(()) => Ok(redirect_with(&format!("/editions/{id}"), ending.done())),
        Err(Error::Invalid(problems)) => {
            let page = page(&posted.me, &state, (id, ending), reason, problems).await?;
            render_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other),
    }
}

/// `GET /editions/{id}/removal`. What is no draft shows itself.
///
/// # Errors
/// 404 outside the actor's scope; [`Error::Forbidden`] for who may not give it up.
pub async fn ask_removal(
    me: SignedIn,
    state: State,
    id: web::Path<EditionId>,
) -> Result<HttpResponse, Error> {
    ask(me, state, id.into_inner(), Ending::GivenUp).await
}

/// `GET /editions/{id}/return`. What is no draft shows itself.
///
/// # Errors
/// 404 outside the actor's scope; [`Error::Forbidden`] for who does not approve it.
pub async fn ask_return(me: SignedIn, state: State, id: web::Path<EditionId>) -> Result<HttpResponse, Error> {
    ask(me, state, id.into_inner(), Ending::GivenBack).await
}

/// `POST /editions/{id}/removal`, with the version that was seen.
///
/// # Errors
/// As [`end_draft`]; a missing reason shows the page again.
pub async fn remove(posted: Posted, state: State, id: web::Path<EditionId>) -> Result<HttpResponse, Error> {
    end(posted, state, id.into_inner(), Ending::GivenUp).await
}

/// `POST /editions/{id}/return`, with the version that was seen.
///
/// # Errors
/// As [`end_draft`]; a missing reason shows the page again.
pub async fn give_back(
    posted: Posted,
    state: State,
    id: web::Path<EditionId>,
) -> Result<HttpResponse, Error> {
    end(posted, state, id.into_inner(), Ending::GivenBack).await
}
