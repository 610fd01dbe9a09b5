//! The page that asks whether a recipient's form is withdrawn.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::db::ids::RecipientFormId;
use crate::error::Error;
use crate::recipient_forms::bind;
use crate::recipient_forms::keeping::kept;
use crate::recipient_forms::queries::{self, FormRow};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect, redirect_with, render};

#[derive(Template)]
#[template(path = "recipient_forms/withdrawal.html")]
struct WithdrawalPage {
    page: Page,
    form: FormRow,
    uses: i64,
}

/// `GET /recipient-forms/{id}/withdrawal`; a form that was withdrawn shows itself.
///
/// # Errors
/// As [`kept`].
pub async fn ask_withdrawal(
    me: SignedIn,
    state: State,
    id: web::Path<RecipientFormId>,
) -> Result<HttpResponse, Error> {
    let (actor, id) = (me.actor.clone(), id.into_inner());
    let found = state.read(move |conn| Ok((kept(conn, &actor, id)?.0, queries::uses(conn, id)?)));
    let (form, uses) = found.await?;
    if !form.is_valid() {
        return Ok(redirect(&format!("/recipient-forms/{id}")));
    }
    render(&WithdrawalPage { page: me.page("Thu hồi biểu", Nav::Forms), form, uses })
}

/// `POST /recipient-forms/{id}/withdrawal`.
///
/// # Errors
/// As [`bind::withdraw`].
pub async fn withdraw(
    posted: Posted,
    state: State,
    id: web::Path<RecipientFormId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (actor, id, moment) = (me.actor.clone(), id.into_inner(), state.clock.moment());
    let seen = form.line("version").parse().unwrap_or_default();
    state.write(move |conn| bind::withdraw(conn, &actor, (id, seen), moment)).await?;
    Ok(redirect_with("/recipient-forms", "Đã thu hồi biểu."))
}
