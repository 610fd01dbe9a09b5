//! Adding units: rows, first versions, aliases, functions held, and whom everybody reaches then. One write; a fixed
//! number of queries per five hundred units.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::json;

use super::reach;
use super::resolve::{Above, NewUnit};
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{FunctionId, UnitId};
use crate::db::schema::{function_holders, functions, unit_aliases, unit_versions, units};
use crate::error::Error;
use crate::{on_each, vietnamese};

/// Rows of one insert: eleven variables each stay under SQLite's limit.
const BATCH: usize = 500;

#[derive(Insertable)]
#[diesel(table_name = units, treat_none_as_default_value = false)]
struct UnitRow<'a> {
    uid: String,
    code: &'a str,
    existed_from: Option<NaiveDate>,
}

#[derive(Insertable)]
#[diesel(table_name = unit_versions, treat_none_as_default_value = false)]
struct VersionRow<'a> {
    unit_id: UnitId,
    name: &'a str,
    short_name: &'a str,
    search_key: String,
    kind_code: &'a str,
    parent_id: Option<UnitId>,
    protocol_order: i32,
    official_code: Option<&'a str>,
    valid_from: Option<NaiveDate>,
}

/// Adds units to a province and leaves one audit row for all of them.
///
/// # Errors
/// [`Error::Conflict`] when somebody added one of them meanwhile; the queries' own.
pub fn add(
    conn: &mut Conn,
    province: UnitId,
    new: &[NewUnit],
    by: &By,
    moment: Moment,
) -> Result<Vec<UnitId>, Error> {
    let ids = insert(conn, province, new)?;
    let names: Vec<&str> = new.iter().map(|unit| unit.name.as_str()).collect();
    let label = match names.as_slice() {
        [one] => (*one).to_owned(),
        many => format!("{} đơn vị", many.len()),
    };
    let step = Step {
        action: "unit.add",
        subject_kind: "unit",
        subject_id: ids.first().filter(|_| ids.len() == 1).map(|id| id.0),
        subject_label: &label,
        unit_id: Some(province),
        before: None,
        after: Some(json!({ "names": names })),
    };
    audit::record(conn, by, &step, moment.recorded)?;
    Ok(ids)
}

/// The rows alone, for the first run, which leaves an audit row of its own.
///
/// # Errors
/// As [`add`].
pub fn insert(conn: &mut Conn, province: UnitId, new: &[NewUnit]) -> Result<Vec<UnitId>, Error> {
    let codes: Vec<&str> = new.iter().map(|unit| unit.code.as_str()).collect();
    let taken: i64 = units::table.filter(units::code.eq_any(&codes)).count().get_result(conn)?;
    if taken > 0 {
        return Err(Error::Conflict(
            "Danh mục đơn vị vừa được người khác bổ sung. Mở lại danh sách rồi thực hiện lại.".into(),
        ));
    }
    for batch in new.chunks(BATCH) {
        let rows: Vec<UnitRow<'_>> = batch
            .iter()
            .map(|unit| UnitRow {
                uid: uuid::Uuid::now_v7().to_string(),
                code: &unit.code,
                existed_from: unit.existed_from,
            })
            .collect();
        on_each!(conn, |c| diesel::insert_into(units::table).values(&rows).execute(c))?;
    }
    let made: Vec<(String, UnitId)> =
        units::table.filter(units::code.eq_any(&codes)).select((units::code, units::id)).load(conn)?;
    let made: std::collections::HashMap<String, UnitId> = made.into_iter().collect();
    let ids: Vec<UnitId> = codes.iter().filter_map(|code| made.get(*code).copied()).collect();
    let pairs: Vec<(UnitId, &NewUnit)> = ids.iter().copied().zip(new).collect();
    for batch in pairs.chunks(BATCH) {
        let rows: Vec<VersionRow<'_>> = batch.iter().map(|(id, unit)| version(*id, unit, &ids)).collect();
        on_each!(conn, |c| diesel::insert_into(unit_versions::table).values(&rows).execute(c))?;
    }
    insert_aliases(conn, &pairs)?;
    insert_holders(conn, province, &pairs)?;
    reach::rebuild(conn)?;
    Ok(ids)
}

fn version<'a>(id: UnitId, unit: &'a NewUnit, ids: &[UnitId]) -> VersionRow<'a> {
    let parent_id = match unit.above {
        Above::Existing(above) => Some(above),
        Above::Listed(at) => ids.get(at).copied(),
    };
    VersionRow {
        unit_id: id,
        name: &unit.name,
        short_name: &unit.short_name,
        search_key: vietnamese::search_key(&format!("{} {}", unit.name, unit.short_name)),
        kind_code: &unit.kind_code,
        parent_id,
        protocol_order: unit.protocol_order,
        official_code: unit.official_code.as_deref(),
        valid_from: unit.existed_from,
    }
}

fn insert_aliases(conn: &mut Conn, pairs: &[(UnitId, &NewUnit)]) -> QueryResult<()> {
    let mut seen = std::collections::HashSet::new();
    let mut rows = Vec::new();
    for (id, unit) in pairs {
        for alias in &unit.aliases {
            let key = vietnamese::search_key(alias);
            // Two spellings with one key find the same unit; the first is kept.
            if !key.is_empty() && seen.insert((*id, key.clone())) {
                rows.push((
                    unit_aliases::unit_id.eq(*id),
                    unit_aliases::alias.eq(alias.as_str()),
                    unit_aliases::search_key.eq(key),
                ));
            }
        }
    }
    for batch in rows.chunks(BATCH) {
        let batch = batch.to_vec();
        on_each!(conn, |c| diesel::insert_into(unit_aliases::table).values(&batch).execute(c))?;
    }
    Ok(())
}

/// A function that somebody in the province already holds stays with them.
fn insert_holders(conn: &mut Conn, province: UnitId, pairs: &[(UnitId, &NewUnit)]) -> QueryResult<()> {
    if pairs.iter().all(|(_, unit)| unit.holds.is_empty()) {
        return Ok(());
    }
    let known: Vec<(String, FunctionId)> =
        functions::table.select((functions::code, functions::id)).load(conn)?;
    let held: Vec<FunctionId> = function_holders::table
        .filter(function_holders::province_id.eq(province))
        .select(function_holders::function_id)
        .load(conn)?;
    let mut rows = Vec::new();
    for (id, unit) in pairs {
        for code in &unit.holds {
            let function = known.iter().find(|(known, _)| known == code).map(|(_, function)| *function);
            if let Some(function) = function.filter(|function| !held.contains(function)) {
                rows.push((
                    function_holders::function_id.eq(function),
                    function_holders::province_id.eq(province),
                    function_holders::unit_id.eq(*id),
                ));
            }
        }
    }
    on_each!(conn, |c| diesel::insert_into(function_holders::table).values(&rows).execute(c))?;
    Ok(())
}
