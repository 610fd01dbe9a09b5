//! A posted form with several files, read whole within limits. Its few fields stand before the files, the CSRF token among
//! them: no file is read before the person and the token are known, and whoever takes files asks first who may send them.

use std::future::poll_fn;
use std::pin::Pin;

use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, web};
use futures_core::Stream;

use super::{FormData, SignedIn, same_token};
use crate::error::Error;

/// Bytes that are read and thrown away once the files are too large, so that their sender reads why.
const DRAINED: usize = 256 * 1024 * 1024;
/// Bytes of all fields together, at most.
const FIELDS: usize = 64 * 1024;

/// A file as it came: its name without folders, and its bytes.
pub type NamedFile = (String, Vec<u8>);

/// Reads the body of a person's request: fields, then files, `largest` bytes each, `most` of them, `all` bytes together. Of too
/// many or too large ones the fields are given back and why, with the name of the file that was too much.
///
/// # Errors
/// [`Error::Forbidden`] without the session's token; [`Error::Refused`] for what is no such form.
pub async fn read_files(
    me: &SignedIn,
    req: &HttpRequest,
    mut payload: Payload,
    (largest, most, all): (usize, usize, usize),
) -> Result<(FormData, Result<Vec<NamedFile>, String>), Error> {
    let token = |pairs: &[(String, String)]| {
        let found = pairs.iter().find(|(name, _)| name == "csrf").map_or("", |(_, value)| value);
        if same_token(found, &me.csrf) { Ok(()) } else { Err(stale()) }
    };
    let multipart = |kind: &header::HeaderValue| kind.as_bytes().starts_with(b"multipart/");
    if !req.headers().get(header::CONTENT_TYPE).is_some_and(multipart) {
        let pairs = web::Form::<Vec<(String, String)>>::from_request(req, &mut payload).await;
        let pairs = pairs.map_err(unreadable)?.into_inner();
        token(&pairs)?;
        return Ok((FormData::new(pairs), Ok(vec![])));
    }
    let mut parts = Multipart::from_request(req, &mut payload).await.map_err(unreadable)?;
    let (mut pairs, mut files, mut size, mut words) = (Vec::new(), Vec::new(), 0_usize, 0_usize);
    let mut refusal: Option<String> = None;
    'parts: while let Some(part) = poll_fn(|cx| Pin::new(&mut parts).poll_next(cx)).await {
        let mut part = part.map_err(unreadable)?;
        let file = part.content_disposition().and_then(|d| d.get_filename()).map(plain_name);
        if file.is_some() {
            token(&pairs)?;
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = poll_fn(|cx| Pin::new(&mut part).poll_next(cx)).await {
            let chunk = chunk.map_err(unreadable)?;
            let room = if file.is_some() { &mut size } else { &mut words };
            *room += chunk.len();
            if words > FIELDS {
                return Err(unreadable("the fields are too long"));
            }
            if let (None, Some(name)) = (&refusal, &file) {
                refusal = too_large(name, (bytes.len() + chunk.len(), largest), (size, all));
            }
            if refusal.is_none() || file.is_none() {
                bytes.extend_from_slice(&chunk);
            } else if size > all.saturating_add(DRAINED) {
                break 'parts;
            }
        }
        if refusal.is_some() && file.is_some() {
            files.clear();
            continue;
        }
        match file {
            // A browser sends a part without a name where no file was chosen.
            Some(name) if name.is_empty() && bytes.is_empty() => {}
            Some(name) => files.push((name, bytes)),
            None => {
                let name = part.name().unwrap_or_default().to_owned();
                pairs.push((name, String::from_utf8_lossy(&bytes).into_owned()));
            }
        }
        if files.len() > most {
            refusal = Some(format!("Mỗi lần nhận nhiều nhất {most} tệp. Chia thành nhiều lần."));
        }
    }
    token(&pairs)?;
    Ok((FormData::new(pairs), refusal.map_or(Ok(files), Err)))
}

/// The fields up to the first file, of whoever is not signed in any more; none of what cannot be read.
pub(super) async fn fields_before_files(req: &HttpRequest, payload: &mut Payload) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let Ok(mut parts) = Multipart::from_request(req, payload).await else { return pairs };
    let mut words = 0_usize;
    while let Some(Ok(mut part)) = poll_fn(|cx| Pin::new(&mut parts).poll_next(cx)).await {
        if part.content_disposition().is_some_and(|d| d.get_filename().is_some()) {
            break;
        }
        let mut bytes = Vec::new();
        while let Some(Ok(chunk)) = poll_fn(|cx| Pin::new(&mut part).poll_next(cx)).await {
            words += chunk.len();
            if words > FIELDS {
                return pairs;
            }
            bytes.extend_from_slice(&chunk);
        }
        let name = part.name().unwrap_or_default().to_owned();
        pairs.push((name, String::from_utf8_lossy(&bytes).into_owned()));
    }
    pairs
}

/// Why a file is too much, by itself or with those before it.
fn too_large(name: &str, (own, largest): (usize, usize), (size, all): (usize, usize)) -> Option<String> {
    if own > largest {
        return Some(format!("Tệp “{name}” quá lớn: mỗi tệp nhiều nhất {} MB.", largest >> 20));
    }
    (size > all).then(|| {
        format!(
            "Đến tệp “{name}” thì các tệp đã quá {} MB, nhiều nhất mỗi lần. Chia thành nhiều lần.",
            all >> 20
        )
    })
}

/// The last part of a name, as some browsers send folders along.
fn plain_name(name: &str) -> String {
    crate::vietnamese::clean_line(name.rsplit(['/', '\\']).next().unwrap_or_default())
}

fn stale() -> Error {
    Error::Forbidden("Trang này đã mở từ phiên trước. Tải lại trang rồi thực hiện lại.".into())
}

fn unreadable(e: impl std::fmt::Display) -> Error {
    log::info!("an upload ended early: {e}");
    Error::Refused("Không đọc được các tệp đã gửi. Kiểm tra đường truyền rồi gửi lại.".into())
}
