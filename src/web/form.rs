//! Posted forms: read whole, cleaned on the way in, and refused without the session's CSRF token.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use actix_web::dev::{Payload, UrlEncoded};
use actix_web::http::header;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use futures_core::future::LocalBoxFuture;
use subtle::ConstantTimeEq;

use super::{AppState, SESSION_COOKIE, SignedIn, error_page, way_back};
use crate::audit::sha256_hex;
use crate::error::Error;
use crate::people::kept_form;
use crate::vietnamese::{self, limits};

/// A form's fields as typed, NFC and without look-alikes or control characters; several values per name.
#[derive(Debug, Clone, Default)]
pub struct FormData {
    fields: HashMap<String, Vec<String>>,
    /// Fields that held tabs, with them: cleaning makes them spaces, and cells of a spreadsheet run together.
    blocks: HashMap<String, String>,
    /// Where it was posted to.
    path: String,
}

impl FormData {
    /// From decoded name–value pairs.
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        let mut form = FormData::default();
        for (name, value) in pairs {
            if value.contains('\t') {
                let cells: Vec<String> = value.split('\t').map(vietnamese::clean).collect();
                form.blocks.insert(name.clone(), cells.join("\t"));
            }
            form.fields.entry(name).or_default().push(vietnamese::clean(&value));
        }
        form
    }

    /// The same, posted to an address.
    pub(super) fn at(mut self, path: &str) -> Self {
        path.clone_into(&mut self.path);
        self
    }

    /// A block pasted from a spreadsheet, its tabs kept; or "".
    pub fn block(&self, name: &str) -> &str {
        self.blocks.get(name).map_or_else(|| self.get(name), String::as_str)
    }

    /// The first value of a field, or "".
    pub fn get(&self, name: &str) -> &str {
        self.fields.get(name).and_then(|v| v.first()).map_or("", String::as_str)
    }

    /// The value on one line, trimmed.
    pub fn line(&self, name: &str) -> String {
        vietnamese::clean_line(self.get(name))
    }

    /// Every value of a field.
    pub fn all(&self, name: &str) -> &[String] {
        self.fields.get(name).map_or(&[], Vec::as_slice)
    }

    /// Stands for the form's one-use key with its address and everything typed beside it, for [`crate::once`]: a key sent
    /// once more with other words or elsewhere is another sending, so that nothing typed is lost. None without a key.
    pub fn digest(&self) -> Option<String> {
        if self.get("form_key").is_empty() {
            return None;
        }
        let mut fields: Vec<_> = self.fields.iter().filter(|(name, _)| name.as_str() != "csrf").collect();
        fields.sort();
        Some(sha256_hex(format!("{} {fields:?}", self.path).as_bytes()))
    }

    /// What is wrong with a field that is longer than any may be.
    fn too_long(&self) -> Option<String> {
        self.fields.values().flatten().find_map(|value| limits::SECTION.fault("Một ô của biểu mẫu", value))
    }

    /// Whether the field was sent at all.
    pub fn has(&self, name: &str) -> bool {
        self.fields.contains_key(name)
    }

    /// The fields whose names begin with `prefix`, as (rest of the name, first value).
    pub fn with_prefix<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.fields.iter().filter_map(move |(name, values)| {
            let rest = name.strip_prefix(prefix)?;
            Some((rest, values.first().map_or("", String::as_str)))
        })
    }
}

/// A signed-in person's form with its CSRF token checked and no field beyond [`limits::SECTION`]: the net below the
/// limits that each form sets itself. The only way a slice takes a POST.
pub struct Posted {
    pub me: SignedIn,
    pub form: FormData,
}

/// Largest form taken, in bytes.
pub const FORM_LIMIT: usize = 2 * 1024 * 1024;
/// Largest form of a page of long texts, in bytes: eighteen sections at their limit, each letter nine bytes on the way
/// as Vietnamese letters are.
pub const LONG_FORM_LIMIT: usize = 16 * 1024 * 1024;
/// So many forms beyond [`FORM_LIMIT`] are read at once; with the texts they become they take 400 MiB at most.
const LONG_AT_ONCE: usize = 8;

/// The same for a page that measures its own fields and shows again what is too long of them. It takes forms up to
/// [`LONG_FORM_LIMIT`] that say their length, of people who are signed in.
pub struct PostedLong {
    pub me: SignedIn,
    pub form: FormData,
}

impl FromRequest for Posted {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let posted = signed_form(req, payload, FORM_LIMIT);
        Box::pin(async move {
            let PostedLong { me, form } = posted.await?;
            match form.too_long() {
                Some(fault) => {
                    Err(Error::Refused(format!("{fault} Quay lại trang trước để sửa; chưa có gì được lưu.")))
                }
                None => Ok(Posted { me, form }),
            }
        })
    }
}

impl FromRequest for PostedLong {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        signed_form(req, payload, LONG_FORM_LIMIT)
    }
}

/// A signed-in person's form of at most `limit` bytes, its CSRF token checked.
fn signed_form(
    req: &HttpRequest,
    payload: &mut Payload,
    limit: usize,
) -> LocalBoxFuture<'static, Result<PostedLong, Error>> {
    let signed_in = SignedIn::from_request(req, &mut Payload::None);
    let (req, mut payload) = (req.clone(), payload.take());
    Box::pin(async move {
        let me = match signed_in.await {
            Err(Error::SignedOut) => {
                let pairs = pairs_of(&req, &mut payload, FORM_LIMIT).await;
                keep(&req, pairs.unwrap_or_default()).await?;
                return Err(Error::SignedOut);
            }
            other => other?,
        };
        let length = req.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
        let is_long =
            length.and_then(|length| length.parse().ok()).is_some_and(|bytes: usize| bytes > FORM_LIMIT);
        let (turn, limit) = match is_long && limit > FORM_LIMIT {
            true => (Some(Turn::take()?), limit),
            false => (None, FORM_LIMIT),
        };
        let form = FormData::new(pairs_of(&req, &mut payload, limit).await?).at(req.path());
        drop(turn);
        if !same_token(form.get("csrf"), &me.csrf) {
            return Err(Error::Forbidden(
                "Trang này đã mở từ phiên trước. Tải lại trang rồi thực hiện lại; nội dung đã lưu vẫn còn."
                    .into(),
            ));
        }
        Ok(PostedLong { me, form })
    })
}

async fn pairs_of(
    req: &HttpRequest,
    payload: &mut Payload,
    limit: usize,
) -> Result<Vec<(String, String)>, Error> {
    UrlEncoded::new(req, payload).limit(limit).await.map_err(|error| error_page::unreadable(&error, req))
}

/// Long forms being read now.
static LONG_FORMS: AtomicUsize = AtomicUsize::new(0);

/// One long form's place among [`LONG_AT_ONCE`].
struct Turn;

impl Turn {
    fn take() -> Result<Turn, Error> {
        let turn = LONG_FORMS.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |reading| {
            (reading < LONG_AT_ONCE).then_some(reading + 1)
        });
        turn.map(|_| Turn).map_err(|_| {
            Error::Refused(
                "Máy chủ đang nhận nhiều báo cáo dài cùng lúc nên chưa lưu được. Gửi lại sau ít giây.".into(),
            )
        })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        LONG_FORMS.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Keeps what was posted under an ended session for the account it belonged to.
pub(super) async fn keep(req: &HttpRequest, pairs: kept_form::Pairs) -> Result<(), Error> {
    let (Some(state), Some(cookie)) =
        (req.app_data::<web::Data<AppState>>().cloned(), req.cookie(SESSION_COOKIE))
    else {
        return Ok(());
    };
    let (path, now) = (req.path().to_owned(), state.clock.now_utc());
    let kept = state.write(move |conn| kept_form::keep(conn, cookie.value(), &path, &pairs, now)).await?;
    if kept {
        req.extensions_mut().insert(way_back::Kept);
    }
    Ok(())
}

/// Compares two tokens in constant time; an empty one never matches.
pub fn same_token(given: &str, expected: &str) -> bool {
    !expected.is_empty() && bool::from(given.as_bytes().ct_eq(expected.as_bytes()))
}
