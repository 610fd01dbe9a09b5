//! Approving an edition: first a page that says what will happen, then the step itself.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::content::EditionContent;
use super::super::coverage::{Absence, absent};
use super::super::queries::{self, EditionRow};
use super::super::signing::{Numbered, Signing, leader};
use super::super::{approve_edition, may_approve, read_content, to_approve};
use super::doubts::Doubts;
use super::edition::received_since;
use super::view::{Asked, View};
use crate::db::ids::EditionId;
use crate::error::{Error, Problems};
use crate::periods::{Period, Regime};
use crate::vietnamese::capital;
use crate::web::{FormData, Nav, Page, Posted, SignedIn, State, redirect, redirect_with, render_status};

#[derive(Template)]
#[template(path = "consolidation/approval.html")]
struct ApprovalPage<'a> {
    page: Page,
    edition: &'a EditionRow,
    period: &'a Period,
    regime: &'a Regime,
    content: &'a EditionContent,
    view: View<'a>,
    /// Units received since the draft was made.
    since: Vec<String>,
    doubts: Doubts,
    /// What is agreed to with a tick; none where nothing is asked.
    consent: Option<String>,
    /// Number and day of the report where they are known already, and who signs.
    form: Signing,
    problems: Problems,
}

impl ApprovalPage<'_> {
    /// Who is not in it and why, in the words of its paper.
    fn missing(&self) -> Vec<(String, Vec<&str>)> {
        let one = |why: Absence| (capital(why.words()), absent(self.content, why));
        Absence::ALL.map(one).into_iter().filter(|(_, units)| !units.is_empty()).collect()
    }
}

/// `GET /editions/{id}/approval`. An edition that is approved already shows itself.
///
/// # Errors
/// 404 outside the actor's scope; [`Error::Forbidden`] for who may not approve it.
pub async fn ask_approval(
    me: SignedIn,
    state: State,
    id: web::Path<EditionId>,
) -> Result<HttpResponse, Error> {
    shown(&me, &state, id.into_inner(), None, Problems::default()).await
}

/// The page that says what will happen, with what was typed and what is to mend on it.
async fn shown(
    me: &SignedIn,
    state: &State,
    id: EditionId,
    typed: Option<Signing>,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let (scope, actor) = (me.scope(), me.actor.clone());
    let (edition, period, regime, content, since, signed) = state
        .read(move |conn| {
            let (edition, period, regime) = queries::edition(conn, &scope, id)?;
            let content = read_content(conn, &edition)?;
            let since = received_since(conn, &edition, &period)?;
            let by = (actor.full_name.as_str(), may_approve(&actor, &edition)?.title.as_str());
            let signed = leader(conn, &content, edition.collector_id, by)?;
            Ok((edition, period, regime, content, since, signed))
        })
        .await?;
    if !edition.is_draft() {
        // Who was about to approve it is told that there is nothing to approve any more.
        return match typed {
            None => Ok(redirect(&format!("/editions/{id}"))),
            Some(_) => Err(Error::Conflict(gone(&edition))),
        };
    }
    let view = View::new(&content, true, &Asked::default()).ok_or(Error::NotFound)?;
    let doubts = Doubts::of(&content);
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let proposed = Numbered { number: String::new(), date: None, signed };
    let page = ApprovalPage {
        page: me.page(format!("Chốt bản tổng hợp lần {}", edition.number), Nav::Editions),
        edition: &edition,
        period: &period,
        regime: &regime,
        content: &content,
        view,
        since,
        consent: doubts.consent(),
        doubts,
        form: typed.unwrap_or_else(|| proposed.typed()),
        problems,
    };
    render_status(status, &page)
}

/// What became of a draft since its page was opened.
fn gone(edition: &EditionRow) -> String {
    format!(
        "Dự thảo lần {} không còn để chốt: trạng thái hiện nay là “{}”. Mở lại bản tổng hợp để xem.",
        edition.number,
        edition.status_words()
    )
}

/// Where the tick is missing.
const NOT_AGREED: &str = "Đánh dấu để xác nhận, hoặc trả lại dự thảo để bổ sung, biên tập.";

fn signing(form: &FormData) -> Signing {
    Signing {
        doc_number: form.line("doc_number"),
        doc_date: form.line("doc_date"),
        capacity: form.line("signatory_capacity"),
        title: form.line("signatory_title"),
        name: form.line("signatory_name"),
    }
}

/// `POST /editions/{id}/approval`, with the version that was seen, number, day and signatory where they are known, and a tick where
/// something is left open or unedited: the page comes back without it.
///
/// # Errors
/// As [`to_approve`] and [`approve_edition`]; [`Error::Refused`] when the workbook cannot be written.
pub async fn approve(posted: Posted, state: State, id: web::Path<EditionId>) -> Result<HttpResponse, Error> {
    let (actor, moment, id) = (posted.me.actor.clone(), state.clock.moment(), id.into_inner());
    // A form without its version is a form of some other edition: it conflicts.
    let version = posted.form.get("version").parse().unwrap_or(0);
    let seen = actor.clone();
    let draft = state.read(move |conn| to_approve(conn, &seen, id, version, moment)).await?;
    let (draft, asked) = state
        .block(move || {
            let asked = Doubts::of(draft.content()).consent().is_some();
            Ok((draft, asked))
        })
        .await?;
    let typed = signing(&posted.form);
    if asked && posted.form.get("agreed").is_empty() {
        let mut problems = Problems::default();
        problems.add("agreed", NOT_AGREED);
        return shown(&posted.me, &state, id, Some(typed), problems).await;
    }
    let draft = match draft.numbered(&typed, moment) {
        Ok(draft) => draft,
        Err(Error::Invalid(problems)) => {
            return shown(&posted.me, &state, id, Some(typed), problems).await;
        }
        Err(other) => return Err(other),
    };
    let ready = state.block(move || draft.written()).await?;
    state.write(move |conn| approve_edition(conn, &actor, &ready, moment)).await?;
    Ok(redirect_with(
        &format!("/editions/{id}"),
        "Đã chốt bản tổng hợp. Tệp Excel đã được lưu và giữ nguyên từ nay.",
    ))
}
