//! The page that ends a regime on a day, or takes the end back.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::{amend, end as verb};
use crate::db::ids::RegimeId;
use crate::error::{Error, Problems};
use crate::once;
use crate::periods::Regime;
use crate::vietnamese::{parse_date, short_date};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render_status};

#[derive(Template)]
#[template(path = "regimes/ending.html")]
struct EndingPage {
    page: Page,
    regime: Regime,
    opened: i64,
    /// The last day that stood when the page was opened; "" for none.
    seen: String,
    last: String,
    reason: String,
    problems: Problems,
}

async fn build(
    state: &State,
    me: &SignedIn,
    id: RegimeId,
    typed: Option<(String, String, String)>,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let (actor, today) = (me.actor.clone(), state.clock.today());
    let shown = state.read(move |conn| amend::shown(conn, &actor, id, today)).await?;
    let stands = shown.regime.valid_to.map(short_date).unwrap_or_default();
    let (seen, last, reason) = typed.unwrap_or((stands.clone(), stands, String::new()));
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = me.page("Kết thúc chế độ báo cáo", Nav::Regimes);
    let page = EndingPage { page, regime: shown.regime, opened: shown.opened, seen, last, reason, problems };
    render_status(status, &page)
}

/// `GET /regimes/{id}/ending`.
///
/// # Errors
/// [`Error::NotFound`] for a foreign regime, [`Error::Forbidden`] for those who do not keep it.
pub async fn ending_form(state: State, me: SignedIn, id: web::Path<RegimeId>) -> Result<HttpResponse, Error> {
    build(&state, &me, id.into_inner(), None, Problems::default()).await
}

/// `POST /regimes/{id}/ending`.
///
/// # Errors
/// As [`ending_form`]; what is to mend shows the form again with 422.
pub async fn end(state: State, posted: Posted, id: web::Path<RegimeId>) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, moment, actor) = (id.into_inner(), state.clock.moment(), me.actor.clone());
    let (seen, last, reason) = (form.line("seen"), form.line("last"), form.line("reason"));
    let (stood, typed, why) = (seen.clone(), last.clone(), reason.clone());
    let (person, digest) = (actor.person_id, form.digest());
    let outcome = state
        .write(move |conn| {
            let day = match typed.as_str() {
                "" => None,
                text => Some(parse_date(text).map_err(|error| {
                    let mut problems = Problems::default();
                    problems.add("last", error.to_string());
                    Error::Invalid(problems)
                })),
            };
            // Who may not end it is told so before what is typed is looked at.
            amend::shown(conn, &actor, id, moment.today)?;
            let stood = (!stood.is_empty()).then(|| parse_date(&stood)).transpose();
            let stood =
                stood.map_err(|_| Error::Conflict("Tải lại trang, xem lại rồi sửa tiếp.".to_owned()))?;
            let day = day.transpose()?;
            once::only(conn, person, digest.as_deref(), moment.recorded, |conn| {
                verb::end(conn, &actor, id, (stood, day), &why, moment)?;
                Ok(format!("/regimes/{id}"))
            })
        })
        .await;
    match outcome {
        Ok(to) if last.is_empty() => Ok(redirect_with(&to, "Chế độ báo cáo không có ngày kết thúc.")),
        Ok(to) => Ok(redirect_with(&to, "Đã ghi ngày kết thúc chế độ báo cáo.")),
        Err(Error::Invalid(problems)) => build(&state, &me, id, Some((seen, last, reason)), problems).await,
        Err(other) => Err(other),
    }
}
