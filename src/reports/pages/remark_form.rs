//! `/reports/{id}/remarks/…`: one unsent remark written, changed or removed, on a page of its own beside what the unit
//! sent at that place.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::remarks::says;
use super::version;
use crate::db::ids::{DraftRemarkId, ReportId};
use crate::error::{Error, Problems};
use crate::once;
use crate::reports::queries::{self, Sent};
use crate::reports::write_remark::{self, Typed, may_remark};
use crate::reports::{Case, DraftRemark, Place};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render, render_status};

#[derive(Template)]
#[template(path = "reports/remark.html")]
struct RemarkPage {
    page: Page,
    id: ReportId,
    title: String,
    unit: String,
    /// What the remark is about, in words.
    place: String,
    code: String,
    anchor: String,
    /// What the unit sent there; blank where it is too much for this page.
    said: String,
    /// The line and its two cells, where the place is a figure.
    cells: Vec<(String, &'static str)>,
    body: String,
    /// The remark that is being changed, with its version.
    remark: Option<(DraftRemarkId, i32)>,
    problems: Problems,
}

/// `?place=figure.B04`
#[derive(Deserialize)]
pub struct Where {
    place: Option<String>,
}

struct Read {
    case: Case,
    sent: Sent,
    remark: Option<DraftRemark>,
}

/// `GET /reports/{id}/remarks/new`
///
/// # Errors
/// 404 outside the scope and for a place the report does not have; 403 for anybody but the collector's reviewers.
pub async fn new_remark(
    me: SignedIn,
    state: State,
    path: web::Path<ReportId>,
    place: web::Query<Where>,
) -> Result<HttpResponse, Error> {
    let code = place.into_inner().place.unwrap_or_else(|| Place::Whole.code());
    let read = load(&me, &state, path.into_inner(), None).await?;
    let known = Place::from_code(&code).filter(|place| place.exists(&read.sent.outline, &read.sent.content));
    let place = known.ok_or(Error::NotFound)?;
    render(&view(&me, read, Typed { place: place.code(), body: String::new() }, Problems::default()))
}

/// `POST /reports/{id}/remarks`
///
/// # Errors
/// As [`write_remark::write`]; what is to be mended comes back on the page.
pub async fn add_remark(
    posted: Posted,
    state: State,
    path: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let typed = typed(&posted);
    let (actor, moment, asked) = (posted.me.actor.clone(), state.clock.moment(), typed.clone());
    let (person, digest) = (actor.person_id, posted.form.digest());
    let written = state
        .write(move |conn| {
            once::only(conn, person, digest.as_deref(), moment.recorded, |conn| {
                write_remark::write(conn, &actor, id, &asked, moment)?;
                Ok(format!("/reports/{id}"))
            })
        })
        .await
        .map(|_| ());
    answer(&posted, &state, id, None, typed, written).await
}

/// `GET /reports/{id}/remarks/{n}`
///
/// # Errors
/// As [`new_remark`]; 404 for a remark that is not there, or no longer unsent.
pub async fn remark(
    me: SignedIn,
    state: State,
    path: web::Path<(ReportId, DraftRemarkId)>,
) -> Result<HttpResponse, Error> {
    let (id, remark) = path.into_inner();
    let read = load(&me, &state, id, Some(remark)).await?;
    let typed = read.remark.as_ref().map(|r| Typed { place: r.place.code(), body: r.body.clone() });
    render(&view(&me, read, typed.unwrap_or_default(), Problems::default()))
}

/// `POST /reports/{id}/remarks/{n}`
///
/// # Errors
/// As [`write_remark::change`]; what is to be mended comes back on the page.
pub async fn save_remark(
    posted: Posted,
    state: State,
    path: web::Path<(ReportId, DraftRemarkId)>,
) -> Result<HttpResponse, Error> {
    let (id, remark) = path.into_inner();
    let (typed, seen) = (typed(&posted), version(&posted.form, "version"));
    let (actor, moment, asked) = (posted.me.actor.clone(), state.clock.moment(), typed.clone());
    let changed =
        state.write(move |conn| write_remark::change(conn, &actor, id, remark, seen, &asked, moment)).await;
    answer(&posted, &state, id, Some(remark), typed, changed).await
}

/// `POST /reports/{id}/remarks/{n}/removal`
///
/// # Errors
/// As [`write_remark::remove`].
pub async fn remove_remark(
    posted: Posted,
    state: State,
    path: web::Path<(ReportId, DraftRemarkId)>,
) -> Result<HttpResponse, Error> {
    let (id, remark) = path.into_inner();
    let (actor, seen) = (posted.me.actor.clone(), version(&posted.form, "version"));
    let moment = state.clock.moment();
    state.write(move |conn| write_remark::remove(conn, &actor, id, remark, seen, moment)).await?;
    Ok(redirect_with(&format!("/reports/{id}"), "Đã xóa góp ý."))
}

fn typed(posted: &Posted) -> Typed {
    Typed { place: posted.form.line("place"), body: posted.form.get("body").to_owned() }
}

/// Back to the place in the report, or the page again with what is to be mended.
async fn answer(
    posted: &Posted,
    state: &State,
    id: ReportId,
    remark: Option<DraftRemarkId>,
    typed: Typed,
    outcome: Result<(), Error>,
) -> Result<HttpResponse, Error> {
    match outcome {
        Ok(()) => {
            let anchor = Place::from_code(&typed.place).map(|place| place.anchor()).unwrap_or_default();
            let words = "Đã ghi góp ý. Đơn vị chỉ thấy khi bạn đề nghị chỉnh lý, bổ sung, hoặc mở lại báo cáo đã tiếp nhận.";
            Ok(redirect_with(&format!("/reports/{id}#{anchor}"), words))
        }
        Err(Error::Invalid(problems)) => {
            let read = load(&posted.me, state, id, remark).await?;
            render_status(StatusCode::UNPROCESSABLE_ENTITY, &view(&posted.me, read, typed, problems))
        }
        Err(other) => Err(other),
    }
}

async fn load(
    me: &SignedIn,
    state: &State,
    id: ReportId,
    remark: Option<DraftRemarkId>,
) -> Result<Read, Error> {
    let actor = me.actor.clone();
    state
        .read(move |conn| {
            let case = queries::find(conn, &actor.scope(), id)?;
            may_remark(&actor, &case)?;
            let last = queries::revision_id(conn, id, case.report.last_revision)?.ok_or(Error::NotFound)?;
            let remark = remark.map(|n| queries::draft_remark(conn, id, n)).transpose()?;
            Ok(Read { sent: queries::sent(conn, last)?, case, remark })
        })
        .await
}

fn view(me: &SignedIn, read: Read, typed: Typed, problems: Problems) -> RemarkPage {
    let place = Place::from_code(&typed.place).unwrap_or(Place::Whole);
    let cells = match place.spot() {
        Place::Figure(code) => vec![
            (Place::Figure(code.clone()).code(), "Cả dòng"),
            (Place::FigureValue(code.clone()).code(), "Số liệu"),
            (Place::FigureNote(code).code(), "Ghi chú"),
        ],
        _ => vec![],
    };
    let shown = if cells.is_empty() { place.clone() } else { place.spot() };
    RemarkPage {
        page: me.page("Góp ý", Nav::Periods),
        id: read.case.report.id,
        title: read.case.title(),
        unit: read.case.unit.name.clone(),
        place: shown.words(&read.sent.outline),
        code: place.code(),
        anchor: place.anchor(),
        said: says(&shown, &read.sent),
        cells,
        body: typed.body,
        remark: read.remark.map(|remark| (remark.id, remark.version)),
        problems,
    }
}
