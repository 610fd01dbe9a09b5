//! Sign-in, sign-out, change of password, and the way to one's first screen; the rooms below are the administrator's
//! pages and the public ones of an invitation.

mod hand_over;
mod import;
mod invitation;
mod list;
mod membership;
mod show;
mod slips;
mod steps;

use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

mod kept_form;

pub use kept_form::kept_form;

use super::queries::{self, OtherMembership};
use super::session::{self, new_token};
use super::sign_in::{self, PasswordChange};
use crate::access::{Action, Role};
use crate::db::ids::UnitId;
use crate::error::{Error, Problem, Problems};
use crate::web::{
    FormData, Nav, Page, Posted, SESSION_COOKIE, SignedIn, State, device_of, own_page, redirect,
    redirect_with, render, render_status, session_cookie,
};

pub use hand_over::{confirm_hand_over, hand_over_form, hand_over_record};
pub use import::{create, import, import_form, new_form};
pub use invitation::{accept, accept_form, forgotten_password};
pub use list::list;
pub use membership::{membership_form, save_membership};
pub use show::{give_role, save_person, show};
pub use slips::{choose_slips, print_slips};
pub use steps::{disable, end_sessions, invite_again, reinstate};

/// Double-submit cookie of the forms before any session: there is none yet to keep a token in.
const PRE_COOKIE: &str = "tonghop_pre";

#[derive(Template)]
#[template(path = "people/sign_in.html")]
struct SignInPage {
    page: Page,
    token: String,
    username: String,
    problems: Vec<Problem>,
    /// The page to come back to; "" for the first screen.
    next: String,
    /// A session was there, and is no more.
    ended: bool,
    /// What was posted when the session had ended is kept.
    kept: bool,
}

/// `?next=/reports/7/draft&kept=1`
#[derive(Default, Deserialize)]
pub struct WayBack {
    next: Option<String>,
    kept: Option<String>,
}

impl WayBack {
    fn page(&self) -> &str {
        self.next.as_deref().and_then(own_page).unwrap_or_default()
    }
}

#[derive(Template)]
#[template(path = "people/password.html")]
struct PasswordPage {
    page: Page,
    /// Tells a password manager whose password changes.
    username: String,
    forced: bool,
    /// Hand-overs they gave or took.
    hand_overs: Vec<hand_over::RecordLine>,
    problems: Problems,
}

/// Of a person who holds no role today.
#[derive(Template)]
#[template(path = "people/no_role.html")]
struct NoRolePage {
    page: Page,
    others: Vec<OtherMembership>,
    administrators: Vec<(String, String)>,
}

/// `GET /`: to the first screen of the person's roles; who holds none is told since when and whom to ask.
///
/// # Errors
/// The queries' own.
pub async fn home(me: SignedIn, state: State) -> Result<HttpResponse, Error> {
    let actor = &me.actor;
    if actor.memberships.is_empty() {
        let (id, today) = (actor.person_id, state.clock.today());
        let (others, administrators) = state
            .read(move |conn| {
                let others = queries::other_memberships(conn, id, today)?;
                let units: Vec<UnitId> = others.iter().map(|m| m.unit_id).collect();
                let administrators = queries::administrators_for(conn, &units, today)?;
                Ok((others, administrators))
            })
            .await?;
        let page = me.page("Tài khoản chưa có vai trò", Nav::None);
        return render(&NoRolePage { page, others, administrators });
    }
    let to = if actor.is(Role::Officer) || actor.is(Role::UnitLeader) {
        "/my"
    } else if actor.may_somewhere(Action::Compile) {
        "/periods"
    } else if actor.is(Role::Leader) {
        "/overview"
    } else if actor.is(Role::MinistryViewer) {
        "/editions"
    } else if actor.is(Role::Administrator) {
        "/start"
    } else {
        "/units"
    };
    Ok(redirect(to))
}

/// `GET /sign-in`.
///
/// # Errors
/// When the system gives no randomness.
pub async fn sign_in_form(
    req: HttpRequest,
    state: State,
    back: web::Query<WayBack>,
) -> Result<HttpResponse, Error> {
    sign_in_page(&state, StatusCode::OK, (&req, &back), String::new(), vec![])
}

fn sign_in_page(
    state: &State,
    status: StatusCode,
    (req, back): (&HttpRequest, &WayBack),
    username: String,
    problems: Vec<Problem>,
) -> Result<HttpResponse, Error> {
    let token = new_token()?;
    let page = Page::anonymous("Đăng nhập", Some(&state.clock));
    let (next, kept) = (back.page().to_owned(), back.kept.is_some());
    let ended = req.cookie(SESSION_COOKIE).is_some();
    let page = SignInPage { page, token: token.clone(), username, problems, next, kept, ended };
    let mut response = render_status(status, &page)?;
    add_cookie(&mut response, &pre_cookie(state, "/session", token))?;
    Ok(response)
}

/// The token of a form before any session, for the address it is posted to.
fn pre_cookie(state: &State, path: &'static str, token: String) -> Cookie<'static> {
    Cookie::build(PRE_COOKIE, token)
        .path(path)
        .http_only(true)
        .secure(state.secure_cookies)
        .same_site(SameSite::Strict)
        .finish()
}

/// Whether the form carries the token of its cookie.
fn comes_from_our_form(req: &HttpRequest, form: &FormData) -> bool {
    let expected = req.cookie(PRE_COOKIE).map(|c| c.value().to_owned()).unwrap_or_default();
    crate::web::same_token(form.get("token"), &expected)
}

fn add_cookie(response: &mut HttpResponse, cookie: &Cookie<'_>) -> Result<(), Error> {
    response.add_cookie(cookie).map_err(|e| Error::Internal(e.to_string()))
}

/// `POST /session`.
///
/// # Errors
/// Faults only; a wrong password shows the form again with 422.
pub async fn sign_in(
    req: HttpRequest,
    state: State,
    form: web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse, Error> {
    let form = FormData::new(form.into_inner());
    let (username, password) = (form.line("username"), form.get("password").to_owned());
    let field = |name: &str| Some(form.line(name)).filter(|value| !value.is_empty());
    let back = WayBack { next: field("next"), kept: field("kept") };
    if !comes_from_our_form(&req, &form) {
        let problem = Problem {
            field: "username".into(),
            message: "Trang đăng nhập đã mở quá lâu hoặc trình duyệt chặn cookie. Nhập lại để đăng nhập."
                .into(),
        };
        return sign_in_page(
            &state,
            StatusCode::UNPROCESSABLE_ENTITY,
            (&req, &back),
            username,
            vec![problem],
        );
    }
    let (db, passwords, lifetimes) = (state.db.clone(), state.passwords.clone(), state.lifetimes);
    let (now, name, device) = (state.clock.now_utc(), username.clone(), device_of(&req));
    let outcome = state
        .block(move || sign_in::sign_in(&db, &passwords, &name, &password, &device, lifetimes, now))
        .await;
    match outcome {
        Ok(token) => {
            if let Some(before) = req.cookie(SESSION_COOKIE).map(|cookie| cookie.value().to_owned()) {
                state.write(move |conn| Ok(session::end_token(conn, &before)?)).await?;
            }
            let mut response = redirect(Some(back.page()).filter(|page| !page.is_empty()).unwrap_or("/"));
            add_cookie(&mut response, &session_cookie(&state, token))?;
            Ok(response)
        }
        Err(Error::Invalid(problems)) => {
            sign_in_page(&state, StatusCode::UNPROCESSABLE_ENTITY, (&req, &back), username, problems.0)
        }
        Err(other) => Err(other),
    }
}

/// `POST /session/end`.
///
/// # Errors
/// The query's own.
pub async fn sign_out(state: State, posted: Posted) -> Result<HttpResponse, Error> {
    let id = posted.me.session_id;
    state.write(move |conn| Ok(session::end(conn, id)?)).await?;
    let mut response = redirect("/sign-in");
    let mut spent = Cookie::new(SESSION_COOKIE, "");
    spent.set_path("/");
    spent.make_removal();
    add_cookie(&mut response, &spent)?;
    Ok(response)
}

/// `GET /password`: one's own account.
///
/// # Errors
/// The query's own.
pub async fn password_form(me: SignedIn, state: State) -> Result<HttpResponse, Error> {
    let forced = me.must_change_password;
    let (username, id) = (me.actor.username.clone(), me.actor.person_id);
    let hand_overs = state.read(move |conn| hand_over::records_of(conn, id)).await?;
    let page = me.page("Đổi mật khẩu", Nav::None);
    render(&PasswordPage { page, username, forced, hand_overs, problems: Problems::default() })
}

/// `POST /password`.
///
/// # Errors
/// Faults only; what is to mend shows the form again with 422.
pub async fn change_password(state: State, posted: Posted) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let field = |name: &str| form.get(name).to_owned();
    let change = PasswordChange { current: field("current"), new: field("new"), again: field("again") };
    let (db, passwords, now) = (state.db.clone(), state.passwords.clone(), state.clock.now_utc());
    let (person, keep) = (me.actor.person_id, me.session_id);
    let outcome =
        state.block(move || sign_in::change_password(&db, &passwords, person, keep, &change, now)).await;
    match outcome {
        Ok(()) => Ok(redirect_with("/", "Đã đổi mật khẩu. Các phiên đăng nhập khác đã kết thúc.")),
        Err(Error::Invalid(problems)) => {
            let forced = me.must_change_password;
            let (username, page) = (me.actor.username.clone(), me.page("Đổi mật khẩu", Nav::None));
            let page = PasswordPage { page, username, forced, hand_overs: vec![], problems };
            render_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other),
    }
}
