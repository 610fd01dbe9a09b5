//! `/reports/{id}/prose`, `/reports/{id}/unit-plan`: where a document is brought, as a file or pasted, and those that were.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::{Begin, Shown};
use crate::audit::sha256_hex;
use crate::brought::form::seen;
use crate::brought::queries::{self, DocumentRow};
use crate::brought::take_in::{self, MOST, asked};
use crate::brought::{FILE, Given, Ground, LARGEST, TEXT, problem};
use crate::calendar::to_local;
use crate::db::ids::{BroughtId, ReportId};
use crate::error::{Error, Problems};
use crate::reports::queries::taken_back_numbers;
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
    /// "đã ghi lúc 10:42 ngày 05/6/2025", or that what it was applied to was taken back; blank while it waits.
    applied: String,
    newest: bool,
    stays: bool,
}

/// `taken_back`: the sendings that were.
fn lines<K: Shown>(rows: &[DocumentRow], taken_back: &[i32]) -> Vec<Line> {
    let standing = rows.iter().filter(|row| row.applied_at.is_some() && row.taken_back(taken_back).is_none());
    let newest = standing.max_by_key(|row| row.order()).map(|row| row.id);
    let line = |row: &DocumentRow| {
        let at = date_time(to_local(row.uploaded_at));
        let is_newest = newest == Some(row.id);
        let gone = row.taken_back(taken_back);
        let words = |at| match gone {
            Some(number) => format!("đã ghi cho lần gửi {number}, lần gửi đó đã rút"),
            None => K::applied_words(&date_time(to_local(at)), is_newest),
        };
        Line {
            id: row.id.to_string(),
            version: row.version,
            name: row.file_name.clone(),
            what: format!("{}, {} tải lên lúc {at}", row.size_words(), row.adder_name),
            applied: row.applied_at.map_or_else(String::new, words),
            newest: is_newest || (K::ABOUT.stays.is_none() && gone.is_none()),
            stays: take_in::stays(K::ABOUT, row).is_some(),
        }
    };
    rows.iter().map(line).collect()
}

#[derive(Template)]
#[template(path = "brought/list.html")]
struct ListPage {
    page: Page,
    begin: Begin,
    /// The address of its pages.
    at: String,
    draft: String,
    noun: &'static str,
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
        (self.lines.len() >= MOST).then_some(MOST)
    }
}

fn at<K: Shown>(id: ReportId) -> String {
    format!("/reports/{id}/{}", K::ABOUT.path)
}

/// A report that is not being written, or takes no such document, shows itself.
///
/// # Errors
/// 404 for everybody who does not write it.
pub async fn list<K: Shown>(
    me: SignedIn,
    state: State,
    path: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    match page::<K>(&me, &state, id, String::new(), Problems::default()).await {
        Ok(page) => render(&page),
        Err(Error::Refused(_)) => Ok(redirect(&format!("/reports/{id}"))),
        Err(other) => Err(other),
    }
}

async fn page<K: Shown>(
    me: &SignedIn,
    state: &State,
    id: ReportId,
    text: String,
    problems: Problems,
) -> Result<ListPage, Error> {
    let actor = me.actor.clone();
    let (ground, rows, taken_back) = state
        .read(move |conn| {
            let ground = asked::<K>(conn, &actor, id)?;
            let rows = queries::of_report(conn, id, K::ABOUT, ground.typed())?;
            Ok((ground, rows, taken_back_numbers(conn, id)?))
        })
        .await?;
    let case = &ground.open.case;
    Ok(ListPage {
        page: me.page(K::bring_title(&ground), Nav::Reports),
        begin: K::begin(&ground),
        at: at::<K>(id),
        draft: format!("/reports/{id}/draft"),
        noun: K::ABOUT.noun,
        title: case.title(),
        unit: case.unit.name.clone(),
        behalf: case.behalf.as_ref().map(|typing| typing.paper.words()),
        lines: lines::<K>(&rows, &taken_back),
        text,
        office: papers::office_is_installed(),
        problems,
    })
}

/// A file comes in; what is to be mended is said on the page, 422.
///
/// # Errors
/// As [`take_in::take_in`].
pub async fn create<K: Shown>(
    posted: PostedFile,
    state: State,
    path: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let PostedFile { me, form, file, .. } = posted;
    // Nothing is read from who may not send it.
    let ground = match grounded::<K>(&me, &state, id).await {
        Ok(ground) => ground,
        Err(error) => {
            if let Some(file) = file {
                file.drain().await;
            }
            return Err(error);
        }
    };
    let outcome = match file {
        None => Err(problem(FILE, format!("Chọn tệp {} trên máy rồi bấm “Tải lên và đọc”.", K::ABOUT.noun))),
        Some(file) => {
            let name = file.name().to_owned();
            match file.whole(LARGEST).await? {
                None => Err(problem(
                    FILE,
                    format!("Tệp lớn hơn {} MB. Dán nội dung vào ô bên dưới.", LARGEST >> 20),
                )),
                Some(bytes) => match state.block(move || Given::file(&name, bytes, K::ABOUT)).await {
                    Ok(given) => keep(&me, &state, &form, (ground, given), FILE).await,
                    Err(error) => Err(error),
                },
            }
        }
    };
    answer::<K>(&me, &state, id, String::new(), outcome).await
}

/// Pasted text comes in.
///
/// # Errors
/// As [`create`].
pub async fn paste<K: Shown>(
    posted: PostedLong,
    state: State,
    path: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let PostedLong { me, form } = posted;
    let ground = grounded::<K>(&me, &state, id).await?;
    let text = form.block(TEXT).to_owned();
    let outcome = match SECTION.fault("Nội dung dán vào", &text) {
        Some(fault) => Err(problem(TEXT, fault)),
        None => match Given::pasted(&text, K::ABOUT) {
            Ok(given) => keep(&me, &state, &form, (ground, given), TEXT).await,
            Err(error) => Err(error),
        },
    };
    answer::<K>(&me, &state, id, text, outcome).await
}

async fn grounded<K: Shown>(me: &SignedIn, state: &State, id: ReportId) -> Result<Ground<K>, Error> {
    let actor = me.actor.clone();
    state.read(move |conn| asked(conn, &actor, id)).await
}

async fn keep<K: Shown>(
    me: &SignedIn,
    state: &State,
    form: &FormData,
    (ground, given): (Ground<K>, Given),
    field: &'static str,
) -> Result<String, Error> {
    let digest =
        form.digest().map(|typed| sha256_hex(format!("{typed} {}", sha256_hex(&given.bytes)).as_bytes()));
    let id = ground.open.case.report.id;
    let (given, kept) = state
        .block(move || {
            let kept = K::read(&ground, &given, field)?;
            Ok((given, kept))
        })
        .await?;
    let (actor, moment, limits) = (me.actor.clone(), state.clock.moment(), state.attachments);
    state
        .write(move |conn| {
            once::only(conn, actor.person_id, digest.as_deref(), moment.recorded, |conn| {
                let given = (&given, &kept, field);
                let document = take_in::take_in::<K>(conn, &actor, id, given, limits, moment)?;
                Ok(format!("{}/{document}", at::<K>(id)))
            })
        })
        .await
}

async fn answer<K: Shown>(
    me: &SignedIn,
    state: &State,
    id: ReportId,
    text: String,
    outcome: Result<String, Error>,
) -> Result<HttpResponse, Error> {
    match outcome {
        Ok(to) => Ok(redirect(&to)),
        Err(Error::Invalid(problems)) => {
            let page = page::<K>(me, state, id, text, problems).await?;
            render_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other),
    }
}

/// Drops a document.
///
/// # Errors
/// As [`take_in::remove`].
pub async fn remove<K: Shown>(
    posted: Posted,
    state: State,
    path: web::Path<(ReportId, BroughtId)>,
) -> Result<HttpResponse, Error> {
    let (id, document) = path.into_inner();
    let (actor, moment) = (posted.me.actor.clone(), state.clock.moment());
    let seen = seen(&posted.form).document;
    let name =
        state.write(move |conn| take_in::remove::<K>(conn, &actor, (id, document, seen), moment)).await?;
    Ok(redirect_with(&at::<K>(id), format!("Đã bỏ văn bản “{name}”; báo cáo không thay đổi.")))
}
