//! The stylesheet and the small browser modules, compiled into the program: no file to lose, no CDN.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};

use crate::audit::sha256_hex;
use crate::error::Error;

const FILES: &[(&str, &str, &str)] = &[
    ("style.css", "text/css; charset=utf-8", include_str!("../../templates/assets/style.css")),
    ("icon.svg", "image/svg+xml", include_str!("../../templates/assets/icon.svg")),
    ("autosave.js", JS, include_str!("../../templates/assets/autosave.js")),
    ("cells.js", JS, include_str!("../../templates/assets/cells.js")),
    ("copy.js", JS, include_str!("../../templates/assets/copy.js")),
    ("filter.js", JS, include_str!("../../templates/assets/filter.js")),
    ("halves.js", JS, include_str!("../../templates/assets/halves.js")),
    ("invitation.js", JS, include_str!("../../templates/assets/invitation.js")),
    ("kept.js", JS, include_str!("../../templates/assets/kept.js")),
    ("lists.js", JS, include_str!("../../templates/assets/lists.js")),
    ("leave.js", JS, include_str!("../../templates/assets/leave.js")),
    ("sort.js", JS, include_str!("../../templates/assets/sort.js")),
    ("take.js", JS, include_str!("../../templates/assets/take.js")),
    ("upload.js", JS, include_str!("../../templates/assets/upload.js")),
];
const JS: &str = "text/javascript; charset=utf-8";

/// `GET /assets/{name}`: revalidated by ETag, so that a new program is seen at once.
///
/// # Errors
/// [`Error::NotFound`] for another name.
pub async fn show(req: HttpRequest, name: web::Path<String>) -> Result<HttpResponse, Error> {
    let (_, kind, text) = FILES.iter().find(|f| f.0 == name.as_str()).ok_or(Error::NotFound)?;
    Ok(kept(&req, kind, text.as_bytes()))
}

/// Bytes of the program itself, which a browser keeps and asks for again by their ETag.
pub fn kept(req: &HttpRequest, kind: &str, bytes: &'static [u8]) -> HttpResponse {
    let tag = format!("\"{}\"", &sha256_hex(bytes)[..16]);
    let known = req.headers().get(header::IF_NONE_MATCH).is_some_and(|v| v.as_bytes() == tag.as_bytes());
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((header::ETAG, tag)).insert_header((header::CACHE_CONTROL, "public, max-age=300"));
    if known { response.finish() } else { response.content_type(kind).body(bytes) }
}
