//! Regimes with their plans, cycles and routes, and the forms each kind of unit fills. Stands between the files
//! that say what is owed and the periods opened from them.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Deserialize;

use super::documents::mode_code;
use super::files::{Day, document, fault, table};
use super::known::{Known, find, uid};
use crate::db::Conn;
use crate::db::ids::{FormId, RegimeId, UnitId};
use crate::db::schema::{
    form_audiences, form_indicators, form_lists, form_sections, forms, regime_cycles, regime_plans, regimes,
    routes,
};
use crate::error::Error;
use crate::lists::Column;
use crate::on_each;
use crate::regimes::queries::add_recipients;

const FORMS: &str = "forms.toml";
const REGIMES: &str = "regimes.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RegimeFile {
    regimes: Vec<Regime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Regime {
    code: String,
    name: String,
    province: String,
    plans: Vec<Served>,
    collector: String,
    addressee: String,
    /// To whom the collector sends its editions, in order.
    #[serde(default)]
    recipients: Vec<String>,
    kind: String,
    rolling: bool,
    paper_rule: String,
    leader_step: bool,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
    cycles: Vec<CycleRow>,
    #[serde(default)]
    subject: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Served {
    plan: String,
    valid_from: Option<Day>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CycleRow {
    cycle: String,
    preset: String,
    due_rule: String,
    due_month: Option<i32>,
    due_day: Option<i32>,
    lock_days: Option<i32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RouteRow {
    regime: String,
    unit: String,
    collector: String,
    part: String,
    mode: String,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionRow {
    code: String,
    label: String,
    title: String,
    hint: String,
    required: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FormFile {
    lists: BTreeMap<String, List>,
    forms: Vec<Form>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    title: String,
    columns: Vec<Column>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    code: String,
    version: i32,
    name: String,
    regimes: Vec<String>,
    #[serde(default)]
    kinds: Vec<String>,
    #[serde(default)]
    units: Vec<String>,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
    sections: Vec<String>,
    lists: Vec<String>,
    counts: Vec<String>,
    reference: Vec<String>,
    required: Vec<String>,
}

/// Loads regimes, routes and forms.
pub fn load(conn: &mut Conn, known: &mut Known) -> Result<(), Error> {
    for regime in document::<RegimeFile>(REGIMES)?.regimes {
        load_regime(conn, known, regime)?;
    }
    let routed = load_routes(conn, known)?;
    let sections = table::<SectionRow>("sections.csv")?.into_iter().map(|s| (s.code.clone(), s)).collect();
    let file: FormFile = document(FORMS)?;
    for form in &file.forms {
        for regime in &form.regimes {
            let regime = known.regime(FORMS, regime)?;
            let named: Vec<UnitId> = form
                .units
                .iter()
                .map(|code| known.unit(FORMS, code))
                .collect::<Result<Vec<_>, _>>()?
                .into_iter()
                .filter(|unit| routed.contains(&(regime, *unit)))
                .collect();
            load_form(conn, known, regime, &named, form, &file.lists, &sections)?;
        }
    }
    Ok(())
}

fn load_regime(conn: &mut Conn, known: &mut Known, regime: Regime) -> Result<(), Error> {
    let id: RegimeId = on_each!(conn, |c| diesel::insert_into(regimes::table)
        .values((
            regimes::uid.eq(uid("regime", &regime.code)),
            regimes::code.eq(&regime.code),
            regimes::name.eq(&regime.name),
            regimes::province_id.eq(known.unit(REGIMES, &regime.province)?),
            regimes::collector_id.eq(known.unit(REGIMES, &regime.collector)?),
            regimes::addressee.eq(&regime.addressee),
            regimes::subject.eq(&regime.subject),
            regimes::kind.eq(&regime.kind),
            regimes::rolling.eq(regime.rolling),
            regimes::paper_rule.eq(&regime.paper_rule),
            regimes::leader_step.eq(regime.leader_step),
            regimes::valid_from.eq(regime.valid_from.map(|d| d.0)),
            regimes::valid_to.eq(regime.valid_to.map(|d| d.0)),
        ))
        .returning(regimes::id)
        .get_result(c))?;
    add_recipients(conn, id, &regime.recipients)?;
    for served in regime.plans {
        let plan = find(&known.plans, REGIMES, "plan", &served.plan)?;
        known.served.entry(regime.code.clone()).or_default().push(plan);
        diesel::insert_into(regime_plans::table)
            .values((
                regime_plans::regime_id.eq(id),
                regime_plans::plan_id.eq(plan),
                regime_plans::valid_from.eq(served.valid_from.map(|d| d.0)),
            ))
            .execute(conn)?;
    }
    for cycle in regime.cycles {
        diesel::insert_into(regime_cycles::table)
            .values((
                regime_cycles::regime_id.eq(id),
                regime_cycles::cycle.eq(cycle.cycle),
                regime_cycles::preset.eq(cycle.preset),
                regime_cycles::due_rule.eq(cycle.due_rule),
                regime_cycles::due_month.eq(cycle.due_month),
                regime_cycles::due_day.eq(cycle.due_day),
                regime_cycles::lock_days.eq(cycle.lock_days),
            ))
            .execute(conn)?;
    }
    known.collectors.insert(id, known.unit(REGIMES, &regime.collector)?);
    known.regimes.insert(regime.code, id);
    Ok(())
}

/// Loads the routes and gives back which unit has one in which regime.
fn load_routes(conn: &mut Conn, known: &Known) -> Result<HashSet<(RegimeId, UnitId)>, Error> {
    const FILE: &str = "routes.csv";
    let mut routed = HashSet::new();
    for row in table::<RouteRow>(FILE)? {
        let (regime, unit) = (known.regime(FILE, &row.regime)?, known.unit(FILE, &row.unit)?);
        routed.insert((regime, unit));
        diesel::insert_into(routes::table)
            .values((
                routes::regime_id.eq(regime),
                routes::unit_id.eq(unit),
                routes::collector_id.eq(known.unit(FILE, &row.collector)?),
                routes::part.eq(row.part),
                routes::mode.eq(mode_code(FILE, &row.mode)?),
                routes::valid_from.eq(row.valid_from),
                routes::valid_to.eq(row.valid_to),
            ))
            .execute(conn)?;
    }
    Ok(routed)
}

fn load_form(
    conn: &mut Conn,
    known: &Known,
    regime: RegimeId,
    units: &[UnitId],
    form: &Form,
    lists: &BTreeMap<String, List>,
    sections: &HashMap<String, SectionRow>,
) -> Result<(), Error> {
    let id: FormId = on_each!(conn, |c| diesel::insert_into(forms::table)
        .values((
            forms::uid.eq(uid("form", &format!("{regime}/{}/{}", form.code, form.version))),
            forms::regime_id.eq(regime),
            forms::code.eq(&form.code),
            forms::version.eq(form.version),
            forms::name.eq(&form.name),
            forms::valid_from.eq(form.valid_from.map(|d| d.0)),
            forms::valid_to.eq(form.valid_to.map(|d| d.0)),
        ))
        .returning(forms::id)
        .get_result(c))?;
    for unit in units {
        diesel::insert_into(form_audiences::table)
            .values((form_audiences::form_id.eq(id), form_audiences::unit_id.eq(*unit)))
            .execute(conn)?;
    }
    for kind in &form.kinds {
        diesel::insert_into(form_audiences::table)
            .values((form_audiences::form_id.eq(id), form_audiences::kind_code.eq(kind)))
            .execute(conn)?;
    }
    for (position, code) in (1..).zip(&form.sections) {
        let section = sections
            .get(code)
            .ok_or_else(|| fault(FORMS, format!("{}: there is no section {code}", form.code)))?;
        diesel::insert_into(form_sections::table)
            .values((
                form_sections::form_id.eq(id),
                form_sections::code.eq(code),
                form_sections::label.eq(&section.label),
                form_sections::title.eq(&section.title),
                form_sections::hint.eq(&section.hint),
                form_sections::position.eq(position),
                form_sections::required.eq(section.required == "yes"),
            ))
            .execute(conn)?;
    }
    let asked = form.counts.iter().map(|i| (i, true)).chain(form.reference.iter().map(|i| (i, false)));
    let mut asked: Vec<(&String, bool)> = asked.collect();
    // Codes are in the catalogue's order: A02 … I03.
    asked.sort();
    for (position, (code, counts)) in (1..).zip(asked) {
        diesel::insert_into(form_indicators::table)
            .values((
                form_indicators::form_id.eq(id),
                form_indicators::indicator_id.eq(known.indicator(FORMS, code)?),
                form_indicators::position.eq(position),
                form_indicators::counts.eq(counts),
                form_indicators::required.eq(form.required.contains(code)),
            ))
            .execute(conn)?;
    }
    for (position, code) in (1..).zip(&form.lists) {
        let list = lists.get(code).ok_or_else(|| fault(FORMS, format!("there is no list {code}")))?;
        let columns = serde_json::to_string(&list.columns).map_err(|e| fault(FORMS, e))?;
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
    Ok(())
}
