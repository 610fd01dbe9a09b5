//! A form as the unit will see it, of a published version or of a draft: the parts of the page on which reports are typed,
//! with nothing in them and nothing to be sent. Stands between whoever writes forms and the units that will fill them.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::body::{Beside, Body};
use crate::db::ids::{FormDraftId, FormId};
use crate::error::{Error, Problems};
use crate::forms;
use crate::forms::draft::kept;
use crate::periods;
use crate::reports::finding::Findings;
use crate::reports::{Content, Outline, Past, TaskStatus, queries};
use crate::vietnamese::Level;
use crate::web::{Nav, Page, SignedIn, State, render};

/// What the parts of the draft page ask of the report they belong to.
struct NoReport {
    id: i64,
    behalf: Option<()>,
}

#[derive(Template)]
#[template(path = "forms/preview.html")]
struct PreviewPage {
    page: Page,
    /// Where it leads back to, and how that is called.
    back: (String, String),
    name: String,
    /// "phiên bản 2" or "dự thảo".
    version: String,
    body: Body,
    facts: NoReport,
    levels: Vec<(&'static str, &'static str)>,
    statuses: Vec<(&'static str, &'static str)>,
    platforms: [&'static str; 1],
    past_from: Option<String>,
    lower: Option<(String, String)>,
    consolidated: bool,
}

fn page(page: Page, outline: &Outline, back: (String, String), name: String, version: String) -> PreviewPage {
    let (past, findings, problems) = (Past::default(), Findings::default(), Problems::default());
    let beside = Beside { past: &past, findings: &findings, problems: &problems, other: None, typing: true };
    PreviewPage {
        page,
        back,
        name,
        version,
        body: Body::new(outline, &Content::default(), &beside),
        facts: NoReport { id: 0, behalf: None },
        levels: Level::ALL.iter().map(|l| (l.code(), l.label())).collect(),
        statuses: TaskStatus::ALL.iter().map(|s| (s.code(), s.words())).collect(),
        platforms: ["Khác"],
        past_from: None,
        lower: None,
        consolidated: false,
    }
}

/// `GET /forms/{id}/preview`.
///
/// # Errors
/// [`Error::NotFound`] for a form of another province.
pub async fn form_preview(state: State, me: SignedIn, id: web::Path<FormId>) -> Result<HttpResponse, Error> {
    let (scope, id) = (me.scope(), id.into_inner());
    let (form, outline) = state
        .read(move |conn| {
            let (form, _) = periods::queries::form(conn, &scope, id)?;
            let content = forms::queries::content(conn, &form)?;
            Ok((form, queries::outline_of_content(conn, &content)?))
        })
        .await?;
    let back = (format!("/forms/{id}"), form.name.clone());
    let version = format!("phiên bản {}", form.version);
    render(&page(me.page("Biểu mẫu", Nav::Forms), &outline, back, form.name, version))
}

/// `GET /form-drafts/{id}/preview`.
///
/// # Errors
/// [`Error::NotFound`] for a foreign draft, [`Error::Forbidden`] for those who do not keep its regime.
pub async fn form_draft_preview(
    state: State,
    me: SignedIn,
    id: web::Path<FormDraftId>,
) -> Result<HttpResponse, Error> {
    let (actor, id) = (me.actor.clone(), id.into_inner());
    let (content, outline) = state
        .read(move |conn| {
            let (draft, _) = kept(conn, &actor, id)?;
            let outline = queries::outline_of_content(conn, &draft.content)?;
            Ok((draft.content, outline))
        })
        .await?;
    let back = (format!("/form-drafts/{id}"), format!("Dự thảo {}", content.name));
    render(&page(me.page("Biểu mẫu", Nav::Forms), &outline, back, content.name, "dự thảo".into()))
}
