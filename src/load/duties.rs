//! The catalogue, the regime with its two cycles, one form per kind of unit, and the routes to the standing agency.

use std::collections::HashMap;

use diesel::prelude::*;

use super::batch::insert_all;
use super::bodies::{Bodies, lost};
use super::documents::Plan;
use super::fates::{DUE_DAYS, LOCK_DAYS};
use super::figures::{Measure, catalogue};
use super::papers::{COLUMNS, LIST, LIST_TITLE, Papers, REGIME, SECTIONS};
use super::{Made, Size, uid};
use crate::db::Conn;
use crate::db::ids::{FormId, IndicatorId, RegimeId};
use crate::db::schema::{
    form_audiences, form_indicators, form_lists, form_sections, forms, indicator_groups, indicators,
    regime_cycles, regime_plans, regimes, routes,
};
use crate::error::Error;
use crate::indicators::UnitRule;
use crate::{on_each, vietnamese};

const KINDS: [&str; 4] = ["police", "department", "mass_org", "commune"];

/// Makes catalogue, regime, forms and routes.
pub fn load(
    conn: &mut Conn,
    size: Size,
    bodies: &Bodies,
    plan: Plan,
    made: &mut Made,
) -> Result<Papers, Error> {
    let measures = measures(conn, size)?;
    made.indicators = measures.len();
    let collector = bodies.units.first().ok_or_else(|| lost("the standing agency"))?.id;
    let regime: RegimeId = on_each!(conn, |c| diesel::insert_into(regimes::table)
        .values((
            regimes::uid.eq(uid(size.seed, 30, 0)),
            regimes::code.eq(REGIME),
            regimes::name.eq("Tái hòa nhập cộng đồng (dữ liệu thử)"),
            regimes::province_id.eq(bodies.province),
            regimes::collector_id.eq(collector),
            regimes::addressee.eq("Công an tỉnh Thử Nghiệm"),
            regimes::kind.eq("report"),
            regimes::rolling.eq(false),
            regimes::paper_rule.eq("later"),
            regimes::leader_step.eq(false),
        ))
        .returning(regimes::id)
        .get_result(c))?;
    diesel::insert_into(regime_plans::table)
        .values((regime_plans::regime_id.eq(regime), regime_plans::plan_id.eq(plan.id)))
        .execute(conn)?;
    for cycle in ["H1", "Y"] {
        diesel::insert_into(regime_cycles::table)
            .values((
                regime_cycles::regime_id.eq(regime),
                regime_cycles::cycle.eq(cycle),
                regime_cycles::preset.eq("nd09"),
                regime_cycles::due_rule.eq("days_after_window"),
                regime_cycles::due_days.eq(i32::from(DUE_DAYS)),
                regime_cycles::lock_days.eq(i32::from(LOCK_DAYS)),
            ))
            .execute(conn)?;
    }
    let rows: Vec<_> = bodies
        .units
        .iter()
        .map(|body| {
            (
                routes::regime_id.eq(regime),
                routes::unit_id.eq(body.id),
                routes::collector_id.eq(collector),
                routes::part.eq("own"),
                routes::mode.eq(if body.kind == "mass_org" { "request" } else { "assign" }),
            )
        })
        .collect();
    insert_all!(conn, routes::table, rows);
    for (kind, number) in KINDS.into_iter().zip(0..) {
        form(conn, size, regime, kind, number, &measures)?;
    }
    Ok(Papers { regime, measures, tasks: plan.tasks })
}

/// The catalogue, in groups of ten. A ratio comes after its parts, so one pass is enough.
fn measures(conn: &mut Conn, size: Size) -> Result<Vec<(IndicatorId, Measure)>, Error> {
    let mut found: Vec<(IndicatorId, Measure)> = Vec::new();
    let mut ids: HashMap<u32, IndicatorId> = HashMap::new();
    for measure in catalogue(size.indicators) {
        let group = format!("N{:02}", measure.index / 10 + 1);
        if measure.index % 10 == 0 {
            diesel::insert_into(indicator_groups::table)
                .values((
                    indicator_groups::code.eq(&group),
                    indicator_groups::name.eq(format!("Mảng công tác {}", measure.index / 10 + 1)),
                    indicator_groups::position.eq(whole(measure.index / 10 + 1)),
                    indicator_groups::classified.eq(false),
                ))
                .execute(conn)?;
        }
        let part = |place: u32| ids.get(&place).copied();
        let id: IndicatorId = on_each!(conn, |c| diesel::insert_into(indicators::table)
            .values((
                indicators::uid.eq(uid(size.seed, 31, measure.index.into())),
                indicators::code.eq(&measure.code),
                indicators::group_code.eq(&group),
                indicators::name.eq(&measure.name),
                indicators::search_key.eq(vietnamese::search_key(&measure.name)),
                indicators::measure_unit.eq(measure.measure_unit),
                indicators::value_type.eq(measure.value_type.as_str()),
                indicators::scale.eq(whole(measure.scale)),
                indicators::display_exponent.eq(whole(measure.display_exponent)),
                indicators::unit_rule.eq(measure.unit_rule.as_str()),
                indicators::level_rule.eq(measure.unit_rule.level_rule().as_str()),
                indicators::period_rule.eq(measure.period_rule.as_str()),
                indicators::numerator_id.eq(measure.parts.and_then(|parts| part(parts.0))),
                indicators::denominator_id.eq(measure.parts.and_then(|parts| part(parts.1))),
                indicators::position.eq(whole(measure.index + 1)),
            ))
            .returning(indicators::id)
            .get_result(c))?;
        ids.insert(measure.index, id);
        found.push((id, measure));
    }
    Ok(found)
}

/// The form of one kind of unit: every indicator; a figure with one owner counts only from the standing agency.
fn form(
    conn: &mut Conn,
    size: Size,
    regime: RegimeId,
    kind: &str,
    number: u64,
    measures: &[(IndicatorId, Measure)],
) -> Result<(), Error> {
    let id: FormId = on_each!(conn, |c| diesel::insert_into(forms::table)
        .values((
            forms::uid.eq(uid(size.seed, 32, number)),
            forms::regime_id.eq(regime),
            forms::code.eq(kind),
            forms::version.eq(1),
            forms::name.eq("Biểu mẫu thử"),
        ))
        .returning(forms::id)
        .get_result(c))?;
    diesel::insert_into(form_audiences::table)
        .values((form_audiences::form_id.eq(id), form_audiences::kind_code.eq(kind)))
        .execute(conn)?;
    let sections: Vec<_> = SECTIONS
        .iter()
        .zip(1..)
        .map(|((code, title), position)| {
            (
                form_sections::form_id.eq(id),
                form_sections::code.eq(*code),
                form_sections::label.eq(*code),
                form_sections::title.eq(*title),
                form_sections::position.eq(position),
                form_sections::required.eq(position <= 2),
            )
        })
        .collect();
    insert_all!(conn, form_sections::table, sections);
    let columns: serde_json::Value = COLUMNS
        .iter()
        .map(|(code, title, kind)| serde_json::json!({ "code": code, "title": title, "type": kind }))
        .collect();
    diesel::insert_into(form_lists::table)
        .values((
            form_lists::form_id.eq(id),
            form_lists::code.eq(LIST),
            form_lists::title.eq(LIST_TITLE),
            form_lists::position.eq(1),
            form_lists::columns_json.eq(columns.to_string()),
        ))
        .execute(conn)?;
    let asked: Vec<_> = measures
        .iter()
        .zip(1..)
        .map(|((indicator, measure), position)| {
            (
                form_indicators::form_id.eq(id),
                form_indicators::indicator_id.eq(*indicator),
                form_indicators::position.eq(position),
                form_indicators::counts.eq(counts(measure, kind)),
                form_indicators::required.eq(false),
            )
        })
        .collect();
    insert_all!(conn, form_indicators::table, asked);
    Ok(())
}

/// Whether the figure of a unit of this kind enters the total.
pub fn counts(measure: &Measure, kind: &str) -> bool {
    measure.unit_rule != UnitRule::Owner || kind == "police"
}

fn whole(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
