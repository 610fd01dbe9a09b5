//! The national table: totals by hand, ratios from their parts, rows stacked, provinces that are missing.

use calamine::Data;
use tonghop::consolidation::content::UnitFigure;
use tonghop::workbooks::write_national;

use super::book::{content, file, merged, province};
use crate::workbooks::{Read, sample};

#[test]
fn totals_are_folded_from_the_totals_of_the_provinces_by_each_rule() {
    let given = [province("24", 1), province("01", 2), province("04", 3)];
    let merged = merged(&given);
    let total = |code: &str| merged.content.line(code).unwrap().1.total;
    // Of one province: A02 3 of 4; A11 1.347.845.678; B04 1.397; B14 1.250.000; B15 812.345 at most; B99 16,5.
    assert_eq!((total("A02").value, total("A02").n, total("A02").of), (Some(9), 12, 21));
    assert_eq!(total("A11").value, Some(6 * 1_347_845_678));
    assert!(total("A11").estimated);
    assert_eq!(total("B04").value, Some(6 * 1_397));
    assert_eq!(total("B14").value, Some(6 * 1_250_000), "one owner in each province");
    assert_eq!(total("B15").value, Some(3 * 812_345), "the largest of all");
    assert_eq!(total("B99").value, Some(6 * 165));
    assert_eq!(total("D05").numerator.zip(total("D05").denominator), Some((6 * 1_360, 6 * 1_450)));
    let line = merged.content.line("B04").unwrap().1;
    // Over the units with both: 1.340 against 1.092 in one province.
    let both = line.comparison.as_ref().unwrap();
    assert_eq!((both.now.value, both.before.value, both.now.n), (Some(6 * 1_340), Some(6 * 1_092), 9));
    assert_eq!(both.difference, Some(6 * 248));
    assert_eq!(line.cumulative.unwrap().value, Some(6 * 1_397));
}

#[test]
fn the_merged_workbook_has_its_sheets_and_every_row_of_every_file() {
    let given = [province("24", 1), province("01", 2)];
    let merged = merged(&given);
    let bytes = write_national(&merged).unwrap();
    assert_eq!(bytes, write_national(&merged).unwrap(), "the same files give the same bytes");
    let mut read = Read::open(bytes);
    assert_eq!(
        read.sheets(),
        [
            "Tổng hợp toàn quốc",
            "Theo tỉnh - A",
            "Theo tỉnh - B",
            "Theo tỉnh - D",
            "Tệp đã dùng",
            "Tỉnh còn thiếu",
            "Dữ liệu"
        ]
    );
    let row = read.row_of("Tổng hợp toàn quốc", 1, "B04");
    assert_eq!(read.cell("Tổng hợp toàn quốc", row, 5), Data::Float(3.0 * 1_397.0));
    let total = read.row_of("Theo tỉnh - B", 1, "Tổng cộng");
    assert_eq!(read.cell("Theo tỉnh - B", total, 3), Data::Float(3.0 * 1_397.0));
    assert!(read.formula("Theo tỉnh - B", total, 5).contains("MAX("));
    let first = read.row_of("Theo tỉnh - B", 1, "Thành phố Hà Nội");
    assert_eq!(read.cell("Theo tỉnh - B", first, 3), Data::Float(2.0 * 1_397.0));

    let stacked = read.values("Dữ liệu");
    let text = |words: &str| Data::String(words.to_owned());
    let own = 7 * (1 + sample::edition().units.len());
    assert_eq!(stacked.rows().count(), 1 + 7 + 2 * own);
    // Back to a unit and its revision: the province, the unit, the indicator.
    let found = stacked.rows().find(|row| {
        row[1] == text("01") && row[2] == text("B04") && row[0] == text("don_vi") && row[4] == text("CAT")
    });
    assert_eq!(found.unwrap()[11], Data::Float(2_480.0));
    let row = read.row_of("Tệp đã dùng", 1, "24.xlsx");
    assert_eq!(read.cell("Tệp đã dùng", row, 5), text("2"));
}

#[test]
fn the_provinces_without_a_file_are_named() {
    let missing = merged(&[province("24", 1), province("01", 1)]).missing;
    assert_eq!(missing.len(), 32);
    assert!(missing.iter().all(|province| province.code != "24" && province.code != "01"));
    assert_eq!(missing[0].name, "Tỉnh Cao Bằng");
}

#[test]
fn what_a_province_added_itself_is_stacked_and_never_added() {
    let mut local = content("24", 1);
    let mut line = local.groups[1].indicators[0].clone();
    line.code = "DP.B01".to_owned();
    let own: Vec<UnitFigure> = local.units.iter().flat_map(|unit| &unit.figures).cloned().collect();
    assert!(!own.is_empty());
    for unit in &mut local.units {
        let copied = unit.figures.iter().find(|figure| figure.indicator == "B04").cloned();
        unit.figures.extend(copied.map(|figure| UnitFigure { indicator: "DP.B01".into(), ..figure }));
    }
    local.groups[1].indicators.push(line);
    let merged = merged(&[file("24.xlsx", &local), province("01", 1)]);
    assert!(merged.content.line("DP.B01").is_none());
    assert_eq!(merged.content.line("B04").unwrap().1.total.value, Some(2 * 1_397));
    let mut read = Read::open(write_national(&merged).unwrap());
    let stacked = read.values("Dữ liệu");
    let rows = stacked.rows().filter(|row| row[2] == Data::String("DP.B01".to_owned()));
    assert_eq!(rows.count(), 1 + sample::edition().units.len());
}

#[test]
fn thirty_provinces_give_thirty_times_one() {
    let codes = [
        "01", "04", "08", "11", "12", "14", "15", "19", "20", "22", "24", "25", "31", "33", "37", "38", "40",
        "42", "44", "46", "48", "51", "52", "56", "66", "68", "75", "79", "80", "82",
    ];
    let given: Vec<_> = codes.iter().map(|code| province(code, 1)).collect();
    let merged = merged(&given);
    assert_eq!(merged.content.line("B04").unwrap().1.total.value, Some(30 * 1_397));
    assert_eq!(merged.missing.len(), 4);
    write_national(&merged).unwrap();
}
