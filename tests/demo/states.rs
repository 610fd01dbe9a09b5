//! Where the obligations of each period stand, and how late they are, against a table counted by hand from the
//! files of the demo's past.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use tonghop::db::schema::{
    audit_log, edition_sources, editions, obligations, periods, regimes, reports, revisions, units,
};
use tonghop::db::{Db, DbError};
use tonghop::periods::{Progress, Standing};
use tonghop::reports::ReportState;

use crate::support::database::TestDatabase;

/// Regime, period, and how many obligations are: not begun, draft, with the leader, sent, asked to amend,
/// received, nil, exempt.
const STATES: [(&str, &str, [usize; 8]); 10] = [
    ("ba-ria-vung-tau", "2025-H1", [4, 3, 1, 3, 1, 10, 1, 1]),
    ("ba-ria-vung-tau", "2025-Y", [24, 0, 0, 0, 0, 0, 0, 0]),
    ("ba-ria-vung-tau-plan", "2025-PLAN", [3, 0, 0, 0, 0, 19, 0, 1]),
    ("bac-giang", "2024-H1", [0, 0, 0, 0, 0, 22, 1, 1]),
    ("bac-giang", "2024-Y", [0, 0, 0, 0, 0, 22, 1, 1]),
    ("bac-giang", "2025-DX1", [1, 2, 0, 2, 1, 2, 1, 0]),
    ("bac-giang", "2025-H1", [4, 4, 2, 6, 1, 8, 1, 1]),
    // 27 units, and the consolidated report of MTTQ tỉnh, which collects for three of them from 01/7/2025.
    ("bac-giang", "2025-Y", [28, 0, 0, 0, 0, 0, 0, 0]),
    ("bac-giang-sotttt", "2022-Y", [0, 0, 0, 0, 0, 15, 1, 0]),
    ("long-an", "2025-Y", [18, 3, 0, 0, 0, 0, 0, 0]),
];

/// Every first sending that was late: regime, period, unit, days.
const LATE: [(&str, &str, &str, i32); 10] = [
    ("ba-ria-vung-tau", "2025-H1", "vt.baria", 3),
    ("ba-ria-vung-tau", "2025-H1", "vt.daiptth", 4),
    ("ba-ria-vung-tau-plan", "2025-PLAN", "vt.condao", 4),
    ("ba-ria-vung-tau-plan", "2025-PLAN", "vt.doan", 7),
    ("ba-ria-vung-tau-plan", "2025-PLAN", "vt.dulich", 3),
    ("bac-giang", "2024-H1", "bg.nongdan", 4),
    ("bac-giang", "2024-H1", "bg.sondong", 6),
    ("bac-giang", "2024-Y", "bg.lucngan", 2),
    ("bac-giang", "2024-Y", "bg.nongdan", 1),
    ("bac-giang-sotttt", "2022-Y", "bg.vhtt.sondong", 4),
];

#[derive(Queryable)]
struct Row {
    regime: String,
    period: String,
    unit: String,
    mode: String,
    standing: String,
    state: String,
    first_sent_at: Option<NaiveDateTime>,
}

fn rows(db: &Db) -> Vec<Row> {
    db.read(|conn| {
        obligations::table
            .inner_join(periods::table.inner_join(regimes::table))
            .inner_join(reports::table.on(reports::obligation_id.eq(obligations::id)))
            .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
            .select((
                regimes::code,
                periods::code,
                units::code,
                obligations::mode,
                obligations::standing,
                reports::state,
                reports::first_sent_at,
            ))
            .load(conn)
            .map_err(DbError::from)
    })
    .expect("the demo's obligations")
}

fn column(row: &Row) -> usize {
    let standing = Standing::from_code(&row.standing).expect("a standing");
    match Progress::of(standing, ReportState::from_code(&row.state).expect("a state")) {
        Progress::NotBegun => 0,
        Progress::Draft => 1,
        Progress::WithLeader => 2,
        Progress::Sent => 3,
        Progress::Amend => 4,
        Progress::Received => 5,
        Progress::Nil => 6,
        Progress::Exempt => 7,
        Progress::Ended => panic!("{} has ended", row.unit),
    }
}

#[test]
fn every_period_stands_as_counted_by_hand() {
    let database = TestDatabase::demo();
    let mut counted: BTreeMap<(String, String), [usize; 8]> = BTreeMap::new();
    for row in rows(&database.open()) {
        counted.entry((row.regime.clone(), row.period.clone())).or_default()[column(&row)] += 1;
    }
    let by_hand: BTreeMap<(String, String), [usize; 8]> =
        STATES.iter().map(|(r, p, n)| (((*r).to_owned(), (*p).to_owned()), *n)).collect();
    assert_eq!(counted, by_hand);
}

#[test]
fn every_late_first_sending_is_known() {
    let database = TestDatabase::demo();
    let mut late: Vec<(String, String, String, i32)> = database
        .open()
        .read(|conn| {
            revisions::table
                .inner_join(reports::table.on(reports::id.eq(revisions::report_id)))
                .inner_join(obligations::table.on(obligations::id.eq(reports::obligation_id)))
                .inner_join(periods::table.on(periods::id.eq(obligations::period_id)))
                .inner_join(regimes::table.on(regimes::id.eq(periods::regime_id)))
                .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
                .filter(revisions::number.eq(1))
                .filter(revisions::days_late.gt(0))
                .select((regimes::code, periods::code, units::code, revisions::days_late))
                .load(conn)
                .map_err(DbError::from)
        })
        .expect("the revisions");
    late.sort();
    let by_hand: Vec<(String, String, String, i32)> =
        LATE.iter().map(|(r, p, u, n)| ((*r).into(), (*p).into(), (*u).into(), *n)).collect();
    assert_eq!(late, by_hand);
}

#[test]
fn the_plan_is_still_missing_from_two_assigned_units_and_one_that_was_asked() {
    let database = TestDatabase::demo();
    let mut missing: Vec<(String, String)> = rows(&database.open())
        .into_iter()
        .filter(|row| {
            row.regime == "ba-ria-vung-tau-plan" && row.standing == "owed" && row.first_sent_at.is_none()
        })
        .map(|row| (row.unit, row.mode))
        .collect();
    missing.sort();
    let missing: Vec<(&str, &str)> = missing.iter().map(|(u, m)| (u.as_str(), m.as_str())).collect();
    assert_eq!(missing, [("vt.ccb", "request"), ("vt.tuphap", "assign"), ("vt.xuyenmoc", "assign")]);
}

#[test]
fn a_second_load_keeps_the_data_as_it_is() {
    let database = TestDatabase::demo();
    let db = database.open();
    let steps = |db: &Db| -> i64 {
        db.read(|conn| audit_log::table.count().get_result(conn).map_err(DbError::from)).expect("a count")
    };
    let before = steps(&db);
    assert!(before > 500, "the past left its rows: {before}");
    tonghop::demo::load(&db).expect("a second load");
    assert_eq!(steps(&db), before);
}

#[test]
fn the_second_edition_of_2024_has_the_report_that_came_late() {
    let database = TestDatabase::demo();
    let sources: Vec<(i32, String, String)> = database
        .open()
        .read(|conn| {
            edition_sources::table
                .inner_join(editions::table.on(editions::id.eq(edition_sources::edition_id)))
                .inner_join(periods::table.on(periods::id.eq(editions::period_id)))
                .inner_join(obligations::table.on(obligations::id.eq(edition_sources::obligation_id)))
                .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
                .filter(periods::code.eq("2024-H1"))
                .filter(edition_sources::revision_id.is_not_null())
                .select((editions::number, units::code, editions::status))
                .load(conn)
                .map_err(DbError::from)
        })
        .expect("the sources");
    let of = |number: i32| sources.iter().filter(|s| s.0 == number).count();
    assert_eq!((of(1), of(2)), (21, 22));
    let late: Vec<i32> = sources.iter().filter(|s| s.1 == "bg.sondong").map(|s| s.0).collect();
    assert_eq!(late, [2]);
    assert!(sources.iter().all(|s| s.2 != "draft"));
}
