//! A period that is running is opened for a body that came into being, or under the regime, after its reference day: one
//! obligation with a day of its own, the reason on record, and one for each body that collects because of it. Stands between
//! the routes as they are today and the rows.

use chrono::NaiveDate;
use diesel::result::{DatabaseErrorKind, Error as Sql};
use serde_json::json;

use super::decide::a_year_after;
use super::late_levels::Ladder;
use super::levels::Level;
use super::opening_rows::{Debtor, insert_late};
use super::queries::{self, NewDecision};
use super::routing::may_route;
use super::{Period, Regime, form_for};
use crate::access::{Action, Actor, Membership};
use crate::audit::{self, By, Step};
use crate::calendar::{Cycle, DueRule, Holidays, Moment};
use crate::db::Conn;
use crate::db::ids::{PeriodId, UnitId};
use crate::error::{Error, Problems};
use crate::units::{self, UnitOn};
use crate::vietnamese::limits::PARAGRAPH;
use crate::vietnamese::short_date;

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

/// A body that can be added, and what its way upwards asks of bodies that do not collect in the period yet.
struct Candidate {
    debtor: Debtor,
    /// The consolidated reports they would owe, upper ones first; their days follow from the body's own.
    above: Vec<Debtor>,
}

/// Everything a late opening chooses from.
struct Choice {
    bodies: Vec<Candidate>,
    ladder: Ladder,
    holidays: Holidays,
}

fn choice(conn: &mut Conn, period: &Period, regime: &Regime, today: NaiveDate) -> Result<Choice, Error> {
    let there = queries::units_of(conn, period.id)?;
    let holidays = queries::holidays(conn)?;
    let known = queries::level_dues(conn, &[period.id])?;
    let ladder = Ladder {
        top: regime.collector_id,
        due: period.due(),
        known: known.into_iter().map(|((_, collector), due)| (collector, due)).collect(),
        upward: queries::upward_on(conn, regime.id, today)?,
        leads: queries::leads(conn, regime.id)?,
    };
    let mut routes = queries::own_routes_on(conn, regime.id, today)?;
    routes.retain(|route| !there.contains(&route.unit_id) && ladder.arrives(route.collector_id));
    let collectors = ladder.upward.iter().map(|up| up.unit_id);
    let ids: Vec<UnitId> = routes.iter().map(|route| route.unit_id).chain(collectors).collect();
    let bodies = units::queries::on_day(conn, &ids, today)?;
    let forms = queries::forms_on(conn, regime.id, today)?;
    // What is asked once is asked on one form of everybody.
    let once = [Cycle::OneOff, Cycle::AdHoc].map(Cycle::code).contains(&period.cycle);
    let one = if once { queries::only_form(conn, period.id)? } else { None };
    let debtor = |id: UnitId, collector_id: UnitId, mode: &str, part: &'static str| {
        let unit = bodies.get(&id).filter(|unit| unit.existed_on(today))?.clone();
        let form_id = one.or_else(|| form_for(&forms, unit.id, &unit.kind_code))?;
        Some(Debtor { unit, collector_id, mode: mode.to_owned(), form_id, part })
    };
    let mut found: Vec<Candidate> = Vec::new();
    for route in routes {
        // A body on two valid routes owes once.
        if found.iter().any(|other| other.debtor.unit.id == route.unit_id) {
            continue;
        }
        let above: Option<Vec<Debtor>> = ladder
            .added(route.collector_id, None, &holidays)
            .iter()
            .map(|level| debtor(level.collector, level.upper, &level.mode, "consolidated"))
            .collect();
        let own = debtor(route.unit_id, route.collector_id, &route.mode, "own");
        found.extend(own.zip(above).map(|(debtor, above)| Candidate { debtor, above }));
    }
    found.sort_by_key(|candidate| candidate.debtor.unit.protocol_key());
    Ok(Choice { bodies: found, ladder, holidays })
}

/// The period with the bodies that report under its regime today and owe nothing in it. Eleven queries.
///
/// # Errors
/// [`Error::NotFound`] for a foreign period; [`Error::Forbidden`] as [`may_open_late`].
pub fn examine(conn: &mut Conn, actor: &Actor, id: PeriodId, today: NaiveDate) -> Result<LateOpening, Error> {
    let (period, regime) = queries::period(conn, &actor.scope(), id)?;
    may_open_late(actor, &regime)?;
    let found = choice(conn, &period, &regime, today)?.bodies;
    let bodies = found.into_iter().map(|candidate| candidate.debtor.unit).collect();
    let may_route = may_route(actor, &regime).is_ok();
    Ok(LateOpening { period, regime, bodies, may_route })
}

/// Opens the period for one more body. Where that sends to a body which does not collect in the period yet, that one is
/// given its consolidated report with it, and whoever stands between it and the top.
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
    let Choice { mut bodies, ladder, holidays } = choice(conn, &period, &regime, moment.today)?;
    let at = bodies.iter().position(|candidate| candidate.debtor.unit.id == late.unit);
    if at.is_none() {
        problems.add("unit", "Chọn đơn vị trong danh sách.");
    }
    let collector = at.map_or(regime.collector_id, |at| bodies[at].debtor.collector_id);
    let levels = ladder.added(collector, late.due_on, &holidays);
    let level = levels.iter().find(|level| level.collector == collector).map(|level| level.due);
    let level = level.or_else(|| ladder.known.get(&collector).copied());
    let due = late.due_on.map_or_else(|| level.unwrap_or_else(|| period.due()), DueRule::By);
    check_day(due, late, &period, &levels, moment.today, &mut problems);
    if late.reason.trim().is_empty() {
        problems.add("reason", "Nhập lý do; lý do được lưu và đơn vị đọc được.");
    }
    problems.add_fault("reason", PARAGRAPH.fault("Lý do", &late.reason));
    let at = problems.or(at)?.ok_or(Error::NotFound)?;
    let Candidate { debtor, above } = bodies.swap_remove(at);
    let told = |collector: UnitId| levels.iter().find(|level| level.collector == collector);
    let upper = above.iter().filter_map(|debtor| Some((debtor, told(debtor.unit.id)?.above)));
    let owed: Vec<(&Debtor, DueRule)> = std::iter::once((&debtor, due)).chain(upper).collect();
    once_only(queries::insert_levels(conn, id, &levels).map_err(Error::from))?;
    for (debtor, due) in owed {
        let made = once_only(insert_late(conn, &regime, id, due, debtor))?;
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
        let what = if debtor.part == "own" { "" } else { " (báo cáo tổng hợp)" };
        let step = Step {
            action: "obligation.late_opening",
            subject_kind: "obligation",
            subject_id: Some(made.0),
            subject_label: &format!("{}: {}{what}", period.label, debtor.unit.name),
            unit_id: Some(debtor.unit.id),
            before: None,
            after: Some(json!({
                "reason": late.reason.trim(),
                "due_rule": due.code(),
                "stated_on": due.date(),
            })),
        };
        audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?;
    }
    Ok(period)
}

/// What is wrong with the day, at its field: a body that consolidates must have its own before the lock, too.
fn check_day(
    due: DueRule,
    late: &Late,
    period: &Period,
    levels: &[Level],
    today: NaiveDate,
    problems: &mut Problems,
) {
    let lock = period.lock_on.map(short_date).unwrap_or_default();
    let over = |day: NaiveDate| period.lock_on.is_some_and(|lock| lock < day);
    let highest = levels.iter().filter_map(|level| level.above.last_day()).max();
    match due.last_day() {
        Some(day) if day < today && late.due_on.is_none() => {
            problems
                .add("due_on", format!("Thời hạn của kỳ ({}) đã qua. Nhập thời hạn riêng.", short_date(day)));
        }
        Some(day) if day < today => {
            problems.add("due_on", "Thời hạn đã qua. Nhập từ hôm nay trở đi.");
        }
        Some(day) if day > a_year_after(today) => {
            problems.add("due_on", format!("Thời hạn {} xa quá một năm.", short_date(day)));
        }
        Some(day) if over(day) => {
            problems.add("due_on", format!("Thời hạn phải đến ngày khóa số liệu ({lock}) là muộn nhất."));
        }
        Some(_) if highest.is_some_and(over) => {
            problems.add(
                "due_on",
                format!("Nhập thời hạn sớm hơn: cơ quan tổng hợp của đơn vị phải kịp tổng hợp trước ngày khóa số liệu ({lock})."),
            );
        }
        _ => {}
    }
}

/// What somebody else has just written is told as such.
fn once_only<T>(outcome: Result<T, Error>) -> Result<T, Error> {
    match outcome {
        Err(Error::Db(crate::db::DbError::Query(Sql::DatabaseError(
            DatabaseErrorKind::UniqueViolation,
            _,
        )))) => Err(Error::Conflict("Đơn vị này vừa được giao bổ sung. Mở lại trang của kỳ để xem.".into())),
        other => other,
    }
}
