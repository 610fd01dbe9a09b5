//! `?csv=semicolon&table=totals` on any page: the page is made as always, for its reader, and one of its tables handed out as
//! a file in its place. Stands around the routes, so that no page makes its rows twice.

use actix_web::body::{BoxBody, MessageBody, to_bytes};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{HttpResponse, ResponseError, web};
use serde::Deserialize;

use super::{Separator, table_of, written};
use crate::error::Error;
use crate::web::download;

#[derive(Debug, Deserialize)]
struct Asked {
    csv: String,
    table: String,
}

/// Hands out a table where one is asked for; everything else passes as it is. Answers 404 for a table the page does not have,
/// and a separator that is none.
///
/// # Errors
/// Whatever the page ends with.
pub async fn hand_out(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let asked =
        web::Query::<Asked>::from_query(req.query_string()).ok().filter(|_| req.method() == Method::GET);
    let answer = next.call(req).await?.map_into_boxed_body();
    let html = answer
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let Some(asked) = asked.filter(|_| html && answer.status() == StatusCode::OK) else { return Ok(answer) };
    let (req, answer) = answer.into_parts();
    // An answer and no error: what every answer carries is put on here too.
    let answer = match file(&asked, answer.into_body()).await {
        Ok(file) => file,
        Err(error) => error.error_response(),
    };
    Ok(ServiceResponse::new(req, answer))
}

async fn file(asked: &Asked, page: BoxBody) -> Result<HttpResponse, Error> {
    let separator = Separator::from_code(&asked.csv).ok_or(Error::NotFound)?;
    let page = to_bytes(page).await.map_err(|e| Error::Internal(format!("page as CSV: {e}")))?;
    let table = table_of(&String::from_utf8_lossy(&page), &asked.table).ok_or(Error::NotFound)?;
    let bytes = written(&table, separator).map_err(|e| Error::Internal(format!("CSV: {e}")))?;
    let name: String = table.name.chars().map(|c| if "/\\:*?\"<>|;".contains(c) { '-' } else { c }).collect();
    Ok(download("text/csv; charset=utf-8", &format!("{name}.csv"), bytes))
}
