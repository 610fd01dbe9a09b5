//! One person: account, roles through time, sessions, and the forms to correct and to give a role.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use super::super::administer::{self, Administered};
use super::super::form::{ParticularsInput, RoleInput};
use super::super::listing::{self, role_words};
use super::super::membership;
use super::super::person::{Held, State as Standing};
use super::super::queries::register::{self, LiveSession};
use super::hand_over::{RecordLine, records_of};
use super::list::{code_words, span};
use crate::access::Role;
use crate::calendar::to_local;
use crate::db::ids::{PersonId, UnitId};
use crate::error::{Error, Problems};
use crate::once;
use crate::units;
use crate::vietnamese::date_time;
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render_status};

#[derive(Template)]
#[template(path = "people/show.html")]
struct ShowPage {
    page: Page,
    found: Administered,
    /// How long a code can be used, in days.
    code_days: i64,
    code: String,
    today: NaiveDate,
    sessions: Vec<SessionLine>,
    hand_overs: Vec<RecordLine>,
    /// It is the reader's own account.
    own: bool,
    /// They hold a role today or later, which they could hand over.
    holds: bool,
    /// Units of the province today.
    units: Vec<(UnitId, String)>,
    particulars: ParticularsInput,
    role: RoleInput,
    /// The form to give a role came back to be mended.
    giving: bool,
    problems: Problems,
}

struct SessionLine {
    device: String,
    since: String,
    seen: String,
}

impl ShowPage {
    fn state(&self) -> Standing {
        self.found.person.state()
    }

    fn last_sign_in(&self) -> String {
        self.found.person.last_sign_in_at.map_or("chưa lần nào".into(), |at| date_time(to_local(at)))
    }

    fn roles(&self) -> impl Iterator<Item = (Role, &'static str)> {
        listing::roles()
    }

    fn span(&self, held: &Held) -> String {
        span(held)
    }

    fn role_words(&self, held: &Held) -> &'static str {
        role_words(held.role)
    }
}

/// What is asked of the page besides the database: what was typed, and what is to be mended of it.
#[derive(Default)]
struct Typed {
    particulars: Option<ParticularsInput>,
    role: Option<RoleInput>,
    problems: Problems,
}

async fn page(state: &State, me: &SignedIn, id: PersonId, typed: Typed) -> Result<HttpResponse, Error> {
    let (actor, today, now, lifetimes) =
        (me.actor.clone(), state.clock.today(), state.clock.now_utc(), state.lifetimes);
    let (found, sessions, bodies, hand_overs) = state
        .read(move |conn| {
            let found = administer::find(conn, &actor, id, today)?;
            let sessions = register::sessions_of(conn, id, now, now - lifetimes.idle)?;
            let bodies = units::queries::of_province(conn, found.province, today)?;
            let hand_overs = records_of(conn, id)?;
            Ok((found, sessions, bodies, hand_overs))
        })
        .await?;
    let status = if typed.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let line = |session: LiveSession| SessionLine {
        device: session.device,
        since: date_time(to_local(session.created_at)),
        seen: date_time(to_local(session.last_seen_at)),
    };
    let person = &found.person;
    let holds = found.held.iter().any(|held| !held.ended_by(today));
    let kept = ParticularsInput {
        full_name: person.full_name.clone(),
        phone: person.phone.clone(),
        email: person.email.clone(),
    };
    let page = ShowPage {
        page: me.page(person.full_name.clone(), Nav::People),
        code: code_words(person, now),
        code_days: lifetimes.invitation.num_days(),
        today,
        sessions: sessions.into_iter().map(line).collect(),
        hand_overs,
        holds,
        own: id == me.actor.person_id,
        units: bodies.into_iter().map(|unit| (unit.id, unit.name)).collect(),
        particulars: typed.particulars.unwrap_or(kept),
        giving: typed.role.is_some(),
        role: typed.role.unwrap_or_else(|| RoleInput::from(today)),
        problems: typed.problems,
        found,
    };
    render_status(status, &page)
}

/// `GET /people/{id}`.
///
/// # Errors
/// [`Error::NotFound`] for somebody of another province, [`Error::Forbidden`] for everybody but administrators.
pub async fn show(me: SignedIn, state: State, id: web::Path<PersonId>) -> Result<HttpResponse, Error> {
    page(&state, &me, id.into_inner(), Typed::default()).await
}

/// `POST /people/{id}`: name, telephone, mail address.
///
/// # Errors
/// As [`administer::correct`]; what is to mend shows the page again with 422.
pub async fn save_person(
    state: State,
    posted: Posted,
    id: web::Path<PersonId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, moment, actor) = (id.into_inner(), state.clock.moment(), me.actor.clone());
    let (input, shown) = (ParticularsInput::read(&form), form.line("shown"));
    let asked = input.clone();
    let outcome = state
        .write(move |conn| {
            // Who may not see or change the person is told so before what was typed is looked at.
            administer::find(conn, &actor, id, moment.today)?;
            administer::correct(conn, &actor, id, &asked.parse()?, &shown, moment)
        })
        .await;
    match outcome {
        Ok(()) => Ok(redirect_with(&format!("/people/{id}"), "Đã sửa thông tin.")),
        Err(Error::Invalid(problems)) => {
            page(&state, &me, id, Typed { particulars: Some(input), problems, ..Typed::default() }).await
        }
        Err(other) => Err(other),
    }
}

/// `POST /people/{id}/memberships`: one more role.
///
/// # Errors
/// As [`membership::give`]; what is to mend shows the page again with 422.
pub async fn give_role(state: State, posted: Posted, id: web::Path<PersonId>) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, moment, actor) = (id.into_inner(), state.clock.moment(), me.actor.clone());
    let input = RoleInput::read(&form);
    let (asked, digest) = (input.clone(), form.digest());
    let outcome = state
        .write(move |conn| {
            administer::find(conn, &actor, id, moment.today)?;
            once::only(conn, actor.person_id, digest.as_deref(), moment.recorded, |conn| {
                membership::give(conn, &actor, id, &asked.parse(moment.today)?, moment)?;
                Ok(format!("/people/{id}"))
            })
        })
        .await;
    match outcome {
        Ok(to) => Ok(redirect_with(&to, "Đã giao thêm vai trò.")),
        Err(Error::Invalid(problems)) => {
            page(&state, &me, id, Typed { role: Some(input), problems, ..Typed::default() }).await
        }
        Err(other) => Err(other),
    }
}
