//! The people of a province, as its administrator looks for them. Stands between the register's queries and a template.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{NaiveDate, NaiveDateTime};
use serde::Deserialize;

use super::super::administer::administering;
use super::super::listing::role_words;
use super::super::person::{Held, Person, State as Standing};
use super::super::queries::register;
use crate::calendar::to_local;
use crate::db::ids::PersonId;
use crate::error::Error;
use crate::vietnamese::{self, date_time, short_date};
use crate::web::{Nav, Page, SignedIn, State, render};

/// What the list is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    state: String,
}

#[derive(Template)]
#[template(path = "people/list.html")]
struct ListPage {
    page: Page,
    asked: Asked,
    rows: Vec<Row>,
    /// Everybody of the province, whatever was asked.
    all: usize,
    /// Those who have no password yet.
    waiting: usize,
}

struct Row {
    id: PersonId,
    name: String,
    username: String,
    state: Standing,
    /// When the code of somebody waiting runs out, in words.
    code: String,
    roles: Vec<RoleLine>,
    last: String,
}

struct RoleLine {
    unit: String,
    title: String,
    role: &'static str,
    /// "" for a role without days.
    time: String,
    /// Neither ended nor still to come.
    holds: bool,
}

impl ListPage {
    fn states(&self) -> [(&'static str, &'static str, bool); 3] {
        Standing::ALL.map(|state| (state.code(), state.label(), self.asked.state == state.code()))
    }
}

/// "từ 01/6/2025", "đến hết 28/02/2025", "01/6/2025 – 28/02/2026", or "".
pub(super) fn span(held: &Held) -> String {
    match (held.from, held.to) {
        _ if held.never_held() => "đã hủy trước khi bắt đầu".into(),
        (None, None) => String::new(),
        (Some(from), None) => format!("từ {}", short_date(from)),
        (None, Some(to)) => format!("đến hết {}", short_date(to)),
        (Some(from), Some(to)) => format!("{} – {}", short_date(from), short_date(to)),
    }
}

/// What to tell of a code that was not used yet.
pub(super) fn code_words(person: &Person, now: NaiveDateTime) -> String {
    match person.invitation {
        None => String::new(),
        Some(open) if open.expires_at <= now => "mã đã hết hạn".into(),
        Some(open) => format!("mã dùng được đến {}", date_time(to_local(open.expires_at))),
    }
}

fn row((person, held): (Person, Vec<Held>), today: NaiveDate, now: NaiveDateTime) -> Row {
    let mut shown: Vec<&Held> = held.iter().filter(|held| !held.ended_by(today)).collect();
    if shown.is_empty() {
        shown.extend(held.iter().filter(|held| !held.never_held()).max_by_key(|held| held.to));
    }
    let roles = shown
        .into_iter()
        .map(|held| RoleLine {
            unit: held.unit.clone(),
            title: held.title.clone(),
            role: role_words(held.role),
            time: span(held),
            holds: held.holds_on(today),
        })
        .collect();
    Row {
        id: person.id,
        code: code_words(&person, now),
        state: person.state(),
        last: person.last_sign_in_at.map(|at| date_time(to_local(at))).unwrap_or_default(),
        name: person.full_name,
        username: person.username,
        roles,
    }
}

/// `GET /people?q=&state=`.
///
/// # Errors
/// [`Error::Forbidden`] for everybody but administrators.
pub async fn list(me: SignedIn, state: State, asked: web::Query<Asked>) -> Result<HttpResponse, Error> {
    let (membership, _) = administering(&me.actor)?;
    let asked = Asked { q: vietnamese::clean_line(&asked.q), state: vietnamese::clean_line(&asked.state) };
    let (today, now) = (state.clock.today(), state.clock.now_utc());
    let provinces = membership.province_reach;
    let everybody = state.read(move |conn| Ok(register::of_provinces(conn, &provinces, today)?)).await?;
    let all = everybody.len();
    let waiting = everybody.iter().filter(|(person, _)| person.state() == Standing::Invited).count();
    let mut found: Vec<(Person, Vec<Held>)> = everybody
        .into_iter()
        .filter(|(person, _)| asked.state.is_empty() || person.state().code() == asked.state)
        .filter(|(person, held)| vietnamese::matches(&asked.q, &key(person, held)))
        .collect();
    // By given name, as in every list of people.
    found.sort_by(|a, b| a.0.name_key.cmp(&b.0.name_key).then(a.0.id.cmp(&b.0.id)));
    let rows = found.into_iter().map(|one| row(one, today, now)).collect();
    let page = me.page("Người dùng", Nav::People);
    render(&ListPage { page, asked, rows, all, waiting })
}

fn key(person: &Person, held: &[Held]) -> String {
    let mut text = format!("{} {}", person.full_name, person.username);
    for held in held {
        text.push(' ');
        text.push_str(&held.unit);
        text.push(' ');
        text.push_str(&held.title);
        text.push(' ');
        text.push_str(role_words(held.role));
    }
    vietnamese::search_key(&text)
}
