//! `/reports/{id}/workbooks`: the unit's workbook to fill, the place where it is handed back, and those that wait.
//! Stands between the browser and the verbs of workbooks; the preview of one upload has its own file.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::facts::Facts;
use crate::attachments::size_words;
use crate::calendar::to_local;
use crate::db::ids::{ReportId, WorkbookUploadId};
use crate::error::{Error, Problems};
use crate::periods;
use crate::reports::queries::{self, Transition, UploadRow};
use crate::reports::workbook;
use crate::reports::workbook_upload::{self, Given, problem};
use crate::reports::{draft, withdraw};
use crate::unit_workbook::{LARGEST, Refusal};
use crate::vietnamese::date_time;
use crate::web::{
    IncomingFile, Nav, Page, Posted, PostedFile, SignedIn, State, download, redirect, redirect_with, render,
    render_status,
};

/// The media type of a workbook.
pub(super) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// An upload as lists show it.
pub(super) struct UploadView {
    pub id: String,
    pub name: String,
    pub what: String,
    /// "Áp dụng lúc 10:42 ngày 05/6/2025"; blank while it waits.
    pub applied: String,
}

impl UploadView {
    pub(super) fn of(row: &UploadRow) -> UploadView {
        let (when, who) = (date_time(to_local(row.uploaded_at)), &row.adder_name);
        UploadView {
            id: row.id.to_string(),
            name: row.file_name.clone(),
            what: format!("{}, {who} tải lên lúc {when}", size_words(row.size)),
            applied: row
                .applied_at
                .map_or_else(String::new, |at| format!("đã áp dụng lúc {}", date_time(to_local(at)))),
        }
    }
}

impl UploadView {
    /// Those that wait to be applied, for the page the report is written on.
    pub(super) fn waiting(uploads: &[UploadRow], history: &[Transition]) -> Vec<UploadView> {
        let taken_back = |at| withdraw::was_taken_back(history, at);
        queries::waiting(uploads, withdraw::sent_last(history), taken_back).map(UploadView::of).collect()
    }
}

#[derive(Template)]
#[template(path = "reports/workbooks.html")]
struct WorkbooksPage {
    page: Page,
    facts: Facts,
    uploads: Vec<UploadView>,
    problems: Problems,
    largest: String,
}

/// `GET /reports/{id}/workbook`: the workbook to fill.
///
/// # Errors
/// As [`workbook::download`].
pub async fn workbook(me: SignedIn, state: State, path: web::Path<ReportId>) -> Result<HttpResponse, Error> {
    let (id, actor) = (path.into_inner(), me.actor.clone());
    let file = state.read(move |conn| workbook::download(conn, &actor, id)).await?;
    Ok(download(XLSX, &file.file_name, file.bytes))
}

/// `GET /reports/{id}/workbooks`: a report that is not being written shows itself.
///
/// # Errors
/// 404 outside the unit.
pub async fn workbooks(me: SignedIn, state: State, path: web::Path<ReportId>) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    shown(page(&me, &state, id, Problems::default()).await, id)
}

/// A page about a draft; a report that is not being written shows itself.
pub(super) fn shown<P: Template>(page: Result<P, Error>, id: ReportId) -> Result<HttpResponse, Error> {
    match page {
        Ok(page) => render(&page),
        Err(Error::Refused(_)) => Ok(redirect(&format!("/reports/{id}"))),
        Err(other) => Err(other),
    }
}

async fn page(
    me: &SignedIn,
    state: &State,
    id: ReportId,
    problems: Problems,
) -> Result<WorkbooksPage, Error> {
    let actor = me.actor.clone();
    let (case, uploads, holidays) = state
        .read(move |conn| {
            let open = workbook_upload::asked(conn, &actor, id)?;
            let uploads = queries::workbook_uploads_of(conn, id)?;
            Ok((open.case, uploads, periods::queries::holidays(conn)?))
        })
        .await?;
    Ok(WorkbooksPage {
        page: me.page(format!("Biểu mẫu Excel: {}", case.title()), Nav::Reports),
        facts: Facts::new(&case, &holidays, state.clock.moment()),
        uploads: uploads.iter().map(UploadView::of).collect(),
        problems,
        largest: size_words(i64::try_from(LARGEST).unwrap_or(i64::MAX)),
    })
}

/// `POST /reports/{id}/workbooks`: a workbook comes back; what is not taken is said on the page, 422.
///
/// # Errors
/// As [`workbook_upload::take_in`].
pub async fn take_in_workbook(
    posted: PostedFile,
    state: State,
    path: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let PostedFile { me, file, .. } = posted;
    match taken(&me, &state, id, file).await {
        Ok(upload) => Ok(redirect(&format!("/reports/{id}/workbooks/{upload}"))),
        Err(Error::Invalid(problems)) => {
            let page = page(&me, &state, id, problems).await?;
            render_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other),
    }
}

async fn taken(
    me: &SignedIn,
    state: &State,
    id: ReportId,
    file: Option<IncomingFile>,
) -> Result<WorkbookUploadId, Error> {
    let actor = me.actor.clone();
    let asked = state.read(move |conn| workbook_upload::asked(conn, &actor, id)).await;
    let open = match (asked, &file) {
        (Ok(open), Some(_)) => open,
        (Ok(_), None) => return Err(problem("Chọn tệp biểu mẫu Excel trên máy rồi bấm “Tải lên”.")),
        (Err(error), _) => {
            if let Some(file) = file {
                file.drain().await;
            }
            return Err(error);
        }
    };
    let Some(file) = file else { return Err(Error::NotFound) };
    let name = file.name().to_owned();
    let Some(bytes) = file.whole(LARGEST).await? else { return Err(problem(Refusal::TooLarge.to_string())) };
    let given = Given { name, bytes };
    let (given, reading) = state
        .block(move || {
            let reading = workbook_upload::read(&open, &given)?;
            Ok((given, reading))
        })
        .await?;
    let (actor, limits, moment) = (me.actor.clone(), state.attachments, state.clock.moment());
    state
        .write(move |conn| workbook_upload::take_in(conn, &actor, id, (&given, &reading), limits, moment))
        .await
}

/// `POST /reports/{id}/workbooks/{n}/removal`
///
/// # Errors
/// As [`workbook_upload::remove`].
pub async fn remove_workbook(
    posted: Posted,
    state: State,
    path: web::Path<(ReportId, WorkbookUploadId)>,
) -> Result<HttpResponse, Error> {
    let (id, upload) = path.into_inner();
    let (actor, moment) = (posted.me.actor.clone(), state.clock.moment());
    let sure = posted.form.get("sure") == "1";
    let name =
        state.write(move |conn| workbook_upload::remove(conn, &actor, (id, upload), sure, moment)).await?;
    Ok(redirect_with(&format!("/reports/{id}/workbooks"), format!("Đã bỏ tệp “{name}”.")))
}

/// Whether the report can be filled by a workbook: what the draft's page asks.
pub(super) fn has_workbook(open: &draft::Open) -> bool {
    !open.case.is_consolidated()
}
