//! An uploaded table of units (.csv or .xlsx) as the lines of the text box, so that it can be mended there.
//! Stands between the file a person has and `listing`, which reads lines.

use std::collections::BTreeMap;

use calamine::{Data, Reader};

use super::listing::{MOST_LINES, written};
use crate::sheets::{self, Bounds};
use crate::vietnamese::clean_line;

/// Largest file taken, in bytes.
pub const LARGEST: usize = 2 * 1024 * 1024;
/// Two thousand lines are a few hundred thousand bytes, unpacked.
const BOUNDS: Bounds = Bounds { file: LARGEST, parts: 200, unpacked: 32 * 1024 * 1024 };
/// Columns of a list; what stands beyond is none of it.
const MOST_COLUMNS: u32 = 64;

/// The lines of a table.
///
/// # Errors
/// In Vietnamese, what kind of file is taken.
pub fn lines(bytes: &[u8]) -> Result<Vec<String>, String> {
    if bytes.starts_with(b"PK\x03\x04") {
        return workbook(bytes);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err("Tệp .xls đời cũ chưa đọc được: lưu lại thành .xlsx hoặc .csv.".into());
    }
    let text = std::str::from_utf8(bytes).map_err(
        |_| "Tệp không phải .xlsx, cũng không phải .csv mã UTF-8: lưu lại theo một trong hai dạng.",
    )?;
    Ok(separated(text.trim_start_matches('\u{FEFF}')))
}

fn separated(text: &str) -> Vec<String> {
    let head = text.lines().next().unwrap_or_default();
    let count = |mark: u8| head.bytes().filter(|byte| *byte == mark).count();
    let delimiter = [b'\t', b';', b','].into_iter().max_by_key(|mark| count(*mark)).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let records = reader.records().map_while(Result::ok).take(MOST_LINES + 1);
    records.map(|record| line(record.iter().map(str::to_owned))).filter(|line| !line.is_empty()).collect()
}

/// Cell by cell: one far out must not make a table of everything between.
fn workbook(bytes: &[u8]) -> Result<Vec<String>, String> {
    let unreadable = || "Không đọc được bảng tính này: mở bằng Excel rồi lưu lại thành .xlsx.".to_owned();
    let mut book = sheets::open(bytes, BOUNDS).map_err(|_| unreadable())?;
    let first = book.sheet_names().first().cloned().ok_or_else(unreadable)?;
    let mut cells = book.worksheet_cells_reader(&first).map_err(|_| unreadable())?;
    let mut rows: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
    while let Some(found) = cells.next_cell().map_err(|_| unreadable())? {
        let (row, column) = found.get_position();
        let words = cell(&Data::from(found.get_value().clone()));
        if words.is_empty() || column >= MOST_COLUMNS {
            continue;
        }
        rows.entry(row).or_default().insert(column, words);
        if rows.len() > MOST_LINES {
            break;
        }
    }
    let first = rows.values().filter_map(|row| row.keys().next()).min().copied().unwrap_or_default();
    let whole = |mut row: BTreeMap<u32, String>| {
        let last = row.keys().next_back().copied().unwrap_or(first);
        line((first..=last).map(move |column| row.remove(&column).unwrap_or_default()))
    };
    Ok(rows.into_values().map(whole).filter(|line| !line.is_empty()).collect())
}

fn cell(data: &Data) -> String {
    match data {
        Data::Empty | Data::Error(_) => String::new(),
        other => other.to_string(),
    }
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.map(|cell| clean_line(&cell)).collect();
    written(&cells.iter().map(String::as_str).collect::<Vec<_>>())
}
