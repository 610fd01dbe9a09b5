//! The totals of the demo's workbooks against those that another program in another language folds out of the sheet
//! *Dữ liệu* (independent.py, Python's standard library only).

use std::process::Command;

use calamine::Data;

use super::{make, open, period_id, workbook};
use crate::support::app::{TempDir, TestApp};

/// Code, total, n/N as *Tổng hợp* has them.
fn annex(bytes: Vec<u8>) -> Vec<(String, String)> {
    let found = super::summary(bytes);
    let total = |data: &Data| match data {
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        _ => "-".to_owned(),
    };
    found.into_iter().map(|(code, now, share)| (code, format!("{}\t{share}", total(&now)))).collect()
}

/// The same as the other program computes it.
fn computed(bytes: &[u8]) -> Vec<(String, String)> {
    let folder = TempDir::new();
    let path = folder.0.join("book.xlsx");
    std::fs::write(&path, bytes).unwrap();
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/editions/independent.py");
    let output = Command::new("python3")
        .args(["-I", program])
        .arg(&path)
        .env("PYTHONIOENCODING", "utf-8")
        .output()
        .unwrap_or_else(|e| panic!("this test needs python3: {e}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    let line = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        (cells[0].to_owned(), format!("{}\t{}/{}", cells[1], cells[2], cells[3]))
    };
    lines.lines().map(line).collect()
}

#[test]
fn another_language_finds_the_same_totals_in_the_sheet_of_data() {
    let app = TestApp::demo();
    let compiler = app.client("tonghop.catinh.bacgiang");
    let mut editions = vec![make(&compiler, period_id(&app, "bac-giang", "2025-H1"))];
    let page = compiler.get("/editions").ok();
    let approved = page.split("href=\"/editions/").skip(1).filter_map(|rest| rest.split('"').next());
    editions.extend(approved.filter(|id| !id.contains('/')).map(|id| format!("/editions/{id}")));
    editions.dedup();
    let mut compared = 0;
    for edition in &editions {
        // The collector's own copy: the rows of every unit, also of classified groups.
        let bytes = workbook(&compiler, edition, "internal");
        let (said, found) = (annex(bytes.clone()), computed(&bytes));
        assert_eq!(said, found, "{edition}");
        assert_eq!(formulas(bytes), 0);
        compared += said.iter().filter(|(_, total)| !total.starts_with('-')).count();
    }
    assert!(editions.len() >= 4 && compared > 60, "{} editions, {compared} totals", editions.len());
}

/// Formulas of the sheet of data.
fn formulas(bytes: Vec<u8>) -> usize {
    let range = calamine::Reader::worksheet_formula(&mut open(bytes), "Dữ liệu").unwrap();
    range.used_cells().filter(|(.., formula)| !formula.is_empty()).count()
}
