//! The editor of a draft: one page, one form, rows with a number for their place. Works without scripts.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::super::draft::{self, kept};
use super::super::form::{self as typed, BLANK, KINDS};
use super::super::queries::Draft;
use super::super::{Asked, Content, Section};
use super::figures::{Figure, figures};
use crate::calendar::to_local;
use crate::db::ids::{FormDraftId, FormId, IndicatorId, RegimeId, UnitId};
use crate::error::{Error, Problems};
use crate::indicators::{self, Indicator, ValueType};
use crate::lists::{Column, ColumnKind, ListTable};
use crate::periods::Regime;
use crate::regimes::keeping;
use crate::vietnamese::date_time;
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect, redirect_with, render_status};
use crate::{once, periods, units};

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

/// A list table with its number, and its columns with theirs.
type Numbered = (usize, ListTable, Vec<(usize, Column)>);

impl EditorPage {
    fn saved(&self) -> String {
        date_time(to_local(self.draft.saved_at))
    }

    /// Rows of the sections, blank ones below.
    fn rows(&self) -> Vec<(usize, Section)> {
        let blank = std::iter::repeat_n(Section::default(), BLANK);
        self.content.sections.iter().cloned().chain(blank).enumerate().collect()
    }

    /// The list tables, one to begin below, each with blank columns below its own.
    fn lists(&self) -> Vec<Numbered> {
        let blank = ListTable { code: String::new(), title: String::new(), columns: vec![] };
        let rows = |list: &ListTable| {
            let blank = std::iter::repeat_n(Column::default(), BLANK);
            list.columns.iter().cloned().chain(blank).enumerate().collect()
        };
        let all = self.content.lists.iter().cloned().chain(std::iter::once(blank)).enumerate();
        all.map(|(i, list)| (i, list.clone(), rows(&list))).collect()
    }

    fn kinds_of(&self, column: &Column) -> [(&'static str, &'static str, bool); 5] {
        KINDS.map(|(kind, code, words)| (code, words, kind == column.kind))
    }

    fn decimals(&self, column: &Column) -> String {
        // What was no number stays blank beside its message.
        let shown = column.kind == ColumnKind::Number && column.decimals <= 100;
        if shown { column.decimals.to_string() } else { String::new() }
    }

    /// Whether something is to mend in a list table, so that it stands open.
    fn is_bad(&self, list: usize) -> bool {
        let (of_table, of_columns) = (format!("l{list}_"), format!("l{list}c"));
        let mut fields = self.problems.0.iter().map(|problem| &problem.field);
        fields.any(|field| field.starts_with(&of_table) || field.starts_with(&of_columns))
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
    let provinces = me.scope().provinces;
    let page = state
        .read(move |conn| {
            let (draft, regime) = kept(conn, &actor, id)?;
            let (content, version) = typed.unwrap_or((draft.content.clone(), draft.version));
            let catalogue = indicators::queries::catalogue_of(conn, &provinces)?;
            let groups = figures(&catalogue, &content);
            let mut free: Vec<(String, Vec<Indicator>)> = Vec::new();
            for indicator in catalogue {
                let asked = content.figures.iter().any(|asked| asked.indicator == indicator.id);
                let computed = indicator.value_type == ValueType::Ratio;
                if asked || computed || !indicator.is_offered_on(today) {
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
    new_page(&state, &me, id.into_inner(), Content::default(), Problems::default()).await
}

/// `POST /regimes/{id}/forms`: the draft of a form that is new in its regime.
///
/// # Errors
/// As [`new_form`]; what is to mend shows the form again with 422.
pub async fn new_draft(state: State, posted: Posted, id: web::Path<RegimeId>) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (actor, moment, id) = (me.actor.clone(), state.clock.moment(), id.into_inner());
    let content = typed::read(&form);
    let (new, digest) = (content.clone(), form.digest());
    let begun = state.write(move |conn| {
        once::only(conn, actor.person_id, digest.as_deref(), moment.recorded, |conn| {
            let draft = draft::begin_new(conn, &actor, id, &new, moment)?;
            Ok(format!("/form-drafts/{draft}"))
        })
    });
    match begun.await {
        Ok(draft) => Ok(redirect(&draft)),
        Err(Error::Invalid(problems)) => new_page(&state, &me, id, content, problems).await,
        Err(other) => Err(other),
    }
}

/// `?mend=1`: with what is still to be mended before it can be published.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    mend: Option<String>,
}

/// `GET /form-drafts/{id}`.
///
/// # Errors
/// [`Error::NotFound`] for a foreign draft, [`Error::Forbidden`] for those who do not keep its regime.
pub async fn edit(
    state: State,
    me: SignedIn,
    id: web::Path<FormDraftId>,
    which: web::Query<Which>,
) -> Result<HttpResponse, Error> {
    let (id, actor) = (id.into_inner(), me.actor.clone());
    if which.mend.is_none() {
        return page(&state, &me, id, None, Problems::default(), false).await;
    }
    let (draft, _) = state.read(move |conn| kept(conn, &actor, id)).await?;
    page(&state, &me, id, None, draft.content.problems(), false).await
}

/// `POST /form-drafts/{id}`: saves, and goes on to where the button says. A draft is saved whatever is still to be
/// mended in it; that stands on the page.
///
/// # Errors
/// As [`edit`]; what is too long shows the page again with 422 and nothing saved, a draft saved by somebody else
/// meanwhile with 409, both with everything typed.
pub async fn save(state: State, posted: Posted, id: web::Path<FormDraftId>) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (actor, moment, id) = (me.actor.clone(), state.clock.moment(), id.into_inner());
    let (content, version) = (typed::read(&form), form.line("version").parse().unwrap_or(0));
    let new = content.clone();
    let outcome = state.write(move |conn| draft::save(conn, &actor, id, &new, version, moment)).await;
    match outcome {
        Ok(kept) => {
            let (problems, go) = (kept.problems(), form.line("go"));
            match go.as_str() {
                "publish" if !problems.is_empty() => page(&state, &me, id, None, problems, false).await,
                "publish" => Ok(redirect(&format!("/form-drafts/{id}/publication"))),
                "preview" => Ok(redirect(&format!("/form-drafts/{id}/preview"))),
                go => {
                    // Back to the part that was worked on.
                    let part = if ["sections", "figures", "lists"].contains(&go) {
                        format!("#f-{go}")
                    } else {
                        String::new()
                    };
                    Ok(redirect_with(&format!("/form-drafts/{id}{part}"), "Đã lưu dự thảo."))
                }
            }
        }
        Err(Error::Conflict(_)) => {
            page(&state, &me, id, Some((content, version)), Problems::default(), true).await
        }
        Err(Error::Invalid(problems)) => {
            page(&state, &me, id, Some((content, version)), problems, false).await
        }
        Err(other) => Err(other),
    }
}
