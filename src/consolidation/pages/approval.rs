//! Approving an edition: first a page that says what will happen, then the step itself.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::content::EditionContent;
use super::super::coverage::{Absence, absent};
use super::super::queries::{self, EditionRow};
use super::super::{approve_edition, may_approve, read_content, to_approve};
use super::doubts::Doubts;
use super::edition::received_since;
use super::view::{Asked, View};
use crate::db::ids::EditionId;
use crate::error::Error;
use crate::periods::{Period, Regime};
use crate::vietnamese::capital;
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect, redirect_with, render};

#[derive(Template)]
#[template(path = "consolidation/approval.html")]
struct ApprovalPage<'a> {
    page: Page,
    edition: &'a EditionRow,
    period: &'a Period,
    regime: &'a Regime,
    content: &'a EditionContent,
    view: View<'a>,
    /// Units received since the draft was made.
    since: Vec<String>,
    doubts: Doubts,
}

impl ApprovalPage<'_> {
    /// Who is not in it and why, in the words of its paper.
    fn missing(&self) -> Vec<(String, Vec<&str>)> {
        let one = |why: Absence| (capital(why.words()), absent(self.content, why));
        Absence::ALL.map(one).into_iter().filter(|(_, units)| !units.is_empty()).collect()
    }
}

/// `GET /editions/{id}/approval`. An edition that is approved already shows itself.
///
/// # Errors
/// 404 outside the actor's scope; [`Error::Forbidden`] for who may not approve it.
pub async fn ask_approval(
    me: SignedIn,
    state: State,
    id: web::Path<EditionId>,
) -> Result<HttpResponse, Error> {
    let (scope, id) = (me.scope(), id.into_inner());
    let (edition, period, regime, content, since) = state
        .read(move |conn| {
            let (edition, period, regime) = queries::edition(conn, &scope, id)?;
            let content = read_content(conn, &edition)?;
            let since = received_since(conn, &edition, &period)?;
            Ok((edition, period, regime, content, since))
        })
        .await?;
    may_approve(&me.actor, &edition)?;
    if !edition.is_draft() {
        return Ok(redirect(&format!("/editions/{id}")));
    }
    let view = View::new(&content, true, &Asked::default()).ok_or(Error::NotFound)?;
    render(&ApprovalPage {
        page: me.page(format!("Chốt bản tổng hợp lần {}", edition.number), Nav::Editions),
        edition: &edition,
        period: &period,
        regime: &regime,
        content: &content,
        view,
        since,
        doubts: Doubts::of(&content),
    })
}

/// `POST /editions/{id}/approval`, with the version that was seen.
///
/// # Errors
/// As [`to_approve`] and [`approve_edition`]; [`Error::Refused`] when the workbook cannot be written.
pub async fn approve(posted: Posted, state: State, id: web::Path<EditionId>) -> Result<HttpResponse, Error> {
    let (actor, moment, id) = (posted.me.actor.clone(), state.clock.moment(), id.into_inner());
    // A form without its version is a form of some other edition: it conflicts.
    let version = posted.form.get("version").parse().unwrap_or(0);
    let seen = actor.clone();
    let draft = state.read(move |conn| to_approve(conn, &seen, id, version, moment)).await?;
    let ready = state.block(move || draft.written()).await?;
    state.write(move |conn| approve_edition(conn, &actor, &ready, moment)).await?;
    Ok(redirect_with(
        &format!("/editions/{id}"),
        "Đã chốt bản tổng hợp. Tệp Excel đã được lưu và giữ nguyên từ nay.",
    ))
}
