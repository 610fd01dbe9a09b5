//! The buttons of a person's page: disable, reinstate, end sessions, and a slip with a code.

use actix_web::{HttpRequest, HttpResponse, web};

use super::super::{administer, invitation};
use super::slips;
use crate::db::ids::PersonId;
use crate::error::Error;
use crate::web::{Posted, State, redirect_with};

/// `POST /people/{id}/disablement`.
///
/// # Errors
/// As [`administer::disable`].
pub async fn disable(state: State, posted: Posted, id: web::Path<PersonId>) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, moment, shown) = (id.into_inner(), state.clock.moment(), form.line("shown"));
    state.write(move |conn| administer::disable(conn, &me.actor, id, &shown, moment)).await?;
    Ok(redirect_with(&format!("/people/{id}"), "Đã khóa tài khoản; mọi phiên đăng nhập đã kết thúc."))
}

/// `POST /people/{id}/reinstatement`.
///
/// # Errors
/// As [`administer::reinstate`].
pub async fn reinstate(state: State, posted: Posted, id: web::Path<PersonId>) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, moment, shown) = (id.into_inner(), state.clock.moment(), form.line("shown"));
    state.write(move |conn| administer::reinstate(conn, &me.actor, id, &shown, moment)).await?;
    Ok(redirect_with(&format!("/people/{id}"), "Đã mở khóa tài khoản."))
}

/// `POST /people/{id}/sessions/end`.
///
/// # Errors
/// As [`administer::end_sessions`].
pub async fn end_sessions(
    state: State,
    posted: Posted,
    id: web::Path<PersonId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, moment, shown) = (id.into_inner(), state.clock.moment(), form.line("shown"));
    let own = me.session_id;
    state.write(move |conn| administer::end_sessions(conn, &me.actor, own, id, &shown, moment)).await?;
    Ok(redirect_with(&format!("/people/{id}"), "Đã kết thúc mọi phiên đăng nhập của người này."))
}

/// `POST /people/{id}/invitation`: the slip itself, as its code is nowhere to be read again. Sending the form twice is a
/// conflict, so that a page loaded again does not make a slip just printed void.
///
/// # Errors
/// As [`invitation::invite_again`].
pub async fn invite_again(
    req: HttpRequest,
    state: State,
    posted: Posted,
    id: web::Path<PersonId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, moment, life) = (id.into_inner(), state.clock.moment(), state.lifetimes.invitation);
    let (actor, shown, stop) = (me.actor.clone(), form.line("shown"), form.has("stop"));
    let slip = state
        .write(move |conn| invitation::invite_again(conn, &actor, id, &shown, stop, life, moment))
        .await?;
    slips::page(&req, &state, &me, format!("/people/{id}"), vec![slip])
}
