//! The signed-in extractor: from the cookie to the actor, once per request.

use actix_web::cookie::Cookie;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use futures_core::future::LocalBoxFuture;

use super::page::{Flash, Nav, Page};
use super::{AppState, FLASH_COOKIE, SESSION_COOKIE};
use crate::access::{Actor, Membership, Scope};
use crate::audit::By;
use crate::calendar::Clock;
use crate::db::ids::SessionId;
use crate::error::Error;
use crate::notices::queries::unread;
use crate::people::{queries, session};

/// Who is asking. Extracting it from a request without a live session ends the request at the sign-in page.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub actor: Actor,
    pub session_id: SessionId,
    pub csrf: String,
    pub must_change_password: bool,
    clock: Clock,
    flash: Option<Flash>,
    address: String,
    /// What they were told and have not read.
    unread: i64,
}

impl SignedIn {
    /// What this person can see.
    pub fn scope(&self) -> Scope {
        self.actor.scope()
    }

    /// The page frame for this person.
    pub fn page(&self, title: impl Into<String>, here: Nav) -> Page {
        let (clock, flash) = (&self.clock, self.flash.clone());
        let page = Page::for_actor(title.into(), here, &self.actor, &self.csrf, clock, flash);
        Page { address: self.address.clone(), unread: self.unread, ..page }
    }

    /// For the audit row of a step taken under a membership.
    pub fn by(&self, membership: &Membership) -> By {
        By::member(&self.actor, membership)
    }
}

impl FromRequest for SignedIn {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let token = req.cookie(SESSION_COOKIE).map(|c: Cookie| c.value().to_owned());
        // As it came: the message has an encoding of its own, and is decoded once.
        let flash = req.cookie_raw(FLASH_COOKIE).and_then(|c| Flash::decode(c.value()));
        let state = req.app_data::<web::Data<AppState>>().cloned();
        let path = req.path().to_owned();
        let address = req.uri().path_and_query().map_or_else(|| path.clone(), ToString::to_string);
        Box::pin(async move {
            let state = state.ok_or_else(|| Error::Internal("no application state".into()))?;
            let token = token.ok_or(Error::SignedOut)?;
            let (now, today, lifetimes) = (state.clock.now_utc(), state.clock.today(), state.lifetimes);
            let (row, actor, must_change, unread) = state
                .read(move |conn| {
                    let row = session::find(conn, &token, lifetimes, now)?.ok_or(Error::SignedOut)?;
                    let actor = queries::actor(conn, row.person_id, today).map_err(|e| match e {
                        diesel::result::Error::NotFound => Error::SignedOut,
                        other => other.into(),
                    })?;
                    let must_change = queries::person(conn, row.person_id)?.must_change_password;
                    let unread = unread(conn, row.person_id)?;
                    Ok((row, actor, must_change, unread))
                })
                .await?;
            if now - row.last_seen_at >= session::TOUCH_EVERY {
                let id = row.id;
                state.write(move |conn| Ok(session::touch(conn, id, now)?)).await?;
            }
            if must_change && !matches!(path.as_str(), "/password" | "/session/end") {
                return Err(Error::PasswordFirst);
            }
            Ok(SignedIn {
                actor,
                session_id: row.id,
                csrf: row.csrf_token,
                must_change_password: must_change,
                clock: state.clock,
                flash,
                address,
                unread,
            })
        })
    }
}
