//! A posted form with one file beside its fields, read whole within a limit. A block pasted from a spreadsheet has tabs,
//! which cleaning would fold into spaces: they become `|` here, so that its columns stay apart.

use std::future::poll_fn;
use std::pin::Pin;

use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, web};
use futures_core::Stream;
use futures_core::future::LocalBoxFuture;

use super::form::keep;
use super::{FormData, SignedIn, same_token};
use crate::error::Error;
use crate::people::kept_form::Pairs;

/// Largest body taken, in bytes, file and fields together.
const LARGEST: usize = 3 * 1024 * 1024;

/// Fields and, where one was chosen, the file's bytes.
#[derive(Debug, Default)]
pub struct Upload {
    pub form: FormData,
    pub file: Option<Vec<u8>>,
}

/// A signed-in person's form with a file, its CSRF token checked.
pub struct PostedUpload {
    pub me: SignedIn,
    pub upload: Upload,
}

impl Upload {
    /// Reads the body of a request; a form without a file may also come url-encoded.
    ///
    /// # Errors
    /// [`Error::Refused`] when it is too large or no such form.
    pub async fn read(req: HttpRequest, payload: Payload) -> Result<Upload, Error> {
        let path = req.path().to_owned();
        let (pairs, file) = Upload::parts(req, payload).await?;
        Ok(Upload { form: FormData::new(pairs).at(&path), file })
    }

    /// The fields as posted, and the file.
    async fn parts(req: HttpRequest, mut payload: Payload) -> Result<(Pairs, Option<Vec<u8>>), Error> {
        let parts = |kind: &header::HeaderValue| kind.as_bytes().starts_with(b"multipart/");
        if !req.headers().get(header::CONTENT_TYPE).is_some_and(parts) {
            let pairs = web::Form::<Vec<(String, String)>>::from_request(&req, &mut payload).await;
            return Ok((pairs.map_err(unreadable)?.into_inner(), None));
        }
        let mut parts = Multipart::from_request(&req, &mut payload).await.map_err(unreadable)?;
        let (mut pairs, mut file, mut size) = (Vec::new(), None, 0usize);
        while let Some(part) = poll_fn(|cx| Pin::new(&mut parts).poll_next(cx)).await {
            let mut part = part.map_err(unreadable)?;
            let name = part.name().unwrap_or_default().to_owned();
            let is_file = part.content_disposition().is_some_and(|d| d.get_filename().is_some());
            let mut bytes = Vec::new();
            while let Some(chunk) = poll_fn(|cx| Pin::new(&mut part).poll_next(cx)).await {
                let chunk = chunk.map_err(unreadable)?;
                size += chunk.len();
                if size > LARGEST {
                    return Err(Error::Refused(
                        "Tệp và nội dung gửi lên lớn quá 3 MB. Chia nhỏ rồi gửi lại.".into(),
                    ));
                }
                bytes.extend_from_slice(&chunk);
            }
            if is_file {
                file = Some(bytes).filter(|bytes| !bytes.is_empty()).or(file);
            } else {
                pairs.push((name, String::from_utf8_lossy(&bytes).replace('\t', "|")));
            }
        }
        Ok((pairs, file))
    }
}

fn unreadable(e: impl std::fmt::Display) -> Error {
    log::info!("a form could not be read: {e}");
    Error::Refused("Không đọc được biểu mẫu đã gửi. Quay lại trang trước và thử lại.".to_owned())
}

impl FromRequest for Upload {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        Box::pin(Upload::read(req.clone(), payload.take()))
    }
}

impl FromRequest for PostedUpload {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let signed_in = SignedIn::from_request(req, &mut Payload::None);
        let (req, payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let me = match signed_in.await {
                Err(Error::SignedOut) => {
                    // A list typed into its box is as much work as a draft; the file is still where it came from.
                    let parts = Upload::parts(req.clone(), payload).await;
                    keep(&req, parts.map(|(pairs, _)| pairs).unwrap_or_default()).await?;
                    return Err(Error::SignedOut);
                }
                other => other?,
            };
            let upload = Upload::read(req, payload).await;
            let token = upload.as_ref().map_or("", |upload| upload.form.get("csrf"));
            if !same_token(token, &me.csrf) {
                return Err(Error::Forbidden(
                    "Trang này đã mở từ phiên trước. Tải lại trang rồi thực hiện lại.".into(),
                ));
            }
            Ok(PostedUpload { me, upload: upload? })
        })
    }
}
