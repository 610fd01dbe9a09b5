//! `/reports/{id}/unit-plan/{n}`: the document with its lines beside the unit's tasks and what answers them.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::view::{ReviewPage, view};
use crate::db::ids::{ReportId, UnitPlanId};
use crate::error::Error;
use crate::papers;
use crate::prose_reports::apply::Seen;
use crate::prose_reports::form::seen;
use crate::unit_plans::apply;
use crate::unit_plans::form::chosen;
use crate::unit_plans::kept::Chosen;
use crate::unit_plans::original::original;
use crate::web::{Nav, Posted, SignedIn, State, download, redirect, redirect_with, render, render_status};

/// `GET /reports/{id}/unit-plan/{n}`: a report that is not being written shows itself.
///
/// # Errors
/// 404 for everybody who does not write it, and for a document of another report.
pub async fn review(
    me: SignedIn,
    state: State,
    path: web::Path<(ReportId, UnitPlanId)>,
) -> Result<HttpResponse, Error> {
    let which = path.into_inner();
    match page(&me, &state, which).await {
        Ok(page) => render(&page),
        Err(Error::Refused(_)) => Ok(redirect(&format!("/reports/{}", which.0))),
        Err(other) => Err(other),
    }
}

async fn page(me: &SignedIn, state: &State, which: (ReportId, UnitPlanId)) -> Result<ReviewPage, Error> {
    let actor = me.actor.clone();
    let desk = state.read(move |conn| apply::desk(conn, &actor, which)).await?;
    let title = format!("Đối chiếu kế hoạch của đơn vị: {}", desk.open.case.unit.name);
    Ok(view(me.page(title, Nav::Reports), &desk))
}

/// `POST /reports/{id}/unit-plan/{n}`: what was chosen is kept; by the other button the document becomes the unit's plan.
///
/// # Errors
/// As [`apply::decide`] and [`apply::apply`]; what keeps it from being used is said on the page, and the choices are kept.
pub async fn save_review(
    posted: Posted,
    state: State,
    path: web::Path<(ReportId, UnitPlanId)>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let which = path.into_inner();
    let (id, upload) = which;
    let (seen, chosen) = (seen(&form), chosen(&form));
    if form.line("do") != "apply" {
        keep(&me, &state, which, (seen, chosen)).await?;
        return Ok(redirect_with(
            &format!("/reports/{id}/unit-plan/{upload}"),
            "Đã lưu lựa chọn; báo cáo chưa thay đổi.",
        ));
    }
    let (actor, moment, limits) = (me.actor.clone(), state.clock.moment(), state.attachments);
    let decided = chosen.clone();
    let used =
        state.write(move |conn| apply::apply(conn, &actor, which, (seen, decided), limits, moment)).await;
    let (status, words) = match used {
        Ok(outcome) => {
            let answers = outcome.words();
            let words = match answers.is_empty() {
                true => "Đã dùng làm kế hoạch của đơn vị. Xem lại rồi gửi.".to_owned(),
                false => format!("Đã dùng làm kế hoạch của đơn vị: {answers}. Xem lại rồi gửi."),
            };
            return Ok(redirect_with(&format!("/reports/{id}/draft"), words));
        }
        Err(Error::Conflict(words)) => (StatusCode::CONFLICT, words),
        Err(Error::Refused(words)) => (StatusCode::UNPROCESSABLE_ENTITY, words),
        Err(Error::Invalid(problems)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Error::Invalid(problems).to_string())
        }
        Err(other) => return Err(other),
    };
    // Nothing was used; what was chosen stays, unless somebody chose meanwhile.
    match keep(&me, &state, which, (seen, chosen)).await {
        Ok(()) | Err(Error::Conflict(_) | Error::Refused(_)) => {}
        Err(other) => return Err(other),
    }
    let mut page = page(&me, &state, which).await?;
    page.stopped = Some(words);
    render_status(status, &page)
}

async fn keep(
    me: &SignedIn,
    state: &State,
    which: (ReportId, UnitPlanId),
    decided: (Seen, Chosen),
) -> Result<(), Error> {
    let actor = me.actor.clone();
    state.write(move |conn| apply::decide(conn, &actor, which, decided).map(drop)).await
}

/// `GET /reports/{id}/unit-plan/{n}/file`: the bytes as they came, also once the report was sent.
///
/// # Errors
/// As [`original`].
pub async fn file(
    me: SignedIn,
    state: State,
    path: web::Path<(ReportId, UnitPlanId)>,
) -> Result<HttpResponse, Error> {
    let (which, actor) = (path.into_inner(), me.actor.clone());
    let (row, bytes) = state.read(move |conn| original(conn, &actor, which)).await?;
    Ok(download(papers::media_type(&row.kind), &row.file_name, bytes))
}
