//! `/drops/{id}/files/{n}`: what a file says, what in it is to be mended or looked at, before anything is entered; and its bytes.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::db::ids::{DropFileId, DropId};
use crate::drops::queries::{self, DropRow, FileRow};
use crate::drops::{FileState, decide};
use crate::error::Error;
use crate::reports::words;
use crate::reports::workbook_entry::{self, Weighed};
use crate::unit_workbook::Finding;
use crate::web::{Nav, Page, SignedIn, State, download, render};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[derive(Template)]
#[template(path = "drops/file.html")]
struct FilePage {
    page: Page,
    drop: DropRow,
    file: FileRow,
    unit: String,
    title: String,
    receipt: String,
    blockers: Vec<Finding>,
    warnings: Vec<Finding>,
    /// Code, name, figure with its word, unit of measure.
    figures: Vec<(String, String, String, String)>,
    sections: Vec<(String, String)>,
    /// Why nothing can be shown of it now.
    refusal: String,
}

impl FilePage {
    fn can_take(&self) -> bool {
        self.file.state() == FileState::Ready && self.blockers.is_empty() && self.refusal.is_empty()
    }
}

/// `GET /drops/{id}/files/{n}`.
///
/// # Errors
/// 404 for everybody who does not enter reports for that body, and for a file of another drop.
pub async fn file(
    me: SignedIn,
    state: State,
    path: web::Path<(DropId, DropFileId)>,
) -> Result<HttpResponse, Error> {
    let ((id, number), actor, moment) = (path.into_inner(), me.actor.clone(), state.clock.moment());
    let (drop, file, weighed) = state
        .read(move |conn| {
            let drop = decide::find(conn, &actor, id)?;
            let file = queries::file(conn, id, number)?;
            let read = file.report_id.zip(queries::reading(conn, number)?);
            let weighed = match read.filter(|_| file.state() != FileState::Applied) {
                Some((report, reading)) => {
                    let given = file.receipt(&drop).begin();
                    Some(workbook_entry::weigh(conn, &actor, report, &reading, &given, moment))
                }
                None => None,
            };
            Ok((drop, file, weighed))
        })
        .await?;
    let (weighed, refusal) = match weighed {
        Some(Ok(weighed)) => (Some(weighed), String::new()),
        Some(Err(error @ (Error::Db(_) | Error::Internal(_)))) => return Err(error),
        Some(Err(why)) => (None, why.to_string()),
        None => (None, file.message.clone()),
    };
    render(&view(&me, drop, file, weighed, refusal))
}

fn view(me: &SignedIn, drop: DropRow, file: FileRow, found: Option<Weighed>, refusal: String) -> FilePage {
    let mut page = FilePage {
        page: me.page(format!("Tệp {}", file.file_name), Nav::Periods),
        receipt: file.receipt(&drop).words(),
        unit: String::new(),
        title: String::new(),
        blockers: Vec::new(),
        warnings: Vec::new(),
        figures: Vec::new(),
        sections: Vec::new(),
        drop,
        file,
        refusal,
    };
    let Some(found) = found else { return page };
    let outline = &found.open.outline;
    page.unit.clone_from(&found.open.case.unit.name);
    page.title = found.open.case.title();
    page.figures = outline
        .typed()
        .map(|asked| {
            let figure = words(asked, outline, &found.typed).unwrap_or_else(|| "–".to_owned());
            (asked.code.clone(), asked.name.clone(), figure, asked.measure_unit.clone())
        })
        .collect();
    let text = |code: &str| found.typed.sections.get(code).cloned().unwrap_or_default();
    page.sections = outline
        .sections
        .iter()
        .map(|section| (format!("{}. {}", section.label, section.title), text(&section.code)))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    (page.blockers, page.warnings) = (found.blockers, found.warnings);
    page
}

/// `GET /drops/{id}/files/{n}/file`: the bytes as they came.
///
/// # Errors
/// As [`file`]; 404 where none were kept.
pub async fn bytes(
    me: SignedIn,
    state: State,
    path: web::Path<(DropId, DropFileId)>,
) -> Result<HttpResponse, Error> {
    let ((id, number), actor) = (path.into_inner(), me.actor.clone());
    let (name, bytes) = state
        .read(move |conn| {
            decide::find(conn, &actor, id)?;
            let file = queries::file(conn, id, number)?;
            let bytes = queries::bytes(conn, number)?;
            if bytes.is_empty() { Err(Error::NotFound) } else { Ok((file.file_name, bytes)) }
        })
        .await?;
    Ok(download(XLSX, &name, bytes))
}
