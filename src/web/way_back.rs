//! The way back after signing in: who is led to the sign-in page comes back to the page they were on when their session
//! ended, or asked for without one. Stands around every request; `next` is an address of ours and never another site's.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderValue, LOCATION, REFERER};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest};

use super::SESSION_COOKIE;

const SIGN_IN: &str = "/sign-in";
const SIGN_OUT: &str = "/session/end";
/// Where a form that was kept is given back.
pub const KEPT_FORM: &str = "/kept-form";
const LONGEST: usize = 500;

/// What was posted under the ended session has been kept for its account.
#[derive(Debug, Clone, Copy)]
pub struct Kept;

/// An address of a page of ours, as it came from outside; none for anything else.
pub fn own_page(next: &str) -> Option<&str> {
    let fine = next.starts_with('/')
        && !next.starts_with("//")
        && next.len() <= LONGEST
        && next.bytes().all(|b| b.is_ascii_graphic() && b != b'\\')
        && ![SIGN_IN, "/session", "/setup"].iter().any(|other| next.starts_with(other));
    fine.then_some(next)
}

/// Adds to a redirect to the sign-in page where it leads back to.
///
/// # Errors
/// The service's own.
pub async fn way_back(
    req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let mut response = next.call(req).await?;
    let to_sign_in = response.status() == StatusCode::SEE_OTHER
        && response.headers().get(LOCATION).is_some_and(|to| to == SIGN_IN);
    let request = response.request();
    let signed_out = request.path() == SIGN_OUT;
    // Without a session only a page that was asked for leads back: nothing was posted by anybody we know.
    let known = request.cookie(SESSION_COOKIE).is_some() || request.method() == Method::GET;
    if to_sign_in && !signed_out && known {
        let kept = request.extensions().get::<Kept>().is_some();
        if let Some(page) = page_of(request, kept) {
            let more = if kept { "&kept=1" } else { "" };
            let location = format!("{SIGN_IN}?next={}{more}", encoded(&page));
            if let Ok(value) = HeaderValue::from_str(&location) {
                response.headers_mut().insert(LOCATION, value);
            }
        }
    }
    Ok(response)
}

/// The page a request was made from.
fn page_of(request: &HttpRequest, kept: bool) -> Option<String> {
    let uri = request.uri();
    let page = match (request.method(), kept) {
        (&Method::GET, _) => uri.path_and_query().map(ToString::to_string),
        (_, true) => Some(KEPT_FORM.to_owned()),
        (_, false) => request.headers().get(REFERER).and_then(|from| from.to_str().ok()).and_then(|from| {
            let host = request.connection_info().host().to_owned();
            let (_, rest) = from.split_once("://")?;
            rest.strip_prefix(&host).map(str::to_owned)
        }),
    }?;
    own_page(&page).filter(|page| *page != "/").map(str::to_owned)
}

fn encoded(page: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"/-._~".contains(&b);
    page.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
