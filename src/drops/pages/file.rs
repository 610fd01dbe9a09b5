//! `/drops/{id}/files/{n}`: what a file says, what in it is to be mended or looked at, before anything is entered; and its bytes.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::db::ids::{DropFileId, DropId};
use crate::drops::queries::{self, DropRow, FileRow};
use crate::drops::{FileState, decide};
use crate::error::Error;
use crate::reports::workbook_entry::{self, Weighed};
use crate::reports::{AskedTask, words};
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
    /// The number of the report it is of; "" while it is nobody's.
    report: String,
    receipt: String,
    blockers: Vec<Finding>,
    warnings: Vec<Finding>,
    /// Code, name, figure with its word, unit of measure.
    figures: Vec<(String, String, String, String)>,
    sections: Vec<(String, String)>,
    /// Clause and words of a task, how it stands and what is said of it.
    tasks: Vec<(String, String)>,
    /// Lists and links: what they are, how many rows.
    rows: Vec<(String, usize)>,
    /// Why nothing can be shown of it now.
    refusal: String,
    /// All there is to mend are remarks of the collector to answer, for which a workbook has no place.
    remarks_only: bool,
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
        report: file.report_id.map_or_else(String::new, |report| report.to_string()),
        blockers: Vec::new(),
        warnings: Vec::new(),
        figures: Vec::new(),
        sections: Vec::new(),
        tasks: Vec::new(),
        rows: Vec::new(),
        remarks_only: false,
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
    let task = |asked: &AskedTask| {
        let result = found.typed.tasks.get(&asked.id).filter(|result| !result.is_blank())?;
        let said: Vec<&str> =
            [result.status.words(), &result.body].into_iter().filter(|words| !words.is_empty()).collect();
        Some((format!("{} {}", asked.clause, asked.text), said.join(": ")))
    };
    page.tasks = outline.tasks.iter().filter_map(task).collect();
    let lists = outline.lists.iter().map(|list| (list.title.clone(), &list.code));
    let rows = |code: &String| found.typed.lists.get(code).map_or(0, Vec::len);
    page.rows = lists.map(|(title, code)| (title, rows(code))).collect();
    page.rows.push(("Minh chứng".to_owned(), found.typed.evidence.len()));
    page.rows.retain(|(_, rows)| *rows > 0);
    (page.blockers, page.warnings) = (found.blockers, found.warnings);
    page.remarks_only = page.blockers.iter().all(|found| found.field.starts_with("remark."));
    page
}

/// `GET /drops/{id}/files/{n}/annotated`: its values with what is to be mended marked in the cells.
///
/// # Errors
/// As [`file`]; 404 where nothing of it was read, or it is entered already.
pub async fn annotated(
    me: SignedIn,
    state: State,
    path: web::Path<(DropId, DropFileId)>,
) -> Result<HttpResponse, Error> {
    let ((id, number), actor, moment) = (path.into_inner(), me.actor.clone(), state.clock.moment());
    let made = state
        .read(move |conn| {
            let drop = decide::find(conn, &actor, id)?;
            let file = queries::file(conn, id, number)?;
            let read = file.report_id.zip(queries::reading(conn, number)?);
            let (report, reading) =
                read.filter(|_| file.state() != FileState::Applied).ok_or(Error::NotFound)?;
            let given = file.receipt(&drop).begin();
            workbook_entry::annotated(conn, &actor, report, &reading, &given, moment)
        })
        .await?;
    Ok(download(XLSX, &made.file_name, made.bytes))
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
