//! `/reports/{id}/document`: a report as a Word file in the form of NĐ 30/2020.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use crate::db::ids::ReportId;
use crate::error::Error;
use crate::reports::document::{self, Wanted};
use crate::web::{SignedIn, State, download};

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// `?for=signing`: of a draft, the copy that goes to be signed.
#[derive(Deserialize)]
pub struct Purpose {
    #[serde(rename = "for", default)]
    what: String,
}

/// `GET /reports/{id}/document`: the draft being written, else the newest revision this reader may see.
///
/// # Errors
/// 404 outside the scope, and where there is nothing to read yet.
pub async fn newest(
    me: SignedIn,
    state: State,
    path: web::Path<ReportId>,
    purpose: web::Query<Purpose>,
) -> Result<HttpResponse, Error> {
    let wanted = if purpose.what == "signing" { Wanted::ToSign } else { Wanted::Newest };
    file(&me, &state, path.into_inner(), wanted).await
}

/// `GET /reports/{id}/revisions/{n}/document`
///
/// # Errors
/// 404 outside the scope, and for a revision the reader may not see.
pub async fn of_revision(
    me: SignedIn,
    state: State,
    path: web::Path<(ReportId, i32)>,
) -> Result<HttpResponse, Error> {
    let (id, number) = path.into_inner();
    file(&me, &state, id, Wanted::Revision(number)).await
}

async fn file(me: &SignedIn, state: &State, id: ReportId, wanted: Wanted) -> Result<HttpResponse, Error> {
    let (actor, moment) = (me.actor.clone(), state.clock.moment());
    let file = state.read(move |conn| document::download(conn, &actor, id, wanted, moment)).await?;
    Ok(download(DOCX, &file.file_name, file.bytes))
}
