//! What the tests of reorganisations share: units and people of the demo by their codes, events in few words, and a
//! picture of every table an event may touch.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use diesel::prelude::*;
use tonghop::access::Actor;
use tonghop::calendar::Moment;
use tonghop::db::Conn;
use tonghop::db::ids::{FunctionId, UnitChangeId, UnitId};
use tonghop::db::schema::{functions, people, units};
use tonghop::error::Error;
use tonghop::on_each;
use tonghop::unit_changes::plan::Choices;
use tonghop::unit_changes::{Body, Event, Kind, Line, Named, NewUnit, apply, undo};

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// Ten in the morning of a day.
pub fn moment(text: &str) -> Moment {
    Moment::local(day(text).and_time(NaiveTime::from_hms_opt(10, 0, 0).expect("a time")))
}

pub fn unit(conn: &mut Conn, code: &str) -> UnitId {
    let found = units::table.filter(units::code.eq(code)).select(units::id).first(conn);
    found.unwrap_or_else(|e| panic!("{code}: {e}"))
}

pub fn function(conn: &mut Conn, code: &str) -> FunctionId {
    functions::table.filter(functions::code.eq(code)).select(functions::id).first(conn).expect("a function")
}

pub fn actor(conn: &mut Conn, username: &str, on: &str) -> Actor {
    let id = people::table.filter(people::username.eq(username)).select(people::id).first(conn);
    tonghop::people::queries::actor(conn, id.expect("a person"), day(on)).expect("an actor")
}

pub fn event(kind: Kind, on: &str, lines: Vec<Line>) -> Event {
    Event {
        kind,
        effective_on: day(on),
        decision: "Quyết định số 12/QĐ-UBND ngày 05/6/2025 của UBND tỉnh Bắc Giang".to_owned(),
        note: String::new(),
        new_units: vec![],
        lines,
        renamed: vec![],
        others_owe: false,
    }
}

pub fn whole(from: UnitId, to: UnitId) -> Line {
    Line { from, to: Some(Body::Known(to)), function: None }
}

pub fn founded(name: &str, kind: &str, parent: UnitId) -> NewUnit {
    NewUnit { code: None, named: named(name, kind, parent) }
}

pub fn named(name: &str, kind: &str, parent: UnitId) -> Named {
    Named {
        name: name.to_owned(),
        short_name: name.to_owned(),
        kind_code: kind.to_owned(),
        parent: Some(parent),
        protocol_order: 30,
        official_code: None,
    }
}

/// Carries an event out as the administrator of Bắc Giang, at ten on its first day.
pub fn carry_out(conn: &mut Conn, event: &Event, choices: &Choices) -> Result<UnitChangeId, Error> {
    let on = event.effective_on.to_string();
    let admin = actor(conn, "quantri.bacgiang", &on);
    apply::apply(conn, &admin, event, choices, moment(&on))
}

/// Takes it back on a day.
pub fn take_back(conn: &mut Conn, id: UnitChangeId, on: &str) -> Result<(), Error> {
    let admin = actor(conn, "quantri.bacgiang", on);
    undo::undo(conn, &admin, id, "Ghi nhầm", moment(on))
}

/// Tables an event may touch, with the columns that are their state: versions of obligations and reports are counters
/// against two people at once, and only grow.
const TABLES: [(&str, &str); 23] = [
    ("units", "id code existed_from existed_to"),
    (
        "unit_versions",
        "id unit_id name short_name search_key kind_code parent_id protocol_order official_code valid_from valid_to",
    ),
    ("unit_changes", "id kind effective_on decision note"),
    ("unit_change_lines", "id change_id from_unit_id to_unit_id function_id"),
    ("unit_change_effects", "id change_id position what row_id before_text after_text"),
    ("function_holders", "id function_id province_id unit_id valid_from valid_to"),
    ("unit_reach", "unit_id reaches_id relation"),
    ("memberships", "id person_id unit_id role title valid_from valid_to"),
    ("routes", "id regime_id unit_id collector_id part mode valid_from valid_to"),
    ("regimes", "id province_id collector_id"),
    ("plans", "id province_id"),
    ("assignments", "id unit_id function_id valid_from valid_to"),
    ("form_audiences", "id form_id kind_code unit_id"),
    ("obligations", "id period_id unit_id part collector_id form_id mode standing extended_to"),
    ("reports", "id obligation_id state last_revision"),
    ("drafts", "report_id version saved_by"),
    ("draft_sections", "report_id section_code body"),
    ("draft_figures", "report_id indicator_id state value as_typed note"),
    ("draft_rows", "report_id list_code position cells_json"),
    ("draft_task_results", "report_id task_id status body"),
    ("draft_files", "report_id file_id"),
    ("level_leads", "regime_id collector_id working_days"),
    ("period_levels", "period_id collector_id due_rule stated_on"),
];

#[derive(QueryableByName)]
struct LineOf {
    #[diesel(sql_type = diesel::sql_types::Text)]
    line: String,
}

/// Every row of those tables, as text.
pub fn picture(conn: &mut Conn) -> BTreeMap<&'static str, Vec<String>> {
    TABLES.iter().map(|(table, columns)| (*table, rows(conn, table, columns))).collect()
}

fn rows(conn: &mut Conn, table: &str, columns: &str) -> Vec<String> {
    let cells: Vec<String> =
        columns.split(' ').map(|column| format!("COALESCE(CAST({column} AS TEXT), '-')")).collect();
    let sql = format!("SELECT {} AS line FROM {table} ORDER BY 1", cells.join(" || '|' || "));
    let found: Vec<LineOf> =
        on_each!(conn, |c| diesel::sql_query(sql).load(c)).unwrap_or_else(|e| panic!("{table}: {e}"));
    found.into_iter().map(|row| row.line).collect()
}

/// What differs between two pictures, in words.
pub fn difference(
    before: &BTreeMap<&'static str, Vec<String>>,
    after: &BTreeMap<&'static str, Vec<String>>,
) -> Vec<String> {
    let mut words = Vec::new();
    for (table, rows) in before {
        let now = &after[table];
        words.extend(rows.iter().filter(|row| !now.contains(row)).map(|row| format!("{table}: − {row}")));
        words.extend(now.iter().filter(|row| !rows.contains(row)).map(|row| format!("{table}: + {row}")));
    }
    words
}
