//! The recipients' forms of the province, and one's file as it was uploaded.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::XLSX;
use crate::attachments::size_words;
use crate::calendar::to_local;
use crate::db::ids::RecipientFormId;
use crate::error::Error;
use crate::recipient_forms::keeping::{adding, kept};
use crate::recipient_forms::queries::{self, FormRow};
use crate::vietnamese::date_time;
use crate::web::{Nav, Page, SignedIn, State, download, render};

#[derive(Template)]
#[template(path = "recipient_forms/list.html")]
struct ListPage {
    page: Page,
    forms: Vec<(FormRow, Option<String>)>,
}

impl ListPage {
    fn uploaded(&self, form: &FormRow) -> String {
        uploaded(form)
    }

    /// A form of this list that took the place of another.
    fn is_replaced(&self, form: &FormRow) -> bool {
        self.forms.iter().any(|(other, _)| other.replaces_id == Some(form.id))
    }
}

/// "10/6/2025 09:15, Nguyễn Văn A, 24 KB".
pub(super) fn uploaded(form: &FormRow) -> String {
    let at = date_time(to_local(form.uploaded_at));
    format!("{at}, {}, {}", form.adder_name, size_words(form.size))
}

/// `GET /recipient-forms`.
///
/// # Errors
/// [`Error::Forbidden`] for those who administer no province.
pub async fn list(me: SignedIn, state: State) -> Result<HttpResponse, Error> {
    adding(&me.actor)?;
    let provinces = me.scope().provinces;
    let forms = state.read(move |conn| Ok(queries::forms_of(conn, &provinces)?)).await?;
    render(&ListPage { page: me.page("Biểu của nơi nhận", Nav::Forms), forms })
}

/// `GET /recipient-forms/{id}/file`: the file as it was uploaded.
///
/// # Errors
/// As [`kept`].
pub async fn file(me: SignedIn, state: State, id: web::Path<RecipientFormId>) -> Result<HttpResponse, Error> {
    let (actor, id) = (me.actor.clone(), id.into_inner());
    let found = state.read(move |conn| Ok((kept(conn, &actor, id)?.0, queries::bytes(conn, id)?)));
    let (form, bytes) = found.await?;
    Ok(download(XLSX, &form.file_name, bytes))
}
