//! SQL of the facts: a fixed number of queries, however many units owe.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use diesel::prelude::*;

use super::super::facts::{Facts, Member, Owed};
use super::super::{FURTHEST, Steps};
use crate::access::Role;
use crate::calendar::to_local;
use crate::chasing;
use crate::db::Conn;
use crate::db::ids::{ObligationId, PeriodId, PersonId, RegimeId, UnitId};
use crate::db::schema::{memberships, notice_steps, obligations, people, periods, regimes, reports};
use crate::periods::{Duty, Obligation, Period, Regime, RegimeKind, ReportHead, queries, report_title};
use crate::units;

/// Days by which a last day may lie beyond the furthest notice: a roll over Tết, and what a promise moves.
const SLACK: u64 = 30;

/// Whose obligations are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Among {
    /// Every one of the installation.
    All,
    /// Those some bodies collect.
    Collected(Vec<UnitId>),
}

/// What open obligations, their people and the calendar say for plans of the days `from` to `to`. Twelve queries at most.
///
/// # Errors
/// The queries' own.
pub fn facts(conn: &mut Conn, among: &Among, (from, to): (NaiveDate, NaiveDate)) -> QueryResult<Facts> {
    let holidays = queries::holidays(conn)?;
    let steps = steps(conn)?;
    let owed = owed(conn, among, (from, to))?;
    let members = members(conn, (from, to))?;
    let mut bodies: Vec<UnitId> = members.iter().map(|member| member.unit).collect();
    bodies.sort_unstable();
    bodies.dedup();
    let mut acting: HashMap<UnitId, Vec<UnitId>> = HashMap::new();
    for (unit, taken_over) in units::reach::taken_over(conn, &bodies, from)? {
        for over in taken_over {
            acting.entry(over).or_default().push(unit);
        }
    }
    let mut owing: Vec<UnitId> = owed.iter().map(|owed| owed.duty.obligation.unit_id).collect();
    owing.sort_unstable();
    owing.dedup();
    let owing = units::queries::on_day(conn, &owing, from)?;
    let order = owing.iter().map(|(id, unit)| (*id, unit.protocol_key())).collect();
    let names = owing.into_iter().map(|(id, unit)| (id, unit.name)).collect();
    let promised = promised(conn, &owed)?;
    Ok(Facts { owed, holidays, steps, members, acting, names, order, promised })
}

/// So many obligations are asked about at once: a statement takes a bounded number of values.
const AT_ONCE: usize = 10_000;

/// Until which day somebody has promised to send what is owed; until then nothing is said. One query for a province.
fn promised(conn: &mut Conn, owed: &[Owed]) -> QueryResult<HashMap<ObligationId, NaiveDate>> {
    let ids: Vec<ObligationId> = owed.iter().map(|owed| owed.duty.obligation.id).collect();
    let mut all = HashMap::new();
    for ids in ids.chunks(AT_ONCE) {
        all.extend(chasing::queries::promises(conn, ids)?);
    }
    Ok(all)
}

fn steps(conn: &mut Conn) -> QueryResult<HashMap<RegimeId, Steps>> {
    let rows: Vec<(RegimeId, String)> =
        notice_steps::table.select((notice_steps::regime_id, notice_steps::steps)).load(conn)?;
    Ok(rows.into_iter().map(|(id, code)| (id, Steps::from_code(&code))).collect())
}

/// What is owed and not sent, whose last day a notice can reach. Three queries for a province.
fn owed(conn: &mut Conn, among: &Among, (from, to): (NaiveDate, NaiveDate)) -> QueryResult<Vec<Owed>> {
    let reach = Days::new(u64::from(FURTHEST.unsigned_abs()) + SLACK);
    let earliest = from.checked_sub_days(reach).unwrap_or(from);
    let latest = to.checked_add_days(reach).unwrap_or(to);
    let mut asked = obligations::table
        .inner_join(reports::table)
        .filter(obligations::standing.eq("owed"))
        .filter(reports::state.eq_any(["not_begun", "draft", "with_leader", "amend"]))
        .filter(
            obligations::stated_on
                .between(earliest, latest)
                .or(obligations::extended_to.between(earliest, latest))
                .or(reports::amend_due_on.between(earliest, latest)),
        )
        .into_boxed();
    if let Among::Collected(bodies) = among {
        asked = asked.filter(obligations::collector_id.eq_any(bodies));
    }
    let found: Vec<(Obligation, ReportHead)> =
        asked.order(obligations::id).select((Obligation::as_select(), ReportHead::as_select())).load(conn)?;
    let mut ids: Vec<PeriodId> = found.iter().map(|(obligation, _)| obligation.period_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let rows: Vec<(Period, Regime)> = periods::table
        .inner_join(regimes::table)
        .filter(periods::id.eq_any(&ids))
        .select((Period::as_select(), Regime::as_select()))
        .load(conn)?;
    let under: HashMap<PeriodId, (Period, Regime)> =
        rows.into_iter().map(|(period, regime)| (period.id, period.under(regime))).collect();
    let locked = |obligation: &Obligation| {
        let lock = under.get(&obligation.period_id).and_then(|(period, _)| period.lock_on);
        lock.is_some_and(|lock| lock < to)
    };
    let late: Vec<ObligationId> = found
        .iter()
        .filter(|(obligation, _)| locked(obligation))
        .map(|(obligation, _)| obligation.id)
        .collect();
    let mut reopened = HashMap::new();
    for ids in late.chunks(AT_ONCE) {
        reopened.extend(queries::unlocked(conn, ids)?);
    }
    Ok(found
        .into_iter()
        .filter_map(|(obligation, report)| {
            let (period, regime) = under.get(&obligation.period_id)?;
            let unlocked = reopened.get(&obligation.id).copied();
            let duty = Duty { obligation, report, nil_at: None };
            let open_until = duty.open_until(period.lock_on, unlocked);
            Some(Owed {
                title: title(&duty, period, regime),
                duty,
                period: period.id,
                regime: regime.id,
                rolling: regime.rolling,
                opened_on: to_local(period.opened_at).date(),
                open_until,
            })
        })
        .collect())
}

fn title(duty: &Duty, period: &Period, regime: &Regime) -> String {
    let title = match regime.kind() {
        RegimeKind::Document => return regime.name.clone(),
        RegimeKind::Report => report_title(&period.label),
    };
    if duty.is_consolidated() { title.replacen("Báo cáo", "Báo cáo tổng hợp", 1) } else { title }
}

/// Roles that write or answer for a report, held on some of the days by whoever may sign in. One query.
fn members(conn: &mut Conn, (from, to): (NaiveDate, NaiveDate)) -> QueryResult<Vec<Member>> {
    let roles = [Role::Officer, Role::UnitLeader, Role::Compiler, Role::CompilingLeader].map(Role::code);
    type Row = (PersonId, UnitId, String, Option<NaiveDate>, Option<NaiveDate>);
    let rows: Vec<Row> = memberships::table
        .inner_join(people::table)
        .filter(people::disabled_at.is_null())
        .filter(memberships::role.eq_any(roles))
        .filter(memberships::valid_from.is_null().or(memberships::valid_from.le(to)))
        .filter(memberships::valid_to.is_null().or(memberships::valid_to.ge(from)))
        .order(memberships::id)
        .select((
            memberships::person_id,
            memberships::unit_id,
            memberships::role,
            memberships::valid_from,
            memberships::valid_to,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(person, unit, role, from, to)| {
            Some(Member { person, unit, role: Role::from_code(&role)?, from, to })
        })
        .collect())
}
