//! `/reports/{id}/prose`: where a document is brought, as a file or pasted, and those that were.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::audit::sha256_hex;
use crate::calendar::to_local;
use crate::db::ids::{ProseUploadId, ReportId};
use crate::error::{Error, Problems};
use crate::prose_reports::form;
use crate::prose_reports::queries::{self, UploadRow};
use crate::prose_reports::upload::{
    self, FILE, Given, LARGEST, MOST_UPLOADS, Noun, TEXT, asked, hidden, problem, read, read_file,
    read_pasted,
};
use crate::reports::draft::Open;
use crate::vietnamese::date_time;
use crate::vietnamese::limits::SECTION;
use crate::web::{
    FormData, Nav, Page, Posted, PostedFile, PostedLong, SignedIn, State, redirect, redirect_with, render,
    render_status,
};
use crate::{once, papers};

/// A document as the list shows it.
struct Line {
    id: String,
    version: i32,
    name: String,
    what: String,
    /// "đã ghi lúc 10:42 ngày 05/6/2025"; blank while it waits.
    written: String,
}

impl Line {
    fn of(row: &UploadRow) -> Line {
        let at = date_time(to_local(row.uploaded_at));
        Line {
            id: row.id.to_string(),
            version: row.version,
            name: row.file_name.clone(),
            what: format!("{}, {} tải lên lúc {at}", row.size_words(), row.adder_name),
            written: row
                .applied_at
                .map_or_else(String::new, |at| format!("đã ghi vào báo cáo lúc {}", date_time(to_local(at)))),
        }
    }
}

#[derive(Template)]
#[template(path = "prose_reports/list.html")]
struct ListPage {
    page: Page,
    id: ReportId,
    title: String,
    unit: String,
    /// The paper it is being typed in from.
    behalf: Option<String>,
    lines: Vec<Line>,
    text: String,
    /// Whether .doc can be converted here.
    office: bool,
    problems: Problems,
}

impl ListPage {
    fn largest(&self) -> usize {
        LARGEST >> 20
    }

    /// How many documents are kept, once no other has room.
    fn full(&self) -> Option<usize> {
        (self.lines.len() >= MOST_UPLOADS).then_some(MOST_UPLOADS)
    }
}

/// `GET /reports/{id}/prose`: a report that is not being written shows itself.
///
/// # Errors
/// 404 for everybody who does not write it.
pub async fn list(me: SignedIn, state: State, path: web::Path<ReportId>) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    match page(&me, &state, id, String::new(), Problems::default()).await {
        Ok(page) => render(&page),
        Err(Error::Refused(_)) => Ok(redirect(&format!("/reports/{id}"))),
        Err(other) => Err(other),
    }
}

async fn page(
    me: &SignedIn,
    state: &State,
    id: ReportId,
    text: String,
    problems: Problems,
) -> Result<ListPage, Error> {
    let actor = me.actor.clone();
    let (case, rows) = state
        .read(move |conn| {
            let open = asked(conn, &actor, id)?;
            let rows = queries::of_report(conn, id, hidden(&open.case))?;
            Ok((open.case, rows))
        })
        .await?;
    Ok(ListPage {
        page: me.page(format!("Đọc báo cáo từ văn bản: {}", case.title()), Nav::Reports),
        id,
        title: case.title(),
        unit: case.unit.name.clone(),
        behalf: case.behalf.as_ref().map(|typing| typing.paper.words()),
        lines: rows.iter().map(Line::of).collect(),
        text,
        office: papers::office_is_installed(),
        problems,
    })
}

/// `POST /reports/{id}/prose`: a file comes in; what is to be mended is said on the page, 422.
///
/// # Errors
/// As [`upload::take_in`].
pub async fn create(
    posted: PostedFile,
    state: State,
    path: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let PostedFile { me, form, file, .. } = posted;
    // Nothing is read from who may not send it.
    let open = match opened(&me, &state, id).await {
        Ok(open) => open,
        Err(error) => {
            if let Some(file) = file {
                file.drain().await;
            }
            return Err(error);
        }
    };
    let outcome = match file {
        None => Err(problem(FILE, "Chọn tệp báo cáo trên máy rồi bấm “Tải lên và đọc”.")),
        Some(file) => {
            let name = file.name().to_owned();
            match file.whole(LARGEST).await? {
                None => Err(problem(
                    FILE,
                    format!("Tệp lớn hơn {} MB. Dán nội dung vào ô bên dưới.", LARGEST >> 20),
                )),
                Some(bytes) => {
                    let given = state.block(move || read_file(&name, bytes, Noun::Report)).await;
                    match given {
                        Ok(given) => keep(&me, &state, &form, (open, given), FILE).await,
                        Err(error) => Err(error),
                    }
                }
            }
        }
    };
    answer(&me, &state, id, String::new(), outcome).await
}

/// `POST /reports/{id}/prose/text`: pasted text comes in.
///
/// # Errors
/// As [`create`].
pub async fn paste(
    posted: PostedLong,
    state: State,
    path: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let PostedLong { me, form } = posted;
    let open = opened(&me, &state, id).await?;
    let text = form.block(TEXT).to_owned();
    let outcome = match SECTION.fault("Nội dung dán vào", &text) {
        Some(fault) => Err(problem(TEXT, fault)),
        None => match read_pasted(&text, Noun::Report) {
            Ok(given) => keep(&me, &state, &form, (open, given), TEXT).await,
            Err(error) => Err(error),
        },
    };
    answer(&me, &state, id, text, outcome).await
}

async fn opened(me: &SignedIn, state: &State, id: ReportId) -> Result<Open, Error> {
    let actor = me.actor.clone();
    state.read(move |conn| asked(conn, &actor, id)).await
}

async fn keep(
    me: &SignedIn,
    state: &State,
    form: &FormData,
    (open, given): (Open, Given),
    field: &'static str,
) -> Result<String, Error> {
    let digest =
        form.digest().map(|typed| sha256_hex(format!("{typed} {}", sha256_hex(&given.bytes)).as_bytes()));
    let id = open.case.report.id;
    let (given, kept) = state
        .block(move || {
            let kept = read(&open, &given, field)?;
            Ok((given, kept))
        })
        .await?;
    let (actor, moment, limits) = (me.actor.clone(), state.clock.moment(), state.attachments);
    state
        .write(move |conn| {
            once::only(conn, actor.person_id, digest.as_deref(), moment.recorded, |conn| {
                let upload = upload::take_in(conn, &actor, id, (&given, &kept, field), limits, moment)?;
                Ok(format!("/reports/{id}/prose/{upload}"))
            })
        })
        .await
}

async fn answer(
    me: &SignedIn,
    state: &State,
    id: ReportId,
    text: String,
    outcome: Result<String, Error>,
) -> Result<HttpResponse, Error> {
    match outcome {
        Ok(to) => Ok(redirect(&to)),
        Err(Error::Invalid(problems)) => {
            let page = page(me, state, id, text, problems).await?;
            render_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other),
    }
}

/// `POST /reports/{id}/prose/{n}/removal`.
///
/// # Errors
/// As [`upload::remove`].
pub async fn remove(
    posted: Posted,
    state: State,
    path: web::Path<(ReportId, ProseUploadId)>,
) -> Result<HttpResponse, Error> {
    let (id, upload) = path.into_inner();
    let (actor, moment) = (posted.me.actor.clone(), state.clock.moment());
    let seen = form::seen(&posted.form).upload;
    let name = state.write(move |conn| upload::remove(conn, &actor, (id, upload, seen), moment)).await?;
    Ok(redirect_with(
        &format!("/reports/{id}/prose"),
        format!("Đã bỏ văn bản “{name}”; báo cáo không thay đổi."),
    ))
}
