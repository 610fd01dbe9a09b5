//! A posted form whose file is read as it comes, never held whole. Its few fields stand before the file, the CSRF token
//! among them: a file is only begun to be read once the person and the token are known.

use std::future::poll_fn;
use std::pin::Pin;

use actix_multipart::{Field, Multipart};
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest, web};
use futures_core::Stream;
use futures_core::future::LocalBoxFuture;

use super::{FormData, SignedIn, same_token};
use crate::error::Error;

/// Bytes of one field before the file, and fields, at most.
const LARGEST_FIELD: usize = 8 * 1024;
const MOST_FIELDS: usize = 16;
/// Bytes of a refused file that are still read and thrown away, so that its sender reads the refusal instead of a
/// broken connection.
const DRAINED: usize = 256 * 1024 * 1024;

/// A signed-in person's form, its CSRF token checked, with the file that follows it where one was chosen.
pub struct PostedFile {
    pub me: SignedIn,
    pub form: FormData,
    pub file: Option<IncomingFile>,
    /// Posted by the module, which reads JSON.
    pub by_script: bool,
}

/// A file on its way in.
pub struct IncomingFile {
    name: String,
    /// The last byte was read, or none will come.
    ended: bool,
    field: Field,
    /// Whatever the field is read from; dropped after it.
    _parts: Multipart,
}

impl IncomingFile {
    /// Its name as its sender wrote it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The next bytes; none at the end of a whole file.
    ///
    /// # Errors
    /// [`Error::Refused`] when the connection ended before the file did.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        if self.ended {
            return Ok(None);
        }
        let chunk = poll_fn(|cx| Pin::new(&mut self.field).poll_next(cx)).await.transpose();
        self.ended = !matches!(chunk, Ok(Some(_)));
        chunk.map_err(unreadable)
    }

    /// A small file whole; none when it is longer than `largest` bytes, read to its end so that the refusal is seen.
    ///
    /// # Errors
    /// As [`IncomingFile::chunk`].
    pub async fn whole(mut self, largest: usize) -> Result<Option<Vec<u8>>, Error> {
        let mut bytes = Vec::new();
        while let Some(chunk) = self.chunk().await? {
            if bytes.len() + chunk.len() > largest {
                self.drain().await;
                return Ok(None);
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(Some(bytes))
    }

    /// Reads the rest and throws it away.
    pub async fn drain(mut self) {
        let mut read = 0usize;
        while let Ok(Some(bytes)) = self.chunk().await {
            read += bytes.len();
            if read > DRAINED {
                return;
            }
        }
    }
}

impl FromRequest for PostedFile {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let signed_in = SignedIn::from_request(req, &mut Payload::None);
        let (req, payload) = (req.clone(), payload.take());
        let accepts = |kind: &header::HeaderValue| kind.as_bytes().starts_with(b"application/json");
        let by_script = req.headers().get(header::ACCEPT).is_some_and(accepts);
        Box::pin(async move {
            let me = signed_in.await?;
            let (form, file) = read(&req, payload).await?;
            if !same_token(form.get("csrf"), &me.csrf) {
                if let Some(file) = file {
                    file.drain().await;
                }
                return Err(Error::Forbidden(
                    "Trang này đã mở từ phiên trước. Tải lại trang rồi thực hiện lại.".into(),
                ));
            }
            Ok(PostedFile { me, form, file, by_script })
        })
    }
}

/// The fields up to the file, and the file.
async fn read(req: &HttpRequest, mut payload: Payload) -> Result<(FormData, Option<IncomingFile>), Error> {
    let multipart = |kind: &header::HeaderValue| kind.as_bytes().starts_with(b"multipart/");
    if !req.headers().get(header::CONTENT_TYPE).is_some_and(multipart) {
        let pairs = web::Form::<Vec<(String, String)>>::from_request(req, &mut payload).await;
        return Ok((FormData::new(pairs.map_err(unreadable)?.into_inner()), None));
    }
    let mut parts = Multipart::from_request(req, &mut payload).await.map_err(unreadable)?;
    let mut pairs = Vec::new();
    while let Some(part) = poll_fn(|cx| Pin::new(&mut parts).poll_next(cx)).await {
        let mut field = part.map_err(unreadable)?;
        let file_name = field.content_disposition().and_then(|d| d.get_filename()).map(str::to_owned);
        if let Some(name) = file_name {
            // A browser sends a part without a name where no file was chosen.
            let file = (!name.is_empty()).then(|| IncomingFile { name, ended: false, field, _parts: parts });
            return Ok((FormData::new(pairs), file));
        }
        let name = field.name().unwrap_or_default().to_owned();
        let value = field.bytes(LARGEST_FIELD).await;
        let value = value.map_err(|_| unreadable("a field is too long"))?.map_err(unreadable)?;
        pairs.push((name, String::from_utf8_lossy(&value).into_owned()));
        if pairs.len() > MOST_FIELDS {
            return Err(unreadable("too many fields"));
        }
    }
    Ok((FormData::new(pairs), None))
}

fn unreadable(e: impl std::fmt::Display) -> Error {
    log::info!("an upload ended early: {e}");
    Error::Refused("Tệp chưa được gửi lên hết nên chưa lưu. Kiểm tra đường truyền rồi tải lại.".into())
}
