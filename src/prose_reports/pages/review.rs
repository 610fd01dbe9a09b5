//! `/reports/{id}/prose/{n}`: the document with its lines beside what would be written into the report.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::view::{ReviewPage, view};
use crate::db::ids::{ProseUploadId, ReportId};
use crate::error::Error;
use crate::papers;
use crate::prose_reports::apply::{self, Seen};
use crate::prose_reports::choices::Choices;
use crate::prose_reports::upload::{asked, hidden};
use crate::prose_reports::{form, queries};
use crate::web::{Nav, Posted, SignedIn, State, download, redirect, redirect_with, render, render_status};

/// `GET /reports/{id}/prose/{n}`: a report that is not being written shows itself.
///
/// # Errors
/// 404 for everybody who does not write it, and for a document of another report.
pub async fn review(
    me: SignedIn,
    state: State,
    path: web::Path<(ReportId, ProseUploadId)>,
) -> Result<HttpResponse, Error> {
    let which = path.into_inner();
    match page(&me, &state, which).await {
        Ok(page) => render(&page),
        Err(Error::Refused(_)) => Ok(redirect(&format!("/reports/{}", which.0))),
        Err(other) => Err(other),
    }
}

async fn page(me: &SignedIn, state: &State, which: (ReportId, ProseUploadId)) -> Result<ReviewPage, Error> {
    let actor = me.actor.clone();
    let desk = state.read(move |conn| apply::desk(conn, &actor, which)).await?;
    let title = format!("Đọc báo cáo từ văn bản: {}", desk.open.case.title());
    Ok(view(me.page(title, Nav::Reports), &desk))
}

/// `POST /reports/{id}/prose/{n}`: what was chosen is kept; by the other button it is written into the report.
///
/// # Errors
/// As [`apply::decide`] and [`apply::apply`]; what keeps it from being written is said on the page, and the choices are kept.
pub async fn save_review(
    posted: Posted,
    state: State,
    path: web::Path<(ReportId, ProseUploadId)>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let which = path.into_inner();
    let (id, upload) = which;
    let actor = me.actor.clone();
    let prose = state
        .read(move |conn| {
            let open = asked(conn, &actor, id)?;
            Ok(queries::find(conn, which, hidden(&open.case))?.2.prose)
        })
        .await?;
    let (seen, choices) = (form::seen(&form), form::choices(&form, &prose));
    if form.line("do") != "apply" {
        keep(&me, &state, which, (seen, choices)).await?;
        return Ok(redirect_with(
            &format!("/reports/{id}/prose/{upload}"),
            "Đã lưu lựa chọn; báo cáo chưa thay đổi.",
        ));
    }
    let (actor, moment, limits) = (me.actor.clone(), state.clock.moment(), state.attachments);
    let decided = choices.clone();
    let written =
        state.write(move |conn| apply::apply(conn, &actor, which, (seen, decided), limits, moment)).await;
    let (status, words) = match written {
        Ok(outcome) => {
            return Ok(redirect_with(
                &format!("/reports/{id}/draft"),
                format!("Đã ghi từ văn bản vào báo cáo: {}. Xem lại rồi gửi.", outcome.words()),
            ));
        }
        Err(Error::Conflict(words)) => (StatusCode::CONFLICT, words),
        Err(Error::Refused(words)) => (StatusCode::UNPROCESSABLE_ENTITY, words),
        Err(Error::Invalid(problems)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Error::Invalid(problems).to_string())
        }
        Err(other) => return Err(other),
    };
    // Nothing was written; what was chosen stays, unless somebody chose meanwhile.
    match keep(&me, &state, which, (seen, choices)).await {
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
    which: (ReportId, ProseUploadId),
    chosen: (Seen, Choices),
) -> Result<(), Error> {
    let actor = me.actor.clone();
    state.write(move |conn| apply::decide(conn, &actor, which, chosen).map(drop)).await
}

/// `GET /reports/{id}/prose/{n}/file`: the bytes as they came.
///
/// # Errors
/// As [`review`].
pub async fn file(
    me: SignedIn,
    state: State,
    path: web::Path<(ReportId, ProseUploadId)>,
) -> Result<HttpResponse, Error> {
    let ((id, upload), actor) = (path.into_inner(), me.actor.clone());
    let (row, bytes) = state
        .read(move |conn| {
            let open = asked(conn, &actor, id)?;
            let (row, ..) = queries::find(conn, (id, upload), hidden(&open.case))?;
            Ok((row, queries::bytes(conn, upload)?))
        })
        .await?;
    Ok(download(papers::media_type(&row.kind), &row.file_name, bytes))
}
