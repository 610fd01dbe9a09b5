//! An uploaded table of units (.csv or .xlsx) as the lines of the text box, so that it can be mended there.
//! Stands between the file a person has and `listing`, which reads lines.

use std::collections::BTreeMap;

use calamine::{Data, DataRef, Reader};

use super::listing::{MOST_LINES, joined, written};
use crate::error::{Error, Problems};
use crate::sheets::{self, Bounds, Refusal};
use crate::vietnamese::limits::PARAGRAPH;
use crate::vietnamese::{clean_line, group_thousands};

/// Largest file taken, in bytes.
pub const LARGEST: usize = 2 * 1024 * 1024;
/// Two thousand lines are a few hundred thousand bytes, unpacked.
const BOUNDS: Bounds =
    Bounds { file: LARGEST, parts: 200, unpacked: 32 * 1024 * 1024, rows: 200_000, cells: 500_000 };
/// Columns of a list; what stands beyond is none of it.
const MOST_COLUMNS: u32 = 64;
/// Letters of a list at most: of a full one each line has five hundred. A text stored once in a workbook can be meant by
/// every cell, so they are counted as they are read.
pub const MOST_LETTERS: usize = 1_000_000;
/// Lines of a text that are looked at, blank ones too.
const MOST_LOOKED_AT: usize = 10 * MOST_LINES;

/// What is wrong with a list, typed or joined, that is too long to be read; it is not shown again.
fn too_long(text: &str) -> Option<String> {
    let long = text.chars().nth(MOST_LETTERS).is_some() || text.lines().nth(MOST_LOOKED_AT).is_some();
    long.then(|| {
        format!(
            "Danh sách quá dài: nhiều nhất {} chữ, {} dòng kể cả dòng trống. Quay lại trang trước, chia danh sách làm nhiều phần; chưa có gì được lưu.",
            count(MOST_LETTERS),
            count(MOST_LOOKED_AT)
        )
    })
}

fn count(number: usize) -> String {
    group_thousands(i64::try_from(number).unwrap_or(i64::MAX))
}

/// What of a table's letters is left to be read.
struct Left(usize);

impl Left {
    /// Takes the text of a cell in a line, from 0, off what is left.
    fn take(&mut self, text: &str, line: usize) -> Result<(), String> {
        // A text of one cell may be as long as a workbook: it is weighed before it is copied, and never shown.
        if !PARAGRAPH.holds(text) {
            return Err(format!(
                "Dòng {} của tệp có ô dài hơn {} ký tự. Rút ngắn rồi tải lại.",
                count(line + 1),
                count(PARAGRAPH.characters())
            ));
        }
        self.0 = self.0.checked_sub(text.chars().count()).ok_or_else(|| {
            format!("Bảng có hơn {} chữ. Chia làm nhiều tệp rồi tải lên từng tệp.", count(MOST_LETTERS))
        })?;
        Ok(())
    }
}

/// A typed list with the lines of a file; a file that is not taken is a problem at the field "file".
///
/// # Errors
/// [`Error::Refused`] for a list that is too long to be read, typed or joined.
pub fn with_file(text: String, file: Option<&[u8]>) -> Result<(String, Problems), Error> {
    let refused = |text: &str| too_long(text).map_or(Ok(()), |words| Err(Error::Refused(words)));
    let mut problems = Problems::default();
    refused(&text)?;
    let Some(bytes) = file else { return Ok((text, problems)) };
    match lines(bytes) {
        Ok(lines) => {
            let text = joined(&text, &lines);
            refused(&text)?;
            Ok((text, problems))
        }
        Err(message) => {
            problems.add("file", message);
            Ok((text, problems))
        }
    }
}

/// The lines of a table.
///
/// # Errors
/// In Vietnamese, what kind of file is taken, or what of it is too much.
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
    separated(text.trim_start_matches('\u{FEFF}'))
}

fn separated(text: &str) -> Result<Vec<String>, String> {
    let head = text.lines().next().unwrap_or_default();
    let count = |mark: u8| head.bytes().filter(|byte| *byte == mark).count();
    let delimiter = [b'\t', b';', b','].into_iter().max_by_key(|mark| count(*mark)).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let (mut left, mut lines) = (Left(MOST_LETTERS), Vec::new());
    for (number, record) in reader.records().map_while(Result::ok).take(MOST_LINES + 1).enumerate() {
        record.iter().try_for_each(|cell| left.take(cell, number))?;
        lines.push(line(record.iter().map(str::to_owned)));
    }
    lines.retain(|line| !line.is_empty());
    Ok(lines)
}

/// Cell by cell: one far out must not make a table of everything between.
fn workbook(bytes: &[u8]) -> Result<Vec<String>, String> {
    let unreadable = || "Không đọc được bảng tính này: mở bằng Excel rồi lưu lại thành .xlsx.".to_owned();
    let mut book = sheets::open(bytes, BOUNDS).map_err(|refusal| match refusal {
        Refusal::TooMuch(_) | Refusal::TooManyCells => {
            "Bảng tính có quá nhiều dòng hoặc ô. Chép riêng danh sách sang tệp mới rồi tải lên.".to_owned()
        }
        _ => unreadable(),
    })?;
    let first = book.sheet_names().first().cloned().ok_or_else(unreadable)?;
    let mut cells = book.worksheet_cells_reader(&first).map_err(|_| unreadable())?;
    let mut rows: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
    let mut left = Left(MOST_LETTERS);
    while let Some(found) = cells.next_cell().map_err(|_| unreadable())? {
        let (row, column) = found.get_position();
        if column >= MOST_COLUMNS {
            continue;
        }
        let words = match found.get_value() {
            DataRef::SharedString(text) => {
                left.take(text, row as usize)?;
                (*text).to_owned()
            }
            other => {
                let words = cell(&Data::from(other.clone()));
                left.take(&words, row as usize)?;
                words
            }
        };
        if words.is_empty() {
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
