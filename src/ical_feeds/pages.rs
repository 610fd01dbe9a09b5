//! `/calendar`: where a person gets, copies and ends their links; `/feeds/{token}`: what calendars ask for, without a session.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::link::{self, LinkRow, Whose};
use super::{feed as asked, pace, write};
use crate::audit::sha256_hex;
use crate::calendar::to_local;
use crate::db::ids::{CalendarLinkId, UnitId};
use crate::error::Error;
use crate::vietnamese::date_time;
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render};

#[derive(Template)]
#[template(path = "ical_feeds/links.html")]
struct LinksPage {
    page: Page,
    /// Bodies of which this person may make a link.
    bodies: Vec<(UnitId, String)>,
    links: Vec<LinkRow>,
    me: i64,
    /// The new link, shown once, and whose it is.
    made: Option<(String, String)>,
}

impl LinksPage {
    fn of(&self, unit: Option<UnitId>) -> Vec<&LinkRow> {
        let mine = |row: &&LinkRow| unit.is_some() || row.person_id.0 == self.me;
        self.links.iter().filter(|row| row.unit_id == unit).filter(mine).collect()
    }

    fn mine(&self) -> Vec<&LinkRow> {
        self.of(None)
    }

    fn of_body(&self, unit: &UnitId) -> Vec<&LinkRow> {
        self.of(Some(*unit))
    }

    fn at(&self, row: &LinkRow) -> String {
        date_time(to_local(row.made_at))
    }
}

async fn page(state: &State, me: &SignedIn, made: Option<(String, String)>) -> Result<HttpResponse, Error> {
    link::may_subscribe(&me.actor)?;
    let actor = me.actor.clone();
    let links = state.read(move |conn| Ok(link::shown(conn, &actor)?)).await?;
    render(&LinksPage {
        page: me.page("Lịch thời hạn trên điện thoại", Nav::Mine),
        bodies: link::bodies(&me.actor),
        links,
        me: me.actor.person_id.0,
        made,
    })
}

/// `GET /calendar`.
///
/// # Errors
/// As [`link::may_subscribe`].
pub async fn links(state: State, me: SignedIn) -> Result<HttpResponse, Error> {
    page(&state, &me, None).await
}

/// `POST /calendar/links`: a new link, shown on the page this answers with and never again.
///
/// # Errors
/// As [`link::make`].
pub async fn make(req: HttpRequest, state: State, posted: Posted) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let whose = match form.get("unit") {
        "" => Whose::Mine,
        id => Whose::Unit(id.parse().map_err(|_| Error::NotFound)?),
    };
    let name = match whose {
        Whose::Mine => "của tôi".to_owned(),
        Whose::Unit(unit) => {
            let bodies = link::bodies(&me.actor);
            bodies.into_iter().find(|(id, _)| *id == unit).map(|(_, name)| name).ok_or(Error::NotFound)?
        }
    };
    let (actor, moment) = (me.actor.clone(), state.clock.moment());
    let token = state.write(move |conn| link::make(conn, &actor, whose, moment)).await?;
    let info = req.connection_info().clone();
    let address = format!("{}://{}/feeds/{token}.ics", info.scheme(), info.host());
    page(&state, &me, Some((address, name))).await
}

/// `POST /calendar/links/{id}/revocation`.
///
/// # Errors
/// As [`link::revoke`].
pub async fn revoke(
    state: State,
    posted: Posted,
    id: web::Path<CalendarLinkId>,
) -> Result<HttpResponse, Error> {
    let (actor, moment, id) = (posted.me.actor.clone(), state.clock.moment(), id.into_inner());
    state.write(move |conn| link::revoke(conn, &actor, id, moment)).await?;
    Ok(redirect_with("/calendar", "Đã thu hồi đường dẫn. Lịch nào dùng đường dẫn này sẽ không cập nhật nữa."))
}

/// `GET /feeds/{token}`: the calendar, revalidated by ETag. The path is the key: nothing about a session is asked.
///
/// # Errors
/// [`Error::NotFound`] for a token nobody has (any more).
pub async fn feed(req: HttpRequest, state: State, token: web::Path<String>) -> Result<HttpResponse, Error> {
    let token = token.trim_end_matches(".ics").to_owned();
    let is_token = token.len() == 32 && token.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_token {
        return Err(Error::NotFound);
    }
    let moment = state.clock.moment();
    if !pace::may_ask(&link::hash(&token), moment.recorded) {
        return Ok(HttpResponse::TooManyRequests().insert_header((header::RETRY_AFTER, "60")).finish());
    }
    let today = moment.today;
    let found = state.read(move |conn| asked(conn, &token, today)).await?;
    let text = write(&found.name, &found.events);
    let tag = format!("\"{}\"", &sha256_hex(text.as_bytes())[..32]);
    let known = req.headers().get(header::IF_NONE_MATCH).is_some_and(|v| v.as_bytes() == tag.as_bytes());
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((header::ETAG, tag))
        .insert_header((header::CACHE_CONTROL, "private, max-age=900"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"));
    if known {
        return Ok(response.finish());
    }
    response.insert_header((header::CONTENT_DISPOSITION, "inline; filename=\"thoi-han.ics\""));
    Ok(response.content_type("text/calendar; charset=utf-8").body(text))
}
