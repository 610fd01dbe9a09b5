//! The editor of a draft: one page, one form, rows with a number for their place. Works without scripts.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::draft::{self, kept};
use super::super::form::{self as typed, BLANK};
use super::super::queries::Draft;
use super::super::{Asked, Content, Section};
use super::sheet::{Figure, figures};
use crate::calendar::to_local;
use crate::db::ids::{FormDraftId, FormId, IndicatorId, RegimeId, UnitId};
use crate::error::{Error, Problems};
use crate::indicators::{self, Indicator};
use crate::periods::Regime;
use crate::regimes::keeping;
use crate::vietnamese::date_time;
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect, redirect_with, render_status};
use crate::{periods, units};

#[derive(Template)]
#[template(path = "forms/editor.html")]
struct EditorPage {
    page: Page,
    draft: Draft,
    regime: Regime,
    /// What the page saw; a save over anything else is a conflict.
    version: i32,
    content: Content,
    groups: Vec<(String, Vec<Figure>)>,
    /// Indicators that hold today and are not asked yet, by group.
    free: Vec<(String, Vec<Indicator>)>,
    kinds: Vec<(String, String)>,
    /// Units the form is for whatever their kind, and those it may be for.
    units: Vec<(UnitId, String)>,
    others: Vec<(UnitId, String)>,
    problems: Problems,
    /// Somebody else saved meanwhile.
    overtaken: bool,
}

impl EditorPage {
    fn saved(&self) -> String {
        date_time(to_local(self.draft.saved_at))
    }

    /// Rows of the sections, blank ones below.
    fn rows(&self) -> Vec<(usize, Section)> {
        let blank = Section {
            code: String::new(),
            label: String::new(),
            title: String::new(),
            hint: String::new(),
            required: false,
        };
        self.content.sections.iter().cloned().chain(std::iter::repeat_n(blank, BLANK)).enumerate().collect()
    }

    fn is_for(&self, kind: &str) -> bool {
        self.content.kinds.iter().any(|other| other == kind)
    }

    /// The row number of a figure, in the order the content holds them.
    fn row(&self, id: &IndicatorId) -> usize {
        self.content.figures.iter().position(|asked: &Asked| asked.indicator == *id).unwrap_or_default()
    }
}

/// The page over what was typed or, without it, what is stored.
async fn page(
    state: &State,
    me: &SignedIn,
    id: FormDraftId,
    typed: Option<(Content, i32)>,
    problems: Problems,
    overtaken: bool,
) -> Result<HttpResponse, Error> {
    let (actor, today) = (me.actor.clone(), state.clock.today());
    let frame = me.page("Dự thảo biểu mẫu", Nav::Forms);
    let status = match (overtaken, problems.is_empty()) {
        (true, _) => StatusCode::CONFLICT,
        (false, true) => StatusCode::OK,
        (false, false) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = state
        .read(move |conn| {
            let (draft, regime) = kept(conn, &actor, id)?;
            let (content, version) = typed.unwrap_or((draft.content.clone(), draft.version));
            let groups = figures(conn, &content)?;
            let mut free: Vec<(String, Vec<Indicator>)> = Vec::new();
            for indicator in indicators::queries::catalogue(conn)? {
                let asked = content.figures.iter().any(|asked| asked.indicator == indicator.id);
                if asked || !indicator.is_offered_on(today) {
                    continue;
                }
                match free.last_mut() {
                    Some((name, list)) if *name == indicator.group.name => list.push(indicator),
                    _ => free.push((indicator.group.name.clone(), vec![indicator])),
                }
            }
            let all = units::queries::of_province(conn, regime.province_id, today)?;
            let present: Vec<&str> = all.iter().map(|unit| unit.kind_code.as_str()).collect();
            let mut kinds = units::queries::register::kinds(conn)?;
            kinds.retain(|(code, _)| present.contains(&code.as_str()) || content.kinds.contains(code));
            let names = units::queries::names_on(conn, &content.units, today)?;
            let named = |id: &UnitId| (*id, names.get(id).cloned().unwrap_or_default());
            Ok(EditorPage {
                page: frame,
                units: content.units.iter().map(named).collect(),
                others: all.into_iter().map(|unit| (unit.id, unit.name)).collect(),
                draft,
                regime,
                version,
                content,
                groups,
                free,
                kinds,
                problems,
                overtaken,
            })
        })
        .await?;
    render_status(status, &page)
}

/// `POST /forms/{id}/draft`: begins the next version, or goes on with the one begun.
///
/// # Errors
/// [`Error::NotFound`] for a foreign form, [`Error::Forbidden`] for those who do not keep its regime.
pub async fn begin(state: State, posted: Posted, id: web::Path<FormId>) -> Result<HttpResponse, Error> {
    let (actor, moment, id) = (posted.me.actor, state.clock.moment(), id.into_inner());
    let draft = state.write(move |conn| draft::begin(conn, &actor, id, moment)).await?;
    Ok(redirect(&format!("/form-drafts/{draft}")))
}

#[derive(Template)]
#[template(path = "forms/new.html")]
struct NewPage {
    page: Page,
    regime: Regime,
    kinds: Vec<(String, String)>,
    content: Content,
    problems: Problems,
}

impl NewPage {
    fn is_for(&self, kind: &str) -> bool {
        self.content.kinds.iter().any(|other| other == kind)
    }
}

async fn new_page(
    state: &State,
    me: &SignedIn,
    id: RegimeId,
    content: Content,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let (actor, today, page) = (me.actor.clone(), state.clock.today(), me.page("Biểu mẫu mới", Nav::Forms));
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = state
        .read(move |conn| {
            let regime = periods::queries::visible_regime(conn, &actor.scope(), id)?;
            keeping(&actor, &regime)?;
            let all = units::queries::of_province(conn, regime.province_id, today)?;
            let mut kinds = units::queries::register::kinds(conn)?;
            kinds.retain(|(code, _)| all.iter().any(|unit| unit.kind_code == *code));
            Ok(NewPage { page, regime, kinds, content, problems })
        })
        .await?;
    render_status(status, &page)
}

/// `GET /regimes/{id}/forms/new`.
///
/// # Errors
/// [`Error::NotFound`] for a foreign regime, [`Error::Forbidden`] for those who do not keep it.
pub async fn new_form(state: State, me: SignedIn, id: web::Path<RegimeId>) -> Result<HttpResponse, Error> {
    new_page(&state, &me, id.into_inner(), Content::blank(), Problems::default()).await
}

/// `POST /regimes/{id}/forms`: the draft of a form that is new in its regime.
///
/// # Errors
/// As [`new_form`]; what is to mend shows the form again with 422.
pub async fn new_draft(state: State, posted: Posted, id: web::Path<RegimeId>) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (actor, moment, id) = (me.actor.clone(), state.clock.moment(), id.into_inner());
    let content = typed::read(&form);
    let new = content.clone();
    match state.write(move |conn| draft::begin_new(conn, &actor, id, &new, moment)).await {
        Ok(draft) => Ok(redirect(&format!("/form-drafts/{draft}"))),
        Err(Error::Invalid(problems)) => new_page(&state, &me, id, content, problems).await,
        Err(other) => Err(other),
    }
}

/// `GET /form-drafts/{id}`.
///
/// # Errors
/// [`Error::NotFound`] for a foreign draft, [`Error::Forbidden`] for those who do not keep its regime.
pub async fn edit(state: State, me: SignedIn, id: web::Path<FormDraftId>) -> Result<HttpResponse, Error> {
    page(&state, &me, id.into_inner(), None, Problems::default(), false).await
}

/// `POST /form-drafts/{id}`: saves, and goes on to where the button says. A draft is saved whatever is still to be
/// mended in it; that stands on the page.
///
/// # Errors
/// As [`edit`]; a draft saved by somebody else meanwhile shows the page again with 409 and everything typed.
pub async fn save(state: State, posted: Posted, id: web::Path<FormDraftId>) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (actor, moment, id) = (me.actor.clone(), state.clock.moment(), id.into_inner());
    let (content, version) = (typed::read(&form), form.line("version").parse().unwrap_or(0));
    let new = content.clone();
    let outcome = state.write(move |conn| draft::save(conn, &actor, id, &new, version, moment)).await;
    match outcome {
        Ok(()) => {
            let (problems, go) = (content.problems(), form.line("go"));
            match go.as_str() {
                "publish" if !problems.is_empty() => {
                    page(&state, &me, id, Some((content, version + 1)), problems, false).await
                }
                "publish" => Ok(redirect(&format!("/form-drafts/{id}/publication"))),
                "preview" => Ok(redirect(&format!("/form-drafts/{id}/preview"))),
                _ => Ok(redirect_with(&format!("/form-drafts/{id}"), "Đã lưu dự thảo.")),
            }
        }
        Err(Error::Conflict(_)) => {
            page(&state, &me, id, Some((content, version)), Problems::default(), true).await
        }
        Err(other) => Err(other),
    }
}
