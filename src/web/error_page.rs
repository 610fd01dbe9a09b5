//! From an error to a page a person can act on. The log keeps the words of faults; the page never shows them.

use std::io::ErrorKind;

use actix_web::error::{PathError, PayloadError, QueryPayloadError, UrlencodedError};
use actix_web::http::{Method, StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, ResponseError, web};
use askama::Template;

use super::page::Page;
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
            Error::Forbidden(_) | Error::PasswordFirst => StatusCode::FORBIDDEN,
            Error::Conflict(_) => StatusCode::CONFLICT,
            Error::Refused(_) | Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Db(_) | Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let status = self.status_code();
        let (heading, message) = match self {
            Error::SignedOut => return super::redirect("/sign-in"),
            Error::PasswordFirst => return super::redirect("/password"),
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
        page_of(status, heading, message)
    }
}

/// A page that says why a request ended, with its status.
pub fn page_of(status: StatusCode, heading: &'static str, message: impl Into<String>) -> HttpResponse {
    let page = ErrorPage { page: Page::anonymous(heading, None), heading, message: message.into() };
    super::render_status(status, &page).unwrap_or_else(|_| HttpResponse::new(status))
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
        ["reports", _, "attachments", _, "removal"] => format!("/reports/{id}/attachments"),
        ["reports", _, "draft", "autosave"] => format!("/reports/{id}/draft"),
        ["periods", _, "narrative", "autosave"] => format!("/periods/{id}/narrative"),
        ["obligations", _, kind @ ("nil" | "exemption"), "withdrawal"] => {
            format!("/obligations/{id}/{kind}")
        }
        ["recipient-forms", _, "bindings"] | ["recipient-forms", _, "bindings", "removal"] => {
            format!("/recipient-forms/{id}")
        }
        ["editions", _, "recipient-forms", _] => format!("/editions/{id}"),
        ["regimes", _, "periods"] => format!("/regimes/{id}/periods/new"),
        ["periods", _, "editions"] => format!("/periods/{id}/consolidation"),
        ["task-entries", _, "removal"] => format!("/task-entries/{id}"),
        ["tasks", _, "entries"] => format!("/tasks/{id}"),
        ["people", _, "invitation" | "disablement" | "reinstatement" | "memberships"]
        | ["people", _, "sessions", "end"] => format!("/people/{id}"),
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
    if req.match_pattern().is_some() {
        return Ok(wrong_method(req.method()));
    }
    log::debug!("no route for {}", req.path());
    Err(Error::NotFound)
}

/// The address is one of ours, asked in a way it is not: 405, with the ways there are. Every address is read, or
/// takes a form, or both.
fn wrong_method(asked: &Method) -> HttpResponse {
    let allowed = match *asked {
        Method::GET => "POST",
        Method::POST => "GET",
        _ => "GET, POST",
    };
    let words =
        "Địa chỉ này không nhận yêu cầu gửi theo cách đó. Mở trang từ danh mục bên trên rồi thực hiện lại.";
    let mut answer = page_of(StatusCode::METHOD_NOT_ALLOWED, "Không thực hiện được", words);
    answer.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static(allowed));
    answer
}

/// An address whose part cannot be read, such as `/reports/abc`, is an address of nothing.
pub fn paths() -> web::PathConfig {
    web::PathConfig::default().error_handler(|error: PathError, req| {
        log::debug!("{}: {error}", req.path());
        Error::NotFound.into()
    })
}

/// A filter that cannot be read, such as `?year=abc`.
pub fn queries() -> web::QueryConfig {
    web::QueryConfig::default().error_handler(|error: QueryPayloadError, req| {
        log::debug!("{}: {error}", req.path());
        let words = "Phần sau dấu hỏi của đường dẫn không đọc được. Mở lại trang từ danh sách rồi chọn lại.";
        Error::Refused(words.into()).into()
    })
}

/// A form that cannot be read; `limit` is the largest body taken, in bytes.
pub fn forms(limit: usize) -> web::FormConfig {
    web::FormConfig::default()
        .limit(limit)
        .error_handler(|error: UrlencodedError, req| unreadable(&error, req).into())
}

/// The refusal of a form that cannot be read.
pub fn unreadable(error: &UrlencodedError, req: &HttpRequest) -> Error {
    log::info!("{}: {error}", req.path());
    let words = match error {
        UrlencodedError::Overflow { .. } => {
            "Biểu mẫu đã gửi quá lớn nên chưa lưu được. Quay lại trang trước và chia nội dung ra."
        }
        UrlencodedError::Payload(PayloadError::Io(late)) if late.kind() == ErrorKind::TimedOut => {
            "Biểu mẫu gửi quá chậm nên chưa lưu được. Kiểm tra đường truyền, quay lại trang trước và gửi lại."
        }
        _ => "Không đọc được biểu mẫu đã gửi. Quay lại trang trước và thử lại.",
    };
    Error::Refused(words.into())
}
