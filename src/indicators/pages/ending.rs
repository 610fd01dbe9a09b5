//! The page that ends an indicator of a province's own on a day, or takes the end back.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::edit as verbs;
use super::super::keeping::kept;
use super::super::{Indicator, queries};
use super::FormLine;
use crate::db::ids::IndicatorId;
use crate::error::{Error, Problems};
use crate::vietnamese::{parse_date, short_date};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render_status};

#[derive(Template)]
#[template(path = "indicators/ending.html")]
struct EndingPage {
    page: Page,
    indicator: Indicator,
    /// Forms that hold today and ask for it.
    forms: Vec<FormLine>,
    /// Ratios it is a part of.
    ratios: Vec<Indicator>,
    last: String,
    reason: String,
    version: i32,
    problems: Problems,
}

async fn build(
    state: &State,
    me: &SignedIn,
    id: IndicatorId,
    typed: Option<(String, String, i32)>,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let (actor, today) = (me.actor.clone(), state.clock.today());
    let frame = me.page("Kết thúc chỉ tiêu", Nav::Indicators);
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = state
        .read(move |conn| {
            let (indicator, _) = kept(conn, &actor, id)?;
            let provinces = actor.scope().provinces;
            let mut ratios = queries::catalogue_of(conn, &provinces)?;
            ratios.retain(|other| [other.numerator_id, other.denominator_id].contains(&Some(id)));
            let stands = indicator.valid_to.map(short_date).unwrap_or_default();
            let version = indicator.local.map_or(0, |local| local.version);
            let (last, reason, version) = typed.unwrap_or((stands, String::new(), version));
            let forms = super::forms_asking(conn, id, &provinces, today)?;
            Ok(EndingPage { page: frame, indicator, forms, ratios, last, reason, version, problems })
        })
        .await?;
    render_status(status, &page)
}

/// `GET /indicators/{id}/ending`.
///
/// # Errors
/// [`Error::NotFound`] for one of another province, [`Error::Forbidden`] for those who do not administer its province and
/// for what is issued to all.
pub async fn ending_form(
    state: State,
    me: SignedIn,
    id: web::Path<IndicatorId>,
) -> Result<HttpResponse, Error> {
    build(&state, &me, id.into_inner(), None, Problems::default()).await
}

/// `POST /indicators/{id}/ending`.
///
/// # Errors
/// As [`ending_form`]; [`Error::Conflict`] when it was saved meanwhile; what is to mend shows the form again with 422.
pub async fn end(state: State, posted: Posted, id: web::Path<IndicatorId>) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, moment, actor) = (id.into_inner(), state.clock.moment(), me.actor.clone());
    let (last, reason) = (form.line("last"), form.line("reason"));
    let version = form.line("version").parse().unwrap_or_default();
    let (typed, why) = (last.clone(), reason.clone());
    let outcome = state
        .write(move |conn| {
            // Who may not end it is told so before what is typed is looked at.
            kept(conn, &actor, id)?;
            let day = match typed.as_str() {
                "" => None,
                text => Some(parse_date(text).map_err(|error| {
                    let mut problems = Problems::default();
                    problems.add("last", error.to_string());
                    Error::Invalid(problems)
                })?),
            };
            verbs::end(conn, &actor, id, day, &why, version, moment)
        })
        .await;
    match outcome {
        Ok(()) if last.is_empty() => {
            Ok(redirect_with(&format!("/indicators/{id}"), "Chỉ tiêu không có ngày kết thúc."))
        }
        Ok(()) => Ok(redirect_with(&format!("/indicators/{id}"), "Đã ghi ngày kết thúc chỉ tiêu.")),
        Err(Error::Invalid(problems)) => {
            build(&state, &me, id, Some((last, reason, version)), problems).await
        }
        Err(other) => Err(other),
    }
}
