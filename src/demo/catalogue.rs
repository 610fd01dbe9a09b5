//! Indicator groups and indicators, with their three folding rules.

use diesel::prelude::*;
use serde::Deserialize;

use super::files::table;
use super::known::{Known, uid};
use crate::db::Conn;
use crate::db::ids::IndicatorId;
use crate::db::schema::{indicator_groups, indicators};
use crate::error::Error;
use crate::{on_each, vietnamese};

const FILE: &str = "indicators.csv";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupRow {
    code: String,
    name: String,
    order: i32,
    classified: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IndicatorRow {
    code: String,
    group: String,
    name: String,
    measure: String,
    r#type: String,
    scale: i32,
    display_exponent: i32,
    unit_rule: String,
    level_rule: String,
    period_rule: String,
    numerator: Option<String>,
    denominator: Option<String>,
    order: i32,
}

/// Loads the catalogue; a ratio comes after its parts.
pub fn load(conn: &mut Conn, known: &mut Known) -> Result<(), Error> {
    for row in table::<GroupRow>("groups.csv")? {
        diesel::insert_into(indicator_groups::table)
            .values((
                indicator_groups::code.eq(row.code),
                indicator_groups::name.eq(row.name),
                indicator_groups::position.eq(row.order),
                indicator_groups::classified.eq(row.classified == "yes"),
            ))
            .execute(conn)?;
    }
    for row in table::<IndicatorRow>(FILE)? {
        let part = |code: &Option<String>| code.as_deref().map(|c| known.indicator(FILE, c)).transpose();
        let (numerator, denominator) = (part(&row.numerator)?, part(&row.denominator)?);
        let id: IndicatorId = on_each!(conn, |c| diesel::insert_into(indicators::table)
            .values((
                indicators::uid.eq(uid("indicator", &row.code)),
                indicators::code.eq(&row.code),
                indicators::group_code.eq(&row.group),
                indicators::name.eq(&row.name),
                indicators::search_key.eq(vietnamese::search_key(&format!("{} {}", row.code, row.name))),
                indicators::measure_unit.eq(&row.measure),
                indicators::value_type.eq(&row.r#type),
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
        known.indicators.insert(row.code, id);
    }
    Ok(())
}
