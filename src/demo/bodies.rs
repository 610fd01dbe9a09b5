//! Units of the three provinces: dated versions, other spellings, holders of functions, the reorganisations. Stands between fixtures/demo/units and the rooms that name units.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::Deserialize;

use super::files::{Day, document, fault, table};
use super::known::{Known, Version, province_of, uid};
use crate::db::Conn;
use crate::db::ids::UnitId;
use crate::db::schema::{
    function_holders, unit_aliases, unit_change_lines, unit_changes, unit_versions, units,
};
use crate::error::Error;
use crate::{on_each, vietnamese};

const PROVINCE_FILES: [&str; 4] =
    ["units/ministry.csv", "units/bac-giang.csv", "units/long-an.csv", "units/ba-ria-vung-tau.csv"];

#[derive(Deserialize)]
struct VersionRow {
    code: String,
    kind: String,
    name: String,
    short: String,
    place: String,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
    parent: Option<String>,
    order: i32,
    official_code: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AliasRow {
    unit: String,
    alias: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HolderRow {
    function: String,
    unit: String,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Changes {
    changes: Vec<Change>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    code: String,
    date: Day,
    kind: String,
    decision: String,
    lines: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    from: String,
    to: String,
    function: Option<String>,
}

/// Loads units with their versions and aliases, holders of functions, changes, reach.
pub fn load(conn: &mut Conn, known: &mut Known, now: NaiveDateTime) -> Result<(), Error> {
    for file in PROVINCE_FILES {
        load_units(conn, known, file)?;
    }
    load_aliases(conn, known)?;
    load_holders(conn, known)?;
    load_changes(conn, known, now)?;
    Ok(crate::units::reach::rebuild(conn)?)
}

fn load_units(conn: &mut Conn, known: &mut Known, file: &str) -> Result<(), Error> {
    let rows: Vec<VersionRow> = table(file)?;
    // A unit's life is the span of its versions; an open end of any of them is an open end of the life.
    let mut lives: HashMap<&str, (Option<NaiveDate>, Option<NaiveDate>)> = HashMap::new();
    let mut order = Vec::new();
    for row in &rows {
        match lives.get_mut(row.code.as_str()) {
            None => {
                order.push(row.code.as_str());
                lives.insert(&row.code, (row.valid_from, row.valid_to));
            }
            Some((from, to)) => {
                *from = from.zip(row.valid_from).map(|(a, b)| a.min(b));
                *to = to.zip(row.valid_to).map(|(a, b)| a.max(b));
            }
        }
    }
    for code in order {
        let (from, to) = lives.get(code).copied().unwrap_or_default();
        let id: UnitId = on_each!(conn, |c| diesel::insert_into(units::table)
            .values((
                units::uid.eq(uid("unit", code)),
                units::code.eq(code),
                units::existed_from.eq(from),
                units::existed_to.eq(to),
            ))
            .returning(units::id)
            .get_result(c))?;
        known.units.insert(code.to_owned(), id);
    }
    for row in rows {
        let unit = known.unit(file, &row.code)?;
        let parent = row.parent.as_deref().map(|p| known.unit(file, p)).transpose()?;
        diesel::insert_into(unit_versions::table)
            .values((
                unit_versions::unit_id.eq(unit),
                unit_versions::name.eq(&row.name),
                unit_versions::short_name.eq(&row.short),
                unit_versions::search_key.eq(vietnamese::search_key(&format!("{} {}", row.name, row.short))),
                unit_versions::kind_code.eq(&row.kind),
                unit_versions::parent_id.eq(parent),
                unit_versions::protocol_order.eq(row.order),
                unit_versions::official_code.eq(row.official_code),
                unit_versions::valid_from.eq(row.valid_from),
                unit_versions::valid_to.eq(row.valid_to),
            ))
            .execute(conn)?;
        known.versions.push(Version {
            unit,
            code: row.code,
            kind: row.kind,
            name: row.name,
            place: row.place,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
        });
    }
    Ok(())
}

fn load_aliases(conn: &mut Conn, known: &Known) -> Result<(), Error> {
    const FILE: &str = "units/aliases.csv";
    let mut seen = std::collections::HashSet::new();
    for row in table::<AliasRow>(FILE)? {
        let unit = known.unit(FILE, &row.unit)?;
        let key = vietnamese::search_key(&row.alias);
        // Two spellings with one key find the same rows; the first is kept.
        if !seen.insert((unit, key.clone())) {
            continue;
        }
        diesel::insert_into(unit_aliases::table)
            .values((
                unit_aliases::unit_id.eq(unit),
                unit_aliases::alias.eq(row.alias),
                unit_aliases::search_key.eq(key),
            ))
            .execute(conn)?;
    }
    Ok(())
}

fn load_holders(conn: &mut Conn, known: &Known) -> Result<(), Error> {
    const FILE: &str = "function_holders.csv";
    for row in table::<HolderRow>(FILE)? {
        diesel::insert_into(function_holders::table)
            .values((
                function_holders::function_id.eq(known.function(FILE, &row.function)?),
                function_holders::province_id.eq(known.unit(FILE, province_of(&row.unit))?),
                function_holders::unit_id.eq(known.unit(FILE, &row.unit)?),
                function_holders::valid_from.eq(row.valid_from),
                function_holders::valid_to.eq(row.valid_to),
            ))
            .execute(conn)?;
    }
    Ok(())
}

fn load_changes(conn: &mut Conn, known: &Known, now: NaiveDateTime) -> Result<(), Error> {
    const FILE: &str = "units/changes.toml";
    for change in document::<Changes>(FILE)?.changes {
        let id: i64 = on_each!(conn, |c| diesel::insert_into(unit_changes::table)
            .values((
                unit_changes::uid.eq(uid("change", &change.code)),
                unit_changes::kind.eq(&change.kind),
                unit_changes::effective_on.eq(change.date.0),
                unit_changes::decision.eq(&change.decision),
                unit_changes::recorded_at.eq(now),
            ))
            .returning(unit_changes::id)
            .get_result(c))?;
        for line in change.lines {
            let (from, to) = (known.unit(FILE, &line.from)?, known.unit(FILE, &line.to)?);
            let before = change.date.0.pred_opt().ok_or_else(|| fault(FILE, "a date out of range"))?;
            if known.version_on(from, before).is_none() || known.version_on(to, change.date.0).is_none() {
                let reason = format!("{}: {} or {} did not exist then", change.code, line.from, line.to);
                return Err(fault(FILE, reason));
            }
            let function = line.function.as_deref().map(|f| known.function(FILE, f)).transpose()?;
            diesel::insert_into(unit_change_lines::table)
                .values((
                    unit_change_lines::change_id.eq(id),
                    unit_change_lines::from_unit_id.eq(from),
                    unit_change_lines::to_unit_id.eq(to),
                    unit_change_lines::function_id.eq(function),
                ))
                .execute(conn)?;
        }
    }
    Ok(())
}
