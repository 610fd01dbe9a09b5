//! `/reports/{id}/recipients`: Nơi nhận of the unit's paper, kept for its next reports of the regime.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::db::ids::ReportId;
use crate::error::{Error, Problems};
use crate::reports::printed::proposed_recipients;
use crate::reports::recipients::{RecipientsInput, known, may_name, put};
use crate::reports::{Case, queries};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render_status};

#[derive(Template)]
#[template(path = "reports/recipients.html")]
struct RecipientsPage {
    page: Page,
    case: Case,
    input: RecipientsInput,
    problems: Problems,
}

async fn page(
    me: &SignedIn,
    state: &State,
    id: ReportId,
    typed: Option<RecipientsInput>,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let actor = me.actor.clone();
    let (case, stands) = state
        .read(move |conn| {
            let case = queries::find(conn, &actor.scope(), id)?;
            may_name(&actor, &case)?;
            let whose = (case.obligation.unit_id, case.is_consolidated());
            let stands = known(conn, case.regime.id, whose, None)?;
            Ok((case, stands))
        })
        .await?;
    let input = typed.unwrap_or_else(|| RecipientsInput {
        names: proposed_recipients(&case, stands.as_ref()).join("\n"),
        drafter: stands.as_ref().map(|known| known.drafter.clone()).unwrap_or_default(),
        copies: stands.as_ref().and_then(|known| known.copies).map(|n| n.to_string()).unwrap_or_default(),
        seen: stands.as_ref().map_or(0, |known| known.seen),
    });
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = me.page("Nơi nhận ghi trên văn bản", Nav::Reports);
    render_status(status, &RecipientsPage { page, case, input, problems })
}

/// `GET /reports/{id}/recipients`.
///
/// # Errors
/// 404 outside the scope; as [`may_name`].
pub async fn recipients_form(
    me: SignedIn,
    state: State,
    id: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    page(&me, &state, id.into_inner(), None, Problems::default()).await
}

/// `POST /reports/{id}/recipients`.
///
/// # Errors
/// As [`put`]; what is to mend shows the page again with 422.
pub async fn save_recipients(
    posted: Posted,
    state: State,
    id: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (actor, moment, id) = (me.actor.clone(), state.clock.moment(), id.into_inner());
    let input = RecipientsInput {
        names: form.get("names").to_owned(),
        drafter: form.line("drafter"),
        copies: form.line("copies"),
        seen: form.line("seen").parse().unwrap_or_default(),
    };
    let typed = input.clone();
    let saved = state
        .write(move |conn| {
            let case = queries::find(conn, &actor.scope(), id)?;
            put(conn, &actor, &case, &typed, moment)
        })
        .await;
    match saved {
        Ok(()) => Ok(redirect_with(&format!("/reports/{id}"), "Đã lưu nơi nhận ghi trên văn bản.")),
        Err(Error::Invalid(problems)) => page(&me, &state, id, Some(input), problems).await,
        Err(other) => Err(other),
    }
}
