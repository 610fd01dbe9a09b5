//! The page that publishes a draft from a day, with what changes against the version before; and discarding it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::changes::changes;
use super::super::draft::{self, kept};
use super::super::queries::{self, Draft};
use crate::db::ids::FormDraftId;
use crate::error::{Error, Problems};
use crate::indicators;
use crate::periods::queries::FormRow;
use crate::vietnamese::{parse_date, short_date};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render_status};

#[derive(Template)]
#[template(path = "forms/publication.html")]
struct PublicationPage {
    page: Page,
    draft: Draft,
    latest: Option<FormRow>,
    /// Sentences, one for each section or figure that is new, gone or asked otherwise.
    changes: Vec<String>,
    /// Kinds that another form of the regime is for already, with its name.
    shared: Vec<(String, String)>,
    from: String,
    problems: Problems,
    /// How much of the content is to mend before it can be published.
    open: usize,
}

async fn page(
    state: &State,
    me: &SignedIn,
    id: FormDraftId,
    typed: Option<String>,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let (actor, today) = (me.actor.clone(), state.clock.today());
    let frame = me.page("Phát hành biểu mẫu", Nav::Forms);
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = state
        .read(move |conn| {
            let (draft, regime) = kept(conn, &actor, id)?;
            let latest = queries::latest(conn, regime.id, &draft.code)?;
            let catalogue = indicators::queries::catalogue_of(conn, &actor.scope().provinces)?;
            let changes = match &latest {
                Some(form) => changes(&queries::content(conn, form)?, &draft.content, &catalogue),
                None => vec![],
            };
            let others = queries::holding(conn, regime.id, today)?;
            let ids: Vec<_> = others.iter().map(|form| form.id).collect();
            let names: std::collections::HashMap<String, String> =
                crate::units::queries::register::kinds(conn)?.into_iter().collect();
            let shared = queries::audiences(conn, &ids)?
                .into_iter()
                .filter_map(|(form, kind, _)| {
                    let form = others.iter().find(|other| other.id == form && other.code != draft.code)?;
                    let kind = kind.filter(|kind| draft.content.kinds.contains(kind))?;
                    Some((names.get(&kind).cloned().unwrap_or(kind), form.name.clone()))
                })
                .collect();
            // A first version holds without a first day: periods of days already past may still be opened.
            let from = match &latest {
                None => String::new(),
                Some(form) => {
                    let after = form.valid_from.and_then(|first| first.succ_opt());
                    short_date(after.filter(|day| *day > today).unwrap_or(today))
                }
            };
            let from = typed.unwrap_or(from);
            let open = draft.content.problems().0.len();
            Ok(PublicationPage { page: frame, draft, latest, changes, shared, from, problems, open })
        })
        .await?;
    render_status(status, &page)
}

/// `GET /form-drafts/{id}/publication`.
///
/// # Errors
/// [`Error::NotFound`] for a foreign draft, [`Error::Forbidden`] for those who do not keep its regime.
pub async fn publication(
    state: State,
    me: SignedIn,
    id: web::Path<FormDraftId>,
) -> Result<HttpResponse, Error> {
    page(&state, &me, id.into_inner(), None, Problems::default()).await
}

/// `POST /form-drafts/{id}/publication`.
///
/// # Errors
/// As [`publication`]; [`Error::Conflict`] when the draft was saved meanwhile; what is to mend shows the page again with
/// 422.
pub async fn publish(
    state: State,
    posted: Posted,
    id: web::Path<FormDraftId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (actor, moment, id) = (me.actor.clone(), state.clock.moment(), id.into_inner());
    let (text, version) = (form.line("from"), form.line("version").parse().unwrap_or(0));
    let typed = text.clone();
    let outcome = state
        .write(move |conn| {
            kept(conn, &actor, id)?;
            let from = match typed.as_str() {
                "" => None,
                text => Some(parse_date(text).map_err(|error| {
                    let mut problems = Problems::default();
                    problems.add("from", error.to_string());
                    Error::Invalid(problems)
                })?),
            };
            draft::publish(conn, &actor, id, version, from, moment)
        })
        .await;
    match outcome {
        Ok(new) => Ok(redirect_with(
            &format!("/forms/{new}"),
            "Đã phát hành biểu mẫu. Các kỳ mở từ nay dùng phiên bản có hiệu lực vào ngày xác định đơn vị của kỳ.",
        )),
        Err(Error::Invalid(problems)) => page(&state, &me, id, Some(text), problems).await,
        Err(other) => Err(other),
    }
}

/// `POST /form-drafts/{id}/removal`: throws the draft away.
///
/// # Errors
/// As [`publication`]; [`Error::Conflict`] when the draft was saved meanwhile.
pub async fn discard(
    state: State,
    posted: Posted,
    id: web::Path<FormDraftId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (actor, moment, id) = (me.actor, state.clock.moment(), id.into_inner());
    let version = form.line("version").parse().unwrap_or(0);
    state.write(move |conn| draft::discard(conn, &actor, id, version, moment)).await?;
    Ok(redirect_with("/forms", "Đã bỏ dự thảo. Các phiên bản đã phát hành giữ nguyên."))
}
