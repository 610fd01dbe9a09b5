//! From an error to a page a person can act on. The log keeps the words of faults; the page never shows them.

use actix_web::http::{Method, StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use askama::Template;

use super::page::Page;
use super::signed_in::PASSWORD_FIRST;
use crate::error::Error;

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    page: Page,
    heading: &'static str,
    message: String,
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self {
            Error::SignedOut => StatusCode::UNAUTHORIZED,
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::Forbidden(_) => StatusCode::FORBIDDEN,
            Error::Conflict(_) => StatusCode::CONFLICT,
            Error::Refused(_) | Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Db(_) | Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let status = self.status_code();
        let (heading, message) = match self {
            Error::SignedOut => return super::redirect("/sign-in"),
            Error::Refused(text) if text == PASSWORD_FIRST => return super::redirect("/password"),
            Error::NotFound => (
                "Không tìm thấy",
                "Trang này không có, hoặc thuộc đơn vị khác. Kiểm tra lại đường dẫn, hoặc về trang đầu."
                    .to_owned(),
            ),
            Error::Forbidden(text) => ("Không thực hiện được", text.clone()),
            Error::Conflict(text) => ("Nội dung vừa được người khác thay đổi", text.clone()),
            Error::Refused(_) | Error::Invalid(_) => ("Chưa thực hiện được", self.to_string()),
            Error::Db(_) | Error::Internal(_) => {
                log::error!("{self}");
                (
                    "Hệ thống gặp lỗi",
                    "Thao tác chưa được thực hiện, nội dung đã lưu vẫn còn. Thử lại sau ít phút; nếu vẫn lỗi, báo quản trị."
                        .to_owned(),
                )
            }
        };
        let page = ErrorPage { page: Page::anonymous(heading, None), heading, message };
        super::render_status(status, &page).unwrap_or_else(|_| HttpResponse::new(status))
    }
}

/// Where somebody is led who opens the address of a step as if it were a page: by reloading after a refusal, from the
/// browser's history, from a link sent to a colleague. The page itself asks who may see it.
fn page_of_step(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let is_id = |id: &str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit());
    let id = parts.get(1).copied().filter(|id| is_id(id)).unwrap_or_default();
    Some(match parts.as_slice() {
        ["task-entries"] => "/tasks".to_owned(),
        ["session"] => "/sign-in".to_owned(),
        ["session", "end"] => "/".to_owned(),
        _ if id.is_empty() => return None,
        ["reports", _, "submission" | "leader-request" | "leader-return" | "leader-withdrawal"] => {
            format!("/reports/{id}/check")
        }
        ["reports", _, "receipt" | "amendment-request"] => format!("/reports/{id}"),
        ["reports", _, "draft", "autosave"] => format!("/reports/{id}/draft"),
        ["obligations", _, kind @ ("nil" | "exemption"), "withdrawal"] => {
            format!("/obligations/{id}/{kind}")
        }
        ["regimes", _, "periods"] => format!("/regimes/{id}/periods/new"),
        ["periods", _, "editions"] => format!("/periods/{id}/consolidation"),
        ["task-entries", _, "removal"] => format!("/task-entries/{id}"),
        ["tasks", _, "entries"] => format!("/tasks/{id}"),
        ["clauses", _, "position" | "removal" | "tasks"] => format!("/clauses/{id}"),
        _ => return None,
    })
}

/// The page of an address that no route knows. The address of a step leads to the page the step is taken on.
///
/// # Errors
/// [`Error::NotFound`] for every other, which the edge turns into the page.
pub async fn not_found(req: HttpRequest) -> Result<HttpResponse, Error> {
    if let Some(page) = page_of_step(req.path()).filter(|_| req.method() == Method::GET) {
        return Ok(super::redirect(&page));
    }
    log::debug!("no route for {}", req.path());
    Err(Error::NotFound)
}

/// Asks for JSON answers where a script, not a person, is waiting.
pub fn wants_json(req: &HttpRequest) -> bool {
    req.headers().get(header::ACCEPT).is_some_and(|v| v.as_bytes().starts_with(b"application/json"))
}
