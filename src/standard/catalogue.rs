//! Kinds of body, indicators with their three folding rules, functions and holidays, from files into the database.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Deserialize;

use super::files::{fault, table};
use super::uid;
use crate::db::Conn;
use crate::db::ids::{FunctionId, IndicatorId};
use crate::db::schema::{calendar_days, functions, indicator_groups, indicators, unit_kinds};
use crate::error::Error;
use crate::{on_each, vietnamese};

/// A kind of body.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    pub code: String,
    pub name: String,
    /// Under which tables group it.
    pub heading: String,
    pub order: i32,
    /// What a pasted list writes for it; "" for a kind that lists do not bring.
    pub word: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupRow {
    code: String,
    name: String,
    order: i32,
    classified: String,
}

/// An indicator as C11 issued it, its rules and types by their codes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndicatorRow {
    pub code: String,
    pub group: String,
    pub name: String,
    pub measure: String,
    #[serde(rename = "type")]
    pub value_type: String,
    pub scale: i32,
    pub display_exponent: i32,
    pub unit_rule: String,
    pub level_rule: String,
    pub period_rule: String,
    /// Codes of the parts of a ratio.
    pub numerator: Option<String>,
    pub denominator: Option<String>,
    pub order: i32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FunctionRow {
    code: String,
    name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CalendarRow {
    day: NaiveDate,
    kind: String,
    name: String,
    source: String,
    confirmed: String,
}

/// What was loaded, by the codes of the files.
#[derive(Debug, Default)]
pub struct Loaded {
    pub indicators: HashMap<String, IndicatorId>,
    pub functions: HashMap<String, FunctionId>,
}

/// How much there is, for whoever is about to load it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    pub groups: usize,
    pub indicators: usize,
    pub holidays: usize,
}

/// Every kind, in protocol order.
///
/// # Errors
/// What could not be read of the file.
pub fn kinds() -> Result<Vec<Kind>, Error> {
    table("catalogue/kinds.csv")
}

/// Every indicator C11 issued, in catalogue order.
///
/// # Errors
/// What could not be read of the file.
pub fn issued() -> Result<Vec<IndicatorRow>, Error> {
    let mut all: Vec<IndicatorRow> = table(INDICATORS)?;
    all.sort_by_key(|row| row.order);
    Ok(all)
}

/// Counts of the catalogue.
///
/// # Errors
/// What could not be read of the files.
pub fn extent() -> Result<Extent, Error> {
    Ok(Extent {
        groups: table::<GroupRow>("catalogue/groups.csv")?.len(),
        indicators: table::<IndicatorRow>(INDICATORS)?.len(),
        holidays: table::<CalendarRow>("catalogue/calendar.csv")?.len(),
    })
}

const INDICATORS: &str = "catalogue/indicators.csv";

/// Writes the catalogue into a database that has none.
///
/// # Errors
/// The query's own, or what could not be read of a file.
pub fn load(conn: &mut Conn) -> Result<Loaded, Error> {
    for kind in kinds()? {
        diesel::insert_into(unit_kinds::table)
            .values((
                unit_kinds::code.eq(kind.code),
                unit_kinds::name.eq(kind.name),
                unit_kinds::heading.eq(kind.heading),
                unit_kinds::position.eq(kind.order),
            ))
            .execute(conn)?;
    }
    for row in table::<CalendarRow>("catalogue/calendar.csv")? {
        diesel::insert_into(calendar_days::table)
            .values((
                calendar_days::day.eq(row.day),
                calendar_days::kind.eq(row.kind),
                calendar_days::name.eq(row.name),
                calendar_days::source.eq(row.source),
                calendar_days::confirmed.eq(row.confirmed == "yes"),
            ))
            .execute(conn)?;
    }
    Ok(Loaded { functions: load_functions(conn)?, indicators: load_indicators(conn)? })
}

fn load_functions(conn: &mut Conn) -> Result<HashMap<String, FunctionId>, Error> {
    let mut loaded = HashMap::new();
    for row in table::<FunctionRow>("catalogue/functions.csv")? {
        let id: FunctionId = on_each!(conn, |c| diesel::insert_into(functions::table)
            .values((functions::code.eq(&row.code), functions::name.eq(&row.name)))
            .returning(functions::id)
            .get_result(c))?;
        loaded.insert(row.code, id);
    }
    Ok(loaded)
}

/// A ratio comes after its parts.
fn load_indicators(conn: &mut Conn) -> Result<HashMap<String, IndicatorId>, Error> {
    for row in table::<GroupRow>("catalogue/groups.csv")? {
        diesel::insert_into(indicator_groups::table)
            .values((
                indicator_groups::code.eq(row.code),
                indicator_groups::name.eq(row.name),
                indicator_groups::position.eq(row.order),
                indicator_groups::classified.eq(row.classified == "yes"),
            ))
            .execute(conn)?;
    }
    let mut loaded: HashMap<String, IndicatorId> = HashMap::new();
    for row in table::<IndicatorRow>(INDICATORS)? {
        let part = |code: &Option<String>| {
            let find = |code: &String| {
                loaded.get(code).copied().ok_or_else(|| fault(INDICATORS, format!("no {code}")))
            };
            code.as_ref().map(find).transpose()
        };
        let (numerator, denominator) = (part(&row.numerator)?, part(&row.denominator)?);
        let id: IndicatorId = on_each!(conn, |c| diesel::insert_into(indicators::table)
            .values((
                indicators::uid.eq(uid("indicator", &row.code)),
                indicators::code.eq(&row.code),
                indicators::group_code.eq(&row.group),
                indicators::name.eq(&row.name),
                indicators::search_key.eq(vietnamese::search_key(&format!("{} {}", row.code, row.name))),
                indicators::measure_unit.eq(&row.measure),
                indicators::value_type.eq(&row.value_type),
                indicators::scale.eq(row.scale),
                indicators::display_exponent.eq(row.display_exponent),
                indicators::unit_rule.eq(&row.unit_rule),
                indicators::level_rule.eq(&row.level_rule),
                indicators::period_rule.eq(&row.period_rule),
                indicators::numerator_id.eq(numerator),
                indicators::denominator_id.eq(denominator),
                indicators::position.eq(row.order),
            ))
            .returning(indicators::id)
            .get_result(c))?;
        loaded.insert(row.code, id);
    }
    Ok(loaded)
}
