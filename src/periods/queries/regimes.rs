//! SQL about regimes: as pages read them, and their routes and forms as opening a period needs them.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::super::{Audience, FormFor, Period, Regime, RegimeCycle};
use crate::access::Scope;
use crate::calendar::{DayKind, Holidays, in_force};
use crate::db::Conn;
use crate::db::ids::{FormId, PlanId, RegimeId, UnitId};
use crate::db::schema::{
    calendar_days, form_audiences, forms, periods, plans, regime_cycles, regime_plans, regimes, routes,
};
use crate::vietnamese::sort_key;

/// Who reports to whom, on one day.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = routes)]
pub struct RouteRow {
    pub unit_id: UnitId,
    pub collector_id: UnitId,
    pub mode: String,
}

/// One regime. One query.
///
/// # Errors
/// `NotFound`, or the query's own.
pub fn regime(conn: &mut Conn, id: RegimeId) -> QueryResult<Regime> {
    regimes::table.find(id).select(Regime::as_select()).first(conn)
}

/// One regime of a province the person belongs to. One query.
///
/// # Errors
/// `NotFound` for a foreign one too.
pub fn visible_regime(conn: &mut Conn, scope: &Scope, id: RegimeId) -> QueryResult<Regime> {
    regimes::table
        .filter(regimes::id.eq(id))
        .filter(regimes::province_id.eq_any(&scope.provinces))
        .select(Regime::as_select())
        .first(conn)
}

/// The regimes of the person's provinces by name. One query.
///
/// # Errors
/// The query's own.
pub fn visible_regimes(conn: &mut Conn, scope: &Scope) -> QueryResult<Vec<Regime>> {
    let mut found: Vec<Regime> = regimes::table
        .filter(regimes::province_id.eq_any(&scope.provinces))
        .select(Regime::as_select())
        .load(conn)?;
    // Neither database knows the Vietnamese order.
    found.sort_by_key(|regime| (sort_key(&regime.name), regime.id));
    Ok(found)
}

/// A plan that a regime serves, since when and until when.
#[derive(Debug, Clone, Queryable)]
pub struct ServedPlan {
    pub regime_id: RegimeId,
    pub plan_id: PlanId,
    pub short_name: String,
    pub number: String,
    pub symbol: String,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
}

impl ServedPlan {
    /// As a reader names it: its short name, with its number where it has one.
    pub fn name(&self) -> String {
        match (self.number.is_empty(), self.symbol.is_empty()) {
            (false, false) => format!("{} (số {}/{})", self.short_name, self.number, self.symbol),
            _ => self.short_name.clone(),
        }
    }
}

/// The plans some regimes serve. One query.
///
/// # Errors
/// The query's own.
pub fn served_plans(conn: &mut Conn, ids: &[RegimeId]) -> QueryResult<Vec<ServedPlan>> {
    regime_plans::table
        .inner_join(plans::table)
        .filter(regime_plans::regime_id.eq_any(ids))
        .order((plans::issued_year, plans::id))
        .select((
            regime_plans::regime_id,
            plans::id,
            plans::short_name,
            plans::number,
            plans::symbol,
            regime_plans::valid_from,
            regime_plans::valid_to,
        ))
        .load(conn)
}

/// The regimes that serve a plan, in the order they were made. One query.
///
/// # Errors
/// The query's own.
pub fn regimes_of_plan(conn: &mut Conn, plan: PlanId) -> QueryResult<Vec<Regime>> {
    regimes::table
        .inner_join(regime_plans::table)
        .filter(regime_plans::plan_id.eq(plan))
        .order(regimes::id)
        .select(Regime::as_select())
        .load(conn)
}

/// A route with its dates.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = routes)]
pub struct DatedRoute {
    pub unit_id: UnitId,
    pub collector_id: UnitId,
    pub part: String,
    pub mode: String,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
}

/// Every route of a regime, past ones included. One query.
///
/// # Errors
/// The query's own.
pub fn routes(conn: &mut Conn, id: RegimeId) -> QueryResult<Vec<DatedRoute>> {
    routes::table
        .filter(routes::regime_id.eq(id))
        .order(routes::id)
        .select(DatedRoute::as_select())
        .load(conn)
}

/// The regime's cycles in the order they were written. One query.
///
/// # Errors
/// The query's own.
pub fn cycles(conn: &mut Conn, id: RegimeId) -> QueryResult<Vec<RegimeCycle>> {
    regime_cycles::table
        .filter(regime_cycles::regime_id.eq(id))
        .order(regime_cycles::id)
        .select(RegimeCycle::as_select())
        .load(conn)
}

/// The cycles of some regimes. One query.
///
/// # Errors
/// The query's own.
pub fn cycles_of(conn: &mut Conn, ids: &[RegimeId]) -> QueryResult<Vec<RegimeCycle>> {
    regime_cycles::table
        .filter(regime_cycles::regime_id.eq_any(ids))
        .order(regime_cycles::id)
        .select(RegimeCycle::as_select())
        .load(conn)
}

/// Holds the regime's row until the transaction ends, so that one opening follows another. One query.
///
/// # Errors
/// The query's own.
pub fn claim_regime(conn: &mut Conn, id: RegimeId) -> QueryResult<usize> {
    diesel::update(regimes::table.find(id)).set(regimes::code.eq(regimes::code)).execute(conn)
}

/// Every period of a regime, whoever may see it; for the verb that opens another. One query.
///
/// # Errors
/// The query's own.
pub fn all_periods_of(conn: &mut Conn, id: RegimeId) -> QueryResult<Vec<Period>> {
    periods::table
        .filter(periods::regime_id.eq(id))
        .order((periods::opened_at, periods::id))
        .select(Period::as_select())
        .load(conn)
}

/// The periods of some regimes, whoever may see them. One query.
///
/// # Errors
/// The query's own.
pub fn opened_of(conn: &mut Conn, ids: &[RegimeId]) -> QueryResult<Vec<Period>> {
    periods::table
        .filter(periods::regime_id.eq_any(ids))
        .order((periods::opened_at, periods::id))
        .select(Period::as_select())
        .load(conn)
}

/// The routes of part "own" that are valid on `day`. One query.
///
/// # Errors
/// The query's own.
pub fn own_routes_on(conn: &mut Conn, id: RegimeId, day: NaiveDate) -> QueryResult<Vec<RouteRow>> {
    routes::table
        .filter(routes::regime_id.eq(id))
        .filter(routes::part.eq("own"))
        .filter(routes::valid_from.is_null().or(routes::valid_from.le(day)))
        .filter(routes::valid_to.is_null().or(routes::valid_to.ge(day)))
        .order(routes::id)
        .select(RouteRow::as_select())
        .load(conn)
}

/// The form versions of a regime valid on `day`, with their audiences. Two queries.
///
/// # Errors
/// The query's own.
pub fn forms_on(conn: &mut Conn, id: RegimeId, day: NaiveDate) -> QueryResult<Vec<FormFor>> {
    let rows: Vec<(FormId, String, i32)> = forms::table
        .filter(forms::regime_id.eq(id))
        .filter(forms::valid_from.is_null().or(forms::valid_from.le(day)))
        .filter(forms::valid_to.is_null().or(forms::valid_to.ge(day)))
        .order(forms::id)
        .select((forms::id, forms::code, forms::version))
        .load(conn)?;
    let ids: Vec<FormId> = rows.iter().map(|r| r.0).collect();
    let mut audiences: HashMap<FormId, Vec<Audience>> = HashMap::new();
    for (form, kind, unit) in form_audiences::table
        .filter(form_audiences::form_id.eq_any(&ids))
        .select((form_audiences::form_id, form_audiences::kind_code, form_audiences::unit_id))
        .load::<(FormId, Option<String>, Option<UnitId>)>(conn)?
    {
        let list = audiences.entry(form).or_default();
        list.extend(kind.map(Audience::Kind));
        list.extend(unit.map(Audience::Unit));
    }
    Ok(rows
        .into_iter()
        .map(|(id, code, version)| FormFor {
            id,
            code,
            version,
            audiences: audiences.remove(&id).unwrap_or_default(),
        })
        .collect())
}

/// The days that differ from an ordinary week, those among them that the law fixes and nobody has entered yet. One query.
///
/// # Errors
/// The query's own.
pub fn holidays(conn: &mut Conn) -> QueryResult<Holidays> {
    let rows: Vec<(NaiveDate, String, bool)> = calendar_days::table
        .select((calendar_days::day, calendar_days::kind, calendar_days::confirmed))
        .load(conn)?;
    let known = |(day, kind, confirmed): (NaiveDate, String, bool)| {
        Some((day, DayKind::from_code(&kind)?, confirmed))
    };
    Ok(in_force(rows.into_iter().filter_map(known)))
}
