//! Tables as people draw them: headings over headings, totals over several cells, subtotals between the lines.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, Workbook};
use tonghop::db::ids::{IndicatorId, UnitId};
use tonghop::legacy_tables::headings::Known;
use tonghop::legacy_tables::proposal::of_line;
use tonghop::legacy_tables::read::{Reading, Who, read};
use tonghop::legacy_tables::table::Table;
use tonghop::legacy_tables::{Bound, Settings};
use tonghop::reports::AskedIndicator;
use tonghop::unit_workbook::{Grid, grids};
use tonghop::units::names::{Named, Names};

use super::rules::asked_indicator;

/// Cells by row and column, and those merged: first row, first column, last row, last column, text. `turned` lays it on its side.
fn drawn(cells: &[&[&str]], merged: &[(u32, u16, u32, u16, &str)], turned: bool) -> Grid {
    let lay = |row: u32, column: u16| match turned {
        true => (u32::from(column), u16::try_from(row).expect("a small table")),
        false => (row, column),
    };
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0_u32..).zip(cells) {
        for (column, cell) in (0_u16..).zip(*line) {
            let (row, column) = lay(row, column);
            match cell.parse::<f64>() {
                Ok(number) => drop(sheet.write_number(row, column, number).expect("a cell")),
                Err(_) if cell.is_empty() => {}
                Err(_) => drop(sheet.write_string(row, column, *cell).expect("a cell")),
            }
        }
    }
    for (top, left, bottom, right, text) in merged {
        let ((top, left), (bottom, right)) = (lay(*top, *left), lay(*bottom, *right));
        sheet.merge_range(top, left, bottom, right, text, &Format::new()).expect("merged cells");
    }
    grids(&book.save_to_buffer().expect("a workbook")).expect("sheets").remove(0)
}

fn units() -> Names {
    let named = |(id, name): (i64, &str)| Named {
        id: UnitId(id),
        names: vec![name.to_owned()],
        aliases: vec![],
        others: vec![],
    };
    Names::new(&[(1, "Sở A"), (2, "Sở B"), (3, "Huyện C"), (4, "Huyện D")].map(named), "")
}

fn said(grid: &Grid, turned: bool, (head, units_at): (u32, u32), codes: &[(u32, &str)]) -> Reading {
    let asked = |(id, (_, code)): (i64, &(u32, &str))| AskedIndicator {
        id: IndicatorId(id),
        code: (*code).to_owned(),
        ..asked_indicator()
    };
    let asked: Vec<AskedIndicator> = (1..).zip(codes).map(asked).collect();
    let columns: BTreeMap<u32, Bound> =
        codes.iter().map(|(at, code)| (*at, Bound { code: (*code).to_owned(), scaled: false })).collect();
    let settings = Settings { turned, head, units: units_at, columns, ..Settings::default() };
    read(Table::new(grid, turned), &settings, &asked, &units())
}

#[test]
fn a_heading_says_what_stands_over_it() {
    let known = |(code, name): (&str, &str)| Known { code: code.into(), name: name.into() };
    let known = [
        ("D01", "Số buổi tuyên truyền trực tiếp"),
        ("D02", "Số lượt người dự tuyên truyền trực tiếp"),
        ("M01", "Số buổi tọa đàm trên truyền hình"),
        ("A11", "Kinh phí đã sử dụng"),
    ]
    .map(known);
    let cells: [&[&str]; 4] = [
        &[],
        &["TT", "Đơn vị", "", "", "", ""],
        &["", "", "Số buổi", "Số lượt người dự", "Số buổi", "Kinh phí đã sử dụng"],
        &["1", "Sở A", "3", "40", "1", "5"],
    ];
    let merged = [
        (0, 0, 0, 5, "BẢNG TỔNG HỢP KẾT QUẢ TUYÊN TRUYỀN"),
        (1, 2, 1, 3, "Tuyên truyền trực tiếp"),
        (1, 4, 1, 5, "Tọa đàm trên truyền hình"),
    ];
    for turned in [false, true] {
        let grid = drawn(&cells, &merged, turned);
        let table = Table::new(&grid, turned);
        assert_eq!(table.full_heading(2, 2, 1), "Tuyên truyền trực tiếp · Số buổi");
        assert_eq!(table.full_heading(2, 4, 1), "Tọa đàm trên truyền hình · Số buổi");
        assert_eq!(table.full_heading(2, 1, 1), "Đơn vị", "what is over the whole table is no heading");
        let proposed = of_line(table, 2, (1, 6), &known);
        let told: Vec<(u32, &str)> = proposed.iter().map(|(at, code)| (*at, code.as_str())).collect();
        // What stands over the last one is of no use to it.
        assert_eq!(told, [(2, "D01"), (3, "D02"), (4, "M01"), (5, "A11")], "turned: {turned}");
        assert!(of_line(table, 1, (1, 6), &known).is_empty(), "a heading over others is no column's");
    }
}

/// Of a table on its side: what stands above the names of the units is of the whole sheet.
#[test]
fn titles_above_the_names_of_units_are_no_indicators() {
    let known =
        [Known { code: "D01".to_owned(), name: "Số buổi tuyên truyền trực tiếp".to_owned() }];
    let cells: [&[&str]; 5] = [
        &[],
        &[],
        &["TT", "Chỉ tiêu", "Sở A", "Sở B", "Huyện C"],
        &["I"],
        &["1", "Số buổi tuyên truyền trực tiếp", "3", "4", "5"],
    ];
    let merged = [
        (0, 0, 0, 4, "UBND TỈNH LONG AN"),
        (1, 0, 1, 4, "D01 Số buổi tuyên truyền trực tiếp"),
        (3, 1, 3, 4, "Tuyên truyền"),
    ];
    let grid = drawn(&cells, &merged, false);
    let table = Table::new(&grid, true);
    let told = of_line(table, 1, (2, 5), &known);
    assert_eq!(told.into_iter().collect::<Vec<_>>(), [(4, "D01".to_owned())]);
    assert!(table.is_title(1, 2) && !table.is_title(2, 2) && !table.is_title(4, 2));
    assert!(!Table::new(&grid, false).is_title(0, 1), "upright, a column before the names may hold figures");
    // Merged over all units it stands there once.
    let first: Vec<u32> = (1..5).filter(|at| table.is_first(*at, 3)).collect();
    assert_eq!(first, [1]);
    assert!((1..5).all(|at| table.is_first(at, 4)));
}

#[test]
fn a_total_over_two_cells_is_one_and_is_called_what_it_is() {
    // On its side: the units across, their total over the two rows of the headings.
    let cells: [&[&str]; 4] = [&["", "", "D01"], &["", "Sở A", "3"], &["", "Sở B", "4"], &["", "", "9"]];
    let grid = drawn(&cells, &[(3, 0, 3, 1, "Tổng cộng")], true);
    let reading = said(&grid, true, (0, 1), &[(2, "D01")]);
    let who: Vec<&Who> = reading.lines.iter().map(|line| &line.who).collect();
    assert_eq!(who, [&Who::Unit(UnitId(1)), &Who::Unit(UnitId(2)), &Who::Total]);
    let [found] = reading.findings.as_slice() else { panic!("{:?}", reading.findings) };
    assert!(
        found.words.starts_with("Cột “Tổng cộng” ghi D01 là 9, cộng các cột đơn vị được 7 (lệch 2). Cột này"),
        "{}",
        found.words
    );
    assert!(!found.words.contains("òng này"), "{}", found.words);
}

#[test]
fn a_subtotal_is_held_against_the_lines_above_it() {
    let cells: [&[&str]; 9] = [
        &["Đơn vị", "D01"],
        &["Toàn tỉnh", "100"],
        &["Sở A", "10"],
        &["Sở B", "20"],
        &["Cộng", "33"],
        &["Huyện C", "30"],
        &["Huyện D", "40"],
        &["Cộng", "71"],
        &["Tổng cộng", "101"],
    ];
    let reading = said(&drawn(&cells, &[], false), false, (0, 0), &[(1, "D01")]);
    let told: Vec<(String, String)> = reading
        .findings
        .iter()
        .map(|found| {
            let words = found.words.split(" Dòng này").next().unwrap_or_default().to_owned();
            (found.place.as_ref().map(|place| place.cell.clone()).unwrap_or_default(), words)
        })
        .collect();
    // By hand: 10 + 20 = 30, 30 + 40 = 70, all of it 100.
    let line = |cell: &str, words: &str| (cell.to_owned(), words.to_owned());
    assert_eq!(
        told,
        [
            line("B5", "Dòng “Cộng” ghi D01 là 33, cộng các dòng đơn vị phía trên được 30 (lệch 3)."),
            line("B8", "Dòng “Cộng” ghi D01 là 71, cộng các dòng đơn vị phía trên được 70 (lệch 1)."),
            line("B9", "Dòng “Tổng cộng” ghi D01 là 101, cộng các dòng đơn vị được 100 (lệch 1)."),
        ]
    );
}
