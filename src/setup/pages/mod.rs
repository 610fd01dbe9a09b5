//! The pages of the first run, and the gate before every other page: without a set-up database everything leads here,
//! with one these pages are not there.

mod guard;
mod review;
mod steps;
mod units;

use std::sync::atomic::Ordering;

use actix_web::body::MessageBody;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::{HttpRequest, HttpResponse, ResponseError, web};
use askama::Template;

use super::answers::Answers;
use super::code::{self, Entered};
use super::{SetupStep, queries};
use crate::error::{Error, Problems};
use crate::web::{AppState, FormData, Page, State, redirect, render_status};
use guard::{COOKIE, Guarded};
pub use review::{complete, review};
pub use steps::{administrator, province, save_administrator, save_province};
pub use units::{save_units, units};

/// What every page of the first run shows beside its own: which steps are done.
struct Frame {
    csrf: String,
    steps: Vec<StepLink>,
}

struct StepLink {
    number: usize,
    title: &'static str,
    path: String,
    done: bool,
    here: bool,
}

impl Frame {
    fn new(csrf: &str, answers: &Answers, here: Option<SetupStep>) -> Frame {
        let mut steps: Vec<StepLink> = (1..)
            .zip(SetupStep::ALL)
            .map(|(number, step)| StepLink {
                number,
                title: step.short_title(),
                path: step.path(),
                done: answers.has(step),
                here: here == Some(step),
            })
            .collect();
        steps.push(StepLink {
            number: steps.len() + 1,
            title: "Hoàn tất",
            path: "/setup/review".into(),
            done: false,
            here: here.is_none(),
        });
        Frame { csrf: csrf.to_owned(), steps }
    }
}

const LAST_TITLE: &str = "Kiểm tra và hoàn tất";

fn page_of(state: &State, here: Option<SetupStep>) -> Page {
    let title = here.map_or(LAST_TITLE, SetupStep::title);
    Page::anonymous(format!("{title} · Thiết lập ban đầu"), Some(&state.clock))
}

#[derive(Template)]
#[template(path = "setup/code.html")]
struct CodePage {
    page: Page,
    problems: Problems,
}

/// Before every page: an installation that is not set up shows nothing but its first run and the guide, one that is has no
/// first run.
///
/// # Errors
/// Whatever the page itself ends with.
pub async fn gate(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<actix_web::body::EitherBody<impl MessageBody>>, actix_web::Error> {
    let path = req.path();
    let first_run = path == "/setup" || path.starts_with("/setup/");
    let open = path.starts_with("/assets/") || path == "/guide" || path.starts_with("/guide/");
    let state = req.app_data::<web::Data<AppState>>().cloned();
    let set_up = match &state {
        Some(state) => is_set_up(state).await,
        None => Err(Error::Internal("no application state".into())),
    };
    let answer = match set_up {
        Ok(true) if first_run => Error::NotFound.error_response(),
        Ok(false) if !first_run && !open => redirect("/setup"),
        Ok(_) => return Ok(next.call(req).await?.map_into_left_body()),
        Err(error) => error.error_response(),
    };
    Ok(req.into_response(answer).map_into_right_body())
}

/// Asks the database until the answer is yes, and never again.
async fn is_set_up(state: &web::Data<AppState>) -> Result<bool, Error> {
    if state.set_up.load(Ordering::Relaxed) {
        return Ok(true);
    }
    let set_up = !state.read(|conn| Ok(queries::is_needed(conn)?)).await?;
    if set_up {
        state.set_up.store(true, Ordering::Relaxed);
    }
    Ok(set_up)
}

/// `GET /setup`: the code, or where the browser that typed it goes on.
///
/// # Errors
/// The queries' own.
pub async fn start(req: HttpRequest, state: State) -> Result<HttpResponse, Error> {
    match Guarded::find(&req, &state).await {
        Ok(_) => {
            let answers = state.read(queries::answers).await?;
            Ok(redirect(&answers.missing().map_or("/setup/review".into(), SetupStep::path)))
        }
        Err(Error::SignedOut) => code_page(&state, StatusCode::OK, Problems::default()),
        Err(other) => Err(other),
    }
}

fn code_page(state: &State, status: StatusCode, problems: Problems) -> Result<HttpResponse, Error> {
    let page = Page::anonymous("Thiết lập ban đầu", Some(&state.clock));
    render_status(status, &CodePage { page, problems })
}

/// `POST /setup/code`.
///
/// # Errors
/// The queries' own; a wrong code shows the form again with 422.
pub async fn enter(state: State, form: web::Form<Vec<(String, String)>>) -> Result<HttpResponse, Error> {
    let form = FormData::new(form.into_inner());
    let (typed, now) = (form.line("code"), state.clock.now_utc());
    let mut problems = Problems::default();
    match state.write(move |conn| code::enter(conn, &typed, now)).await? {
        Entered::Opened(token) => {
            let mut response = redirect("/setup");
            let cookie = Cookie::build(COOKIE, token)
                .path("/setup")
                .http_only(true)
                .secure(state.secure_cookies)
                .same_site(SameSite::Strict)
                .finish();
            response.add_cookie(&cookie).map_err(|e| Error::Internal(e.to_string()))?;
            return Ok(response);
        }
        Entered::Wrong(left) if left > 0 => {
            problems.add("code", format!("Mã chưa đúng. Còn {left} lần nhập; xem lại mã trên màn hình máy chủ."));
        }
        Entered::Wrong(_) | Entered::NoCode => problems.add(
            "code",
            "Mã không còn dùng được. Trên máy chủ, chạy lệnh tonghop setup-code hoặc khởi động lại để lấy mã mới.",
        ),
    }
    code_page(&state, StatusCode::UNPROCESSABLE_ENTITY, problems)
}
