//! `/plans/{id}/legal-bases`: the documents a plan rests on, picked from those known or added to them.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::editor::{Again, editor, opened};
use crate::db::ids::{LegalBasisId, PlanId};
use crate::error::Error;
use crate::plans::form::BasisForm;
use crate::plans::{BASIS_KINDS, LegalBasis, Plan, edit, queries};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render_status};

struct Row {
    basis: LegalBasis,
    picked: bool,
    warning: Option<String>,
}

#[derive(Template)]
#[template(path = "plans/bases.html")]
struct BasesPage {
    page: Page,
    plan: Plan,
    rows: Vec<Row>,
    kinds: &'static [(&'static str, &'static str)],
    form: BasisForm,
    again: Again,
}

/// The list with what the plan rests on marked.
///
/// # Errors
/// `NotFound` outside the person's provinces, `Forbidden` without the role.
pub async fn bases(state: State, me: SignedIn, id: web::Path<PlanId>) -> Result<HttpResponse, Error> {
    page(&state, &me, id.into_inner(), None, BasisForm::default(), Again::default()).await
}

/// `POST /plans/{id}/legal-bases`.
///
/// # Errors
/// As [`bases`]; what is to mend shows the form again.
pub async fn save_bases(state: State, posted: Posted, id: web::Path<PlanId>) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let id = id.into_inner();
    let moment = state.clock.moment();
    // What cannot be read is the id of no document, which saving refuses.
    let picked: Vec<LegalBasisId> =
        form.all("basis").iter().map(|id| id.parse().unwrap_or(LegalBasisId(0))).collect();
    let typed = BasisForm {
        kind: form.line("basis_kind"),
        number: form.line("basis_number"),
        issued_on: form.line("basis_issued_on"),
        issuer: form.line("basis_issuer"),
        subject: form.line("basis_subject"),
        valid_from: form.line("basis_valid_from"),
        valid_to: form.line("basis_valid_to"),
    };
    let (who, posted, chosen, new) = (me.clone(), form.clone(), picked.clone(), typed.clone());
    let outcome = state
        .write(move |conn| {
            // The plan first: what is foreign is not found, whatever was typed.
            let (plan, _) = edit::open(conn, &who.actor, id)?;
            let new = new.parse(&queries::bases_for(conn, plan.province_id)?)?;
            edit::set_bases(conn, editor(&who, &posted, moment), id, &chosen, new.as_ref())
        })
        .await;
    match outcome {
        Ok(()) => Ok(redirect_with(&format!("/plans/{id}"), "Đã lưu căn cứ pháp lý.")),
        Err(error) => page(&state, &me, id, Some(picked), typed, Again::from(error)?).await,
    }
}

async fn page(
    state: &State,
    me: &SignedIn,
    id: PlanId,
    picked: Option<Vec<LegalBasisId>>,
    form: BasisForm,
    again: Again,
) -> Result<HttpResponse, Error> {
    let plan = opened(state, me, id).await?;
    let today = state.clock.today();
    let province = plan.province_id;
    let (all, own) = state
        .read(move |conn| Ok((queries::bases_for(conn, province)?, queries::bases_of(conn, id)?)))
        .await?;
    let own: Vec<LegalBasisId> = own.into_iter().map(|basis| basis.id).collect();
    let picked = picked.unwrap_or_else(|| own.clone());
    let mut rows: Vec<Row> = all
        .into_iter()
        .map(|basis| Row { picked: picked.contains(&basis.id), warning: basis.warning(today), basis })
        .collect();
    // Those the plan already rests on come first, in the document's order.
    rows.sort_by_key(|row| own.iter().position(|id| *id == row.basis.id).unwrap_or(usize::MAX));
    let status = again.status();
    let page = me.page("Căn cứ pháp lý", Nav::Plans);
    render_status(status, &BasesPage { page, plan, rows, kinds: &BASIS_KINDS, form, again })
}
