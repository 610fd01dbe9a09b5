//! `/reports/{id}/paste` and `/reports/{id}/rows`: a block pasted from a spreadsheet shown cell by cell before it is
//! added to a list table. Works without scripts; what was typed on the draft page is saved first.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::list_tables::{CellView, ColumnView, cell};
use super::{saving, version};
use crate::db::ids::ReportId;
use crate::error::Error;
use crate::lists::{ListTable, Row};
use crate::reports::list_rows::{self, Addition};
use crate::web::{FormData, Nav, Page, Posted, SignedIn, State, redirect_with, render_status};

#[derive(Template)]
#[template(path = "reports/paste.html")]
struct PastePage {
    page: Page,
    id: ReportId,
    report: String,
    unit: String,
    version: i32,
    code: String,
    title: String,
    columns: Vec<ColumnView>,
    rows: Vec<Vec<CellView>>,
    addition: Addition,
    faults: usize,
    /// The block, to be mended and looked at again.
    block: String,
    /// Who saved meanwhile.
    conflict: Option<String>,
}

impl PastePage {
    /// The titles of the columns, for the hint at the box.
    fn titles(&self) -> String {
        self.columns.iter().map(|column| column.title.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// Rows the block holds, whether they are added or not.
    fn found(&self) -> usize {
        self.rows.len() + self.addition.repeated
    }
}

/// Whether a box holds a block that no button has taken up: saving the draft must not drop it.
pub(super) fn is_waiting(form: &FormData) -> bool {
    form.with_prefix("paste.").any(|(_, block)| !block.trim().is_empty())
}

/// The list chosen by the button, else the one whose box holds a block; and the block.
fn chosen(form: &FormData) -> (String, String) {
    let filled = || {
        let mut boxes: Vec<_> =
            form.with_prefix("paste.").filter(|(_, block)| !block.trim().is_empty()).collect();
        boxes.sort_unstable();
        boxes.first().map(|(code, _)| (*code).to_owned()).unwrap_or_default()
    };
    let code = Some(form.get("list").to_owned()).filter(|code| !code.is_empty()).unwrap_or_else(filled);
    let block = form.block(&format!("paste.{code}")).to_owned();
    (code, block)
}

/// `POST /reports/{id}/paste`: saves what was typed, and shows what each pasted cell becomes.
///
/// # Errors
/// As the draft's own save; 404 for a list that is not asked.
pub async fn paste(posted: Posted, state: State, path: web::Path<ReportId>) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    // What two people both typed waits on the draft's page; the block goes on.
    saving::write(&posted.me, &state, id, &posted.form).await?;
    preview(&posted.me, &state, id, &posted.form, None).await
}

/// `POST /reports/{id}/rows`: adds the rows of the block.
///
/// # Errors
/// As [`list_rows::add`]; who saved meanwhile is named above the block.
pub async fn add_rows(
    posted: Posted,
    state: State,
    path: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let (actor, moment) = (posted.me.actor.clone(), state.clock.moment());
    let (seen, (code, block)) = (version(&posted.form, "version"), chosen(&posted.form));
    let place = format!("/reports/{id}/draft#list-{code}");
    let added =
        state.write(move |conn| list_rows::add(conn, &actor, id, (&code, &block), seen, moment)).await;
    match added {
        Err(Error::Conflict(who)) => preview(&posted.me, &state, id, &posted.form, Some(who)).await,
        Err(other) => Err(other),
        Ok(added) if added.rows.is_empty() => Ok(redirect_with(&place, "Không có dòng nào để thêm.")),
        Ok(added) => Ok(redirect_with(&place, format!("Đã thêm {} dòng.", added.rows.len()))),
    }
}

/// What each cell of the block becomes, before anything is added.
pub(super) async fn preview(
    me: &SignedIn,
    state: &State,
    id: ReportId,
    form: &FormData,
    conflict: Option<String>,
) -> Result<HttpResponse, Error> {
    let (actor, (code, block)) = (me.actor.clone(), chosen(form));
    let open = state.read(move |conn| crate::reports::draft::open(conn, &actor, id)).await?;
    let (list, rows) = list_rows::of(&open, &code)?;
    let addition = Addition::of(list, rows, &block);
    let status = if conflict.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    let page = PastePage {
        page: me.page(format!("Dán từ Excel: {}", list.title), Nav::Reports),
        id,
        report: open.case.title(),
        unit: open.case.unit.name.clone(),
        version: open.draft.version,
        title: list.title.clone(),
        columns: list.columns.iter().map(ColumnView::of).collect(),
        rows: addition.rows.iter().map(|row| cells(list, row)).collect(),
        faults: addition.faults(list),
        addition,
        code,
        block,
        conflict,
    };
    render_status(status, &page)
}

fn cells(list: &ListTable, row: &Row) -> Vec<CellView> {
    let problem = |code: &str| list.problems(row).find(|(column, _)| *column == code).map(|(_, words)| words);
    list.columns.iter().map(|column| cell(column, row, problem(&column.code))).collect()
}
