//! The page of a year's days off and days made up.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::{Datelike, NaiveDate};

use super::keep::{self, DayInput, keeps};
use super::{KeptDay, YEARS, YearOfDays, queries};
use crate::calendar::{DayKind, ProposedDay, to_local};
use crate::error::{Error, Problems};
use crate::vietnamese::{date_time, weekday_date};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect, redirect_with, render_status};

#[derive(Template)]
#[template(path = "days/year.html")]
struct YearPage {
    page: Page,
    year: YearOfDays,
    missing: Vec<ProposedDay>,
    input: DayInput,
    document: String,
    problems: Problems,
    /// Whether the reader may change anything.
    keeps: bool,
}

impl YearPage {
    fn day(&self, day: &NaiveDate) -> String {
        weekday_date(*day)
    }

    fn kinds(&self) -> [(&'static str, &'static str, bool); 4] {
        DayKind::ALL.map(|kind| (kind.code(), kind.label(), self.input.kind == kind.code()))
    }

    fn noted(&self) -> Option<(String, String, String)> {
        let notice = self.year.notice.as_ref()?;
        Some((notice.document.clone(), date_time(to_local(notice.noted_at)), notice.by.clone()))
    }

    /// Days that still wait for the notice.
    fn unsure(&self) -> usize {
        self.year.days.iter().filter(|day: &&KeptDay| !day.confirmed).count()
    }

    fn neighbours(&self) -> [i32; 2] {
        [self.year.year - 1, self.year.year + 1].map(|year| year.clamp(*YEARS.start(), *YEARS.end()))
    }
}

async fn build(
    state: &State,
    me: &SignedIn,
    year: i32,
    (input, document): (DayInput, String),
    problems: Problems,
) -> Result<HttpResponse, Error> {
    if !YEARS.contains(&year) {
        return Err(Error::NotFound);
    }
    let year = state.read(move |conn| Ok(queries::year(conn, year)?)).await?;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = me.page(format!("Ngày nghỉ, ngày làm bù năm {}", year.year), Nav::Start);
    let (missing, keeps) = (year.missing(), keeps(&me.actor).is_ok());
    render_status(status, &YearPage { keeps, page, missing, year, input, document, problems })
}

/// `GET /days`: the year it is.
///
/// # Errors
/// None: everybody signed in reads them, administrators keep them.
pub async fn this_year(state: State, _me: SignedIn) -> Result<HttpResponse, Error> {
    Ok(redirect(&format!("/days/{}", state.clock.today().year())))
}

/// `GET /days/{year}`.
///
/// # Errors
/// As [`this_year`]; [`Error::NotFound`] outside the years kept.
pub async fn show(state: State, me: SignedIn, year: web::Path<i32>) -> Result<HttpResponse, Error> {
    build(&state, &me, year.into_inner(), Default::default(), Problems::default()).await
}

/// `POST /days/{year}/days`: one day.
///
/// # Errors
/// As [`show`]; what is to mend shows the page again with 422.
pub async fn put(state: State, posted: Posted, year: web::Path<i32>) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (year, moment, actor) = (year.into_inner(), state.clock.moment(), me.actor.clone());
    let input = DayInput {
        day: form.line("day"),
        kind: form.line("kind"),
        name: form.line("name"),
        source: form.line("source"),
    };
    let typed = input.clone();
    match state.write(move |conn| keep::put(conn, &actor, year, &typed, moment)).await {
        Ok(()) => Ok(redirect_with(&format!("/days/{year}"), "Đã ghi ngày vào lịch.")),
        Err(Error::Invalid(problems)) => build(&state, &me, year, (input, String::new()), problems).await,
        Err(other) => Err(other),
    }
}

/// `POST /days/{year}/removal`: the day named by the button.
///
/// # Errors
/// As [`show`]; [`Error::NotFound`] for a day that is not on record.
pub async fn remove(state: State, posted: Posted, year: web::Path<i32>) -> Result<HttpResponse, Error> {
    let (year, moment, actor) = (year.into_inner(), state.clock.moment(), posted.me.actor.clone());
    keeps(&actor)?;
    let day: NaiveDate = posted.form.get("day").parse().map_err(|_| Error::NotFound)?;
    state.write(move |conn| keep::remove(conn, &actor, day, moment)).await?;
    Ok(redirect_with(&format!("/days/{year}"), "Đã bỏ ngày khỏi lịch."))
}

/// `POST /days/{year}/proposal`: everything the law proposes that is not on record.
///
/// # Errors
/// As [`show`].
pub async fn take_proposal(
    state: State,
    posted: Posted,
    year: web::Path<i32>,
) -> Result<HttpResponse, Error> {
    let (year, moment, actor) = (year.into_inner(), state.clock.moment(), posted.me.actor.clone());
    let added = state.write(move |conn| keep::take_proposal(conn, &actor, year, moment)).await?;
    Ok(redirect_with(&format!("/days/{year}"), format!("Đã thêm {added} ngày theo luật.")))
}

/// `POST /days/{year}/notice`: the official notice was entered.
///
/// # Errors
/// As [`show`]; what is to mend shows the page again with 422.
pub async fn note(state: State, posted: Posted, year: web::Path<i32>) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (year, moment, actor) = (year.into_inner(), state.clock.moment(), me.actor.clone());
    let document = form.line("document");
    let (typed, aware) = (document.clone(), !form.get("aware").is_empty());
    match state.write(move |conn| keep::note(conn, &actor, year, (&typed, aware), moment)).await {
        Ok(()) => {
            Ok(redirect_with(&format!("/days/{year}"), "Đã ghi thông báo; các ngày của năm được xác nhận."))
        }
        Err(Error::Invalid(problems)) => {
            build(&state, &me, year, (DayInput::default(), document), problems).await
        }
        Err(other) => Err(other),
    }
}
