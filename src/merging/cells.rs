//! The cells of one sheet, row by row, within bounds. Texts are kept once each: a province repeats its names thousands
//! of times.

use std::collections::HashMap;

use calamine::DataRef;

use super::Given;
use super::fault::Fault;
use super::open::{Book, unreadable};

/// Rows of a sheet, columns and cells at most: twice what a province of four thousand units and sixty indicators takes.
pub(super) const MOST_ROWS: u32 = 600_000;
const MOST_COLUMNS: u32 = 64;
pub(super) const MOST_CELLS: u32 = 9_000_000;
/// Characters of a text at most, as a cell of a spreadsheet holds them.
const LONGEST: usize = 32_767;

/// What stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    /// Place of a text in the file's own list.
    Text(u32),
    Number(f64),
}

/// One row of a sheet: its cells with their columns, from left to right.
#[derive(Clone, Debug, PartialEq)]
pub struct StackedRow {
    /// From 0, as in the sheet it came from.
    pub row: u32,
    pub cells: Vec<(u16, Cell)>,
}

impl StackedRow {
    /// The cell of a column.
    pub fn cell(&self, column: u16) -> Option<Cell> {
        self.cells.iter().find(|(at, _)| *at == column).map(|(_, cell)| *cell)
    }
}

/// Texts of one file, each once.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    places: HashMap<String, u32>,
    all: Vec<String>,
}

impl Texts {
    /// The text of a place.
    pub fn get(&self, place: u32) -> &str {
        self.all.get(place as usize).map_or("", String::as_str)
    }

    /// All of them, in the order of their places.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(String::as_str)
    }

    fn keep(&mut self, text: &str) -> u32 {
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        let place = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push(text.to_owned());
        self.places.insert(text.to_owned(), place);
        place
    }
}

/// Reads a sheet. Blank cells and blank texts are not cells.
///
/// # Errors
/// Where the sheet goes beyond its bounds, or holds what is neither text nor number.
pub(super) fn rows(
    book: &mut Book<'_>,
    given: &Given,
    sheet: &str,
    texts: &mut Texts,
) -> Result<Vec<StackedRow>, Fault> {
    let broken = |error| Fault::of_file(&given.name, unreadable(&error));
    let mut reader = book.worksheet_cells_reader(sheet).map_err(broken)?;
    let mut rows: Vec<StackedRow> = Vec::new();
    let mut count = 0;
    while let Some(found) = reader.next_cell().map_err(broken)? {
        let (row, column) = found.get_position();
        let place = (row, u16::try_from(column).unwrap_or(u16::MAX));
        let fault = |message: &str| Fault::at(&given.name, sheet, place, message);
        count += 1;
        if row >= MOST_ROWS || column >= MOST_COLUMNS || count > MOST_CELLS {
            return Err(fault("Trang có nhiều dòng, nhiều cột hoặc nhiều ô hơn mọi tệp tổng hợp."));
        }
        let cell = match found.get_value() {
            DataRef::Empty => continue,
            DataRef::Float(number) if number.is_finite() => Cell::Number(*number),
            DataRef::Int(number) => {
                // Beyond 2^53 a spreadsheet does not hold a whole number.
                Cell::Number(number.to_string().parse().map_err(|_| fault("Không đọc được số."))?)
            }
            DataRef::String(text) => match text_of(text) {
                Some("") => continue,
                Some(text) => Cell::Text(texts.keep(text)),
                None => return Err(fault("Ô có quá nhiều chữ.")),
            },
            DataRef::SharedString(text) => match text_of(text) {
                Some("") => continue,
                Some(text) => Cell::Text(texts.keep(text)),
                None => return Err(fault("Ô có quá nhiều chữ.")),
            },
            _ => return Err(fault("Ô chỉ được có chữ hoặc số: không có ngày, công thức, lỗi.")),
        };
        match rows.last_mut() {
            Some(last) if last.row == row => last.cells.push((place.1, cell)),
            Some(last) if last.row > row => return Err(fault("Các dòng không theo thứ tự.")),
            _ => rows.push(StackedRow { row, cells: vec![(place.1, cell)] }),
        }
    }
    Ok(rows)
}

fn text_of(text: &str) -> Option<&str> {
    // Bytes first: they are counted already, and no fewer than characters.
    (text.len() <= LONGEST || text.encode_utf16().count() <= LONGEST).then_some(text)
}
