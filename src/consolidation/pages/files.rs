//! The workbook of an edition as a download: kept bytes of an approved one, a fresh draft otherwise.

use actix_web::http::header;
use actix_web::{HttpResponse, web};

use super::super::queries;
use super::super::{EditionCopy, ascii_name, workbook};
use super::edition::copies_for;
use crate::db::ids::EditionId;
use crate::error::Error;
use crate::web::{SignedIn, State};

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
    let file = state
        .read(move |conn| {
            let (edition, ..) = queries::edition(conn, &scope, id)?;
            if !copies_for(&actor, &edition).contains(&copy) {
                return Err(Error::NotFound);
            }
            workbook(conn, &edition, copy)
        })
        .await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, XLSX))
        .insert_header((header::CONTENT_DISPOSITION, disposition(&file.file_name)))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .body(file.bytes))
}

/// The name twice: in letters every browser takes, and as it is (RFC 6266).
fn disposition(name: &str) -> String {
    let encoded: String = name
        .bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(b).to_string(),
            _ => format!("%{b:02X}"),
        })
        .collect();
    format!("attachment; filename=\"{}\"; filename*=UTF-8''{encoded}", ascii_name(name))
}
