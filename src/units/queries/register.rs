//! The register: units of some provinces with their whole history, and the pieces of one unit's page.

use std::collections::HashSet;

use chrono::NaiveDate;
use diesel::dsl::{InnerJoin, InnerJoinOn};
use diesel::prelude::*;

use crate::access::Scope;
use crate::db::Conn;
use crate::db::ids::UnitId;
use crate::db::schema::{
    function_holders, functions, obligations, periods, regimes, unit_aliases, unit_change_lines,
    unit_changes, unit_kinds, unit_reach, unit_versions, units,
};
use crate::units::history::{UnitHistory, Version, span};
use crate::vietnamese::sort_key;

/// One line of a reorganisation that concerns a unit.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct ChangeLine {
    pub kind: String,
    /// First day of the new order.
    pub effective_on: NaiveDate,
    pub decision: String,
    pub note: String,
    pub from_unit_id: Option<UnitId>,
    pub to_unit_id: Option<UnitId>,
    /// Name of the one function that passed; none: the whole body.
    pub function: Option<String>,
}

/// A function with the days the unit held it, both inclusive.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct FunctionHeld {
    pub name: String,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
}

impl FunctionHeld {
    /// The days it was held in words; "" when nothing is recorded.
    pub fn time(&self) -> String {
        span(self.valid_from, self.valid_to)
    }
}

type Versions = InnerJoin<InnerJoinOn<unit_versions::table, units::table, OnUnit>, unit_kinds::table>;
type OnUnit = diesel::dsl::Eq<units::id, unit_versions::unit_id>;

fn versions() -> Versions {
    unit_versions::table
        .inner_join(units::table.on(units::id.eq(unit_versions::unit_id)))
        .inner_join(unit_kinds::table)
}

type Columns = (
    unit_versions::unit_id,
    unit_versions::name,
    unit_versions::short_name,
    unit_versions::search_key,
    unit_kinds::name,
    unit_kinds::heading,
    unit_kinds::position,
    unit_versions::protocol_order,
    unit_versions::parent_id,
    unit_versions::official_code,
    unit_versions::valid_from,
    unit_versions::valid_to,
    units::existed_from,
    units::existed_to,
);

const COLUMNS: Columns = (
    unit_versions::unit_id,
    unit_versions::name,
    unit_versions::short_name,
    unit_versions::search_key,
    unit_kinds::name,
    unit_kinds::heading,
    unit_kinds::position,
    unit_versions::protocol_order,
    unit_versions::parent_id,
    unit_versions::official_code,
    unit_versions::valid_from,
    unit_versions::valid_to,
    units::existed_from,
    units::existed_to,
);

/// Every unit of the provinces, past ones too, the provinces themselves left out; by id. Two queries.
///
/// # Errors
/// The query's own.
pub fn of_provinces(conn: &mut Conn, provinces: &[UnitId]) -> QueryResult<Vec<UnitHistory>> {
    let rows: Vec<Version> = versions()
        .inner_join(unit_reach::table.on(unit_reach::reaches_id.eq(unit_versions::unit_id)))
        .filter(unit_reach::unit_id.eq_any(provinces))
        .filter(unit_reach::relation.ne("self"))
        .select(COLUMNS)
        .load(conn)?;
    let aliases: Vec<(UnitId, String, String)> = unit_aliases::table
        .inner_join(unit_reach::table.on(unit_reach::reaches_id.eq(unit_aliases::unit_id)))
        .filter(unit_reach::unit_id.eq_any(provinces))
        .select((unit_aliases::unit_id, unit_aliases::alias, unit_aliases::search_key))
        .distinct()
        .order(unit_aliases::alias)
        .load(conn)?;
    Ok(UnitHistory::group(rows, &aliases))
}

/// Some units with their history, by id. Two queries.
///
/// # Errors
/// The query's own.
pub fn histories(conn: &mut Conn, ids: &[UnitId]) -> QueryResult<Vec<UnitHistory>> {
    let rows: Vec<Version> =
        versions().filter(unit_versions::unit_id.eq_any(ids)).select(COLUMNS).load(conn)?;
    let aliases: Vec<(UnitId, String, String)> = unit_aliases::table
        .filter(unit_aliases::unit_id.eq_any(ids))
        .select((unit_aliases::unit_id, unit_aliases::alias, unit_aliases::search_key))
        .order(unit_aliases::alias)
        .load(conn)?;
    Ok(UnitHistory::group(rows, &aliases))
}

/// Those of `ids` that stand in one of the provinces, or are one of them. One query.
///
/// # Errors
/// The query's own.
pub fn within(conn: &mut Conn, provinces: &[UnitId], ids: &[UnitId]) -> QueryResult<HashSet<UnitId>> {
    let found: Vec<UnitId> = unit_reach::table
        .filter(unit_reach::unit_id.eq_any(provinces))
        .filter(unit_reach::reaches_id.eq_any(ids))
        .select(unit_reach::reaches_id)
        .load(conn)?;
    Ok(found.into_iter().collect())
}

/// Whether a reader who collects or oversees may read what a unit reported: of a province they oversee, or something it owed
/// was theirs to collect. Two queries.
///
/// # Errors
/// The queries' own.
pub fn is_reported(conn: &mut Conn, (scope, unit): (&Scope, UnitId)) -> QueryResult<bool> {
    if !within(conn, &scope.overseen_provinces, &[unit])?.is_empty() {
        return Ok(true);
    }
    let owed: i64 = obligations::table
        .inner_join(periods::table.inner_join(regimes::table))
        .filter(obligations::unit_id.eq(unit))
        .filter(
            obligations::collector_id
                .eq_any(&scope.collector_units)
                .or(regimes::collector_id.eq_any(&scope.collector_units)),
        )
        .count()
        .get_result(conn)?;
    Ok(owed > 0)
}

/// The lines of reorganisations in which the unit gave or received, latest first. One query.
///
/// # Errors
/// The query's own.
pub fn changes_of(conn: &mut Conn, id: UnitId) -> QueryResult<Vec<ChangeLine>> {
    unit_change_lines::table
        .inner_join(unit_changes::table)
        .left_join(functions::table)
        .filter(unit_change_lines::from_unit_id.eq(id).or(unit_change_lines::to_unit_id.eq(id)))
        .order((unit_changes::effective_on.desc(), unit_changes::id.desc(), unit_change_lines::id))
        .select((
            unit_changes::kind,
            unit_changes::effective_on,
            unit_changes::decision,
            unit_changes::note,
            unit_change_lines::from_unit_id,
            unit_change_lines::to_unit_id,
            functions::name.nullable(),
        ))
        .load(conn)
}

/// The functions the unit holds or held, by name. One query.
///
/// # Errors
/// The query's own.
pub fn functions_of(conn: &mut Conn, id: UnitId) -> QueryResult<Vec<FunctionHeld>> {
    let mut held: Vec<FunctionHeld> = function_holders::table
        .inner_join(functions::table)
        .filter(function_holders::unit_id.eq(id))
        .order(function_holders::id)
        .select((functions::name, function_holders::valid_from, function_holders::valid_to))
        .load(conn)?;
    // Neither database knows the Vietnamese order.
    held.sort_by_key(|function| sort_key(&function.name));
    Ok(held)
}

/// The units that stand, or once stood, directly below. One query.
///
/// # Errors
/// The query's own.
pub fn children_of(conn: &mut Conn, id: UnitId) -> QueryResult<Vec<UnitId>> {
    unit_versions::table
        .filter(unit_versions::parent_id.eq(id))
        .select(unit_versions::unit_id)
        .distinct()
        .load(conn)
}

/// Codes and names of every kind of body, in protocol order. One query.
///
/// # Errors
/// The query's own.
pub fn kinds(conn: &mut Conn) -> QueryResult<Vec<(String, String)>> {
    unit_kinds::table
        .order((unit_kinds::position, unit_kinds::code))
        .select((unit_kinds::code, unit_kinds::name))
        .load(conn)
}
