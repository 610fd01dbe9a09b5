//! The demo's edition and those of thirty made-up provinces in one national table: the totals are those of all, LibreOffice
//! computes every formula of it to the result beside it, and every figure of a body is found again in the revision that the
//! row names.

use std::collections::HashMap;

use calamine::Data;
use chrono::NaiveDate;
use diesel::prelude::*;
use tonghop::consolidation::content::EditionContent;
use tonghop::consolidation::{EditionCopy, issued_version, queries, read_content};
use tonghop::db::DbError;
use tonghop::db::ids::PeriodId;
use tonghop::db::schema::{indicators, obligations, reports, revision_figures, revisions, units};
use tonghop::error::Error;
use tonghop::indicators::UnitRule;
use tonghop::merging::{Given, Merged};
use tonghop::workbooks::write_national;

use super::book::{belongs, file, merged};
use crate::support::app::TestApp;
use crate::workbooks::Read;
use crate::workbooks::recomputed::{agreeing, recomputed};

const OTHERS: [&str; 30] = [
    "01", "04", "08", "11", "12", "14", "15", "19", "20", "22", "25", "27", "31", "33", "37", "38", "40",
    "42", "44", "46", "48", "51", "52", "56", "66", "68", "75", "79", "80", "82",
];

/// The kept workbook of the demo's second edition of the first half of 2024, and its content.
fn edition(app: &TestApp) -> (PeriodId, EditionContent, Given) {
    let (period, content, kept) = app
        .db
        .read(|conn| {
            let (period, regime) = queries::period_by_code(conn, "bac-giang", "2024-H1")?;
            let all = queries::editions_of(conn, period.id, regime.collector_id)?;
            let second = all.iter().find(|edition| edition.number == 2).expect("a second edition");
            let kept = queries::file(conn, second.id, EditionCopy::Ministry)?;
            Ok::<_, Error>((period.id, read_content(conn, second)?, kept))
        })
        .expect("the edition");
    let bytes = kept.expect("it is approved").bytes;
    (period, content, Given { name: "bac-giang.xlsx".to_owned(), bytes })
}

/// The demo's own file, and thirty more of the same content in other provinces' names.
fn of_all(content: &EditionContent, own: Given) -> Merged {
    let other = |code: &&str| {
        let mut content = content.clone();
        belongs(&mut content, code);
        file(&format!("{code}.xlsx"), &content)
    };
    let given: Vec<Given> = std::iter::once(own).chain(OTHERS.iter().map(other)).collect();
    merged(&given)
}

#[test]
fn the_demo_and_thirty_provinces_are_merged_and_traced_back_to_revisions() {
    let app = TestApp::demo();
    let (period, content, own) = edition(&app);
    assert_eq!(content.identity.catalogue_version, issued_version().unwrap(), "the demo has what C11 issued");
    assert_eq!(
        content.identity.province_code_to,
        NaiveDate::from_ymd_opt(2025, 6, 30),
        "24 is Bắc Ninh's after"
    );
    let merged = of_all(&content, own);
    let mut added = 0;
    for (_, line) in content.lines().filter(|(_, line)| line.rule == UnitRule::Sum) {
        let (_, national) = merged.content.line(&line.code).expect("a line of all");
        assert_eq!(national.total.value, line.total.value.map(|value| 31 * value), "{}", line.code);
        assert_eq!((national.total.n, national.total.of), (31 * line.total.n, 31 * line.total.of));
        added += usize::from(line.total.value.is_some());
    }
    assert!(added > 20, "{added} indicators that add up");

    let sent = figures_of_revisions(&app, period);
    let mut read = Read::open(write_national(&merged).unwrap());
    let stacked = read.values("Dữ liệu");
    let mut rows = stacked.rows();
    let headings: Vec<String> = rows.next().expect("headings").iter().map(ToString::to_string).collect();
    let at = |name: &str| headings.iter().position(|heading| heading == name).expect("a column");
    let shifts: HashMap<String, i32> = content
        .lines()
        .map(|(_, line)| (line.code.clone(), i32::from(line.decimals + line.display_exponent)))
        .collect();
    let mut traced = 0;
    for row in rows.filter(|row| row[at("cap")] == "don_vi" && row[at("ma_tinh")] == "24") {
        let code = row[at("ma_chi_tieu")].to_string();
        let (Data::Float(number), false) = (&row[at("gia_tri")], row[at("tu_so")] != Data::Empty) else {
            continue;
        };
        // A nil declaration is its own source: it has no revision, and its numbers are zeros.
        if row[at("lan_gui")] == Data::Empty {
            assert!(row[at("trang_thai")] == "khong_phat_sinh" && *number == 0.0, "{code}: {row:?}");
            continue;
        }
        let key = (row[at("uid_don_vi")].to_string(), row[at("lan_gui")].to_string(), code.clone());
        let stored = sent.get(&key).unwrap_or_else(|| panic!("{key:?} is in no revision"));
        let told = number * 10_f64.powi(shifts[&code]);
        assert!((told - *stored as f64).abs() < 1e-6 * told.abs().max(1.0), "{key:?}: {told}, {stored}");
        traced += 1;
    }
    assert!(traced > 150, "{traced} figures traced");
}

#[test]
fn libreoffice_computes_the_national_table_to_its_results() {
    let app = TestApp::demo();
    let (_, content, own) = edition(&app);
    let bytes = write_national(&of_all(&content, own)).unwrap();
    let computed = recomputed(&[&bytes]).remove(0);
    assert!(agreeing(Read::open(bytes), computed).unwrap() > 50);
}

/// What every revision sent for a period says: body, number of the revision and indicator to the stored number.
fn figures_of_revisions(app: &TestApp, period: PeriodId) -> HashMap<(String, String, String), i64> {
    type Row = (String, i32, String, Option<i64>);
    let rows: Vec<Row> = app
        .db
        .read(|conn| {
            obligations::table
                .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
                .inner_join(reports::table.on(reports::obligation_id.eq(obligations::id)))
                .inner_join(revisions::table.on(revisions::report_id.eq(reports::id)))
                .inner_join(revision_figures::table.on(revision_figures::revision_id.eq(revisions::id)))
                .inner_join(indicators::table.on(indicators::id.eq(revision_figures::indicator_id)))
                .filter(obligations::period_id.eq(period))
                .select((units::uid, revisions::number, indicators::code, revision_figures::value))
                .load(conn)
                .map_err(DbError::from)
        })
        .expect("the revisions");
    rows.into_iter()
        .filter_map(|(unit, number, code, value)| Some(((unit, number.to_string(), code), value?)))
        .collect()
}
