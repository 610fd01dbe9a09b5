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
use crate::db::schema::{forms, regime_cycles, regime_plans, regime_recipients, regimes, routes};
use crate::error::Error;
use crate::forms::{Section, write};
use crate::lists::{Column, ListTable};
use crate::on_each;

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
    for (name, position) in regime.recipients.iter().zip(1_i32..) {
        diesel::insert_into(regime_recipients::table)
            .values((
                regime_recipients::regime_id.eq(id),
                regime_recipients::position.eq(position),
                regime_recipients::name.eq(name),
            ))
            .execute(conn)?;
    }
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
    let kinds: Vec<&str> = form.kinds.iter().map(String::as_str).collect();
    write::audience(conn, id, &kinds, units)?;
    let section = |code: &String| {
        let found = sections.get(code);
        let found =
            found.ok_or_else(|| fault(FORMS, format!("{}: there is no section {code}", form.code)))?;
        let (label, title, hint) = (found.label.clone(), found.title.clone(), found.hint.clone());
        Ok(Section { code: code.clone(), label, title, hint, required: found.required == "yes" })
    };
    let sections: Vec<Section> = form.sections.iter().map(section).collect::<Result<_, Error>>()?;
    write::sections(conn, id, &sections)?;
    let known = |code: &str| known.indicator(FORMS, code).map(Some);
    write::figures(conn, id, &write::asked(&form.counts, &form.reference, &form.required, known)?)?;
    let list = |code: &String| {
        let found = lists.get(code).ok_or_else(|| fault(FORMS, format!("there is no list {code}")))?;
        let (title, columns) = (found.title.clone(), found.columns.clone());
        Ok(ListTable { code: code.clone(), title, columns })
    };
    let lists: Vec<ListTable> = form.lists.iter().map(list).collect::<Result<_, Error>>()?;
    write::lists(conn, id, &lists)
}
