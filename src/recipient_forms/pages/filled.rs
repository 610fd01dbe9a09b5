//! An edition as a file of the recipient's own form. What stands in the way is said on a page, by sheet and cell.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::XLSX;
use crate::consolidation::EditionCopy;
use crate::consolidation::queries::EditionRow;
use crate::db::ids::{EditionId, RecipientFormId};
use crate::error::Error;
use crate::form_filler::Fault;
use crate::recipient_forms::edition::{self, ToFill};
use crate::recipient_forms::queries::FormRow;
use crate::web::{Nav, Page, Posted, State, download, render_status};

#[derive(Template)]
#[template(path = "recipient_forms/unfilled.html")]
struct UnfilledPage {
    page: Page,
    edition: EditionRow,
    form: FormRow,
    faults: Vec<Fault>,
}

/// `POST /editions/{id}/recipient-forms/{n}`: the edition in the recipient's form, as a download.
///
/// # Errors
/// As [`edition::to_fill`] and [`edition::note`].
pub async fn fill_edition(
    posted: Posted,
    state: State,
    path: web::Path<(EditionId, RecipientFormId)>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let ids = path.into_inner();
    let copy = EditionCopy::from_code(&form.line("copy")).ok_or(Error::NotFound)?;
    let (actor, moment) = (me.actor.clone(), state.clock.moment());
    let reading = actor.clone();
    let read: ToFill = state.read(move |conn| edition::to_fill(conn, &reading, ids, copy)).await?;
    let (read, outcome) = state
        .block(move || {
            let outcome = read.filled()?;
            Ok((read, outcome))
        })
        .await?;
    let filled = match outcome {
        Ok(filled) => filled,
        Err(faults) => {
            let page = me.page("Biểu chưa điền được", Nav::Editions);
            let page = UnfilledPage { page, edition: read.edition, form: read.form, faults };
            return render_status(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let filled = state
        .write(move |conn| {
            edition::note(conn, &actor, (&read, &filled), moment)?;
            Ok(filled)
        })
        .await?;
    Ok(download(XLSX, &filled.file_name, filled.bytes))
}
