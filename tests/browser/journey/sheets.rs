//! The Ministry's workbook as another program reads it. Stands between the bytes of a download and the journeys.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};

/// One row of the sheet *Dữ liệu*, by the heading of its column.
pub type Row = HashMap<String, Data>;

/// All rows of *Dữ liệu*.
pub fn data_rows(bytes: &[u8]) -> Vec<Row> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    let sheet = book.worksheet_range("Dữ liệu").expect("the sheet of data");
    let mut rows = sheet.rows();
    let headings: Vec<String> = rows.next().expect("a heading").iter().map(ToString::to_string).collect();
    rows.map(|row| headings.iter().cloned().zip(row.iter().cloned()).collect()).collect()
}

/// "Kỳ này" of one indicator in the sheet *Tổng hợp*.
pub fn annex_value(bytes: &[u8], code: &str) -> f64 {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    let sheet = book.worksheet_range("Tổng hợp").expect("the annex");
    let row = sheet.rows().find(|row| row[1] == Data::String(code.to_owned()));
    number(&row.expect("a row of the indicator")[5]).expect("a number")
}

pub fn text(row: &Row, heading: &str) -> String {
    row.get(heading).map(ToString::to_string).unwrap_or_default()
}

pub fn value(row: &Row) -> Option<f64> {
    number(&row["gia_tri"])
}

fn number(cell: &Data) -> Option<f64> {
    match cell {
        Data::Float(value) => Some(*value),
        Data::Int(value) => i32::try_from(*value).ok().map(f64::from),
        _ => None,
    }
}
