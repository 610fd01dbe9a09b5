//! Recording where an edition went, and striking out a record that was a mistake.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::dispatch::{Dispatching, WAYS, dispatch, may_dispatch, strike, to_dispatch, way_words};
use super::super::queries::{self, Dispatch, EditionRow};
use super::super::read_content;
use super::super::signing::proposed;
use super::view::local;
use crate::access::Actor;
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{DispatchId, EditionId};
use crate::error::{Error, Problems};
use crate::once;
use crate::periods::{Period, Regime};
use crate::reports::capacity::slip;
use crate::vietnamese::short_date;
use crate::web::{FormData, Nav, Page, Posted, SignedIn, State, redirect_with, render_status};

/// Where an edition went, and where it is still to go.
#[derive(Default)]
pub(super) struct Sendings {
    pub(super) all: Vec<Dispatch>,
    /// Recipients without a record that stands.
    pub(super) waiting: Vec<String>,
    /// The body above that collects in this installation.
    pub(super) above: Option<String>,
}

impl Sendings {
    /// Of one edition. Four queries at most.
    ///
    /// # Errors
    /// The queries' own.
    pub(super) fn of(
        conn: &mut Conn,
        edition: &EditionRow,
        period: &Period,
        regime: &Regime,
    ) -> Result<Sendings, Error> {
        let all = queries::dispatches(conn, &[edition.id])?;
        let above = queries::upper(conn, edition, period)?.map(|above| above.name);
        let mut names: Vec<String> = above.iter().cloned().collect();
        if edition.collector_id == regime.collector_id {
            names.extend(queries::recipients(conn, regime.id)?);
        }
        let stands = |name: &String| all.iter().any(|sent| sent.recipient == *name && !sent.is_struck());
        let waiting = names.into_iter().filter(|name| !stands(name)).collect();
        Ok(Sendings { all, waiting, above })
    }

    pub(super) fn way(&self, sent: &Dispatch) -> &'static str {
        way_words(&sent.way)
    }

    /// "số 125/BC-CAT ngày 17/6/2025".
    pub(super) fn document(&self, sent: &Dispatch) -> String {
        let number = (!sent.doc_number.is_empty()).then(|| format!("số {}", sent.doc_number));
        let date = sent.doc_date.map(|date| format!("ngày {}", short_date(date)));
        [number, date].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC Nguyễn Văn A"; blank where the report went without a paper of its own.
    pub(super) fn signer(&self, sent: &Dispatch) -> String {
        let Some(signed) = &sent.signatory else { return String::new() };
        let lines = [&signed.capacity, &signed.title].into_iter().filter(|line| !line.is_empty());
        let office = lines.map(String::as_str).collect::<Vec<_>>().join(", ");
        [office, signed.name.clone()].into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// What a records clerk would send back.
    pub(super) fn slip(&self, sent: &Dispatch) -> Option<String> {
        let signed = sent.signatory.as_ref().filter(|_| !sent.is_struck())?;
        slip(&signed.capacity, &signed.title)
    }
}

#[derive(Template)]
#[template(path = "consolidation/dispatch.html")]
struct DispatchPage {
    page: Page,
    edition: EditionRow,
    period: Period,
    regime: Regime,
    choices: Vec<String>,
    above: Option<String>,
    form: Dispatching,
    /// The workbooks kept at approval have a number.
    numbered: bool,
    problems: Problems,
    may_keep: bool,
}

impl DispatchPage {
    fn ways(&self) -> Vec<(&'static str, &'static str)> {
        WAYS.iter().copied().filter(|(code, _)| *code != "system" || self.above.is_some()).collect()
    }

    fn is_above(&self, name: &str) -> bool {
        self.above.as_deref() == Some(name)
    }
}

async fn page(
    me: &SignedIn,
    state: &State,
    id: EditionId,
    typed: Option<Dispatching>,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let (scope, moment) = (me.scope(), state.clock.moment());
    let (edition, period, regime, sendings, stored, known) = state
        .read(move |conn| {
            let (edition, period, regime) = queries::edition(conn, &scope, id)?;
            let sendings = Sendings::of(conn, &edition, &period, &regime)?;
            let content = read_content(conn, &edition)?;
            let known = proposed(conn, &content, &edition, &sendings.all)?;
            let stored = match edition.collector_id == regime.collector_id {
                true => queries::recipients(conn, regime.id)?,
                false => vec![],
            };
            Ok((edition, period, regime, sendings, stored, known))
        })
        .await?;
    may_dispatch(&me.actor, &edition)?;
    let (known, numbered) = (known.0.typed(), known.1);
    let form = typed.unwrap_or_else(|| Dispatching {
        doc_number: known.doc_number,
        doc_date: known.doc_date,
        capacity: known.capacity,
        title: known.title,
        name: known.name,
        ..Dispatching::now(sendings.waiting.first(), moment)
    });
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let above = sendings.above.clone();
    render_status(
        status,
        &DispatchPage {
            page: me.page("Ghi nhận đã gửi bản tổng hợp", Nav::Editions),
            choices: above.iter().cloned().chain(stored).collect(),
            may_keep: edition.collector_id == regime.collector_id
                && crate::regimes::keeping(&me.actor, &regime).is_ok(),
            edition,
            period,
            regime,
            above,
            form,
            numbered,
            problems,
        },
    )
}

/// `GET /editions/{id}/dispatches/new`.
///
/// # Errors
/// 404 outside the actor's scope; as [`may_dispatch`].
pub async fn new_dispatch(
    me: SignedIn,
    state: State,
    id: web::Path<EditionId>,
) -> Result<HttpResponse, Error> {
    page(&me, &state, id.into_inner(), None, Problems::default()).await
}

fn typed(form: &FormData) -> Dispatching {
    Dispatching {
        recipient: form.line("recipient"),
        other: form.line("other"),
        way: form.line("way"),
        sent_on: form.line("sent_on"),
        sent_time: form.line("sent_time"),
        doc_number: form.line("doc_number"),
        doc_date: form.line("doc_date"),
        another: !form.get("another").is_empty(),
        capacity: form.line("signatory_capacity"),
        title: form.line("signatory_title"),
        name: form.line("signatory_name"),
    }
}

/// Reads what was typed, writes the report as it goes, and keeps both; gives back the page it leads to.
async fn recorded(
    state: &State,
    actor: Actor,
    id: EditionId,
    read: Dispatching,
    digest: Option<String>,
    moment: Moment,
) -> Result<String, Error> {
    let (person, seen) = (actor.person_id, actor.clone());
    let read = state.read(move |conn| to_dispatch(conn, &seen, id, &read, moment)).await?;
    // Outside the transaction, which the other writers wait for.
    let ready = state.block(move || read.written()).await?;
    state
        .write(move |conn| {
            once::only(conn, person, digest.as_deref(), moment.recorded, |conn| {
                dispatch(conn, &actor, ready, moment)?;
                Ok(format!("/editions/{id}"))
            })
        })
        .await
}

/// `POST /editions/{id}/dispatches`.
///
/// # Errors
/// As [`to_dispatch`] and [`dispatch`]; what is to mend shows the page again.
pub async fn record_dispatch(
    posted: Posted,
    state: State,
    id: web::Path<EditionId>,
) -> Result<HttpResponse, Error> {
    let Posted { me, form } = posted;
    let (actor, moment, id) = (me.actor.clone(), state.clock.moment(), id.into_inner());
    let kept = typed(&form);
    match recorded(&state, actor, id, kept.clone(), form.digest(), moment).await {
        Ok(to) => {
            let slip = slip(&kept.capacity, &kept.title).map(|slip| format!(" {slip}"));
            let said = format!("Đã ghi nhận việc gửi bản tổng hợp.{}", slip.unwrap_or_default());
            Ok(redirect_with(&to, &said))
        }
        Err(Error::Invalid(problems)) => page(&me, &state, id, Some(kept), problems).await,
        Err(other) => Err(other),
    }
}

#[derive(Template)]
#[template(path = "consolidation/strike.html")]
struct StrikePage {
    page: Page,
    edition: EditionRow,
    period: Period,
    sent: Dispatch,
    reason: String,
    problems: Problems,
}

impl StrikePage {
    fn at(&self) -> String {
        local(&self.sent.sent_at)
    }

    fn way(&self) -> &'static str {
        way_words(&self.sent.way)
    }
}

async fn strike_page(
    me: &SignedIn,
    state: &State,
    (id, number): (EditionId, DispatchId),
    reason: String,
    problems: Problems,
) -> Result<StrikePage, Error> {
    let scope = me.scope();
    let (edition, period, sent) = state
        .read(move |conn| {
            let (edition, period, _) = queries::edition(conn, &scope, id)?;
            let sent = queries::dispatches(conn, &[id])?.into_iter().find(|sent| sent.id == number);
            Ok((edition, period, sent.ok_or(Error::NotFound)?))
        })
        .await?;
    may_dispatch(&me.actor, &edition)?;
    let page = me.page("Gạch bỏ lần ghi gửi", Nav::Editions);
    Ok(StrikePage { page, edition, period, sent, reason, problems })
}

/// `GET /editions/{id}/dispatches/{n}/strike`.
///
/// # Errors
/// 404 outside the actor's scope and for a record that is not there; as [`may_dispatch`].
pub async fn ask_strike(
    me: SignedIn,
    state: State,
    path: web::Path<(EditionId, DispatchId)>,
) -> Result<HttpResponse, Error> {
    let page = strike_page(&me, &state, path.into_inner(), String::new(), Problems::default()).await?;
    render_status(StatusCode::OK, &page)
}

/// `POST /editions/{id}/dispatches/{n}/strike`.
///
/// # Errors
/// As [`strike`]; a missing reason shows the page again.
pub async fn strike_dispatch(
    posted: Posted,
    state: State,
    path: web::Path<(EditionId, DispatchId)>,
) -> Result<HttpResponse, Error> {
    let (id, number) = path.into_inner();
    let (actor, moment) = (posted.me.actor.clone(), state.clock.moment());
    let reason = posted.form.get("reason").to_owned();
    let said = reason.clone();
    match state.write(move |conn| strike(conn, &actor, id, number, &said, moment)).await {
        Ok(()) => Ok(redirect_with(&format!("/editions/{id}"), "Đã gạch bỏ lần ghi gửi.")),
        Err(Error::Invalid(problems)) => {
            let page = strike_page(&posted.me, &state, (id, number), reason, problems).await?;
            render_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other),
    }
}
