//! A period that is running is opened for a body that came into being, or under the regime, after its reference day: one
//! obligation with a day of its own, the reason on record. Stands between the routes as they are today and the rows.

use chrono::{NaiveDate, TimeDelta};
use diesel::result::{DatabaseErrorKind, Error as Sql};
use serde_json::json;

use super::opening_rows::{Debtor, insert_late};
use super::queries::{self, NewDecision};
use super::routing::may_route;
use super::{Period, Regime, form_for};
use crate::access::{Action, Actor, Membership};
use crate::audit::{self, By, Step};
use crate::calendar::{Cycle, DueRule, Moment};
use crate::db::Conn;
use crate::db::ids::{PeriodId, UnitId};
use crate::error::{Error, Problems};
use crate::units::{self, UnitOn};
use crate::vietnamese::limits::PARAGRAPH;
use crate::vietnamese::short_date;

/// How far ahead its day can be.
const LATEST: TimeDelta = TimeDelta::days(366);

/// A period with the bodies for which it can be opened late.
#[derive(Debug, Clone)]
pub struct LateOpening {
    pub period: Period,
    pub regime: Regime,
    /// In protocol order.
    pub bodies: Vec<UnitOn>,
    /// Whether who asks may make the routes a new body needs first.
    pub may_route: bool,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Late {
    pub unit: UnitId,
    /// The last day; none: as the period's own, whose day must not have passed.
    pub due_on: Option<NaiveDate>,
    pub reason: String,
}

/// Who may open a running period for one more body: whoever opens periods.
///
/// # Errors
/// [`Error::Forbidden`], which says who may.
pub fn may_open_late<'a>(actor: &'a Actor, regime: &Regime) -> Result<&'a Membership, Error> {
    actor.for_unit(regime.collector_id, Action::Compile).ok_or_else(|| {
        Error::Forbidden("Chỉ cán bộ tổng hợp của đơn vị nhận báo cáo được giao bổ sung nghĩa vụ.".into())
    })
}

fn candidates(
    conn: &mut Conn,
    period: &Period,
    regime: &Regime,
    today: NaiveDate,
) -> Result<Vec<Debtor>, Error> {
    let there = queries::units_of(conn, period.id)?;
    let mut routes = queries::own_routes_on(conn, regime.id, today)?;
    // A level that does not collect in this period has no day and no report of its own in it.
    let levels = queries::level_dues(conn, &[period.id])?;
    let collects = |id: UnitId| id == regime.collector_id || levels.contains_key(&(period.id, id));
    routes.retain(|route| !there.contains(&route.unit_id) && collects(route.collector_id));
    let ids: Vec<UnitId> = routes.iter().map(|route| route.unit_id).collect();
    let mut bodies = units::queries::on_day(conn, &ids, today)?;
    let forms = queries::forms_on(conn, regime.id, today)?;
    // What is asked once is asked on one form of everybody.
    let once = [Cycle::OneOff, Cycle::AdHoc].map(Cycle::code).contains(&period.cycle);
    let one = if once { queries::only_form(conn, period.id)? } else { None };
    let mut found = Vec::new();
    for route in routes {
        let Some(unit) = bodies.remove(&route.unit_id).filter(|unit| unit.existed_on(today)) else {
            continue;
        };
        let own = || form_for(&forms, unit.id, &unit.kind_code);
        let Some(form_id) = one.or_else(own) else { continue };
        found.push(Debtor { unit, collector_id: route.collector_id, mode: route.mode, form_id, part: "own" });
    }
    found.sort_by_key(|debtor| debtor.unit.protocol_key());
    Ok(found)
}

/// The period with the bodies that report under its regime today and owe nothing in it. Eight queries.
///
/// # Errors
/// [`Error::NotFound`] for a foreign period; [`Error::Forbidden`] as [`may_open_late`].
pub fn examine(conn: &mut Conn, actor: &Actor, id: PeriodId, today: NaiveDate) -> Result<LateOpening, Error> {
    let (period, regime) = queries::period(conn, &actor.scope(), id)?;
    may_open_late(actor, &regime)?;
    let bodies = candidates(conn, &period, &regime, today)?.into_iter().map(|debtor| debtor.unit).collect();
    let may_route = may_route(actor, &regime).is_ok();
    Ok(LateOpening { period, regime, bodies, may_route })
}

/// Opens the period for one more body.
///
/// # Errors
/// As [`examine`]; [`Error::Refused`] once the figures are locked; [`Error::Invalid`] with everything to mend;
/// [`Error::Conflict`] when somebody was faster.
pub fn open_late(
    conn: &mut Conn,
    actor: &Actor,
    id: PeriodId,
    late: &Late,
    moment: Moment,
) -> Result<Period, Error> {
    let (period, regime) = queries::period(conn, &actor.scope(), id)?;
    let membership = may_open_late(actor, &regime)?;
    if period.is_locked(moment.today) {
        return Err(Error::Refused(
            "Kỳ này đã khóa số liệu. Đổi ngày khóa của kỳ trước khi giao bổ sung.".into(),
        ));
    }
    let mut problems = Problems::default();
    let mut debtors = candidates(conn, &period, &regime, moment.today)?;
    let at = debtors.iter().position(|debtor| debtor.unit.id == late.unit);
    if at.is_none() {
        problems.add("unit", "Chọn đơn vị trong danh sách.");
    }
    let level = at
        .map(|at| debtors[at].collector_id)
        .and_then(|to| queries::level_dues(conn, &[id]).ok().and_then(|mut dues| dues.remove(&(id, to))));
    let due = late.due_on.map_or_else(|| level.unwrap_or_else(|| period.due()), DueRule::By);
    match due.last_day() {
        Some(day) if day < moment.today && late.due_on.is_none() => {
            problems
                .add("due_on", format!("Thời hạn của kỳ ({}) đã qua. Nhập thời hạn riêng.", short_date(day)));
        }
        Some(day) if day < moment.today => {
            problems.add("due_on", "Thời hạn đã qua. Nhập từ hôm nay trở đi.");
        }
        Some(day) if day > moment.today + LATEST => {
            problems.add("due_on", format!("Thời hạn {} xa quá một năm.", short_date(day)));
        }
        Some(day) if period.lock_on.is_some_and(|lock| lock < day) => {
            let lock = period.lock_on.map(short_date).unwrap_or_default();
            problems.add("due_on", format!("Thời hạn phải đến ngày khóa số liệu ({lock}) là muộn nhất."));
        }
        _ => {}
    }
    if late.reason.trim().is_empty() {
        problems.add("reason", "Nhập lý do; lý do được lưu và đơn vị đọc được.");
    }
    problems.add_fault("reason", PARAGRAPH.fault("Lý do", &late.reason));
    let at = problems.or(at)?.ok_or(Error::NotFound)?;
    let debtor = debtors.swap_remove(at);
    let made = match insert_late(conn, &regime, id, due, &debtor) {
        Err(Error::Db(crate::db::DbError::Query(Sql::DatabaseError(
            DatabaseErrorKind::UniqueViolation,
            _,
        )))) => {
            return Err(Error::Conflict(
                "Đơn vị này vừa được giao bổ sung. Mở lại trang của kỳ để xem.".into(),
            ));
        }
        other => other?,
    };
    let decision = NewDecision {
        obligation_id: made,
        kind: "late_opening",
        until_on: due.last_day(),
        reason: late.reason.trim(),
        membership_id: membership.id,
        actor_name: &actor.full_name,
        actor_title: &format!("{}, {}", membership.title, membership.unit_name),
        decided_at: moment.at,
    };
    queries::append_decision(conn, &decision)?;
    let step = Step {
        action: "obligation.late_opening",
        subject_kind: "obligation",
        subject_id: Some(made.0),
        subject_label: &format!("{}: {}", period.label, debtor.unit.name),
        unit_id: Some(debtor.unit.id),
        before: None,
        after: Some(json!({
            "reason": late.reason.trim(),
            "due_rule": due.code(),
            "stated_on": due.date(),
        })),
    };
    audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?;
    Ok(period)
}
