//! `/obligations/{id}/contacts`: the numbers of one body, the words for it, what was said, one form.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::form::ContactInput;
use super::super::message::{Occasion, message};
use super::super::queries::{self, Reachable};
use super::super::{Book, Channel, Contact, Outcome, may_be_spoken_about, owes, promise, record, telephone};
use super::calls::promise_words;
use crate::calendar::{Now, to_local};
use crate::db::ids::{ContactId, ObligationId};
use crate::error::{Error, Problems};
use crate::once;
use crate::periods::{Due, queries as periods};
use crate::units;
use crate::vietnamese::date_time;
use crate::web::{FormData, Nav, Page, Posted, SignedIn, State, redirect_with, render_status};

#[derive(Template)]
#[template(path = "chasing/contacts.html")]
struct ContactsPage {
    page: Page,
    book: Book,
    unit: String,
    due: Option<Due>,
    promise: Option<(String, &'static str)>,
    phone: String,
    /// The telephone as typed, where it is to be mended.
    typed_phone: Option<String>,
    people: Vec<Reachable>,
    message: String,
    owes: bool,
    /// A call about it may be noted.
    spoken_about: bool,
    input: ContactInput,
    problems: Problems,
}

impl ContactsPage {
    fn channels(&self) -> [(&'static str, &'static str, bool); 4] {
        Channel::ALL.map(|channel| (channel.code(), channel.label(), self.input.channel == channel.code()))
    }

    fn outcomes(&self) -> [(&'static str, &'static str, bool); 3] {
        Outcome::CHOICES.map(|(code, words)| (code, words, self.input.outcome == code))
    }

    fn at(&self, contact: &Contact) -> String {
        date_time(to_local(contact.recorded_at))
    }

    /// The entry that is being corrected.
    fn correcting(&self) -> Option<&Contact> {
        let id: i64 = self.input.corrects.parse().ok()?;
        self.book.correctable(ContactId(id))
    }

    /// Newest first.
    fn log(&self) -> Vec<&Contact> {
        self.book.log.iter().rev().collect()
    }

    fn phone_value(&self) -> &str {
        self.typed_phone.as_deref().unwrap_or(&self.phone)
    }
}

/// Which entry is to be corrected, from the address.
#[derive(serde::Deserialize)]
pub struct Wanted {
    #[serde(default)]
    corrects: String,
}

async fn page(
    state: &State,
    me: &SignedIn,
    id: ObligationId,
    (input, typed_phone): (Option<ContactInput>, Option<String>),
    wanted: &str,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let (actor, now) = (me.actor.clone(), Now::from(state.clock.moment()));
    let today = now.today;
    let mut page = state
        .read({
            let frame = me.page("Liên hệ, đôn đốc", Nav::Periods);
            move |conn| {
                let book = Book::open(conn, &actor, id)?;
                let obligation = &book.case.duty.obligation;
                let (unit_id, collector_id) = (obligation.unit_id, obligation.collector_id);
                let holidays = periods::holidays(conn)?;
                let promises = queries::promises(conn, &[id])?;
                let bodies = units::queries::on_day(conn, &[unit_id, collector_id], today)?;
                let unit = bodies.get(&unit_id).ok_or(Error::NotFound)?;
                let collector = bodies.get(&collector_id).map(|unit| unit.name.clone()).unwrap_or_default();
                let phone = queries::phones(conn, &[unit_id])?.remove(&unit_id).unwrap_or_default();
                let people =
                    queries::reachable(conn, &[unit_id], today)?.remove(&unit_id).unwrap_or_default();
                let duty = &book.case.duty;
                let rolling = book.case.regime.rolling;
                let promise = promise(duty, promises.get(&id).copied(), today);
                let occasion = Occasion {
                    duty,
                    unit,
                    period: &book.case.period,
                    rolling,
                    holidays: &holidays,
                    promise,
                    collector: &collector,
                    sender: &actor.full_name,
                    now,
                };
                Ok(ContactsPage {
                    page: frame,
                    unit: unit.name.clone(),
                    due: duty.due(rolling, &holidays, now),
                    promise: promise.map(promise_words),
                    phone,
                    typed_phone,
                    people,
                    message: message(&occasion),
                    owes: owes(duty),
                    spoken_about: may_be_spoken_about(duty),
                    input: ContactInput::blank(today),
                    problems: Problems::default(),
                    book,
                })
            }
        })
        .await?;
    match input {
        Some(input) => page.input = input,
        None => page.input.corrects = wanted.to_owned(),
    }
    if page.correcting().is_none() {
        page.input.corrects.clear();
    }
    page.problems = problems;
    let status = if page.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page.page.title = format!("Liên hệ {}", page.unit);
    render_status(status, &page)
}

/// `GET /obligations/{id}/contacts`. Nineteen queries.
///
/// # Errors
/// [`Error::NotFound`] for a foreign obligation, [`Error::Forbidden`] for who does not collect.
pub async fn contacts(
    state: State,
    me: SignedIn,
    id: web::Path<ObligationId>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse, Error> {
    page(&state, &me, id.into_inner(), (None, None), &wanted.corrects, Problems::default()).await
}

/// `POST /obligations/{id}/contacts`: one entry.
///
/// # Errors
/// As [`record`]; what is to mend shows the page again with 422.
pub async fn record_contact(
    state: State,
    posted: Posted,
    id: web::Path<ObligationId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, moment) = (id.into_inner(), state.clock.moment());
    let input = ContactInput::read(&form);
    let (typed, writer, digest) = (input.clone(), me.clone(), form.digest());
    let outcome = state
        .write(move |conn| {
            // Who may not keep the log is told so before what was typed is looked at.
            Book::open(conn, &writer.actor, id)?;
            let new = typed.contact(moment.today)?;
            once::only(conn, writer.actor.person_id, digest.as_deref(), moment.recorded, |conn| {
                let book = record(conn, &writer.actor, id, &new, moment)?;
                Ok(format!("/periods/{}/calls", book.case.period.id))
            })
        })
        .await;
    match outcome {
        Ok(to) => Ok(redirect_with(&to, "Đã ghi lần liên hệ.")),
        Err(Error::Invalid(problems)) => page(&state, &me, id, (Some(input), None), "", problems).await,
        Err(other) => Err(other),
    }
}

/// `POST /obligations/{id}/telephone`: the number of the body.
///
/// # Errors
/// As [`telephone::put`]; what is to mend shows the page again with 422.
pub async fn put_telephone(
    state: State,
    posted: Posted,
    id: web::Path<ObligationId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, moment, actor) = (id.into_inner(), state.clock.moment(), me.actor.clone());
    let (seen, phone) = numbers(&form);
    let typed = phone.clone();
    match state.write(move |conn| telephone::put(conn, &actor, id, (&seen, &phone), moment)).await {
        Ok(()) => {
            Ok(redirect_with(&format!("/obligations/{id}/contacts"), "Đã lưu số điện thoại của đơn vị."))
        }
        Err(Error::Invalid(problems)) => page(&state, &me, id, (None, Some(typed)), "", problems).await,
        Err(other) => Err(other),
    }
}

fn numbers(form: &FormData) -> (String, String) {
    (form.line("seen"), form.line("phone"))
}
