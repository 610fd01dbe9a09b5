//! All SQL of writing regimes: their rows, cycles and routes, and what a change of them has to look at.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::Charter;
use crate::calendar::Cycle;
use crate::db::Conn;
use crate::db::ids::{PersonId, PlanId, RegimeId, UnitId};
use crate::db::schema::{
    memberships, people, periods, regime_cycles, regime_plans, regime_recipients, regimes, routes,
};
use crate::on_each;
use crate::periods::Regime;
use crate::vietnamese::person_sort_key;

/// Rows of one insert.
const BATCH: usize = 500;

/// A route of part "own" that holds on a day or begins later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct OwnRoute {
    pub id: i64,
    pub unit_id: UnitId,
    pub valid_from: Option<NaiveDate>,
}

#[derive(Insertable)]
#[diesel(table_name = routes, treat_none_as_default_value = false)]
struct NewRoute<'a> {
    regime_id: RegimeId,
    unit_id: UnitId,
    collector_id: UnitId,
    part: &'a str,
    mode: &'a str,
    valid_from: Option<NaiveDate>,
}

/// Whether a code is taken, in whatever province: workbooks and commands name regimes by it. One query.
///
/// # Errors
/// The query's own.
pub fn is_taken(conn: &mut Conn, code: &str) -> QueryResult<bool> {
    let found: i64 = regimes::table.filter(regimes::code.eq(code)).count().get_result(conn)?;
    Ok(found > 0)
}

/// How many periods a regime has opened. One query.
///
/// # Errors
/// The query's own.
pub fn periods_opened(conn: &mut Conn, id: RegimeId) -> QueryResult<i64> {
    periods::table.filter(periods::regime_id.eq(id)).count().get_result(conn)
}

/// Who receives and reviews for a collector on `day`: names and titles. One query.
///
/// # Errors
/// The query's own.
pub fn reviewers(conn: &mut Conn, collector: UnitId, day: NaiveDate) -> QueryResult<Vec<(String, String)>> {
    let mut rows: Vec<(PersonId, String, String)> = memberships::table
        .inner_join(people::table)
        .filter(memberships::unit_id.eq(collector))
        .filter(memberships::role.eq_any(["compiler", "compiling_leader"]))
        .filter(memberships::valid_from.is_null().or(memberships::valid_from.le(day)))
        .filter(memberships::valid_to.is_null().or(memberships::valid_to.ge(day)))
        .filter(people::disabled_at.is_null())
        .order(memberships::id)
        .select((people::id, people::full_name, memberships::title))
        .load(conn)?;
    // Neither database knows the Vietnamese order.
    rows.sort_by_cached_key(|(_, name, _)| person_sort_key(name));
    let mut seen = Vec::new();
    Ok(rows
        .into_iter()
        .filter(|(id, ..)| {
            !seen.contains(id) && {
                seen.push(*id);
                true
            }
        })
        .map(|(_, name, title)| (name, title))
        .collect())
}

/// Writes the row of a new regime. One query.
///
/// # Errors
/// The query's own.
pub fn insert(conn: &mut Conn, province: UnitId, charter: &Charter) -> QueryResult<RegimeId> {
    on_each!(conn, |c| diesel::insert_into(regimes::table)
        .values((
            regimes::uid.eq(uuid::Uuid::now_v7().to_string()),
            regimes::code.eq(&charter.code),
            regimes::name.eq(&charter.name),
            regimes::province_id.eq(province),
            regimes::collector_id.eq(charter.collector),
            regimes::addressee.eq(&charter.addressee),
            regimes::kind.eq(charter.kind.code()),
            regimes::rolling.eq(charter.rolling),
            regimes::paper_rule.eq(charter.paper_rule),
            regimes::signed_file.eq(charter.signed_file),
            regimes::leader_step.eq(charter.leader_step),
            regimes::legal_basis.eq(&charter.legal_basis),
            regimes::subject.eq(&charter.subject),
        ))
        .returning(regimes::id)
        .get_result(c))
}

/// The first list of recipients of a regime's editions, in order. A query each.
///
/// # Errors
/// The query's own.
pub fn add_recipients(conn: &mut Conn, regime: RegimeId, names: &[String]) -> QueryResult<()> {
    for (name, position) in names.iter().zip(1_i32..) {
        diesel::insert_into(regime_recipients::table)
            .values((
                regime_recipients::regime_id.eq(regime),
                regime_recipients::position.eq(position),
                regime_recipients::name.eq(name),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Ties a plan to a regime; false where it is tied already. One query.
///
/// # Errors
/// The query's own.
pub fn add_plan(
    conn: &mut Conn,
    regime: RegimeId,
    plan: PlanId,
    from: Option<NaiveDate>,
) -> QueryResult<bool> {
    let row = (
        regime_plans::regime_id.eq(regime),
        regime_plans::plan_id.eq(plan),
        regime_plans::valid_from.eq(from),
    );
    let added = on_each!(conn, |c| diesel::insert_into(regime_plans::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(added == 1)
}

/// Changes what a regime says of itself; its code stays. One query.
///
/// # Errors
/// The query's own.
pub fn update(conn: &mut Conn, id: RegimeId, charter: &Charter) -> QueryResult<usize> {
    diesel::update(regimes::table.find(id))
        .set((
            regimes::name.eq(&charter.name),
            regimes::collector_id.eq(charter.collector),
            regimes::addressee.eq(&charter.addressee),
            regimes::kind.eq(charter.kind.code()),
            regimes::rolling.eq(charter.rolling),
            regimes::paper_rule.eq(charter.paper_rule),
            regimes::signed_file.eq(charter.signed_file),
            regimes::leader_step.eq(charter.leader_step),
            regimes::legal_basis.eq(&charter.legal_basis),
            regimes::subject.eq(&charter.subject),
        ))
        .execute(conn)
}

/// What opened periods followed until now stays theirs: the regime's own rules are taken down where they were not yet.
/// Four queries.
///
/// # Errors
/// The query's own.
pub fn keep_for_opened(conn: &mut Conn, before: &Regime) -> QueryResult<()> {
    let of = || periods::table.filter(periods::regime_id.eq(before.id));
    diesel::update(of().filter(periods::paper_rule.is_null()))
        .set(periods::paper_rule.eq(&before.paper_rule))
        .execute(conn)?;
    diesel::update(of().filter(periods::leader_step.is_null()))
        .set(periods::leader_step.eq(before.leader_step))
        .execute(conn)?;
    diesel::update(of().filter(periods::rolling.is_null()))
        .set(periods::rolling.eq(before.rolling))
        .execute(conn)?;
    diesel::update(of().filter(periods::signed_file.is_null()))
        .set(periods::signed_file.eq(before.signed_file))
        .execute(conn)?;
    Ok(())
}

/// Writes the cycles of a regime anew; the ad hoc one, which no form shows, stays.
///
/// # Errors
/// The query's own.
pub fn replace_cycles(conn: &mut Conn, id: RegimeId, charter: &Charter) -> QueryResult<()> {
    diesel::delete(
        regime_cycles::table
            .filter(regime_cycles::regime_id.eq(id))
            .filter(regime_cycles::cycle.ne(Cycle::AdHoc.code())),
    )
    .execute(conn)?;
    for plan in &charter.cycles {
        let row = plan.row();
        diesel::insert_into(regime_cycles::table)
            .values((
                regime_cycles::regime_id.eq(id),
                regime_cycles::cycle.eq(row.cycle),
                regime_cycles::preset.eq(row.preset),
                regime_cycles::due_rule.eq(row.due_rule),
                regime_cycles::due_month.eq(row.due_month),
                regime_cycles::due_day.eq(row.due_day),
                regime_cycles::due_days.eq(row.due_days),
                regime_cycles::stated_time.eq(row.stated_time),
                regime_cycles::lock_days.eq(row.lock_days),
                regime_cycles::own_window.eq(row.own_window),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// The routes of part "own" that hold on `day` or begin later. One query.
///
/// # Errors
/// The query's own.
pub fn own_routes_from(conn: &mut Conn, id: RegimeId, day: NaiveDate) -> QueryResult<Vec<OwnRoute>> {
    routes::table
        .filter(routes::regime_id.eq(id))
        .filter(routes::part.eq("own"))
        .filter(routes::valid_to.is_null().or(routes::valid_to.ge(day)))
        .order(routes::id)
        .select((routes::id, routes::unit_id, routes::valid_from))
        .load(conn)
}

/// Adds routes of part "own": unit and mode. A query for every five hundred.
///
/// # Errors
/// The query's own.
pub fn add_routes(
    conn: &mut Conn,
    regime_id: RegimeId,
    collector_id: UnitId,
    units: &[(UnitId, &str)],
    valid_from: Option<NaiveDate>,
) -> QueryResult<()> {
    let rows: Vec<NewRoute<'_>> = units
        .iter()
        .map(|(unit_id, mode)| NewRoute {
            regime_id,
            unit_id: *unit_id,
            collector_id,
            part: "own",
            mode,
            valid_from,
        })
        .collect();
    for batch in rows.chunks(BATCH) {
        on_each!(conn, |c| diesel::insert_into(routes::table).values(batch).execute(c))?;
    }
    Ok(())
}

/// Ends routes on `last`; those that had not begun by then never hold and are taken out. Two queries.
///
/// # Errors
/// The query's own.
pub fn close_routes(conn: &mut Conn, ids: &[i64], last: NaiveDate) -> QueryResult<()> {
    diesel::delete(routes::table.filter(routes::id.eq_any(ids)).filter(routes::valid_from.gt(last)))
        .execute(conn)?;
    diesel::update(routes::table.filter(routes::id.eq_any(ids)))
        .set(routes::valid_to.eq(last))
        .execute(conn)
        .map(|_| ())
}

/// Leads the routes of one collector to another; only where no period was opened yet. One query.
///
/// # Errors
/// The query's own.
pub fn redirect_routes(conn: &mut Conn, id: RegimeId, from: UnitId, to: UnitId) -> QueryResult<usize> {
    diesel::update(routes::table.filter(routes::regime_id.eq(id)).filter(routes::collector_id.eq(from)))
        .set(routes::collector_id.eq(to))
        .execute(conn)
}

/// Writes the last day of a regime over the one that was seen; none: without end. False when it is no longer that. One
/// query.
///
/// # Errors
/// The query's own.
pub fn set_last_day(
    conn: &mut Conn,
    id: RegimeId,
    seen: Option<NaiveDate>,
    last: Option<NaiveDate>,
) -> QueryResult<bool> {
    let regime = regimes::table.filter(regimes::id.eq(id));
    let last = regimes::valid_to.eq(last);
    let changed = match seen {
        Some(seen) => diesel::update(regime.filter(regimes::valid_to.eq(seen))).set(last).execute(conn)?,
        None => diesel::update(regime.filter(regimes::valid_to.is_null())).set(last).execute(conn)?,
    };
    Ok(changed == 1)
}
