//! `/periods/{id}/withdrawal`: a period opened by mistake is taken back, with a reason.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::withdraw::{Withdrawal, examine, withdraw};
use crate::db::ids::PeriodId;
use crate::error::{Error, Problems};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render_status};

#[derive(Template)]
#[template(path = "periods/withdraw.html")]
struct WithdrawPage {
    page: Page,
    found: Withdrawal,
    reason: String,
    problems: Problems,
}

async fn page(
    state: &State,
    me: &SignedIn,
    id: PeriodId,
    reason: String,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let actor = me.actor.clone();
    let found = state.read(move |conn| examine(conn, &actor, id)).await?;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = me.page("Hủy kỳ mở nhầm", Nav::Periods);
    render_status(status, &WithdrawPage { page, found, reason, problems })
}

/// `GET /periods/{id}/withdrawal`.
///
/// # Errors
/// As [`examine`].
pub async fn withdrawal_form(
    state: State,
    me: SignedIn,
    id: web::Path<PeriodId>,
) -> Result<HttpResponse, Error> {
    page(&state, &me, id.into_inner(), String::new(), Problems::default()).await
}

/// `POST /periods/{id}/withdrawal`, with the version that was seen.
///
/// # Errors
/// As [`withdraw`]; a reason to mend shows the page again with 422.
pub async fn withdraw_period(
    state: State,
    posted: Posted,
    id: web::Path<PeriodId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, actor, moment) = (id.into_inner(), me.actor.clone(), state.clock.moment());
    let (version, reason) = (form.line("version").parse().unwrap_or_default(), form.get("reason").to_owned());
    let typed = reason.clone();
    match state.write(move |conn| withdraw(conn, &actor, id, (version, &typed), moment)).await {
        Ok(period) => Ok(redirect_with(
            &format!("/regimes/{}", period.regime_id),
            format!("Đã hủy kỳ {}.", period.label),
        )),
        Err(Error::Invalid(problems)) => page(&state, &me, id, reason, problems).await,
        Err(other) => Err(other),
    }
}
