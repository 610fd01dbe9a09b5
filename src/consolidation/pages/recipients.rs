//! The page of a regime's recipients: those of its editions, those the consolidated report's own paper names, and those
//! its units' papers name; a line each, in order.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::recipients::{put_recipients, recipients};
use crate::db::ids::RegimeId;
use crate::error::{Error, Problems};
use crate::periods::Regime;
use crate::regimes::keeping;
use crate::reports::recipients::{
    PaperRecipients, Papers, RecipientsInput, of_consolidated, of_regime, put_of_regime,
};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render_status};

#[derive(Template)]
#[template(path = "consolidation/recipients.html")]
struct RecipientsPage {
    page: Page,
    regime: Regime,
    names: String,
    seen: String,
    problems: Problems,
    /// Those of the consolidated report's own paper.
    consolidated: RecipientsInput,
    /// Those of the units' papers.
    paper: RecipientsInput,
}

/// What was typed into one of the three forms, and what is to mend there; their fields have different names.
#[derive(Default)]
struct Typed {
    editions: Option<(String, String)>,
    consolidated: Option<RecipientsInput>,
    paper: Option<RecipientsInput>,
    problems: Problems,
}

fn input(known: PaperRecipients) -> RecipientsInput {
    RecipientsInput {
        names: known.names.join("\n"),
        drafter: known.drafter,
        copies: known.copies.map(|copies| copies.to_string()).unwrap_or_default(),
        seen: known.seen,
    }
}

async fn page(me: &SignedIn, state: &State, id: RegimeId, typed: Typed) -> Result<HttpResponse, Error> {
    let actor = me.actor.clone();
    let (stands, consolidated, units) = state
        .read(move |conn| {
            let stands = recipients(conn, &actor, id)?;
            let consolidated = of_consolidated(conn, &stands.regime)?;
            Ok((stands, consolidated, of_regime(conn, id)?))
        })
        .await?;
    let problems = typed.problems;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (names, seen) = typed.editions.unwrap_or((stands.names.join("\n"), stands.seen));
    let consolidated = typed.consolidated.unwrap_or_else(|| input(consolidated));
    let paper = typed.paper.unwrap_or_else(|| input(units));
    let (page, regime) = (me.page("Nơi nhận", Nav::Regimes), stands.regime);
    render_status(status, &RecipientsPage { page, regime, names, seen, problems, consolidated, paper })
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

/// `POST /regimes/{id}/consolidated-recipients`: those the consolidated report's own paper names, who drafts it and how
/// many copies are kept.
///
/// # Errors
/// As [`recipients`] and [`put_of_regime`]; what is to mend shows the page again.
pub async fn save_consolidated(
    posted: Posted,
    state: State,
    id: web::Path<RegimeId>,
) -> Result<HttpResponse, Error> {
    let input = RecipientsInput {
        names: posted.form.get("consolidated_names").to_owned(),
        drafter: posted.form.line("drafter"),
        copies: posted.form.line("copies"),
        seen: posted.form.line("seen").parse().unwrap_or_default(),
    };
    save(&posted.me, &state, id.into_inner(), Papers::Consolidated, input).await
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
    let input = RecipientsInput {
        names: posted.form.get("paper_names").to_owned(),
        seen: posted.form.line("seen").parse().unwrap_or_default(),
        ..RecipientsInput::default()
    };
    save(&posted.me, &state, id.into_inner(), Papers::Units, input).await
}

async fn save(
    me: &SignedIn,
    state: &State,
    id: RegimeId,
    papers: Papers,
    input: RecipientsInput,
) -> Result<HttpResponse, Error> {
    let (actor, moment, typed) = (me.actor.clone(), state.clock.moment(), input.clone());
    let saved = state
        .write(move |conn| {
            let regime = recipients(conn, &actor, id)?.regime;
            let membership = keeping(&actor, &regime)?;
            put_of_regime(conn, &actor, (membership, &regime, papers), &typed, moment)
        })
        .await;
    match (saved, papers) {
        (Ok(()), Papers::Units) => {
            Ok(redirect_with(&format!("/regimes/{id}"), "Đã lưu nơi nhận ghi trên báo cáo của đơn vị."))
        }
        (Ok(()), Papers::Consolidated) => Ok(redirect_with(
            &format!("/regimes/{id}"),
            "Đã lưu nơi nhận ghi trên báo cáo tổng hợp; bản tổng hợp lập từ nay có danh sách này.",
        )),
        (Err(Error::Invalid(problems)), papers) => {
            let (paper, consolidated) = match papers {
                Papers::Units => (Some(input), None),
                Papers::Consolidated => (None, Some(input)),
            };
            page(me, state, id, Typed { paper, consolidated, problems, ..Typed::default() }).await
        }
        (Err(other), _) => Err(other),
    }
}
