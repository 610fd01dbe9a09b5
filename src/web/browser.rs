//! What a request says of the browser it came from, and the cookie that browser keeps. Stands between actix's request and
//! the pages that open sessions or print addresses.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header;

use super::{AppState, SESSION_COOKIE};
use crate::people::device;

/// A few words for the device, e.g. "Chrome, máy tính Windows"; "" where the browser does not say.
pub fn device_of(req: &HttpRequest) -> String {
    let agent = req.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    device::words(agent.unwrap_or_default())
}

/// The address under which this browser reached the program, without a path: "https://10.0.0.5:8443".
pub fn address_of(req: &HttpRequest, state: &AppState) -> String {
    let scheme = if state.secure_cookies { "https" } else { "http" };
    format!("{scheme}://{}", req.connection_info().host())
}

/// The cookie of a session just opened.
pub fn session_cookie(state: &AppState, token: String) -> Cookie<'static> {
    Cookie::build(SESSION_COOKIE, token)
        .path("/")
        .http_only(true)
        .secure(state.secure_cookies)
        .same_site(SameSite::Lax)
        .finish()
}
