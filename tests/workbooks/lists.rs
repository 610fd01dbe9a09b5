//! The sheets *Danh sách*: one per list in both copies, days and numbers as such, text as text.

use calamine::Data;
use tonghop::consolidation::EditionCopy;
use tonghop::consolidation::content::{EditionContent, ListedUnit, StackedList};
use tonghop::lists::{Column, ColumnKind, Row};

use super::{Read, sample};

fn edition() -> EditionContent {
    let column = |code: &str, kind, decimals| Column {
        code: code.into(),
        title: format!("Cột {code}"),
        kind,
        decimals,
        ..Column::default()
    };
    let row = |cells: &[(&str, &str)]| -> Row {
        cells.iter().map(|(code, cell)| ((*code).to_owned(), (*cell).to_owned())).collect()
    };
    let unit = |name: &str, rows| ListedUnit { unit: name.into(), rows, ..ListedUnit::default() };
    let mut edition = sample::edition();
    edition.lists = vec![
        StackedList {
            code: "models".into(),
            title: "Mô hình".into(),
            columns: vec![
                column("name", ColumnKind::Text, 0),
                column("since", ColumnKind::Date, 0),
                column("members", ColumnKind::Number, 0),
                column("money", ColumnKind::Number, 1),
            ],
            units: vec![
                unit(
                    "Sở A",
                    vec![
                        row(&[
                            ("name", "=1+1"),
                            ("since", "2025-06-05"),
                            ("members", "1200"),
                            ("money", "112,5"),
                        ]),
                        row(&[("name", "Hai")]),
                    ],
                ),
                unit("Sở B", vec![row(&[("name", "Ba"), ("since", "không rõ"), ("members", "0")])]),
            ],
        },
        StackedList {
            code: "channels".into(),
            title: "Kênh, trang, tài khoản".into(),
            columns: vec![column("address", ColumnKind::Link, 0)],
            units: vec![unit("Sở A", vec![row(&[("address", "https://a.vn")])])],
        },
    ];
    edition
}

#[test]
fn one_sheet_per_list_in_both_copies() {
    for copy in EditionCopy::ALL {
        let read = Read::open(tonghop::workbooks::write(edition(), copy).unwrap());
        let sheets = read.sheets();
        let at = sheets.iter().position(|name| name == "Thuyết minh").unwrap();
        assert_eq!(sheets[at - 2..at], ["Danh sách - Mô hình", "DS - Kênh, trang, tài khoản"]);
    }
    let without = Read::of(&sample::edition()).sheets();
    assert!(without.iter().all(|name| !name.contains("Danh sách") && !name.starts_with("DS")));
}

#[test]
fn days_and_numbers_are_days_and_numbers_and_the_rest_is_text() {
    let mut read = Read::of(&edition());
    let sheet = "Danh sách - Mô hình";
    let cell = |read: &mut Read, row, column| read.cell(sheet, row, column);
    let heading: Vec<String> = (0..6).map(|column| cell(&mut read, 3, column).to_string()).collect();
    assert_eq!(heading, ["TT", "Đơn vị", "Cột name", "Cột since", "Cột members", "Cột money"]);
    let units: Vec<String> = (4..7).map(|row| cell(&mut read, row, 1).to_string()).collect();
    assert_eq!(units, ["Sở A", "Sở A", "Sở B"], "every row has its unit, so that the sheet can be filtered");
    // 05/6/2025 as spreadsheets count days, from 01/01/1900.
    let Data::DateTime(day) = cell(&mut read, 4, 3) else { panic!("a day") };
    assert_eq!(day.as_f64(), 45_813.0);
    assert_eq!(cell(&mut read, 4, 4), Data::Float(1200.0));
    assert_eq!(cell(&mut read, 4, 5), Data::Float(112.5));
    assert_eq!(cell(&mut read, 4, 2), Data::String("=1+1".into()));
    assert_eq!(read.formula(sheet, 4, 2), "");
    assert_eq!(cell(&mut read, 6, 3), Data::String("không rõ".into()));
    assert_eq!(cell(&mut read, 6, 4), Data::Float(0.0));
    assert_eq!(cell(&mut read, 5, 3), Data::Empty);
}

#[test]
fn the_sheet_is_set_up_for_print() {
    let bytes = tonghop::workbooks::write(edition(), EditionCopy::Ministry).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut part = |name: &str| {
        use std::io::Read as _;
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let workbook = part("xl/workbook.xml");
    assert!(workbook.contains("'Danh sách - Mô hình'!$4:$4"), "the heading is repeated: {workbook}");
    let names: Vec<&str> = workbook.split("<sheet name=\"").skip(1).collect();
    let number = names.iter().position(|rest| rest.starts_with("Danh sách - Mô hình")).unwrap() + 1;
    let sheet = part(&format!("xl/worksheets/sheet{number}.xml"));
    assert!(
        sheet.contains("xSplit=\"2\" ySplit=\"4\"") && sheet.contains("state=\"frozen\""),
        "frozen panes"
    );
    assert!(sheet.contains("orientation=\"landscape\"") && sheet.contains("fitToHeight=\"0\""));
    assert!(sheet.contains("<autoFilter ref=\"A4:F7\"/>"));
}
