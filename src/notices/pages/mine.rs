//! `/notices`: what somebody was told, the newest first, and the address letters go to.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::super::queries::{self, Decided, DigestRow, SentFor};
use super::super::read;
use crate::access::Action;
use crate::calendar::to_local;
use crate::db::ids::{DigestId, ReportId};
use crate::error::{Error, Problems};
use crate::people::own_address;
use crate::units;
use crate::vietnamese::{date_time, short_date, weekday_date};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect, redirect_with, render_status};

/// Digests of one page.
const MOST: usize = 20;
/// Days for which the page says what others sent for a unit, and what was decided about what it owes.
const LATELY: i64 = 30;

/// `?before=118`
#[derive(Debug, Default, Deserialize)]
pub struct Before {
    before: Option<DigestId>,
}

/// A digest with what it says; the report of a line, where it is still there, and whether it has been sent since.
struct Told {
    digest: DigestRow,
    lines: Vec<(Option<ReportId>, String, bool)>,
}

#[derive(Template)]
#[template(path = "notices/mine.html")]
struct MinePage {
    page: Page,
    told: Vec<Told>,
    /// What others sent for the units of the reader lately.
    sent_for: Vec<SentFor>,
    /// What was decided lately about what the reader's units owe, with the unit's name where there are several.
    decided: Vec<(Decided, Option<String>)>,
    /// The newest of the whole list: up to it everything can be marked at once.
    newest: Option<DigestId>,
    older: Option<DigestId>,
    /// The address as it stands, and as it was typed.
    seen: String,
    address: String,
    /// Whether this installation sends letters at all.
    letters: bool,
    compiles: bool,
    problems: Problems,
}

impl MinePage {
    /// "Trần Văn A, Cán bộ tổng hợp, Công an tỉnh, nhập và gửi thay đơn vị từ tệp Excel của đơn vị, số đến 215, ngày đến 10/6/2025; gửi lúc
    /// 10/6/2025 09:30".
    fn words(&self, sent: &SentFor) -> String {
        let from = if sent.from_file {
            " từ tệp Excel của đơn vị"
        } else {
            " từ văn bản của đơn vị"
        };
        let (name, title) = &sent.by;
        format!(
            "{name}, {title} đã nhập và gửi thay đơn vị{from}, số đến {}, ngày đến {}; gửi lúc {}",
            sent.number,
            short_date(sent.on),
            date_time(to_local(sent.at))
        )
    }

    /// "Trần Văn A, Cán bộ tổng hợp, 10/6/2025 09:30".
    fn who_and_when(&self, one: &Decided) -> String {
        format!("{}, {}, {}", one.by, one.title, date_time(to_local(one.at)))
    }

    fn day(&self, told: &Told) -> String {
        weekday_date(told.digest.day)
    }
}

async fn build(
    state: &State,
    me: &SignedIn,
    before: Option<DigestId>,
    (typed, problems): (Option<String>, Problems),
) -> Result<HttpResponse, Error> {
    let person = me.actor.person_id;
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    let own = me.scope().own_units;
    let since = state.clock.moment().at - chrono::TimeDelta::days(LATELY);
    let today = state.clock.today();
    let (told, more, kept, sent_for, decided) = state
        .read(move |conn| {
            let mut digests = queries::of_person(conn, person, before, most + 1)?;
            let more = digests.len() > MOST;
            digests.truncate(MOST);
            let uids: Vec<&str> = digests.iter().map(|digest| digest.uid.as_str()).collect();
            let mut lines = queries::lines_of(conn, &uids)?;
            let reports: Vec<ReportId> = lines.values().flatten().map(|(report, _)| *report).collect();
            let there: HashMap<ReportId, bool> = queries::reports_that_stand(conn, &reports)?;
            let told: Vec<Told> = digests
                .into_iter()
                .map(|digest| {
                    let lines = lines.remove(&digest.uid).unwrap_or_default();
                    let lines = lines.into_iter();
                    let linked = |(report, words)| {
                        let sent = there.get(&report).copied();
                        (sent.map(|_| report), words, sent == Some(true))
                    };
                    Told { lines: lines.map(linked).collect(), digest }
                })
                .collect();
            let sent_for = queries::sent_for(conn, &own, since, most)?;
            let found = queries::decided(conn, &own, since, most)?;
            let names = units::queries::names_on(conn, &own, today)?;
            let several = own.len() > 1;
            let decided: Vec<(Decided, Option<String>)> = found
                .into_iter()
                .map(|one| {
                    let name = names.get(&one.unit).cloned().filter(|_| several);
                    (one, name)
                })
                .collect();
            Ok((told, more, own_address::address(conn, person)?, sent_for, decided))
        })
        .await?;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = MinePage {
        page: me.page("Thông báo", Nav::Notices),
        newest: told.first().map(|told| told.digest.id).filter(|_| before.is_none()),
        older: told.last().map(|told| told.digest.id).filter(|_| more),
        told,
        sent_for: if before.is_none() { sent_for } else { Vec::new() },
        decided: if before.is_none() { decided } else { Vec::new() },
        address: typed.unwrap_or_else(|| kept.clone()),
        seen: kept,
        letters: state.mail.smtp.is_some(),
        compiles: me.actor.may_somewhere(Action::Compile),
        problems,
    };
    render_status(status, &page)
}

/// `GET /notices`.
///
/// # Errors
/// The queries' own.
pub async fn mine(state: State, me: SignedIn, before: web::Query<Before>) -> Result<HttpResponse, Error> {
    build(&state, &me, before.before, (None, Problems::default())).await
}

/// `POST /notices/reading`: one digest, or every one up to the newest that was shown.
///
/// # Errors
/// [`Error::NotFound`] where none is named.
pub async fn reading(state: State, posted: Posted) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let up_to: DigestId = form.get("up_to").parse().map_err(|_| Error::NotFound)?;
    let only = form.has("only").then_some(up_to);
    let moment = state.clock.moment();
    state.write(move |conn| read::read(conn, &me.actor, only, up_to, moment)).await?;
    Ok(redirect("/notices"))
}

/// `POST /notices/address`: where letters go.
///
/// # Errors
/// [`Error::Conflict`] when it was changed meanwhile; what is to mend shows the page again with 422.
pub async fn keep_address(state: State, posted: Posted) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (typed, seen, moment) = (form.line("email"), form.line("seen"), state.clock.moment());
    let (address, actor) = (typed.clone(), me.actor.clone());
    match state.write(move |conn| own_address::change(conn, &actor, (&seen, &address), moment)).await {
        Ok(()) => Ok(redirect_with(
            "/notices",
            if typed.is_empty() {
                "Đã bỏ địa chỉ thư điện tử."
            } else {
                "Đã lưu địa chỉ thư điện tử."
            },
        )),
        Err(Error::Invalid(problems)) => build(&state, &me, None, (Some(typed), problems)).await,
        Err(other) => Err(other),
    }
}
