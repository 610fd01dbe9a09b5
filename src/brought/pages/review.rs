//! `/reports/{id}/prose/{n}`, `/reports/{id}/unit-plan/{n}`: the document with its lines beside what would be made of it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::Shown;
use crate::brought::form::seen;
use crate::brought::original::original;
use crate::brought::{Seen, apply};
use crate::db::ids::{BroughtId, ReportId};
use crate::error::Error;
use crate::papers;
use crate::web::{Nav, Posted, SignedIn, State, download, redirect, redirect_with};

type Which = (ReportId, BroughtId);

/// A report that is not being written shows itself.
///
/// # Errors
/// 404 for everybody who does not write it, and for a document of another report.
pub async fn review<K: Shown>(
    me: SignedIn,
    state: State,
    path: web::Path<Which>,
) -> Result<HttpResponse, Error> {
    let which = path.into_inner();
    match page::<K>(&me, &state, which, (StatusCode::OK, None)).await {
        Err(Error::Refused(_)) => Ok(redirect(&format!("/reports/{}", which.0))),
        other => other,
    }
}

async fn page<K: Shown>(
    me: &SignedIn,
    state: &State,
    which: Which,
    (status, stopped): (StatusCode, Option<String>),
) -> Result<HttpResponse, Error> {
    let actor = me.actor.clone();
    let desk = state.read(move |conn| apply::desk::<K>(conn, &actor, which)).await?;
    K::review(me.page(K::review_title(&desk), Nav::Reports), &desk, stopped, status)
}

/// What was chosen is kept; by the other button the document is applied.
///
/// # Errors
/// As [`apply::decide`] and [`apply::apply`]; what keeps it from being applied is said on the page, and the choices are kept.
pub async fn save_review<K: Shown>(
    posted: Posted,
    state: State,
    path: web::Path<Which>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let which = path.into_inner();
    let actor = me.actor.clone();
    let kept = state.read(move |conn| Ok(apply::desk::<K>(conn, &actor, which)?.kept)).await?;
    let (seen, choices) = (seen(&form), K::choices(&form, &kept));
    if form.line("do") != "apply" {
        keep::<K>(&me, &state, which, (seen, choices)).await?;
        return Ok(redirect_with(
            &format!("/reports/{}/{}/{}", which.0, K::ABOUT.path, which.1),
            "Đã lưu lựa chọn; báo cáo chưa thay đổi.",
        ));
    }
    let (actor, moment, limits) = (me.actor.clone(), state.clock.moment(), state.attachments);
    let decided = choices.clone();
    let applied = state
        .write(move |conn| apply::apply::<K>(conn, &actor, which, (seen, decided), limits, moment))
        .await;
    let (status, words) = match applied {
        Ok(outcome) => {
            return Ok(redirect_with(&format!("/reports/{}/draft", which.0), K::done(&outcome)));
        }
        Err(Error::Conflict(words)) => (StatusCode::CONFLICT, words),
        Err(Error::Refused(words)) => (StatusCode::UNPROCESSABLE_ENTITY, words),
        Err(Error::Invalid(problems)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Error::Invalid(problems).to_string())
        }
        Err(other) => return Err(other),
    };
    // Nothing was applied; what was chosen stays, unless somebody chose meanwhile.
    match keep::<K>(&me, &state, which, (seen, choices)).await {
        Ok(()) | Err(Error::Conflict(_) | Error::Refused(_)) => {}
        Err(other) => return Err(other),
    }
    page::<K>(&me, &state, which, (status, Some(words))).await
}

async fn keep<K: Shown>(
    me: &SignedIn,
    state: &State,
    which: Which,
    chosen: (Seen, K::Choices),
) -> Result<(), Error> {
    let actor = me.actor.clone();
    state.write(move |conn| apply::decide::<K>(conn, &actor, which, chosen).map(drop)).await
}

/// The bytes as they came, also once the report was sent.
///
/// # Errors
/// As [`original`].
pub async fn file<K: Shown>(
    me: SignedIn,
    state: State,
    path: web::Path<Which>,
) -> Result<HttpResponse, Error> {
    let (which, actor) = (path.into_inner(), me.actor.clone());
    let (row, bytes) = state.read(move |conn| original::<K>(conn, &actor, which)).await?;
    Ok(download(papers::media_type(&row.kind), &row.file_name, bytes))
}
