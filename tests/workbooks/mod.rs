//! The Ministry's workbook, read back with another library and recomputed by another program.

mod beside_paper;
mod charts;
mod contents;
mod copies;
mod lists;
pub mod marks;
mod plain_rows;
pub mod recomputed;
mod refusals;
pub mod sample;
mod text;

use std::io::Cursor;

use calamine::{Data, Range, Reader, SheetVisible, Xlsx};
use tonghop::consolidation::content::EditionContent;

/// A workbook as another program sees it.
pub struct Read {
    workbook: Xlsx<Cursor<Vec<u8>>>,
}

impl Read {
    /// Writes the content and opens the bytes.
    pub fn of(content: &EditionContent) -> Read {
        Read::open(tonghop::workbooks::write(content, tonghop::consolidation::EditionCopy::Ministry).unwrap())
    }

    /// Opens the bytes of a workbook.
    pub fn open(bytes: Vec<u8>) -> Read {
        Read { workbook: calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap() }
    }

    /// Names of the sheets, in order.
    pub fn sheets(&self) -> Vec<String> {
        self.workbook.sheet_names()
    }

    /// Those out of sight.
    fn hidden(&self) -> Vec<String> {
        let sheets = self.workbook.sheets_metadata().iter();
        sheets.filter(|one| one.visible != SheetVisible::Visible).map(|one| one.name.clone()).collect()
    }

    /// Values of a sheet; for formulas, the result kept beside them.
    pub fn values(&mut self, sheet: &str) -> Range<Data> {
        self.workbook.worksheet_range(sheet).unwrap()
    }

    /// Formulas of a sheet.
    pub fn formulas(&mut self, sheet: &str) -> Range<String> {
        self.workbook.worksheet_formula(sheet).unwrap()
    }

    /// Number of the first row whose cell in a column is this text, counted from 0 at the top of the sheet.
    pub fn row_of(&mut self, sheet: &str, column: u32, text: &str) -> u32 {
        let values = self.values(sheet);
        let (_, end) = (values.start().unwrap(), values.end().unwrap());
        (0..=end.0)
            .find(
                |row| matches!(values.get_value((*row, column)), Some(Data::String(found)) if found == text),
            )
            .unwrap_or_else(|| panic!("no {text:?} in column {column} of {sheet}"))
    }

    /// One cell by row and column from 0.
    pub fn cell(&mut self, sheet: &str, row: u32, column: u32) -> Data {
        self.values(sheet).get_value((row, column)).cloned().unwrap_or(Data::Empty)
    }

    /// One formula by row and column from 0; empty if there is none.
    pub fn formula(&mut self, sheet: &str, row: u32, column: u32) -> String {
        self.formulas(sheet).get_value((row, column)).cloned().unwrap_or_default()
    }
}
