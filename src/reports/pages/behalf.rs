//! "Nhập thay": the page that begins to type in for a unit from its paper, the end of it, and for the unit the
//! draft that was put aside meanwhile.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::body::{Beside, Body};
use super::facts::Facts;
use super::steps::settled;
use super::version;
use crate::attachments::remove::may_tidy;
use crate::attachments::{self, FileView};
use crate::calendar::{Holidays, to_local};
use crate::db::ids::ReportId;
use crate::error::{Error, Problems};
use crate::periods;
use crate::reports::behalf::{self, Begin};
use crate::reports::draft::still_owed;
use crate::reports::finding::Findings;
use crate::reports::withdraw::{self, Withdrawing};
use crate::reports::{Case, Past, ReportState, Step, TypedDay, queries};
use crate::vietnamese::date_time;
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect, redirect_with, render, render_status};

#[derive(Template)]
#[template(path = "reports/on_behalf.html")]
struct BehalfPage {
    page: Page,
    facts: Facts,
    version: i32,
    /// The unit's own draft: who saved it last and when.
    own: Option<String>,
    /// The unit's leader has it: nobody begins to type in now.
    with_leader: bool,
    /// Typing goes on; the page mends number and day of the paper.
    going_on: bool,
    typist: String,
    number: String,
    arrived_on: String,
    put_aside: bool,
    /// A plan of the unit's own is asked for.
    asks_plan: bool,
    problems: Problems,
}

struct Read {
    case: Case,
    own: Option<String>,
    holidays: Holidays,
}

async fn load(me: &SignedIn, state: &State, id: ReportId) -> Result<Read, Error> {
    let actor = me.actor.clone();
    state
        .read(move |conn| {
            let case = queries::find(conn, &actor.scope(), id)?;
            behalf::may_type(&actor, &case)?;
            let own = behalf::own_draft(conn, &case)?;
            Ok(Read { case, own, holidays: periods::queries::holidays(conn)? })
        })
        .await
}

fn view(me: &SignedIn, state: &State, read: Read, typed: Option<Begin>, problems: Problems) -> BehalfPage {
    let Read { case, own, holidays } = read;
    let paper = case.behalf.as_ref().map(|typing| &typing.paper);
    let typed = typed.unwrap_or_else(|| Begin {
        number: paper.map(|paper| paper.number.clone()).unwrap_or_default(),
        arrived: TypedDay::of(paper.map(|paper| paper.on)),
        ..Begin::default()
    });
    BehalfPage {
        page: me.page(format!("Nhập thay: {}", case.unit.name), Nav::Periods),
        facts: Facts::new(&case, &holidays, state.clock.moment()),
        version: case.report.version,
        own,
        with_leader: case.state() == ReportState::WithLeader && case.behalf.is_none(),
        going_on: case.behalf.is_some(),
        typist: case.behalf.as_ref().map(|typing| typing.typist.clone()).unwrap_or_default(),
        number: typed.number,
        arrived_on: typed.arrived.typed,
        put_aside: typed.put_aside,
        asks_plan: case.is_document(),
        problems,
    }
}

/// `GET /reports/{id}/on-behalf`
///
/// # Errors
/// 404 outside the scope; [`Error::Forbidden`] for who does not collect; a refusal for a report that is not open.
pub async fn on_behalf_form(
    me: SignedIn,
    state: State,
    path: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let read = load(&me, &state, id).await?;
    still_owed(&read.case)?;
    if matches!(read.case.state(), ReportState::Sent | ReportState::Received) {
        return Ok(redirect(&format!("/reports/{id}")));
    }
    render(&view(&me, &state, read, None, Problems::default()))
}

/// `POST /reports/{id}/on-behalf`
///
/// # Errors
/// As [`behalf::begin`]; what is to be mended comes back on the page.
pub async fn begin_on_behalf(
    posted: Posted,
    state: State,
    path: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let begin = Begin {
        version: version(&posted.form, "version"),
        number: posted.form.line("number"),
        arrived: TypedDay::read(posted.form.get("arrived_on")),
        put_aside: posted.form.has("put_aside"),
        from_file: false,
    };
    let (actor, moment, typed) = (posted.me.actor.clone(), state.clock.moment(), begin.clone());
    // What the unit sent may be read instead of retyped.
    let next = match posted.form.get("then") {
        "prose" => "prose",
        "unit-plan" => "unit-plan",
        _ => "draft",
    };
    match state.write(move |conn| behalf::begin(conn, &actor, id, &begin, moment)).await {
        Ok(()) => Ok(redirect(&format!("/reports/{id}/{next}"))),
        Err(Error::Invalid(problems)) => {
            let read = load(&posted.me, &state, id).await?;
            let page = view(&posted.me, &state, read, Some(typed), problems);
            render_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other),
    }
}

/// `POST /reports/{id}/on-behalf/end`
///
/// # Errors
/// As [`behalf::stop`].
pub async fn end_on_behalf(
    posted: Posted,
    state: State,
    path: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let seen = version(&posted.form, "version");
    let (actor, moment) = (posted.me.actor.clone(), state.clock.moment());
    state.write(move |conn| behalf::stop(conn, &actor, id, seen, moment)).await?;
    Ok(redirect_with(&format!("/reports/{id}"), "Đã thôi nhập thay; nội dung đã nhập được bỏ."))
}

/// `POST /reports/{id}/on-behalf/withdrawal`: takes back what was entered for the unit by mistake.
///
/// # Errors
/// As [`withdraw::withdraw`]; a missing reason is asked for on the report's page.
pub async fn withdraw_on_behalf(
    posted: Posted,
    state: State,
    path: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    let id = path.into_inner();
    let given = Withdrawing {
        version: version(&posted.form, "version"),
        reason: posted.form.get(withdraw::FIELD).to_owned(),
    };
    let (actor, moment, seen) = (posted.me.actor.clone(), state.clock.moment(), given.version);
    let mut taken = state.write(move |conn| withdraw::withdraw(conn, &actor, id, &given, moment)).await;
    for step in [Step::Withdraw, Step::WithdrawGivingBack] {
        taken = settled((&posted.me, &state), id, (step, seen), taken, |_| ()).await;
    }
    match taken {
        Ok(()) => Ok(redirect_with(
            &format!("/reports/{id}"),
            "Đã rút lần nhập thay. Báo cáo trở lại như trước khi nhập; đơn vị lại phải gửi.",
        )),
        Err(Error::Invalid(problems)) => super::read::again(&posted.me, &state, id, problems).await,
        Err(other) => Err(other),
    }
}

#[derive(Template)]
#[template(path = "reports/kept_draft.html")]
struct KeptPage {
    page: Page,
    facts: Facts,
    saved_at: String,
    body: Body,
    /// Files that were put aside with it.
    aside: Vec<FileView>,
    /// They can be removed.
    tidies: bool,
}

/// `GET /reports/{id}/kept-draft`: the unit's own draft that was put aside.
///
/// # Errors
/// 404 for anybody but the unit, and where nothing was put aside.
pub async fn kept_draft(
    me: SignedIn,
    state: State,
    path: web::Path<ReportId>,
) -> Result<HttpResponse, Error> {
    let (scope, id) = (me.scope(), path.into_inner());
    let (case, outline, mut kept, holidays, aside) = state
        .read(move |conn| {
            let case = queries::find(conn, &scope, id)?;
            if !case.is_own(&scope) {
                return Err(Error::NotFound);
            }
            let kept = queries::kept_draft(conn, id, None)?.ok_or(Error::NotFound)?;
            let outline = queries::outline_of(conn, &case)?;
            let aside = attachments::queries::aside(conn, id)?;
            Ok((case, outline, kept, periods::queries::holidays(conn)?, aside))
        })
        .await?;
    // As they are now: some may have been removed since.
    kept.content.files.clear();
    let (past, findings, problems) = (Past::default(), Findings::default(), Problems::default());
    let beside = Beside { past: &past, findings: &findings, problems: &problems, other: None, typing: false };
    render(&KeptPage {
        page: me.page("Bản đơn vị đã soạn", Nav::Reports),
        facts: Facts::new(&case, &holidays, state.clock.moment()),
        saved_at: date_time(to_local(kept.saved_at)),
        aside: FileView::all(&aside),
        tidies: case.behalf.is_none() && may_tidy(&me.actor, &case).is_ok(),
        body: Body::new(&outline, &kept.content, &beside),
    })
}
