//! A form as the unit will see it, of a published version or of a draft: sections to write in, figures to fill, list
//! tables. Nothing here can be typed.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::draft::kept;
use super::super::{Content, queries};
use crate::db::Conn;
use crate::db::ids::{FormDraftId, FormId};
use crate::error::Error;
use crate::indicators::{self, Indicator, ValueType};
use crate::periods;
use crate::web::{Nav, Page, SignedIn, State, render};

/// One figure as the sheet asks it.
pub(super) struct Figure {
    pub indicator: Indicator,
    pub counts: bool,
    pub required: bool,
}

impl Figure {
    fn is_bool(&self) -> bool {
        self.indicator.value_type == ValueType::Bool
    }

    fn is_ratio(&self) -> bool {
        self.indicator.value_type == ValueType::Ratio
    }
}

/// A list table with the titles of its columns.
pub(super) struct Table {
    title: String,
    columns: Vec<String>,
}

#[derive(Template)]
#[template(path = "forms/sheet.html")]
struct SheetPage {
    page: Page,
    /// Where it leads back to, and how that is called.
    back: (String, String),
    /// "phiên bản 2" or "dự thảo".
    version: String,
    content: Content,
    groups: Vec<(String, Vec<Figure>)>,
    tables: Vec<Table>,
}

/// The figures of a content by group, in the order of the catalogue's groups and of the form within them. One query.
///
/// # Errors
/// The query's own.
pub(super) fn figures(conn: &mut Conn, content: &Content) -> Result<Vec<(String, Vec<Figure>)>, Error> {
    let catalogue = indicators::queries::catalogue(conn)?;
    let mut found: Vec<Figure> = content
        .figures
        .iter()
        .filter_map(|asked| {
            let indicator = catalogue.iter().find(|indicator| indicator.id == asked.indicator)?.clone();
            Some(Figure { indicator, counts: asked.counts, required: asked.required })
        })
        .collect();
    found.sort_by_key(|figure| figure.indicator.group.position);
    let mut groups: Vec<(String, Vec<Figure>)> = Vec::new();
    for figure in found {
        match groups.last_mut() {
            Some((name, figures)) if *name == figure.indicator.group.name => figures.push(figure),
            _ => groups.push((figure.indicator.group.name.clone(), vec![figure])),
        }
    }
    Ok(groups)
}

/// The list tables of a version. One query.
///
/// # Errors
/// The query's own; [`Error::Internal`] when columns cannot be read.
pub(super) fn tables(conn: &mut Conn, form: Option<FormId>) -> Result<Vec<Table>, Error> {
    #[derive(serde::Deserialize)]
    struct Column {
        title: String,
    }
    let Some(form) = form else { return Ok(vec![]) };
    periods::queries::lists(conn, form)?
        .into_iter()
        .map(|list| {
            let columns: Vec<Column> = serde_json::from_str(&list.columns_json)
                .map_err(|e| Error::Internal(format!("columns of list {}: {e}", list.title)))?;
            Ok(Table { title: list.title, columns: columns.into_iter().map(|column| column.title).collect() })
        })
        .collect()
}

/// `GET /forms/{id}/preview`.
///
/// # Errors
/// [`Error::NotFound`] for a form of another province.
pub async fn preview(state: State, me: SignedIn, id: web::Path<FormId>) -> Result<HttpResponse, Error> {
    let (scope, id, page) = (me.scope(), id.into_inner(), me.page("Biểu mẫu", Nav::Forms));
    let page = state
        .read(move |conn| {
            let (form, _) = periods::queries::form(conn, &scope, id)?;
            let content = queries::content(conn, &form)?;
            Ok(SheetPage {
                page,
                back: (format!("/forms/{id}"), form.name.clone()),
                version: format!("phiên bản {}", form.version),
                groups: figures(conn, &content)?,
                tables: tables(conn, Some(id))?,
                content,
            })
        })
        .await?;
    render(&page)
}

/// `GET /form-drafts/{id}/preview`.
///
/// # Errors
/// [`Error::NotFound`] for a foreign draft, [`Error::Forbidden`] for those who do not keep its regime.
pub async fn preview_draft(
    state: State,
    me: SignedIn,
    id: web::Path<FormDraftId>,
) -> Result<HttpResponse, Error> {
    let (actor, id, page) = (me.actor.clone(), id.into_inner(), me.page("Biểu mẫu", Nav::Forms));
    let page = state
        .read(move |conn| {
            let (draft, _) = kept(conn, &actor, id)?;
            Ok(SheetPage {
                page,
                back: (format!("/form-drafts/{id}"), format!("Dự thảo {}", draft.content.name)),
                version: "dự thảo".into(),
                groups: figures(conn, &draft.content)?,
                tables: tables(conn, draft.based_on)?,
                content: draft.content,
            })
        })
        .await?;
    render(&page)
}
