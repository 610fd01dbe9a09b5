//! One role of a person: its title, and its last day.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use super::super::form::ChangeInput;
use super::super::listing::role_words;
use super::super::membership::{self, change};
use super::super::person::Held;
use super::list::span;
use crate::db::ids::MembershipId;
use crate::error::{Error, Problems};
use crate::vietnamese::short_date;
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render_status};

#[derive(Template)]
#[template(path = "people/membership.html")]
struct MembershipPage {
    page: Page,
    name: String,
    held: Held,
    role: &'static str,
    time: String,
    today: NaiveDate,
    /// The mark of what the form was opened with.
    shown: String,
    input: ChangeInput,
    problems: Problems,
}

async fn page(
    state: &State,
    me: &SignedIn,
    id: MembershipId,
    typed: Option<(ChangeInput, String, Problems)>,
) -> Result<HttpResponse, Error> {
    let (actor, today) = (me.actor.clone(), state.clock.today());
    let (held, found) = state.read(move |conn| membership::find(conn, &actor, id, today)).await?;
    let (input, shown, problems) = typed.unwrap_or_else(|| {
        let to = held.to.map(short_date).unwrap_or_default();
        let input = ChangeInput { title: held.title.clone(), to, taken_back: false };
        (input, held.mark(), Problems::default())
    });
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = MembershipPage {
        page: me.page("Vai trò", Nav::People),
        name: found.person.full_name,
        role: role_words(held.role),
        time: span(&held),
        held,
        today,
        shown,
        input,
        problems,
    };
    render_status(status, &page)
}

/// `GET /memberships/{id}`.
///
/// # Errors
/// [`Error::NotFound`] for one of another province, [`Error::Forbidden`] for everybody but administrators.
pub async fn membership_form(
    me: SignedIn,
    state: State,
    id: web::Path<MembershipId>,
) -> Result<HttpResponse, Error> {
    page(&state, &me, id.into_inner(), None).await
}

/// `POST /memberships/{id}`.
///
/// # Errors
/// As [`change`]; what is to mend shows the form again with 422.
pub async fn save_membership(
    state: State,
    posted: Posted,
    id: web::Path<MembershipId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, moment, actor) = (id.into_inner(), state.clock.moment(), me.actor.clone());
    let (input, shown) = (ChangeInput::read(&form), form.line("shown"));
    let (asked, mark) = (input.clone(), shown.clone());
    let outcome = state
        .write(move |conn| {
            let (held, _) = membership::find(conn, &actor, id, moment.today)?;
            change(conn, &actor, id, &asked.parse(held.from)?, &mark, moment)
        })
        .await;
    match outcome {
        Ok(person) => Ok(redirect_with(&format!("/people/{person}"), "Đã sửa vai trò.")),
        Err(Error::Invalid(problems)) => page(&state, &me, id, Some((input, shown, problems))).await,
        Err(other) => Err(other),
    }
}
