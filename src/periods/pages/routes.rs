//! `/regimes/{id}/routes`: who reports to whom since when, for the administrator of the province.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use super::super::levels::LEAD;
use super::super::queries::{self, RouteLine};
use super::super::routing::{self, RouteInput};
use super::super::{Regime, span};
use crate::access::Actor;
use crate::db::Conn;
use crate::db::ids::{RegimeId, UnitId};
use crate::error::{Error, Problems};
use crate::once;
use crate::plans::Mode;
use crate::reports::TypedDay;
use crate::units::{self, UnitOn};
use crate::web::{Nav, Page, Posted, SignedIn, State, redirect_with, render, render_status};

/// One route with its words.
struct Line {
    id: i64,
    unit: String,
    consolidated: bool,
    mode: Mode,
    collector: String,
    span: String,
    past: bool,
}

/// A lower collector: how early it wants reports, and whether its own leads anywhere.
struct Lower {
    id: UnitId,
    name: String,
    lead: String,
    lost: bool,
}

#[derive(Template)]
#[template(path = "regimes/routes.html")]
struct RoutesPage {
    page: Page,
    regime: Regime,
    groups: Vec<(String, Vec<Line>)>,
    lower: Vec<Lower>,
    units: Vec<(UnitId, String)>,
    input: RouteInput,
    /// The day typed to end a route: its id, and the text.
    ending: (i64, String),
    problems: Problems,
}

impl RoutesPage {
    fn is(&self, id: &UnitId, typed: &str) -> bool {
        id.to_string() == typed
    }
}

/// What somebody typed before it was refused.
#[derive(Default)]
struct Typed {
    input: RouteInput,
    ending: (i64, String),
    lead: Option<(UnitId, String)>,
    problems: Problems,
}

async fn page(me: &SignedIn, state: &State, id: RegimeId, typed: Typed) -> Result<RoutesPage, Error> {
    let (actor, today, page) =
        (me.actor.clone(), state.clock.today(), me.page("Tuyến báo cáo", Nav::Regimes));
    state.read(move |conn| build(conn, &actor, id, today, page, typed)).await
}

fn build(
    conn: &mut Conn,
    actor: &Actor,
    id: RegimeId,
    today: NaiveDate,
    page: Page,
    typed: Typed,
) -> Result<RoutesPage, Error> {
    let regime = queries::visible_regime(conn, &actor.scope(), id)?;
    routing::may_route(actor, &regime)?;
    let routes = queries::route_lines(conn, id)?;
    let mut ids: Vec<UnitId> = routes.iter().flat_map(|r| [r.unit_id, r.collector_id]).collect();
    ids.sort_unstable();
    ids.dedup();
    let named = units::queries::on_day(conn, &ids, today)?;
    let name = |id: UnitId| named.get(&id).map(|u| u.name.clone()).unwrap_or_default();
    let (leads, lost) = (queries::leads(conn, id)?, routing::lost(conn, &regime, today)?);
    let holds =
        |r: &RouteLine| r.valid_from.is_none_or(|d| d <= today) && r.valid_to.is_none_or(|d| today <= d);
    let mut known: Vec<(&UnitOn, &RouteLine)> =
        routes.iter().filter_map(|r| Some((named.get(&r.unit_id)?, r))).collect();
    known.sort_by_key(|(unit, r)| (unit.protocol_key(), r.part.clone(), r.valid_from, r.id));
    let mut groups: Vec<(String, Vec<Line>)> = Vec::new();
    for (unit, r) in known {
        let line = Line {
            id: r.id,
            unit: unit.name.clone(),
            consolidated: r.part == "consolidated",
            mode: Mode::from_code(&r.mode).unwrap_or(Mode::Assign),
            collector: name(r.collector_id),
            span: span(r.valid_from, r.valid_to),
            past: !holds(r) && r.valid_to.is_some_and(|last| last < today),
        };
        match groups.last_mut() {
            Some((heading, lines)) if *heading == unit.kind_heading => lines.push(line),
            _ => groups.push((unit.kind_heading.clone(), vec![line])),
        }
    }
    let mut below: Vec<UnitId> = routes
        .iter()
        .filter(|r| r.part == "own" && r.collector_id != regime.collector_id)
        .filter(|r| r.valid_to.is_none_or(|last| last >= today))
        .map(|r| r.collector_id)
        .collect();
    below.sort_unstable();
    below.dedup();
    let lower = below
        .into_iter()
        .map(|id| Lower {
            id,
            name: name(id),
            lead: match &typed.lead {
                Some((of, text)) if *of == id => text.clone(),
                _ => leads.get(&id).copied().unwrap_or(LEAD).to_string(),
            },
            lost: lost.contains(&id),
        })
        .collect();
    let units = units::queries::of_province(conn, regime.province_id, today)?;
    Ok(RoutesPage {
        page,
        regime,
        groups,
        lower,
        units: units.into_iter().map(|unit| (unit.id, unit.name)).collect(),
        input: typed.input,
        ending: typed.ending,
        problems: typed.problems,
    })
}

/// `GET /regimes/{id}/routes`. Eight queries.
///
/// # Errors
/// [`Error::NotFound`] for a regime of another province; [`Error::Forbidden`] for anybody but its administrator.
pub async fn routes(state: State, me: SignedIn, id: web::Path<RegimeId>) -> Result<HttpResponse, Error> {
    render(&page(&me, &state, id.into_inner(), Typed::default()).await?)
}

async fn answer(
    me: &SignedIn,
    state: &State,
    id: RegimeId,
    outcome: Result<(), Error>,
    done: &str,
    typed: Typed,
) -> Result<HttpResponse, Error> {
    match outcome {
        Ok(()) => Ok(redirect_with(&format!("/regimes/{id}/routes"), done)),
        Err(Error::Invalid(problems)) => {
            let page = page(me, state, id, Typed { problems, ..typed }).await?;
            render_status(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(other),
    }
}

/// `POST /regimes/{id}/routes`
///
/// # Errors
/// As [`routing::begin_route`]; what is to mend comes back on the page.
pub async fn begin_route(
    state: State,
    posted: Posted,
    id: web::Path<RegimeId>,
) -> Result<HttpResponse, Error> {
    let (id, form) = (id.into_inner(), &posted.form);
    let input = RouteInput {
        unit: form.line("unit"),
        part: form.line("part"),
        collector: form.line("collector"),
        mode: form.line("mode"),
        from: TypedDay::read(form.get("from")),
    };
    let (actor, moment, typed) = (posted.me.actor.clone(), state.clock.moment(), input.clone());
    let digest = form.digest();
    let outcome = state
        .write(move |conn| {
            once::only(conn, actor.person_id, digest.as_deref(), moment.recorded, |conn| {
                routing::begin_route(conn, &actor, id, &input, moment)?;
                Ok(format!("/regimes/{id}/routes"))
            })
        })
        .await
        .map(|_| ());
    let typed = Typed { input: typed, ..Typed::default() };
    answer(&posted.me, &state, id, outcome, "Đã ghi tuyến báo cáo.", typed).await
}

/// `POST /regimes/{id}/routes/{route}/end`
///
/// # Errors
/// As [`routing::end_route`]; what is to mend comes back on the page.
pub async fn end_route(
    state: State,
    posted: Posted,
    path: web::Path<(RegimeId, i64)>,
) -> Result<HttpResponse, Error> {
    let (id, route) = path.into_inner();
    let last = TypedDay::read(posted.form.get("last"));
    let typed = Typed { ending: (route, last.typed.clone()), ..Typed::default() };
    let (actor, moment) = (posted.me.actor.clone(), state.clock.moment());
    let outcome = state.write(move |conn| routing::end_route(conn, &actor, id, route, &last, moment)).await;
    answer(&posted.me, &state, id, outcome, "Đã ghi ngày cuối của tuyến báo cáo.", typed).await
}

/// `POST /regimes/{id}/levels/{collector}`
///
/// # Errors
/// As [`routing::set_lead`]; what is to mend comes back on the page.
pub async fn set_lead(
    state: State,
    posted: Posted,
    path: web::Path<(RegimeId, UnitId)>,
) -> Result<HttpResponse, Error> {
    let (id, collector) = path.into_inner();
    let text = posted.form.line("lead");
    let typed = Typed { lead: Some((collector, text.clone())), ..Typed::default() };
    let (actor, moment) = (posted.me.actor.clone(), state.clock.moment());
    let outcome =
        state.write(move |conn| routing::set_lead(conn, &actor, id, (collector, &text), moment)).await;
    answer(&posted.me, &state, id, outcome, "Đã ghi thời hạn của cấp dưới.", typed).await
}
