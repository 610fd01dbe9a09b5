//! Before every page: bodies nobody should send are not read, and cookies keep to HTTPS where there is HTTPS.
//! Stands between the connection and the routes.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::HttpMessage;
use actix_web::body::{BodySize, BoxBody, EitherBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_ENCODING, HeaderMap, HeaderValue, SET_COOKIE};
use actix_web::middleware::Next;
use actix_web::rt::time::{Instant, Sleep, sleep_until};
use actix_web::web::{self, Bytes};
use futures_core::Stream;

use super::{AppState, error_page};

/// How long a body may take to arrive. One that stops coming would keep its connection and its memory for ever.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Time every body has, however short.
    pub grace: Duration,
    /// Bytes that buy one second more.
    pub bytes_a_second: u64,
}

impl Default for Pace {
    /// Half a minute, and a second for every 16 KiB: a modem of the countryside keeps up with it.
    fn default() -> Pace {
        Pace { grace: Duration::from_secs(30), bytes_a_second: 16 * 1024 }
    }
}

/// Refuses compressed bodies with 415 (62 KB of gzip are 64 MB of memory, and no browser compresses a form), and
/// cuts those that arrive slower than the [`Pace`]. A body that was not read to its end ends its connection with the
/// answer.
///
/// # Errors
/// Whatever the page itself ends with.
pub async fn guard(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, actix_web::Error> {
    let encoded = req.headers().get(CONTENT_ENCODING).is_some_and(|how| !is_identity(how));
    if encoded {
        let answer = error_page::page_of(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "Không đọc được nội dung đã gửi",
            "Hệ thống không nhận nội dung nén. Gửi lại biểu mẫu từ trình duyệt, không qua phần mềm trung gian.",
        );
        return Ok(req.into_response(answer).map_into_right_body());
    }
    let pace = req.app_data::<Pace>().copied().unwrap_or_default();
    let unread = Unread::default();
    let body: Payload = match req.take_payload() {
        Payload::None => Payload::None,
        body => Payload::Stream { payload: Box::pin(Paced::new(body, pace, unread.clone())) },
    };
    req.set_payload(body);
    let secure = req.app_data::<web::Data<AppState>>().is_some_and(|state| state.secure_cookies);
    let mut answer = next.call(req).await?;
    if secure {
        keep_to_https(answer.headers_mut());
    }
    let held = unread.borrow_mut().take();
    Ok(match held {
        Some(body) => answer
            .map_body(|_, answer| EitherBody::left(Answer::Ending { answer: answer.boxed(), _unread: body })),
        None => answer.map_body(|_, answer| EitherBody::left(Answer::Plain(answer.boxed()))),
    })
}

/// Where a body that was given up waits for the answer.
type Unread = Rc<RefCell<Option<Payload>>>;

/// An answer. Beside one that ends its connection goes the body that was not read: while somebody still holds it the
/// server closes the connection after the answer; it would read on for ever, and throw away, what nobody holds.
enum Answer {
    Plain(BoxBody),
    Ending { answer: BoxBody, _unread: Payload },
}

impl MessageBody for Answer {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        let (Answer::Plain(body) | Answer::Ending { answer: body, .. }) = self;
        body.size()
    }

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let (Answer::Plain(body) | Answer::Ending { answer: body, .. }) = &mut *self;
        Pin::new(body).poll_next(cx)
    }

    fn try_into_bytes(self) -> Result<Bytes, Self> {
        match self {
            Answer::Plain(body) => body.try_into_bytes().map_err(Answer::Plain),
            ending @ Answer::Ending { .. } => Err(ending),
        }
    }
}

fn is_identity(how: &HeaderValue) -> bool {
    how.as_bytes().trim_ascii().eq_ignore_ascii_case(b"identity")
}

/// Adds `Secure` to every cookie that has it not: no page can forget it.
fn keep_to_https(headers: &mut HeaderMap) {
    let cookies: Vec<HeaderValue> = headers.remove(SET_COOKIE).collect();
    for cookie in cookies {
        let has = cookie.to_str().is_ok_and(|text| {
            text.split(';').any(|attribute| attribute.trim().eq_ignore_ascii_case("secure"))
        });
        let secured = match cookie.to_str() {
            Ok(text) if !has => HeaderValue::from_str(&format!("{text}; Secure")).unwrap_or(cookie),
            _ => cookie,
        };
        headers.append(SET_COOKIE, secured);
    }
}

/// A body that ends with an error once it is later than its [`Pace`].
struct Paced {
    body: Payload,
    pace: Pace,
    began: Instant,
    received: u64,
    late: Pin<Box<Sleep>>,
    ended: bool,
    unread: Unread,
}

impl Paced {
    fn new(body: Payload, pace: Pace, unread: Unread) -> Paced {
        let began = Instant::now();
        let late = Box::pin(sleep_until(began + pace.grace));
        Paced { body, pace, began, received: 0, late, ended: false, unread }
    }
}

impl Drop for Paced {
    fn drop(&mut self) {
        if !self.ended {
            *self.unread.borrow_mut() = Some(std::mem::replace(&mut self.body, Payload::None));
        }
    }
}

impl Stream for Paced {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match Pin::new(&mut self.body).poll_next(cx) {
            Poll::Ready(Some(Ok(chunk))) => {
                self.received = self.received.saturating_add(u64::try_from(chunk.len()).unwrap_or(u64::MAX));
                let bought = Duration::from_secs(self.received / self.pace.bytes_a_second.max(1));
                let until = self.began + self.pace.grace + bought;
                if until < Instant::now() {
                    return Poll::Ready(Some(Err(too_slow())));
                }
                self.late.as_mut().reset(until);
                Poll::Ready(Some(Ok(chunk)))
            }
            Poll::Pending => match self.late.as_mut().poll(cx) {
                Poll::Ready(()) => Poll::Ready(Some(Err(too_slow()))),
                Poll::Pending => Poll::Pending,
            },
            end => {
                self.ended = matches!(end, Poll::Ready(None));
                end
            }
        }
    }
}

fn too_slow() -> PayloadError {
    PayloadError::Io(std::io::Error::from(std::io::ErrorKind::TimedOut))
}
