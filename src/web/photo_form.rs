//! A posted form with pictures behind its fields, read whole within limits: the form of a telephone, which may be on a slow line or
//! come when its session has ended. What was typed is kept then as of any form; the pictures are still in the telephone.

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest};
use futures_core::future::LocalBoxFuture;

use super::form::keep;
use super::uploads::{NamedFile, fields_before_files, read_files};
use super::{FormData, Posted, SignedIn};
use crate::error::Error;

/// Bytes of one picture, pictures, and bytes of all together, at most.
const LIMITS: (usize, usize, usize) = (10 << 20, 3, 20 << 20);

/// A signed-in person's form, its CSRF token checked, with the pictures that came with it, or why they were not read.
pub struct PostedPhotos {
    pub me: SignedIn,
    pub form: FormData,
    pub photos: Result<Vec<NamedFile>, String>,
}

impl FromRequest for PostedPhotos {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let multipart = |kind: &header::HeaderValue| kind.as_bytes().starts_with(b"multipart/");
        if !req.headers().get(header::CONTENT_TYPE).is_some_and(multipart) {
            let posted = Posted::from_request(req, payload);
            return Box::pin(async move {
                let Posted { me, form } = posted.await?;
                Ok(PostedPhotos { me, form, photos: Ok(vec![]) })
            });
        }
        let signed_in = SignedIn::from_request(req, &mut Payload::None);
        let (req, mut payload) = (req.clone(), payload.take());
        Box::pin(async move {
            match signed_in.await {
                Err(Error::SignedOut) => {
                    keep(&req, fields_before_files(&req, &mut payload).await).await?;
                    Err(Error::SignedOut)
                }
                Err(other) => Err(other),
                Ok(me) => {
                    let (form, photos) = read_files(&me, &req, payload, LIMITS).await?;
                    Ok(PostedPhotos { me, form: form.at(req.path()), photos })
                }
            }
        })
    }
}
