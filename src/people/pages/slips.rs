//! Slips with one-time codes, to print or to send as links: shown once, in the answer that made them.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::NaiveDateTime;

use super::super::administer::{ADMINISTRATORS_ONLY, administering};
use super::super::invitation::Slip;
use super::super::invite;
use super::super::person::{Held, Person, State as Standing};
use super::super::queries::register;
use super::list::code_words;
use crate::access::Action;
use crate::calendar::to_local;
use crate::db::ids::PersonId;
use crate::error::{Error, Problems};
use crate::vietnamese::date_time;
use crate::web::{Nav, Page, Posted, SignedIn, State, address_of, render, render_status};

#[derive(Template)]
#[template(path = "people/slips.html")]
struct SlipsPage {
    page: Page,
    /// Where to go on.
    back: String,
    /// "https://10.0.0.5:8443".
    address: String,
    slips: Vec<Slip>,
}

impl SlipsPage {
    fn until(&self, slip: &Slip) -> String {
        date_time(to_local(slip.expires_at))
    }

    /// The address with account and code behind the `#`, which no server sees.
    fn link(&self, slip: &Slip) -> String {
        format!("{}/invitation#{}/{}", self.address, slip.username, slip.code)
    }
}

/// The slips just made.
pub(super) fn page(
    req: &HttpRequest,
    state: &State,
    me: &SignedIn,
    back: String,
    slips: Vec<Slip>,
) -> Result<HttpResponse, Error> {
    let title =
        if slips.len() == 1 { "Phiếu cấp tài khoản" } else { "Các phiếu cấp tài khoản" };
    render(&SlipsPage { page: me.page(title, Nav::People), back, address: address_of(req, state), slips })
}

#[derive(Template)]
#[template(path = "people/choose_slips.html")]
struct ChoosePage {
    page: Page,
    rows: Vec<WaitingRow>,
    problems: Problems,
}

struct WaitingRow {
    id: PersonId,
    mark: String,
    name: String,
    username: String,
    units: String,
    code: String,
}

fn row(person: &Person, held: &[Held], now: NaiveDateTime) -> WaitingRow {
    let mut units: Vec<&str> = held.iter().map(|held| held.unit.as_str()).collect();
    units.dedup();
    WaitingRow {
        id: person.id,
        mark: person.mark(),
        name: person.full_name.clone(),
        username: person.username.clone(),
        units: units.join("; "),
        code: code_words(person, now),
    }
}

async fn choose(state: &State, me: &SignedIn, problems: Problems) -> Result<HttpResponse, Error> {
    let (membership, _) = administering(&me.actor)?;
    let (today, now) = (state.clock.today(), state.clock.now_utc());
    let provinces = membership.province_reach;
    let everybody = state.read(move |conn| Ok(register::of_provinces(conn, &provinces, today)?)).await?;
    let rows = everybody
        .iter()
        .filter(|(person, _)| person.state() == Standing::Invited)
        .map(|(person, held)| row(person, held, now))
        .collect();
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    render_status(status, &ChoosePage { page: me.page("In lại phiếu", Nav::People), rows, problems })
}

/// `GET /people/slips`: who has no password yet, to be ticked.
///
/// # Errors
/// [`Error::Forbidden`] for everybody but administrators.
pub async fn choose_slips(me: SignedIn, state: State) -> Result<HttpResponse, Error> {
    choose(&state, &me, Problems::default()).await
}

/// `POST /people/slips`: new slips for those ticked; `person` is an id and the mark of what the page showed.
///
/// # Errors
/// As [`invite::print_again`]; 422 when nobody is ticked.
pub async fn print_slips(req: HttpRequest, state: State, posted: Posted) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    if !me.actor.may_somewhere(Action::Administer) {
        return Err(Error::Forbidden(ADMINISTRATORS_ONLY.into()));
    }
    let ticked = |text: &String| {
        let (id, mark) = text.split_once(' ')?;
        Some((id.parse().ok()?, mark.to_owned()))
    };
    let chosen: Vec<(PersonId, String)> = form.all("person").iter().filter_map(ticked).collect();
    if chosen.is_empty() {
        let mut problems = Problems::default();
        problems.add("person", "Chọn ít nhất một người.");
        return choose(&state, &me, problems).await;
    }
    let (actor, life, moment) = (me.actor.clone(), state.lifetimes.invitation, state.clock.moment());
    let slips = state.write(move |conn| invite::print_again(conn, &actor, &chosen, life, moment)).await?;
    page(&req, &state, &me, "/people".into(), slips)
}
