//! `/reports/{id}/unit-plan`: where a unit's plan is brought, as a file or pasted, and those that were.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::audit::sha256_hex;
use crate::calendar::to_local;
use crate::db::ids::{ReportId, UnitPlanId};
use crate::error::{Error, Problems};
use crate::prose_reports::form::seen;
use crate::prose_reports::upload::{FILE, Given, LARGEST, Noun, TEXT, problem, read_file, read_pasted};
use crate::unit_plans::queries::{self, UploadRow};
use crate::unit_plans::upload::{self, Ground, MOST_UPLOADS, asked, read};
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
    /// "đang dùng, từ 10:42 ngày 05/6/2025"; blank while it waits.
    used: String,
    current: bool,
}

fn lines(rows: &[UploadRow]) -> Vec<Line> {
    let newest = rows.iter().filter(|row| row.applied_at.is_some()).max_by_key(|row| row.order());
    let current = newest.map(|row| row.id);
    let line = |row: &UploadRow| {
        let at = date_time(to_local(row.uploaded_at));
        let current = current == Some(row.id);
        let word = if current { "đang dùng, từ" } else { "đã dùng, từ" };
        Line {
            id: row.id.to_string(),
            version: row.version,
            name: row.file_name.clone(),
            what: format!("{}, {} tải lên lúc {at}", row.size_words(), row.adder_name),
            used: row.applied_at.map_or_else(String::new, |at| format!("{word} {}", date_time(to_local(at)))),
            current,
        }
    };
    rows.iter().map(line).collect()
}

#[derive(Template)]
#[template(path = "unit_plans/bring.html")]
struct BringPage {
    page: Page,
    id: ReportId,
    title: String,
    unit: String,
    /// The paper it is being typed in from.
    behalf: Option<String>,
    /// How many tasks the plan is held against.
    tasks: usize,
    lines: Vec<Line>,
    text: String,
    /// Whether .doc can be converted here.
    office: bool,
    problems: Problems,
}

impl BringPage {
    fn largest(&self) -> usize {
        LARGEST >> 20
    }

    /// How many documents are kept, once no other has room.
    fn full(&self) -> Option<usize> {
        (self.lines.len() >= MOST_UPLOADS).then_some(MOST_UPLOADS)
    }
}

/// `GET /reports/{id}/unit-plan`: a report that is not being written, or asks for no plan, shows itself.
///
/// # Errors
/// 404 for everybody who does not write it.
pub async fn bring(me: SignedIn, state: State, path: web::Path<ReportId>) -> Result<HttpResponse, Error> {
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
) -> Result<BringPage, Error> {
    let actor = me.actor.clone();
    let (ground, rows) = state
        .read(move |conn| {
            let ground = asked(conn, &actor, id)?;
            let rows = queries::of_report(conn, id, ground.open.case.behalf.is_some())?;
            Ok((ground, rows))
        })
        .await?;
    let case = &ground.open.case;
    Ok(BringPage {
        page: me.page(format!("Kế hoạch của đơn vị: {}", case.unit.name), Nav::Reports),
        id,
        title: case.title(),
        unit: case.unit.name.clone(),
        behalf: case.behalf.as_ref().map(|typing| typing.paper.words()),
        tasks: ground.tasks.len(),
        lines: lines(&rows),
        text,
        office: papers::office_is_installed(),
        problems,
    })
}

/// `POST /reports/{id}/unit-plan`: a file comes in; what is to be mended is said on the page, 422.
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
    let ground = match grounded(&me, &state, id).await {
        Ok(ground) => ground,
        Err(error) => {
            if let Some(file) = file {
                file.drain().await;
            }
            return Err(error);
        }
    };
    let outcome = match file {
        None => Err(problem(FILE, "Chọn tệp kế hoạch trên máy rồi bấm “Tải lên và đọc”.")),
        Some(file) => {
            let name = file.name().to_owned();
            match file.whole(LARGEST).await? {
                None => Err(problem(
                    FILE,
                    format!("Tệp lớn hơn {} MB. Dán nội dung vào ô bên dưới.", LARGEST >> 20),
                )),
                Some(bytes) => match state.block(move || read_file(&name, bytes, Noun::Plan)).await {
                    Ok(given) => keep(&me, &state, &form, (ground, given), FILE).await,
                    Err(error) => Err(error),
                },
            }
        }
    };
    answer(&me, &state, id, String::new(), outcome).await
}

/// `POST /reports/{id}/unit-plan/text`: pasted text comes in.
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
    let ground = grounded(&me, &state, id).await?;
    let text = form.block(TEXT).to_owned();
    let outcome = match SECTION.fault("Nội dung dán vào", &text) {
        Some(fault) => Err(problem(TEXT, fault)),
        None => match read_pasted(&text, Noun::Plan) {
            Ok(given) => keep(&me, &state, &form, (ground, given), TEXT).await,
            Err(error) => Err(error),
        },
    };
    answer(&me, &state, id, text, outcome).await
}

async fn grounded(me: &SignedIn, state: &State, id: ReportId) -> Result<Ground, Error> {
    let actor = me.actor.clone();
    state.read(move |conn| asked(conn, &actor, id)).await
}

async fn keep(
    me: &SignedIn,
    state: &State,
    form: &FormData,
    (ground, given): (Ground, Given),
    field: &'static str,
) -> Result<String, Error> {
    let digest =
        form.digest().map(|typed| sha256_hex(format!("{typed} {}", sha256_hex(&given.bytes)).as_bytes()));
    let id = ground.open.case.report.id;
    let (given, kept) = state
        .block(move || {
            let kept = read(&ground, &given, field)?;
            Ok((given, kept))
        })
        .await?;
    let (actor, moment, limits) = (me.actor.clone(), state.clock.moment(), state.attachments);
    state
        .write(move |conn| {
            once::only(conn, actor.person_id, digest.as_deref(), moment.recorded, |conn| {
                let upload = upload::take_in(conn, &actor, id, (&given, &kept, field), limits, moment)?;
                Ok(format!("/reports/{id}/unit-plan/{upload}"))
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

/// `POST /reports/{id}/unit-plan/{n}/removal`.
///
/// # Errors
/// As [`upload::remove`].
pub async fn remove(
    posted: Posted,
    state: State,
    path: web::Path<(ReportId, UnitPlanId)>,
) -> Result<HttpResponse, Error> {
    let (id, upload) = path.into_inner();
    let (actor, moment) = (posted.me.actor.clone(), state.clock.moment());
    let seen = seen(&posted.form).upload;
    let name = state.write(move |conn| upload::remove(conn, &actor, (id, upload, seen), moment)).await?;
    Ok(redirect_with(
        &format!("/reports/{id}/unit-plan"),
        format!("Đã bỏ văn bản “{name}”; báo cáo không thay đổi."),
    ))
}
