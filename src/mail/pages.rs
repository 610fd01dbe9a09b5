//! `/mail`: whether letters are sent, how many wait, and those that were given up, for the administrator.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::outbox::{self, LetterRow};
use super::take_up;
use crate::calendar::to_local;
use crate::db::ids::MailId;
use crate::error::Error;
use crate::vietnamese::date_time;
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render};

/// Letters of one list.
const MOST: i64 = 50;

#[derive(Template)]
#[template(path = "mail/outbox.html")]
struct OutboxPage {
    page: Page,
    /// Server and sender; none where letters are off.
    server: Option<(String, String)>,
    hours: (u32, u32),
    waiting: Vec<LetterRow>,
    failed: Vec<LetterRow>,
    counts: Vec<(String, i64)>,
}

impl OutboxPage {
    fn count(&self, state: &str) -> i64 {
        self.counts.iter().find(|(code, _)| code == state).map_or(0, |(_, n)| *n)
    }

    fn written(&self, letter: &LetterRow) -> String {
        date_time(to_local(letter.written_at))
    }

    fn next(&self, letter: &LetterRow) -> String {
        date_time(to_local(letter.run_at))
    }
}

/// `GET /mail`.
///
/// # Errors
/// [`Error::Forbidden`] for everybody but administrators.
pub async fn show(state: State, me: SignedIn) -> Result<HttpResponse, Error> {
    let (actor, moment) = (me.actor.clone(), state.clock.moment());
    let (waiting, failed, counts) = state
        .read(move |conn| {
            let people = take_up::readers(conn, &actor, moment)?;
            let waiting = outbox::of_people(conn, &people, "waiting", MOST)?;
            let failed = outbox::of_people(conn, &people, "failed", MOST)?;
            Ok((waiting, failed, outbox::counts(conn, &people)?))
        })
        .await?;
    let server = state.mail.smtp.as_ref().map(|smtp| (smtp.words.clone(), smtp.sender()));
    let hours = (state.mail.hours.from, state.mail.hours.to);
    let page = me.page("Thư điện tử", Nav::Start);
    render(&OutboxPage { page, server, hours, waiting, failed, counts })
}

/// `POST /mail/{id}/retry`: a letter that was given up is tried again.
///
/// # Errors
/// As [`take_up::take_up`].
pub async fn retry(state: State, posted: Posted, id: web::Path<MailId>) -> Result<HttpResponse, Error> {
    let (moment, actor, id) = (state.clock.moment(), posted.me.actor.clone(), id.into_inner());
    state.write(move |conn| take_up::take_up(conn, &actor, id, moment)).await?;
    Ok(redirect_with("/mail", "Thư được gửi lại trong giờ nhắc việc."))
}
