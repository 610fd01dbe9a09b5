//! One recipient's form: its sheets as a grid in which a cell is picked, what is bound, and the form that binds.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::list::uploaded;
use crate::db::ids::RecipientFormId;
use crate::error::{Error, Problems};
use crate::form_filler::{Binding, Cell, LAST_ROW, View, ViewCell};
use crate::indicators::Indicator;
use crate::recipient_forms::bind;
use crate::recipient_forms::form::Picked;
use crate::recipient_forms::keeping::{indicators_for, kept};
use crate::recipient_forms::names::{self, Named};
use crate::recipient_forms::queries::{self, FormRow};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render_status};

/// Rows and columns of a window.
const ROWS: u32 = 60;
const COLUMNS: u32 = 26;

/// Which window of which sheet, and the cell that was picked in it.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    /// Counted from 1.
    #[serde(default)]
    sheet: usize,
    #[serde(default)]
    row: u32,
    #[serde(default)]
    cell: String,
}

#[derive(Template)]
#[template(path = "recipient_forms/show.html")]
struct ShowPage {
    page: Page,
    form: FormRow,
    regime: Option<String>,
    uses: i64,
    sheets: Vec<String>,
    /// The sheet that is shown, counted from 1, and its first row.
    sheet: usize,
    row: u32,
    view: View,
    bindings: Vec<Binding>,
    /// Names bound on the sheet that is shown, by cell.
    bound: HashMap<Cell, Vec<String>>,
    indicators: Vec<Indicator>,
    picked: Picked,
    problems: Problems,
}

impl ShowPage {
    /// Whether cells can be bound.
    fn is_open(&self) -> bool {
        self.form.is_valid() && self.uses == 0
    }

    /// Whether a sheet, counted from 1, is the one that is shown.
    fn is_shown(&self, sheet: impl std::borrow::Borrow<usize>) -> bool {
        self.sheet == *sheet.borrow()
    }

    fn uploaded(&self) -> String {
        uploaded(&self.form)
    }

    fn names_at(&self, cell: &ViewCell) -> &[String] {
        self.bound.get(&cell.cell).map_or(&[], Vec::as_slice)
    }

    fn words(&self, name: &str) -> String {
        names::words(name)
    }

    fn is_picked(&self, cell: &ViewCell) -> bool {
        cell.cell.to_string() == self.picked.cell
    }

    /// The rows before and after this window, where there are any.
    fn windows(&self) -> (Option<u32>, Option<u32>) {
        let before = (self.row > 1).then(|| self.row.saturating_sub(ROWS).max(1));
        let next = self.row.saturating_add(ROWS);
        (before, (next <= self.view.last.row).then_some(next))
    }

    fn last_shown(&self) -> u32 {
        self.view.rows.last().map_or(self.row, |row| row.number)
    }

    /// Columns beyond the window; their cells are picked by address.
    fn has_more_columns(&self) -> bool {
        self.view.last.column > COLUMNS
    }

    /// What can be chosen, by what it is of; the last two need an indicator.
    fn choices(&self) -> [(&'static str, Vec<Named>); 4] {
        [
            ("Chỉ tiêu, toàn tỉnh", names::OF_INDICATOR.to_vec()),
            ("Chỉ tiêu, từng đơn vị (ở dòng lặp)", names::OF_UNIT.to_vec()),
            ("Chung", names::EDITION.to_vec()),
            ("Dòng lặp theo đơn vị", [names::ROW].into_iter().chain(names::UNIT).collect()),
        ]
    }
}

async fn build(
    me: &SignedIn,
    state: &State,
    id: RecipientFormId,
    (asked, picked): (Asked, Picked),
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let actor = me.actor.clone();
    let (sheet, row) = (asked.sheet.max(1), asked.row.clamp(1, LAST_ROW));
    let frame = me.page("", Nav::Forms);
    let mut page = state
        .read(move |conn| {
            let (form, regime, _) = kept(conn, &actor, id)?;
            let bindings = queries::bindings(conn, id)?;
            let uses = queries::uses(conn, id)?;
            let indicators = indicators_for(conn, form.province_id, form.regime_id)?;
            let file = bind::read(conn, id)?;
            let view = file.view(sheet - 1, row, (ROWS, COLUMNS));
            let view = view.map_err(|e| Error::Internal(format!("recipient form {id}: {e}")))?;
            let view = view.ok_or(Error::NotFound)?;
            let sheets: Vec<String> = file.sheet_names().into_iter().map(str::to_owned).collect();
            let mut bound: HashMap<Cell, Vec<String>> = HashMap::new();
            for one in bindings.iter().filter(|one| one.sheet == sheets[sheet - 1]) {
                bound.entry(one.cell).or_default().push(one.name.clone());
            }
            let page = frame;
            Ok(ShowPage {
                page,
                form,
                regime,
                uses,
                sheets,
                sheet,
                row,
                view,
                bindings,
                bound,
                indicators,
                picked,
                problems,
            })
        })
        .await?;
    page.page.title = page.form.name.clone();
    let status = if page.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    render_status(status, &page)
}

/// `GET /recipient-forms/{id}?sheet=&row=&cell=`.
///
/// # Errors
/// As [`kept`]; 404 for a sheet that is not there.
pub async fn show(
    me: SignedIn,
    state: State,
    id: web::Path<RecipientFormId>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Error> {
    let asked = asked.into_inner();
    let picked = Picked { cell: asked.cell.clone(), ..Picked::default() };
    build(&me, &state, id.into_inner(), (asked, picked), Problems::default()).await
}

/// Where a posted form comes from, and the version that was seen.
fn place(form: &crate::web::FormData) -> (Asked, i32) {
    let number = |name: &str| form.line(name).parse().unwrap_or_default();
    let sheet = form.line("sheet").parse().unwrap_or_default();
    let asked = Asked { sheet, row: number("row"), cell: form.line("cell") };
    (asked, form.line("version").parse().unwrap_or_default())
}

/// `POST /recipient-forms/{id}/bindings`.
///
/// # Errors
/// As [`bind::bind`]; what is to mend shows the page again with 422.
pub async fn bind_cell(
    posted: Posted,
    state: State,
    id: web::Path<RecipientFormId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, actor, moment) = (id.into_inner(), me.actor.clone(), state.clock.moment());
    let ((asked, seen), picked) = (place(&form), Picked::read(&form));
    let typed = picked.clone();
    match state.write(move |conn| bind::bind(conn, &actor, (id, seen), &typed, moment)).await {
        Ok(new) => {
            let words = format!("Đã gắn ô {}: {}.", new.cell, names::words(&new.name));
            let to = format!(
                "/recipient-forms/{id}?sheet={}&row={}&cell={}",
                asked.sheet.max(1),
                asked.row.max(1),
                new.cell
            );
            Ok(redirect_with(&to, words))
        }
        Err(Error::Invalid(problems)) => build(&me, &state, id, (asked, picked), problems).await,
        Err(other) => Err(other),
    }
}

/// `POST /recipient-forms/{id}/bindings/removal`.
///
/// # Errors
/// As [`bind::unbind`]; what stands in the way shows the page again with 422.
pub async fn unbind_cell(
    posted: Posted,
    state: State,
    id: web::Path<RecipientFormId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (id, actor, moment) = (id.into_inner(), me.actor.clone(), state.clock.moment());
    let (asked, seen) = place(&form);
    let bound = form.line("bound").parse().map_err(|_| Error::NotFound);
    let taken = state.write(move |conn| {
        kept(conn, &actor, id)?;
        bind::unbind(conn, &actor, (id, seen), bound?, moment)
    });
    match taken.await {
        Ok(out) => {
            let to = format!("/recipient-forms/{id}?sheet={}&row={}", asked.sheet.max(1), asked.row.max(1));
            Ok(redirect_with(&to, format!("Đã bỏ gắn ô {}.", out.cell)))
        }
        Err(Error::Invalid(problems)) => build(&me, &state, id, (asked, Picked::default()), problems).await,
        Err(other) => Err(other),
    }
}
