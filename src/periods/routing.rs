//! Who reports to whom since when: a route begun, ended by a date, or replaced by the next one; how early a lower
//! collector wants reports. Periods that are open keep what they took down; the next one opened follows the routes.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde_json::json;

use super::levels::{Upward, chain};
use super::queries::{self, RouteLine};
use super::{Regime, span};
use crate::access::{Action, Actor, Membership};
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{RegimeId, UnitId};
use crate::error::{Error, Problems};
use crate::reports::TypedDay;
use crate::units;
use crate::vietnamese::short_date;

/// A route as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RouteInput {
    pub unit: String,
    /// `own` or `consolidated`.
    pub part: String,
    pub collector: String,
    /// `assign` or `request`.
    pub mode: String,
    pub from: TypedDay,
}

/// The membership under which the actor keeps the routes of a regime.
///
/// # Errors
/// [`Error::Forbidden`], which says who may.
pub fn may_route<'a>(actor: &'a Actor, regime: &Regime) -> Result<&'a Membership, Error> {
    actor
        .in_province(regime.province_id, Action::Administer)
        .ok_or_else(|| Error::Forbidden("Chỉ người quản trị của tỉnh được sửa tuyến báo cáo.".into()))
}

/// Begins a route on a day; the one it replaces ends the day before.
///
/// # Errors
/// [`Error::Invalid`] with what is to mend; [`Error::Forbidden`] for other roles; 404 for a foreign regime.
pub fn begin_route(
    conn: &mut Conn,
    actor: &Actor,
    id: RegimeId,
    input: &RouteInput,
    moment: Moment,
) -> Result<(), Error> {
    let regime = queries::visible_regime(conn, &actor.scope(), id)?;
    let membership = may_route(actor, &regime)?;
    let mut problems = Problems::default();
    let from = match (input.from.date, input.from.problem()) {
        (Some(day), _) => day,
        (None, message) => {
            problems.add("from", message.unwrap_or_else(|| "Nhập ngày bắt đầu của tuyến báo cáo.".into()));
            moment.today
        }
    };
    let bodies: HashMap<UnitId, String> = units::queries::of_province(conn, regime.province_id, from)?
        .into_iter()
        .map(|unit| (unit.id, unit.name))
        .collect();
    let unit = input.unit.parse().ok().filter(|id| bodies.contains_key(id));
    let collector = input.collector.parse().ok().filter(|id| bodies.contains_key(id));
    if unit.is_none() {
        problems.add("unit", "Chọn đơn vị gửi báo cáo, còn hoạt động vào ngày bắt đầu.");
    }
    if collector.is_none() {
        problems.add("collector", "Chọn đơn vị nhận báo cáo, còn hoạt động vào ngày bắt đầu.");
    }
    if !["own", "consolidated"].contains(&input.part.as_str()) {
        problems.add("part", "Chọn báo cáo của đơn vị hoặc báo cáo tổng hợp.");
    }
    if !["assign", "request"].contains(&input.mode.as_str()) {
        problems.add("mode", "Chọn giao hoặc đề nghị.");
    }
    problems.or(())?;
    let (Some(unit), Some(collector)) = (unit, collector) else { return Err(Error::NotFound) };
    let mut problems = Problems::default();
    let name = |id: &UnitId| bodies.get(id).cloned().unwrap_or_default();
    // Two first routes of a unit at one moment see nothing of each other: the second waits for the first.
    queries::claim_regime(conn, id)?;
    let mine: Vec<RouteLine> = queries::route_lines(conn, id)?
        .into_iter()
        .filter(|route| route.unit_id == unit && route.part == input.part)
        .collect();
    if let Some(later) = mine.iter().find(|route| route.valid_from.is_some_and(|begun| begun >= from)) {
        problems.add(
            "from",
            format!(
                "{} đã có tuyến {}. Kết thúc tuyến đó, hoặc chọn ngày sau ngày bắt đầu của nó.",
                name(&unit),
                span(later.valid_from, later.valid_to)
            ),
        );
    }
    if input.part == "consolidated" && leads_round(conn, &regime, unit, collector, from)? {
        problems.add(
            "collector",
            format!(
                "{} không thể gửi báo cáo tổng hợp cho {}: tuyến quay về chính nó.",
                name(&unit),
                name(&collector)
            ),
        );
    }
    problems.or(())?;
    let ends = mine.iter().find(|route| route.valid_to.is_none_or(|last| last >= from));
    if let (Some(route), Some(last)) = (ends, from.pred_opt())
        && !queries::end_route(conn, route, last)?
    {
        return Err(faster());
    }
    queries::insert_route(conn, id, (unit, collector), &input.part, &input.mode, from)?;
    let step = Step {
        action: "route.begin",
        subject_kind: "regime",
        subject_id: Some(id.0),
        subject_label: &format!("{}: {} gửi {}", regime.name, name(&unit), name(&collector)),
        unit_id: Some(unit),
        before: ends.map(|route| json!({ "collector": route.collector_id, "mode": route.mode })),
        after: Some(json!({
            "collector": collector, "part": input.part, "mode": input.mode, "valid_from": from,
        })),
    };
    audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?;
    Ok(())
}

/// Whether a consolidated report would come back to the body that sends it.
fn leads_round(
    conn: &mut Conn,
    regime: &Regime,
    unit: UnitId,
    collector: UnitId,
    from: NaiveDate,
) -> Result<bool, Error> {
    if unit == collector {
        return Ok(true);
    }
    let mut upward = queries::upward_on(conn, regime.id, from)?;
    upward.retain(|up| up.unit_id != unit);
    upward.push(Upward { unit_id: unit, collector_id: collector, mode: String::new() });
    let mut at = collector;
    for _ in 0..upward.len() {
        if at == unit {
            return Ok(true);
        }
        match upward.iter().find(|up| up.unit_id == at) {
            Some(up) if at != regime.collector_id => at = up.collector_id,
            _ => break,
        }
    }
    Ok(at == unit)
}

/// Ends a route: `last` is its last day.
///
/// # Errors
/// [`Error::Invalid`] for a day before it began; [`Error::Conflict`] when it changed meanwhile; 404 for a route of
/// another regime.
pub fn end_route(
    conn: &mut Conn,
    actor: &Actor,
    id: RegimeId,
    route: i64,
    last: &TypedDay,
    moment: Moment,
) -> Result<(), Error> {
    let regime = queries::visible_regime(conn, &actor.scope(), id)?;
    let membership = may_route(actor, &regime)?;
    let all = queries::route_lines(conn, id)?;
    let route = all.iter().find(|r| r.id == route).ok_or(Error::NotFound)?;
    let next = all
        .iter()
        .filter(|r| r.unit_id == route.unit_id && r.part == route.part && r.valid_from > route.valid_from)
        .filter_map(|r| r.valid_from)
        .min();
    let field = format!("last.{}", route.id);
    let mut problems = Problems::default();
    match (last.date, last.problem()) {
        (Some(day), _) if route.valid_from.is_some_and(|begun| day < begun) => {
            let begun = route.valid_from.map(short_date).unwrap_or_default();
            problems.add(field, format!("Ngày cuối phải từ ngày {begun} (ngày bắt đầu của tuyến) trở đi."));
        }
        (Some(day), _) if next.is_some_and(|next| next <= day) => {
            let next = next.map(short_date).unwrap_or_default();
            problems.add(
                field,
                format!(
                    "Đơn vị có tuyến tiếp theo từ ngày {next}; ngày cuối của tuyến này phải trước ngày đó."
                ),
            );
        }
        (Some(_), _) if route.valid_to.is_some_and(|last| last < moment.today) => {
            let last = route.valid_to.map(short_date).unwrap_or_default();
            problems.add(field, format!("Tuyến này đã kết thúc ngày {last}, không sửa lại được."));
        }
        (Some(_), _) => {}
        (None, message) => {
            problems.add(field, message.unwrap_or_else(|| "Nhập ngày cuối của tuyến báo cáo.".into()));
        }
    }
    problems.or(())?;
    let Some(day) = last.date else { return Err(Error::NotFound) };
    if !queries::end_route(conn, route, day)? {
        return Err(faster());
    }
    let names = units::queries::names_on(conn, &[route.unit_id, route.collector_id], moment.today)?;
    let name = |id: UnitId| names.get(&id).cloned().unwrap_or_default();
    let step = Step {
        action: "route.end",
        subject_kind: "regime",
        subject_id: Some(id.0),
        subject_label: &format!("{}: {} gửi {}", regime.name, name(route.unit_id), name(route.collector_id)),
        unit_id: Some(route.unit_id),
        before: Some(json!({ "valid_to": route.valid_to })),
        after: Some(json!({ "part": route.part, "valid_to": day })),
    };
    audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?;
    Ok(())
}

/// Says how many working days before its own last day a lower collector wants reports.
///
/// # Errors
/// [`Error::Invalid`] outside 0 to 60; 404 for a body that collects nothing here.
pub fn set_lead(
    conn: &mut Conn,
    actor: &Actor,
    id: RegimeId,
    (collector, typed): (UnitId, &str),
    moment: Moment,
) -> Result<(), Error> {
    let regime = queries::visible_regime(conn, &actor.scope(), id)?;
    let membership = may_route(actor, &regime)?;
    let collects = queries::route_lines(conn, id)?
        .iter()
        .any(|r| r.collector_id == collector && r.part == "own" && collector != regime.collector_id);
    if !collects {
        return Err(Error::NotFound);
    }
    let mut problems = Problems::default();
    let days = typed.trim().parse::<i32>().ok().filter(|days| (0..=60).contains(days));
    if days.is_none() {
        problems.add(format!("lead.{collector}"), "Nhập số ngày làm việc, từ 0 đến 60.");
    }
    problems.or(())?;
    // The first setting makes the row: of two at once the second waits, and then changes it.
    queries::claim_regime(conn, id)?;
    let before = queries::leads(conn, id)?.get(&collector).copied();
    queries::set_lead(conn, id, collector, days.unwrap_or(super::levels::LEAD))?;
    let names = units::queries::names_on(conn, &[collector], moment.today)?;
    let step = Step {
        action: "route.lead",
        subject_kind: "regime",
        subject_id: Some(id.0),
        subject_label: &format!("{}: {}", regime.name, names.get(&collector).map_or("", String::as_str)),
        unit_id: Some(collector),
        before: Some(json!({ "working_days": before })),
        after: Some(json!({ "working_days": days })),
    };
    audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?;
    Ok(())
}

/// Collectors on `day` whose consolidated report leads nowhere: periods cannot be opened while there is one.
///
/// # Errors
/// The queries' own.
pub fn lost(conn: &mut Conn, regime: &Regime, day: NaiveDate) -> Result<Vec<UnitId>, Error> {
    let own: Vec<(UnitId, UnitId)> = queries::own_routes_on(conn, regime.id, day)?
        .into_iter()
        .map(|route| (route.unit_id, route.collector_id))
        .collect();
    let upward = queries::upward_on(conn, regime.id, day)?;
    Ok(chain(regime.collector_id, &own, &upward).1)
}

fn faster() -> Error {
    Error::Conflict(
        "Tuyến báo cáo này vừa được người khác thay đổi. Mở lại trang để xem rồi thực hiện.".into(),
    )
}
