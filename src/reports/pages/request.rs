//! `/reports/{id}/amendment-request` and `/reports/{id}/reopening`: the unsent remarks once more, the reason and the
//! day, before the unit is asked to correct what waits or what was already received.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::facts::Facts;
use super::remarks::{RemarkView, unsent_views};
use super::version;
use crate::calendar::{Holidays, Moment};
use crate::db::ids::ReportId;
use crate::error::{Error, Problems};
use crate::periods;
use crate::reports::queries::{self, Sent};
use crate::reports::receive::may_review;
use crate::reports::reopen::reopen;
use crate::reports::request_amendment::{Request, default_due, request_amendment as request};
use crate::reports::{Case, DraftRemark, ReportState, TypedDay};
use crate::vietnamese::short_date;
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect, redirect_with, render, render_status};

#[derive(Template)]
#[template(path = "reports/request.html")]
struct RequestPage {
    page: Page,
    facts: Facts,
    version: i32,
    /// Reopens what was received; else asks to amend what waits.
    reopens: bool,
    remarks: Vec<RemarkView>,
    problems: Problems,
    reason: String,
    due_on: String,
    default_due: String,
    /// The revision that stays counted.
    received: Option<i32>,
}

struct Read {
    case: Case,
    sent: Sent,
    remarks: Vec<DraftRemark>,
    received: Option<i32>,
    holidays: Holidays,
}

/// `GET /reports/{id}/amendment-request`
///
/// # Errors
/// 404 outside the scope; 403 for anybody but the collector's reviewers.
pub async fn amendment_form(
    me: SignedIn,
    state: State,
    path: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    form(&me, &state, path.into_inner(), ReportState::Sent).await
}

/// `GET /reports/{id}/reopening`
///
/// # Errors
/// As [`amendment_form`].
pub async fn reopening_form(
    me: SignedIn,
    state: State,
    path: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    form(&me, &state, path.into_inner(), ReportState::Received).await
}

/// `POST /reports/{id}/amendment-request`
///
/// # Errors
/// As [`request`]; what is to be mended comes back on the page.
pub async fn request_amendment(
    posted: Posted,
    state: State,
    path: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let asked = typed(&posted);
    let (actor, moment, typed) = (posted.me.actor.clone(), state.clock.moment(), asked.clone());
    let done = state.write(move |conn| request(conn, &actor, id, &typed, moment)).await;
    answer(&posted, &state, id, asked, done, "Đã đề nghị đơn vị chỉnh lý, bổ sung.").await
}

/// `POST /reports/{id}/reopening`
///
/// # Errors
/// As [`reopen`]; what is to be mended comes back on the page.
pub async fn reopen_report(
    posted: Posted,
    state: State,
    path: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let asked = typed(&posted);
    let (actor, moment, typed) = (posted.me.actor.clone(), state.clock.moment(), asked.clone());
    let done = state.write(move |conn| reopen(conn, &actor, id, &typed, moment)).await;
    answer(&posted, &state, id, asked, done, "Đã mở lại báo cáo để đơn vị chỉnh lý, bổ sung.").await
}

fn typed(posted: &Posted) -> Request {
    Request {
        version: version(&posted.form, "version"),
        reason: posted.form.get("reason").to_owned(),
        due: TypedDay::read(posted.form.get("due_on")),
    }
}

async fn form(
    me: &SignedIn,
    state: &State,
    id: ReportId,
    wanted: ReportState,
) -> Result<HttpResponse, Error> {
    match load(me, state, id).await? {
        Some(read) if read.case.state() == wanted => {
            render(&view(me, read, Request::default(), Problems::default(), state.clock.moment()))
        }
        _ => Ok(redirect(&format!("/reports/{id}"))),
    }
}

async fn answer(
    posted: &Posted,
    state: &State,
    id: ReportId,
    asked: Request,
    done: Result<(), Error>,
    words: &str,
) -> Result<HttpResponse, Error> {
    match done {
        Ok(()) => Ok(redirect_with(&format!("/reports/{id}"), words)),
        Err(Error::Invalid(problems)) => {
            let read = load(&posted.me, state, id).await?.ok_or(Error::NotFound)?;
            let page = view(&posted.me, read, asked, problems, state.clock.moment());
            render_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other),
    }
}

/// The report as its reviewers have it; none before the first sending.
async fn load(me: &SignedIn, state: &State, id: ReportId) -> Result<Option<Read>, Error> {
    let actor = me.actor.clone();
    state
        .read(move |conn| {
            let case = queries::find(conn, &actor.scope(), id)?;
            may_review(&actor, &case)?;
            let revisions = queries::revisions(conn, id)?;
            let Some(last) = revisions.last().map(|revision| revision.id) else { return Ok(None) };
            let received = revisions.iter().find(|r| Some(r.id) == case.report.received_revision_id);
            Ok(Some(Read {
                received: received.map(|revision| revision.number),
                sent: queries::sent(conn, last)?,
                remarks: queries::draft_remarks(conn, id)?,
                holidays: periods::queries::holidays(conn)?,
                case,
            }))
        })
        .await
}

fn view(me: &SignedIn, read: Read, typed: Request, problems: Problems, moment: Moment) -> RequestPage {
    let reopens = read.case.state() == ReportState::Received;
    let title = if reopens { "Mở lại báo cáo" } else { "Đề nghị chỉnh lý, bổ sung" };
    RequestPage {
        page: me.page(title, Nav::Periods),
        facts: Facts::new(&read.case, &read.holidays, moment),
        version: read.case.report.version,
        reopens,
        remarks: unsent_views(read.remarks, &read.sent.outline),
        problems,
        reason: typed.reason,
        due_on: typed.due.typed,
        default_due: default_due(&read.case, moment.today).map(short_date).unwrap_or_default(),
        received: read.received,
    }
}
