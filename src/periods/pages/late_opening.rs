//! `/periods/{id}/late-opening`: a running period opened for a body that came later.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::late_opening::{Late, LateOpening, examine, may_open_late, open_late};
use super::super::queries;
use crate::db::ids::{PeriodId, UnitId};
use crate::error::{Error, Problems};
use crate::once;
use crate::vietnamese::parse_date;
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render_status};

/// The fields as typed.
#[derive(Debug, Clone, Default)]
struct Typed {
    unit: String,
    due_on: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "periods/late_opening.html")]
struct LatePage {
    page: Page,
    late: LateOpening,
    typed: Typed,
    problems: Problems,
}

async fn page(
    state: &State,
    me: &SignedIn,
    id: PeriodId,
    typed: Typed,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let (actor, today) = (me.actor.clone(), state.clock.today());
    let late = state.read(move |conn| examine(conn, &actor, id, today)).await?;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = me.page("Giao bổ sung cho đơn vị mới", Nav::Periods);
    render_status(status, &LatePage { page, late, typed, problems })
}

/// `GET /periods/{id}/late-opening`.
///
/// # Errors
/// As [`examine`].
pub async fn late_form(state: State, me: SignedIn, id: web::Path<PeriodId>) -> Result<HttpResponse, Error> {
    page(&state, &me, id.into_inner(), Typed::default(), Problems::default()).await
}

/// `POST /periods/{id}/late-opening`.
///
/// # Errors
/// As [`open_late`]; what is to mend shows the page again with 422.
pub async fn put_late(state: State, posted: Posted, id: web::Path<PeriodId>) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, moment, writer, digest) = (id.into_inner(), state.clock.moment(), me.clone(), form.digest());
    let typed = Typed {
        unit: form.line("unit"),
        due_on: form.line("due_on"),
        reason: form.get("reason").trim().to_owned(),
    };
    let (asked, mut problems) = (typed.clone(), Problems::default());
    let due_on = match asked.due_on.as_str() {
        "" => None,
        text => parse_date(text).map_err(|error| problems.add("due_on", error.to_string())).ok(),
    };
    let outcome = state
        .write(move |conn| {
            // Who may not do it is told so before what was typed is looked at.
            let (_, regime) = queries::period(conn, &writer.scope(), id)?;
            may_open_late(&writer.actor, &regime)?;
            problems.or(())?;
            let unit = UnitId(asked.unit.parse().unwrap_or_default());
            let late = Late { unit, due_on, reason: asked.reason };
            once::only(conn, writer.actor.person_id, digest.as_deref(), moment.recorded, |conn| {
                let period = open_late(conn, &writer.actor, id, &late, moment)?;
                Ok(format!("/periods/{}", period.id))
            })
        })
        .await;
    match outcome {
        Ok(to) => Ok(redirect_with(&to, "Đã giao bổ sung nghĩa vụ báo cáo.")),
        Err(Error::Invalid(problems)) => page(&state, &me, id, typed, problems).await,
        Err(other) => Err(other),
    }
}
