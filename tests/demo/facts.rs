//! Facts of the documents that the demo must hold, whatever else in it is invented.

use chrono::NaiveDate;
use diesel::prelude::*;
use tonghop::db::ids::{RevisionId, UnitId};
use tonghop::db::schema::{
    form_indicators, forms, indicators, obligations, periods, regimes, reports, revision_figures,
    revision_sections, revisions, tasks, units,
};
use tonghop::db::{Conn, DbError};
use tonghop::plans::Part;
use tonghop::plans::queries::tasks_held;

use crate::support::database::TestDatabase;

/// Figures that one body of the province owns: nobody else's may reach the total.
const OWNED_BY_ONE: [&str; 21] = [
    "A10", "B14", "B19", "C01", "C03", "C05", "E01", "E02", "E04", "E06", "E10", "E12", "E15", "F02", "F03",
    "F07", "G02", "G03", "G06", "H01", "I01",
];

fn read<T>(f: impl FnOnce(&mut Conn) -> QueryResult<T>) -> T {
    TestDatabase::demo().open().read(|conn| f(conn).map_err(DbError::from)).expect("the demo answers")
}

fn unit(conn: &mut Conn, code: &str) -> QueryResult<UnitId> {
    units::table.filter(units::code.eq(code)).select(units::id).first(conn)
}

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).expect("a day")
}

/// A figure of a unit's first revision: value and word.
fn figure(conn: &mut Conn, period: &str, code: &str, indicator: &str) -> QueryResult<(Option<i64>, String)> {
    revision_figures::table
        .inner_join(revisions::table.inner_join(reports::table.on(reports::id.eq(revisions::report_id))))
        .inner_join(indicators::table)
        .inner_join(obligations::table.on(obligations::id.eq(reports::obligation_id)))
        .inner_join(periods::table.on(periods::id.eq(obligations::period_id)))
        .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
        .filter(revisions::number.eq(1))
        .filter(periods::code.eq(period))
        .filter(units::code.eq(code))
        .filter(indicators::code.eq(indicator))
        .select((revision_figures::value, revision_figures::qualifier))
        .first(conn)
}

#[test]
fn the_department_of_2024_reported_nearly_a_hundred_broadcasts_without_a_number() {
    let (broadcasts, papers, direction) = read(|conn| {
        let broadcasts = figure(conn, "2024-H1", "bg.tttt", "C05")?;
        let report: Vec<(RevisionId, String, String, String)> = revisions::table
            .inner_join(reports::table.on(reports::id.eq(revisions::report_id)))
            .inner_join(obligations::table.on(obligations::id.eq(reports::obligation_id)))
            .inner_join(periods::table.on(periods::id.eq(obligations::period_id)))
            .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
            .filter(periods::code.eq("2024-H1"))
            .filter(units::code.eq("bg.tttt"))
            .select((revisions::id, revisions::doc_number, revisions::doc_symbol, revisions::signatory_name))
            .load(conn)?;
        let direction: String = revision_sections::table
            .filter(revision_sections::section_code.eq("I"))
            .filter(revision_sections::revision_id.eq(report[0].0))
            .select(revision_sections::body)
            .first(conn)?;
        Ok((broadcasts, report, direction))
    });
    assert_eq!(broadcasts, (Some(100), "nearly".to_owned()));
    assert_eq!(papers.len(), 1);
    assert_eq!((papers[0].1.as_str(), papers[0].2.as_str()), ("", "BC-STTTT"));
    assert_eq!(papers[0].3, "Đỗ Hồng Yến");
    assert!(direction.contains("Kế hoạch số 36/KH-STTTT ngày 15/02/2024"), "{direction}");
}

#[test]
fn money_typed_in_millions_is_stored_in_dong() {
    let (balance, _) = read(|conn| figure(conn, "2024-Y", "bg.nhcsxh", "G06"));
    let balance = balance.expect("a balance");
    assert!(balance > 10_000_000_000 && balance % 500_000 == 0, "{balance}");
}

#[test]
fn work_given_in_january_is_led_in_june_by_the_successors() {
    let led = |code: &'static str, on: NaiveDate| -> Vec<String> {
        read(move |conn| {
            let id = unit(conn, code)?;
            let held = tasks_held(conn, &[id], on, None)?;
            let led: Vec<_> = held.iter().filter(|t| t.part == Part::Lead).map(|t| t.task_id).collect();
            tasks::table.filter(tasks::id.eq_any(led)).order(tasks::id).select(tasks::text).load(conn)
        })
    };
    let press = "Định hướng báo chí của tỉnh";
    let jobs = "Đưa tin về chỗ làm";
    let leads = |code, on, start: &str| led(code, on).iter().any(|text| text.starts_with(start));
    let (january, june) = (day(2025, 1, 31), day(2025, 6, 10));
    assert!(leads("bg.tttt", january, press) && !leads("bg.vhttdl", january, press));
    assert!(leads("bg.vhttdl", june, press) && !leads("bg.khcn", june, press));
    assert!(leads("bg.khcn", june, "Giúp các sở, ngành, địa phương đưa hoạt động"));
    assert!(leads("bg.ldtbxh", january, jobs) && leads("bg.noivu", june, jobs));
    assert!(leads("vt.ca", june, "Tuyên truyền qua việc cấp phiếu lý lịch tư pháp"));
    assert!(leads("vt.vhttdl", june, "Lồng ghép nội dung THNCĐ vào chương trình văn hóa"));
    assert!(led("bg.mttq", june).len() >= 4, "requested bodies hold their tasks side by side");
}

#[test]
fn every_owned_figure_reaches_the_total_by_one_road() {
    let counting: Vec<(String, String, String, String)> = read(|conn| {
        obligations::table
            .inner_join(periods::table.inner_join(regimes::table))
            .inner_join(forms::table.on(forms::id.eq(obligations::form_id)))
            .inner_join(form_indicators::table.on(form_indicators::form_id.eq(forms::id)))
            .inner_join(indicators::table.on(indicators::id.eq(form_indicators::indicator_id)))
            .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
            .filter(form_indicators::counts.eq(true))
            // A consolidated report has the figures of its edition, whatever its form asks.
            .filter(obligations::part.eq("own"))
            .filter(regimes::code.ne("bac-giang-sotttt"))
            .select((regimes::code, periods::code, indicators::code, units::code))
            .load(conn)
    });
    for owned in OWNED_BY_ONE {
        let mut owners: Vec<_> = counting.iter().filter(|row| row.2 == owned).collect();
        assert!(!owners.is_empty(), "nobody owns {owned}");
        owners.sort();
        for pair in owners.windows(2) {
            let same_period = (&pair[0].0, &pair[0].1) == (&pair[1].0, &pair[1].1);
            assert!(!same_period, "{owned} counts twice: {pair:?}");
        }
    }
}

#[test]
fn figures_about_released_persons_are_asked_of_the_police_only() {
    let asked: Vec<String> = read(|conn| {
        form_indicators::table
            .inner_join(forms::table)
            .inner_join(indicators::table)
            .filter(indicators::group_code.eq("E"))
            .select(forms::code)
            .distinct()
            .load(conn)
    });
    assert_eq!(asked, ["police"]);
}
