//! What the {subjects} of the table are: rows of the demo found by the codes of its files, and one draft edition that
//! the collector makes first.

use std::collections::HashMap;

use diesel::prelude::*;
use tonghop::access::Role;
use tonghop::calendar::Clock;
use tonghop::db::ids::ReportId;
use tonghop::db::schema::{
    assignments, clauses, draft_files, drop_files, editions, forms, functions, indicators, memberships,
    obligations, people, periods, plans, regimes, reports, routes, task_entries, tasks, unit_change_lines,
    units,
};
use tonghop::db::{Conn, DbError};
use tonghop::error::Error;
use tonghop::people::accounts::{self, NewAccount};

use crate::support::app::{TestApp, demo_day};
use crate::support::client::hidden;

/// Adds the compiler of MTTQ tỉnh, whom the demo does not have, with the demo's password.
pub fn add_side_compiler(app: &TestApp) {
    app.db
        .write(|conn| {
            let password_hash = people::table
                .filter(people::username.eq("tonghop.catinh.bacgiang"))
                .select(people::password_hash)
                .first(conn)?;
            let account = NewAccount {
                username: "tonghop.mttq.bacgiang".into(),
                full_name: "Hoàng Thị Mận".into(),
                unit_code: "bg.mttq".into(),
                role: Role::Compiler,
                title: "Chuyên viên Ban Phong trào".into(),
                password_hash,
                valid_from: demo_day(),
            };
            let id = accounts::add(conn, &account, Clock::fixed(demo_day()).now_utc())?;
            diesel::update(people::table.find(id))
                .set(people::must_change_password.eq(false))
                .execute(conn)?;
            Ok::<_, Error>(())
        })
        .expect("an account");
}

/// Every subject by its name.
pub fn subjects(app: &TestApp) -> HashMap<&'static str, i64> {
    let mut found =
        app.db.read(|conn| Ok::<_, Error>(in_the_demo(conn)?)).expect("the demo has every subject");
    let period = found["period"];
    let made = app
        .client("tonghop.catinh.bacgiang")
        .post(&format!("/periods/{period}/editions"), &[("confirmed", "1")]);
    let edition = made.redirected();
    let id = edition.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an edition's address");
    found.insert("edition-draft", id);
    hand_over(app, &mut found);
    drop_files_there(app, &mut found);
    let table = crate::legacy_tables::left_open(app, "tonghop.catinh.bacgiang", ("bac-giang", "2023-H1"));
    found.insert("legacy-table", table);
    found.insert("plan-upload", crate::plan_adoption::left_open(app, "tonghop.catinh.bacgiang"));
    let form = found["form"];
    let draft = app.client("tonghop.catinh.bacgiang").post(&format!("/forms/{form}/draft"), &[]).redirected();
    let id = draft.rsplit('/').next().and_then(|id| id.parse().ok()).expect("a draft's address");
    found.insert("form-draft", id);
    for (name, user) in [("indicator-own", "quantri.bacgiang"), ("indicator-far", "quantri.longan")] {
        found.insert(name, own_indicator(app, user));
    }
    for (name, user) in [("recipient-form", "quantri.bacgiang"), ("recipient-form-far", "quantri.longan")] {
        found.insert(name, recipient_form(app, user));
    }
    found
}

/// A drop of one file that is no workbook and was left out: nothing is read again.
fn drop_files_there(app: &TestApp, found: &mut HashMap<&'static str, i64>) {
    let compiler = app.client("tonghop.catinh.bacgiang");
    let fields = [("csrf", compiler.csrf.as_str()), ("received_number", "1"), ("received_on", "9/6/2025")];
    let path = format!("/periods/{}/drops", found["period"]);
    let to = compiler.post_file(&path, &fields, ("files", "a.xlsx", b"xin chao")).redirected();
    let drop: i64 = to.rsplit('/').next().and_then(|id| id.parse().ok()).expect("a drop's address");
    let file = app.db.write(|conn| {
        let of = drop_files::table.filter(drop_files::drop_id.eq(tonghop::db::ids::DropId(drop)));
        diesel::update(of).set(drop_files::state.eq("left_out")).execute(conn)?;
        of.select(drop_files::id).first::<i64>(conn).map_err(DbError::Query)
    });
    found.insert("drop", drop);
    found.insert("drop-file", file.expect("its file"));
}

/// An indicator that a province counts for itself, which the demo does not have.
pub fn own_indicator(app: &TestApp, administrator: &str) -> i64 {
    let facts = [
        ("name", "Buổi nói chuyện tại trại tạm giam"),
        ("group", "D"),
        ("kind", "int"),
        ("measure", "buổi"),
        ("unit_rule", "sum"),
        ("period_rule", "flow"),
    ];
    let to = app.client(administrator).post("/indicators", &facts).redirected();
    to.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an indicator's address")
}

/// A recipient's form of a province, which the demo does not have: the label of the period in its first cell.
pub fn recipient_form(app: &TestApp, administrator: &str) -> i64 {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write(0, 0, "{{period.label}}").expect("a cell");
    let bytes = book.save_to_buffer().expect("a workbook");
    let client = app.client(administrator);
    let fields =
        [("csrf", client.csrf.as_str()), ("name", "Biểu 01"), ("recipient", "Bộ Công an"), ("regime", "")];
    let to = client.post_file("/recipient-forms", &fields, ("file", "01.xlsx", &bytes)).redirected();
    to.rsplit('/').next().and_then(|id| id.parse().ok()).expect("a form's address")
}

/// The second compiler of the collector hands over to the first, in a month: nothing changes on the day of the table.
fn hand_over(app: &TestApp, found: &mut HashMap<&'static str, i64>) {
    let administrator = app.client("quantri.bacgiang");
    let preview = format!("/people/{}/hand-over?on=10/7/2025&to=", found["leaver"]);
    let choice = administrator.get(&preview).text();
    let to = choice.split("<option value=\"").find(|option| option.contains("Vũ Kim Thảo"));
    let to = to.and_then(|option| option.split('"').next()).expect("the first compiler");
    let shown = hidden(&administrator.get(&format!("{preview}{to}")).ok(), "shown").expect("a preview");
    let fields = [("to", to), ("on", "10/7/2025"), ("shown", &shown)];
    let record = administrator.post(&format!("/people/{}/hand-over", found["leaver"]), &fields).redirected();
    let id = record.rsplit('/').next().and_then(|id| id.parse().ok()).expect("a record's address");
    found.insert("hand-over", id);
}

/// (subject, regime, period, unit): reports, named by where they stand on 10/06/2025.
const REPORTS: [(&str, &str, &str, &str); 8] = [
    ("draft", "bac-giang", "2025-H1", "bg.khcn"),
    ("begin", "bac-giang", "2025-Y", "bg.khcn"),
    ("amend", "bac-giang", "2025-DX1", "bg.khcn"),
    ("other-sent", "bac-giang", "2025-H1", "bg.vhttdl"),
    ("predecessor-received", "bac-giang", "2024-Y", "bg.tttt"),
    ("inherited-received", "bac-giang", "2024-Y", "bg.ldtbxh"),
    ("department-received", "bac-giang-sotttt", "2022-Y", "bg.bao"),
    ("far-draft", "long-an", "2025-Y", "la.khcn"),
];

/// (subject, the report whose obligation it is).
const DUTIES: [(&str, &str); 5] = [
    ("duty", "draft"),
    ("duty-other", "other-sent"),
    ("duty-predecessor", "predecessor-received"),
    ("duty-inherited", "inherited-received"),
    ("duty-far", "far-draft"),
];

/// (subject, regime, period).
const PERIODS: [(&str, &str, &str); 3] = [
    ("period", "bac-giang", "2025-H1"),
    ("period-far", "long-an", "2025-Y"),
    ("period-department", "bac-giang-sotttt", "2022-Y"),
];

/// (subject, regime): the department's own regime is collected by Sở TT&TT, not by Công an tỉnh.
const REGIMES: [(&str, &str); 3] =
    [("regime", "bac-giang"), ("regime-far", "long-an"), ("regime-department", "bac-giang-sotttt")];

/// (subject, regime, period): approved ones.
const EDITIONS: [(&str, &str, &str); 2] =
    [("edition-approved", "bac-giang", "2024-Y"), ("edition-department", "bac-giang-sotttt", "2022-Y")];

const UNITS: [(&str, &str); 5] = [
    ("unit-mttq", "bg.mttq"),
    ("unit", "bg.khcn"),
    ("province", "bg"),
    ("unit-far", "la.khcn"),
    ("unit-ministry", "bo.c11"),
];

/// (subject of the person, subject of one role of theirs, account).
const ACCOUNTS: [(&str, &str, &str); 4] = [
    ("person", "role", "canbo.khcn.bacgiang"),
    ("person-far", "role-far", "canbo.khcn.longan"),
    ("person-ministry", "role-ministry", "c11.bocongan"),
    ("leaver", "role-leaver", "tonghop2.catinh.bacgiang"),
];

/// (subject, unit): the reorganisation in which the unit passed on.
const CHANGES: [(&str, &str); 2] = [("change", "bg.tttt"), ("change-far", "la.tttt")];

/// (subject, province, year): the plan of 2022 is the department's own.
const PLANS: [(&str, &str, i32); 3] =
    [("plan", "bg", 2025), ("plan-far", "la", 2025), ("plan-department", "bg", 2022)];

/// (subject, function): tasks of the plan of 2025 that pass with a function of Sở TT&TT to two successors.
const TASKS: [(&str, &str); 2] = [("task", "digital_information"), ("task-other", "press_steering")];

fn in_the_demo(conn: &mut Conn) -> QueryResult<HashMap<&'static str, i64>> {
    let mut found = HashMap::new();
    for (name, regime, period, unit) in REPORTS {
        let (report, duty) = reports::table
            .inner_join(obligations::table.inner_join(periods::table.inner_join(regimes::table)))
            .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
            .filter(regimes::code.eq(regime))
            .filter(periods::code.eq(period))
            .filter(units::code.eq(unit))
            .select((reports::id, obligations::id))
            .first::<(i64, i64)>(conn)?;
        found.insert(name, report);
        found.extend(DUTIES.iter().filter(|(_, of)| *of == name).map(|(duty_name, _)| (*duty_name, duty)));
    }
    for (name, regime, period) in PERIODS {
        let id = periods::table
            .inner_join(regimes::table)
            .filter(regimes::code.eq(regime))
            .filter(periods::code.eq(period))
            .select(periods::id)
            .first::<i64>(conn)?;
        found.insert(name, id);
    }
    for (name, code) in REGIMES {
        let id = regimes::table.filter(regimes::code.eq(code)).select(regimes::id).first::<i64>(conn)?;
        found.insert(name, id);
    }
    let route = routes::table.filter(routes::regime_id.eq(found["regime"])).order(routes::id);
    found.insert("route", route.select(routes::id).first::<i64>(conn)?);
    for (name, regime) in [("form", "regime"), ("form-far", "regime-far")] {
        let of = forms::table.filter(forms::regime_id.eq(tonghop::db::ids::RegimeId(found[regime])));
        found.insert(name, of.order(forms::id).select(forms::id).first::<i64>(conn)?);
    }
    for (name, regime, period) in EDITIONS {
        let id = editions::table
            .inner_join(periods::table.inner_join(regimes::table))
            .filter(regimes::code.eq(regime))
            .filter(periods::code.eq(period))
            .filter(editions::status.eq("approved"))
            .select(editions::id)
            .first::<i64>(conn)?;
        found.insert(name, id);
    }
    for (name, code) in UNITS {
        found.insert(name, units::table.filter(units::code.eq(code)).select(units::id).first::<i64>(conn)?);
    }
    for (person, role, username) in ACCOUNTS {
        let of = memberships::table.inner_join(people::table).filter(people::username.eq(username));
        let ids = of.order(memberships::id).select((people::id, memberships::id));
        let (person_id, role_id) = ids.first::<(i64, i64)>(conn)?;
        found.extend([(person, person_id), (role, role_id)]);
    }
    for (name, code) in CHANGES {
        let id = unit_change_lines::table
            .inner_join(units::table.on(unit_change_lines::from_unit_id.eq(units::id.nullable())))
            .filter(units::code.eq(code))
            .select(unit_change_lines::change_id)
            .first::<i64>(conn)?;
        found.insert(name, id);
    }
    for (name, province, year) in PLANS {
        let id = plans::table
            .inner_join(units::table.on(units::id.eq(plans::province_id)))
            .filter(units::code.eq(province))
            .filter(plans::issued_year.eq(year))
            .select(plans::id)
            .first::<i64>(conn)?;
        found.insert(name, id);
    }
    for (name, plan) in [("clause", "plan"), ("clause-far", "plan-far")] {
        let of = clauses::table.filter(clauses::plan_id.eq(found[plan]));
        found.insert(name, of.order(clauses::id).select(clauses::id).first::<i64>(conn)?);
    }
    for (name, function) in TASKS {
        let id = tasks::table
            .inner_join(assignments::table.inner_join(functions::table))
            .filter(tasks::plan_id.eq(found["plan"]))
            .filter(functions::code.eq(function))
            .order(tasks::id)
            .select(tasks::id)
            .first::<i64>(conn)?;
        found.insert(name, id);
    }
    let far =
        tasks::table.filter(tasks::plan_id.eq(found["plan-far"])).select(tasks::id).first::<i64>(conn)?;
    found.insert("task-far", far);
    for (name, unit) in [("entry", "bg.khcn"), ("entry-other", "bg.vhttdl")] {
        let of = task_entries::table
            .inner_join(units::table.on(units::id.eq(task_entries::unit_id)))
            .filter(units::code.eq(unit));
        found.insert(name, of.order(task_entries::id).select(task_entries::id).first::<i64>(conn)?);
    }
    let of = draft_files::table.filter(draft_files::report_id.eq(ReportId(found["other-sent"])));
    found.insert("file-other", of.select(draft_files::file_id).first::<i64>(conn)?);
    found.insert("indicator", indicators::table.select(indicators::id).first::<i64>(conn)?);
    Ok(found)
}

/// A text with each {subject} replaced by its id.
pub fn filled(text: &str, subjects: &HashMap<&'static str, i64>) -> String {
    let mut text = text.to_owned();
    while let Some(start) = text.find('{') {
        let end = start + text[start..].find('}').expect("a closing brace");
        let name = &text[start + 1..end];
        let id = subjects.get(name).unwrap_or_else(|| panic!("no subject {{{name}}}"));
        text.replace_range(start..=end, &id.to_string());
    }
    text
}
