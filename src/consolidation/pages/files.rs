//! The workbook of an edition as a download: kept bytes of an approved one, a fresh draft otherwise.

use actix_web::{HttpResponse, web};

use super::super::queries;
use super::super::{EditionCopy, copies_for, paper, workbook};
use crate::db::ids::{DispatchId, EditionId};
use crate::error::Error;
use crate::web::{SignedIn, State, download as file};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// `GET /editions/{id}/workbook/{copy}`.
///
/// # Errors
/// 404 outside the actor's scope, for an unknown copy, and for a copy the reader may not have.
pub async fn download(
    me: SignedIn,
    state: State,
    path: web::Path<(EditionId, String)>,
) -> Result<HttpResponse, Error> {
    let (id, copy) = path.into_inner();
    let copy = EditionCopy::from_code(&copy).ok_or(Error::NotFound)?;
    let (actor, scope) = (me.actor.clone(), me.scope());
    let workbook = state
        .read(move |conn| {
            let (edition, ..) = queries::edition(conn, &scope, id)?;
            if !copies_for(&actor, &edition).contains(&copy) {
                return Err(Error::NotFound);
            }
            workbook(conn, &edition, copy)
        })
        .await?;
    Ok(file(XLSX, &workbook.file_name, workbook.bytes))
}

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// `GET /editions/{id}/document`: the consolidated report.
///
/// # Errors
/// 404 outside the actor's scope, and of a draft given up.
pub async fn download_paper(
    me: SignedIn,
    state: State,
    id: web::Path<EditionId>,
) -> Result<HttpResponse, Error> {
    let (scope, id) = (me.scope(), id.into_inner());
    let found = state
        .read(move |conn| {
            let (edition, ..) = queries::edition(conn, &scope, id)?;
            if edition.is_discarded() {
                return Err(Error::NotFound);
            }
            paper(conn, &edition)
        })
        .await?;
    Ok(file(DOCX, &found.file_name, found.bytes))
}

/// `GET /editions/{id}/dispatches/{n}/document`: the consolidated report as it went with one record, struck out or not.
///
/// # Errors
/// 404 outside the actor's scope, and for a record without a paper of its own.
pub async fn download_sent_paper(
    me: SignedIn,
    state: State,
    path: web::Path<(EditionId, DispatchId)>,
) -> Result<HttpResponse, Error> {
    let (scope, (id, number)) = (me.scope(), path.into_inner());
    let found = state
        .read(move |conn| {
            let (edition, ..) = queries::edition(conn, &scope, id)?;
            queries::sent_paper(conn, edition.id, Some(number))?.ok_or(Error::NotFound)
        })
        .await?;
    Ok(file(DOCX, &found.file_name, found.bytes))
}
