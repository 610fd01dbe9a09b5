//! Creating a first regime: the regime, its cycles, a route from every unit of the chosen kinds to the collector, and
//! the standard form of each. One write, a fixed number of queries per form.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::json;

use super::first_regime::FirstRegime;
use crate::access::Membership;
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{FormId, IndicatorId, RegimeId, UnitId};
use crate::db::schema::{
    form_audiences, form_indicators, form_lists, form_sections, forms, function_holders, functions,
    indicators, regime_cycles, regimes, routes,
};
use crate::error::Error;
use crate::on_each;
use crate::standard::forms::{self as standard, Form, FormSet};
use crate::units;

/// Rows of one insert.
const BATCH: usize = 500;

#[derive(Insertable)]
#[diesel(table_name = routes, treat_none_as_default_value = false)]
struct RouteRow<'a> {
    regime_id: RegimeId,
    unit_id: UnitId,
    collector_id: UnitId,
    part: &'a str,
    mode: &'a str,
}

/// Writes the regime for the collector of `membership`.
///
/// # Errors
/// [`Error::Invalid`] when the code is taken or no unit of the kinds exists; the queries' own.
pub fn create(
    conn: &mut Conn,
    membership: &Membership,
    new: &FirstRegime,
    by: &By,
    moment: Moment,
) -> Result<RegimeId, Error> {
    let mut problems = new.problems();
    let province = membership
        .province_id
        .ok_or_else(|| Error::Forbidden("Chế độ báo cáo được lập cho một tỉnh, thành phố.".into()))?;
    let taken: i64 = regimes::table.filter(regimes::code.eq(&new.code)).count().get_result(conn)?;
    if taken > 0 {
        problems.add("code", format!("Đã có chế độ báo cáo mang mã {}.", new.code));
    }
    let set = standard::forms()?;
    let units = units::queries::of_province(conn, province, moment.today)?;
    let units: Vec<_> = units.iter().filter(|unit| new.kinds.contains(&unit.kind_code)).collect();
    if units.is_empty() && problems.at("kinds").is_none() {
        problems.add("kinds", "Không có đơn vị nào thuộc các loại đã chọn.");
    }
    if let Some(unit) = units.iter().find(|unit| set.of_kind(&unit.kind_code).is_none()) {
        problems.add("kinds", format!("Chưa có biểu mẫu chuẩn cho loại của {}.", unit.name));
    }
    problems.or(())?;
    let collector = membership.unit_id;
    let regime = insert_regime(conn, province, collector, new)?;
    let rows: Vec<RouteRow<'_>> = units
        .iter()
        .map(|unit| RouteRow {
            regime_id: regime,
            unit_id: unit.id,
            collector_id: collector,
            part: "own",
            mode: set.of_kind(&unit.kind_code).map_or("assign", |form| form.mode.as_str()),
        })
        .collect();
    for batch in rows.chunks(BATCH) {
        on_each!(conn, |c| diesel::insert_into(routes::table).values(batch).execute(c))?;
    }
    let reporting: Vec<UnitId> = units.iter().map(|unit| unit.id).collect();
    insert_forms(conn, regime, province, &reporting, new, &set)?;
    let after = json!({
        "code": new.code, "preset": new.preset.code(),
        "cycles": new.cycles.iter().map(|c| (c.cycle, c.due.text())).collect::<Vec<_>>(),
        "kinds": new.kinds, "units": units.len(),
    });
    let step = Step {
        action: "regime.create",
        subject_kind: "regime",
        subject_id: Some(regime.0),
        subject_label: &new.name,
        unit_id: Some(collector),
        before: None,
        after: Some(after),
    };
    audit::record(conn, by, &step, moment.recorded)?;
    Ok(regime)
}

fn insert_regime(
    conn: &mut Conn,
    province: UnitId,
    collector: UnitId,
    new: &FirstRegime,
) -> Result<RegimeId, Error> {
    let id: RegimeId = on_each!(conn, |c| diesel::insert_into(regimes::table)
        .values((
            regimes::uid.eq(uuid::Uuid::now_v7().to_string()),
            regimes::code.eq(&new.code),
            regimes::name.eq(&new.name),
            regimes::province_id.eq(province),
            regimes::collector_id.eq(collector),
            regimes::addressee.eq(&new.addressee),
            regimes::kind.eq("report"),
            regimes::rolling.eq(false),
            regimes::paper_rule.eq(new.paper_rule),
            regimes::leader_step.eq(new.leader_step),
        ))
        .returning(regimes::id)
        .get_result(c))?;
    for cycle in &new.cycles {
        let day = cycle.due.month_and_day();
        diesel::insert_into(regime_cycles::table)
            .values((
                regime_cycles::regime_id.eq(id),
                regime_cycles::cycle.eq(cycle.cycle),
                regime_cycles::preset.eq(new.preset.code()),
                regime_cycles::due_rule.eq(cycle.due.code()),
                regime_cycles::due_month.eq(day.and_then(|(month, _)| i32::try_from(month).ok())),
                regime_cycles::due_day.eq(day.and_then(|(_, day)| i32::try_from(day).ok())),
                regime_cycles::due_days.eq(cycle.due.days().map(i32::from)),
                regime_cycles::lock_days.eq(new.lock_days.map(i32::from)),
            ))
            .execute(conn)?;
    }
    Ok(id)
}

/// The forms of the chosen kinds, and those of the functions that a reporting unit holds.
fn insert_forms(
    conn: &mut Conn,
    regime: RegimeId,
    province: UnitId,
    reporting: &[UnitId],
    new: &FirstRegime,
    set: &FormSet,
) -> Result<(), Error> {
    let known: HashMap<String, IndicatorId> =
        indicators::table.select((indicators::code, indicators::id)).load(conn)?.into_iter().collect();
    let holders: Vec<(String, UnitId)> = function_holders::table
        .inner_join(functions::table)
        .filter(function_holders::province_id.eq(province))
        .filter(function_holders::valid_to.is_null())
        .select((functions::code, function_holders::unit_id))
        .load(conn)?;
    for form in &set.forms {
        let kinds: Vec<&String> = form.kinds.iter().filter(|kind| new.kinds.contains(kind)).collect();
        let mut units: Vec<UnitId> = holders
            .iter()
            .filter(|(function, unit)| form.functions.contains(function) && reporting.contains(unit))
            .map(|(_, unit)| *unit)
            .collect();
        units.dedup();
        if kinds.is_empty() && units.is_empty() {
            continue;
        }
        let id = insert_form(conn, regime, form, set, &known)?;
        for kind in kinds {
            diesel::insert_into(form_audiences::table)
                .values((form_audiences::form_id.eq(id), form_audiences::kind_code.eq(kind)))
                .execute(conn)?;
        }
        for unit in units {
            diesel::insert_into(form_audiences::table)
                .values((form_audiences::form_id.eq(id), form_audiences::unit_id.eq(unit)))
                .execute(conn)?;
        }
    }
    Ok(())
}

fn insert_form(
    conn: &mut Conn,
    regime: RegimeId,
    form: &Form,
    set: &FormSet,
    known: &HashMap<String, IndicatorId>,
) -> Result<FormId, Error> {
    let fault = |what: &str, code: &str| Error::Internal(format!("form {}: no {what} {code}", form.code));
    let id: FormId = on_each!(conn, |c| diesel::insert_into(forms::table)
        .values((
            forms::uid.eq(uuid::Uuid::now_v7().to_string()),
            forms::regime_id.eq(regime),
            forms::code.eq(&form.code),
            forms::version.eq(1),
            forms::name.eq(&form.name),
        ))
        .returning(forms::id)
        .get_result(c))?;
    for (position, code) in (1..).zip(&form.sections) {
        let section = set.sections.iter().find(|s| s.code == *code).ok_or_else(|| fault("section", code))?;
        diesel::insert_into(form_sections::table)
            .values((
                form_sections::form_id.eq(id),
                form_sections::code.eq(code),
                form_sections::label.eq(&section.label),
                form_sections::title.eq(&section.title),
                form_sections::hint.eq(&section.hint),
                form_sections::position.eq(position),
                form_sections::required.eq(section.required),
            ))
            .execute(conn)?;
    }
    let asked = form.counts.iter().map(|code| (code, true));
    let mut asked: Vec<(&String, bool)> =
        asked.chain(form.reference.iter().map(|code| (code, false))).collect();
    // Codes are in the catalogue's order: A02 … I03.
    asked.sort();
    for (position, (code, counts)) in (1..).zip(asked) {
        let indicator = known.get(code).copied().ok_or_else(|| fault("indicator", code))?;
        diesel::insert_into(form_indicators::table)
            .values((
                form_indicators::form_id.eq(id),
                form_indicators::indicator_id.eq(indicator),
                form_indicators::position.eq(position),
                form_indicators::counts.eq(counts),
                form_indicators::required.eq(form.required.contains(code)),
            ))
            .execute(conn)?;
    }
    for (position, code) in (1..).zip(&form.lists) {
        let list = set.lists.get(code).ok_or_else(|| fault("list", code))?;
        let columns = serde_json::to_string(&list.columns).map_err(|e| Error::Internal(e.to_string()))?;
        diesel::insert_into(form_lists::table)
            .values((
                form_lists::form_id.eq(id),
                form_lists::code.eq(code),
                form_lists::title.eq(&list.title),
                form_lists::position.eq(position),
                form_lists::columns_json.eq(columns),
            ))
            .execute(conn)?;
    }
    Ok(id)
}
