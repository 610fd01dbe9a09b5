//! Bringing people in: one by a form, many by a list that is looked at before anything is written.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::super::administer::administering;
use super::super::form::PersonInput;
use super::super::invite::invite;
use super::super::listing::{self, role_words};
use super::super::queries::register;
use super::super::resolve::{NewPerson, Place, Row, resolve};
use super::slips;
use crate::access::Role;
use crate::error::{Error, Problems};
use crate::once;
use crate::units::table_file;
use crate::web::{Nav, Page, Posted, PostedUpload, SignedIn, State, redirect_with, render, render_status};

/// After a form sent twice. The codes stood on the page of the first sending and nowhere else.
const INVITED: &str = "Danh sách này đã được ghi nhận ở lần gửi trước. Mã chỉ hiện một lần: phiếu nào chưa in, cấp mã mới \
     ở trang của người đó.";

#[derive(Template)]
#[template(path = "people/new.html")]
struct NewPage {
    page: Page,
    /// Code and name of the units of the province.
    units: Vec<(String, String)>,
    input: PersonInput,
    problems: Problems,
}

impl NewPage {
    fn roles(&self) -> impl Iterator<Item = (Role, &'static str)> {
        listing::roles()
    }
}

#[derive(Template)]
#[template(path = "people/import.html")]
struct ImportPage {
    page: Page,
    text: String,
    /// Units in which nobody holds a role.
    alone: usize,
    rows: Vec<Row>,
    problems: Problems,
}

impl ImportPage {
    fn lines(&self) -> usize {
        self.text.lines().count().clamp(8, 24)
    }

    fn faults(&self) -> usize {
        self.rows.iter().filter(|row| row.outcome.is_err()).count()
    }

    fn good(&self) -> usize {
        self.rows.len() - self.faults()
    }

    fn role_words(&self, new: &NewPerson) -> &'static str {
        role_words(new.role)
    }
}

async fn place(state: &State, me: &SignedIn) -> Result<Place, Error> {
    let (_, province) = administering(&me.actor)?;
    let today = state.clock.today();
    state.read(move |conn| Ok(register::place(conn, province, today)?)).await
}

fn new_page(me: &SignedIn, place: Place, input: PersonInput, problems: Problems) -> NewPage {
    let units = place.units.into_iter().map(|unit| (unit.code, unit.name)).collect();
    NewPage { page: me.page("Mời một người", Nav::People), units, input, problems }
}

/// `GET /people/new`.
///
/// # Errors
/// [`Error::Forbidden`] for everybody but administrators.
pub async fn new_form(me: SignedIn, state: State) -> Result<HttpResponse, Error> {
    let place = place(&state, &me).await?;
    render(&new_page(&me, place, PersonInput::default(), Problems::default()))
}

/// `POST /people`: one person; the answer is their slip.
///
/// # Errors
/// As [`invite`]; what is to mend shows the form again with 422.
pub async fn create(req: HttpRequest, state: State, posted: Posted) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let place = place(&state, &me).await?;
    let input = PersonInput::read(&form);
    let mut problems = input.contact_problems();
    let outcome = resolve(&[input.line()], &place).pop().map(|row| row.outcome);
    let person = match outcome {
        Some(Ok(person)) => Some(person),
        Some(Err(faults)) => {
            for fault in faults {
                problems.add(fault.field, fault.message);
            }
            None
        }
        None => None,
    };
    let digest = form.digest();
    let Some(mut person) = person.filter(|_| problems.is_empty()) else {
        if let Some(to) = led_to(&state, &me, digest).await? {
            return Ok(redirect_with(&to, INVITED));
        }
        return render_status(StatusCode::UNPROCESSABLE_ENTITY, &new_page(&me, place, input, problems));
    };
    person.phone = input.phone;
    person.email = input.email;
    write(&req, &state, &me, vec![person], digest).await
}

/// Where this very form led when it was sent before.
async fn led_to(state: &State, me: &SignedIn, digest: Option<String>) -> Result<Option<String>, Error> {
    let person = me.actor.person_id;
    state.read(move |conn| Ok(once::led_to(conn, person, digest.as_deref())?)).await
}

async fn write(
    req: &HttpRequest,
    state: &State,
    me: &SignedIn,
    new: Vec<NewPerson>,
    digest: Option<String>,
) -> Result<HttpResponse, Error> {
    let (membership, province) = administering(&me.actor)?;
    let (actor, life, moment) = (me.actor.clone(), state.lifetimes.invitation, state.clock.moment());
    let (to, slips) = state
        .write(move |conn| {
            let (person, mut slips) = (actor.person_id, None);
            let to = once::only(conn, person, digest.as_deref(), moment.recorded, |conn| {
                slips = Some(invite(conn, &actor, &membership, province, &new, life, moment)?);
                Ok("/people".to_owned())
            })?;
            Ok((to, slips))
        })
        .await?;
    let Some(slips) = slips else { return Ok(redirect_with(&to, INVITED)) };
    slips::page(req, state, me, "/people".into(), slips)
}

/// Whether the lines of units without an account are asked for.
#[derive(Deserialize)]
pub struct Asked {
    missing: Option<String>,
}

/// `GET /people/import`; `?missing=1` begins with a line for each unit without an account.
///
/// # Errors
/// [`Error::Forbidden`] for everybody but administrators.
pub async fn import_form(
    me: SignedIn,
    state: State,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Error> {
    let lines = place(&state, &me).await?.without_people();
    let (page, alone) = (me.page("Mời nhiều người theo danh sách", Nav::People), lines.len());
    let text = if asked.missing.is_some() { lines.join("\n") } else { String::new() };
    render(&ImportPage { page, text, alone, rows: vec![], problems: Problems::default() })
}

/// `POST /people/import`: adds the file to the text and shows what each line becomes; `do=take` invites everybody, and
/// the answer is their slips.
///
/// # Errors
/// As [`invite`]; what is to mend shows the form again with 422.
pub async fn import(req: HttpRequest, state: State, posted: PostedUpload) -> Result<HttpResponse, Error> {
    let PostedUpload { me, upload } = posted;
    let place = place(&state, &me).await?;
    let digest = upload.form.digest();
    let take = upload.form.get("do") == "take";
    // Five hundred lines against every name of a province take a while.
    let (text, rows, alone, mut problems) = state
        .block(move || {
            let typed = upload.form.get("text").to_owned();
            let (text, problems) = table_file::with_file(typed, upload.file.as_deref())?;
            let rows = resolve(&listing::read(&text), &place);
            Ok((text, rows, place.without_people().len(), problems))
        })
        .await?;
    if take && rows.is_empty() {
        problems.add("text", "Chưa có người nào: dán danh sách vào ô hoặc tải tệp lên.");
    }
    let whole = problems.is_empty() && rows.iter().all(|row| row.outcome.is_ok());
    if take && whole {
        let new = rows.into_iter().filter_map(|row| row.outcome.ok()).collect();
        return write(&req, &state, &me, new, digest).await;
    }
    if take && let Some(to) = led_to(&state, &me, digest).await? {
        return Ok(redirect_with(&to, INVITED));
    }
    let status = if whole { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = me.page("Mời nhiều người theo danh sách", Nav::People);
    render_status(status, &ImportPage { page, text, alone, rows, problems })
}
