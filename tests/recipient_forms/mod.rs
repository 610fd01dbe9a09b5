//! A recipient's form filled from the command line with an edition of the demo, beside the Ministry's workbook of the same
//! edition, which another writer makes.

mod pages;
mod sent;

use std::collections::HashMap;
use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;

use crate::cli::{said, tonghop};
use crate::support::app::TempDir;
use crate::support::database::TestDatabase;

fn export(url: &str, out: &Path, more: &[&str]) -> std::process::Output {
    let fixed = ["export", "--regime", "bac-giang", "--period", "2024-Y", "--database-url", url, "--out"];
    let out = [out.to_str().unwrap()];
    tonghop(&[&fixed[..], &out, more].concat(), "")
}

fn sheet(path: &Path, name: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    book.worksheet_range(name).unwrap().rows().map(<[Data]>::to_vec).collect()
}

fn number(cell: &Data) -> Option<f64> {
    match cell {
        Data::Float(number) => Some(*number),
        Data::Int(number) => Some(*number as f64),
        _ => None,
    }
}

/// What the annex says of an indicator: same period, this period, so far, "n/N".
type Said = (Option<f64>, Option<f64>, Option<f64>, String);

/// By code.
fn annex(path: &Path) -> HashMap<String, Said> {
    let rows = sheet(path, "Tổng hợp");
    let heading = rows.iter().position(|row| row[1] == "Mã số").unwrap();
    rows[heading + 2..]
        .iter()
        .filter(|row| row[9].to_string().contains('/'))
        .map(|row| {
            (row[1].to_string(), (number(&row[4]), number(&row[5]), number(&row[8]), row[9].to_string()))
        })
        .collect()
}

#[test]
fn a_form_says_what_the_ministrys_workbook_says() {
    let (database, folder) = (TestDatabase::demo(), TempDir::new());
    let (url, at) = (database.url(), |name: &str| folder.0.join(name));
    assert!(export(&url, &at("ministry.xlsx"), &[]).status.success());
    let annex = annex(&at("ministry.xlsx"));
    let data = sheet(&at("ministry.xlsx"), "Dữ liệu");
    assert!(annex.len() > 20, "{}", annex.len());

    let mut book = Workbook::new();
    let totals = book.add_worksheet().set_name("Toàn tỉnh").unwrap();
    let codes: Vec<&String> = annex.keys().collect();
    for (row, code) in (0..).zip(&codes) {
        totals.write(row, 0, code.as_str()).unwrap();
        for (column, name) in (1..).zip(["same_period", "total", "cumulative", "given", "asked"]) {
            totals.write(row, column, format!("{{{{{code}.{name}}}}}")).unwrap();
        }
    }
    let units = book.add_worksheet().set_name("Đơn vị").unwrap();
    units.write(0, 0, "{{units}}{{unit.code}}").unwrap();
    for (column, code) in (1..).zip(&codes) {
        units.write(0, column, format!("{{{{{code}.value}}}}")).unwrap();
    }
    book.save(at("form.xlsx")).unwrap();
    let form = at("form.xlsx");
    let bound = ["--form", form.to_str().unwrap(), "--bind", "Toàn tỉnh!J1=period.label"];
    let output = export(&url, &at("filled.xlsx"), &bound);
    assert!(output.status.success(), "{}", said(&output));
    assert!(sheet(&at("filled.xlsx"), "Toàn tỉnh")[0][9].to_string().contains("2024"));

    for row in sheet(&at("filled.xlsx"), "Toàn tỉnh") {
        let (same, now, so_far, share) = &annex[&row[0].to_string()];
        assert_eq!((number(&row[1]), number(&row[2]), number(&row[3])), (*same, *now, *so_far), "{}", row[0]);
        assert_eq!(format!("{}/{}", row[4], row[5]), *share, "{}", row[0]);
    }
    // The sheet for machines has a row for each unit and indicator; classified groups have none there.
    let column = |name: &str| data[0].iter().position(|heading| *heading == name).unwrap();
    let (indicator, unit, value) = (column("ma_chi_tieu"), column("ma_don_vi"), column("gia_tri"));
    let mut said: HashMap<(String, String), f64> = HashMap::new();
    for row in &data[1..] {
        if let Some(number) = number(&row[value]) {
            said.insert((row[unit].to_string(), row[indicator].to_string()), number);
        }
    }
    let mut compared = 0;
    for row in sheet(&at("filled.xlsx"), "Đơn vị") {
        for (cell, code) in row[1..].iter().zip(&codes) {
            let of_unit = said.get(&(row[0].to_string(), (*code).clone())).copied();
            if let Some(number) = number(cell) {
                assert_eq!(Some(number), of_unit, "{} {code}", row[0]);
                compared += 1;
            }
        }
    }
    assert!(compared > 200, "{compared}");
}

#[test]
fn a_form_with_faults_is_not_filled() {
    let (database, folder) = (TestDatabase::demo(), TempDir::new());
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Biểu").unwrap().write(2, 1, "{{A01.tong}}").unwrap();
    book.save(folder.0.join("form.xlsx")).unwrap();
    let form = folder.0.join("form.xlsx");
    let output = export(&database.url(), &folder.0.join("out.xlsx"), &["--form", form.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said(&output).contains("Trang “Biểu”, ô B3: không có dữ liệu nào tên “A01.tong”."),
        "{}",
        said(&output)
    );
    assert!(!folder.0.join("out.xlsx").exists());

    std::fs::write(&form, "TT;Đơn vị").unwrap();
    let output = export(&database.url(), &folder.0.join("out.xlsx"), &["--form", form.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("Không phải bảng tính .xlsx."), "{}", said(&output));
}
