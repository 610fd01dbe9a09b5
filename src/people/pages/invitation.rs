//! The public pages of an invitation: account and code in, a password of one's own; and whom to ask for a code.

use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::super::invitation::{Acceptance, accept as use_code};
use super::super::queries::register::{self, Contact};
use super::super::session::new_token;
use super::{add_cookie, comes_from_our_form, pre_cookie};
use crate::error::{Error, Problems};
use crate::web::{FormData, Page, State, device_of, redirect_with, render, render_status, session_cookie};

/// No refusal leaves sooner, so that the time it took does not tell whether there is such an account. Far above what one
/// small write takes.
const REFUSED_AFTER: Duration = Duration::from_millis(400);

#[derive(Template)]
#[template(path = "people/invitation.html")]
struct InvitationPage {
    page: Page,
    token: String,
    username: String,
    code: String,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "people/forgotten_password.html")]
struct ForgottenPage {
    page: Page,
    contacts: Vec<Contact>,
}

/// `GET /invitation`. The link on a slip carries account and code behind the `#`: a module of the page fills them in.
///
/// # Errors
/// When the system gives no randomness.
pub async fn accept_form(state: State) -> Result<HttpResponse, Error> {
    invitation_page(&state, StatusCode::OK, String::new(), String::new(), Problems::default())
}

fn invitation_page(
    state: &State,
    status: StatusCode,
    username: String,
    code: String,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let token = new_token()?;
    let page = Page::anonymous("Đặt mật khẩu bằng mã trên phiếu", Some(&state.clock));
    let page = InvitationPage { page, token: token.clone(), username, code, problems };
    let mut response = render_status(status, &page)?;
    add_cookie(&mut response, &pre_cookie(state, "/invitation", token))?;
    Ok(response)
}

/// `POST /invitation`: sets the password and signs the person in.
///
/// # Errors
/// Faults, and a code used meanwhile; what is to mend shows the form again with 422.
pub async fn accept(
    req: HttpRequest,
    state: State,
    form: web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse, Error> {
    let form = FormData::new(form.into_inner());
    let field = |name: &str| form.get(name).to_owned();
    let given = Acceptance {
        username: form.line("username"),
        code: form.line("code"),
        new: field("new"),
        again: field("again"),
    };
    let (username, code) = (given.username.clone(), given.code.clone());
    if !comes_from_our_form(&req, &form) {
        let mut problems = Problems::default();
        problems
            .add("username", "Trang này đã mở quá lâu hoặc trình duyệt chặn cookie. Nhập lại để tiếp tục.");
        return invitation_page(&state, StatusCode::UNPROCESSABLE_ENTITY, username, code, problems);
    }
    let (db, passwords, lifetimes) = (state.db.clone(), state.passwords.clone(), state.lifetimes);
    let (now, device) = (state.clock.now_utc(), device_of(&req));
    let begun = Instant::now();
    let outcome = state.block(move || use_code(&db, &passwords, &given, &device, lifetimes, now)).await;
    if matches!(&outcome, Err(Error::Invalid(_))) {
        // A known name costs a row in the database, an unknown one nothing: the answer waits until neither shows.
        actix_web::rt::time::sleep(REFUSED_AFTER.saturating_sub(begun.elapsed())).await;
    }
    match outcome {
        Ok(token) => {
            let mut response = redirect_with("/", "Đã đặt mật khẩu. Từ lần sau đăng nhập bằng mật khẩu này.");
            add_cookie(&mut response, &session_cookie(&state, token))?;
            Ok(response)
        }
        Err(Error::Invalid(problems)) => {
            invitation_page(&state, StatusCode::UNPROCESSABLE_ENTITY, username, code, problems)
        }
        Err(other) => Err(other),
    }
}

/// `GET /forgotten-password`: whom to ask, by province, without anybody's name.
///
/// # Errors
/// The queries' own.
pub async fn forgotten_password(state: State) -> Result<HttpResponse, Error> {
    let today = state.clock.today();
    let contacts = state.read(move |conn| Ok(register::contacts(conn, today)?)).await?;
    render(&ForgottenPage { page: Page::anonymous("Quên mật khẩu", Some(&state.clock)), contacts })
}
