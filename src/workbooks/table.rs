//! A sheet that is a table of words: title, period, headings that repeat on every page, numbered rows as high as their
//! text. What people typed is written as text.

use rust_xlsxwriter::{FormatAlign, Worksheet};

use super::cell_text::{CellText, fitting};
use super::page::{self, Columns};
use super::{WorkbookError, style};
use crate::consolidation::content::EditionContent;

/// A column: heading, width in characters, and whether its words stand in the middle.
pub(super) type Heading = (&'static str, f64, bool);

/// A table being written, row by row.
pub(super) struct Table<'a> {
    sheet: &'a mut Worksheet,
    headings: &'a [Heading],
    columns: Columns,
    row: u32,
}

impl<'a> Table<'a> {
    /// Sets up a sheet with its title and the period under it.
    pub(super) fn begin(
        sheet: &'a mut Worksheet,
        name: &str,
        title: &str,
        content: &EditionContent,
        headings: &'a [Heading],
    ) -> Result<Table<'a>, WorkbookError> {
        sheet.set_name(name)?;
        page::set_up(sheet);
        let columns = Columns(headings.iter().map(|(_, width, _)| *width).collect());
        columns.apply(sheet)?;
        let all = (0, columns.last());
        page::line(sheet, 0, all, title, &style::centred(14).set_bold())?;
        page::line(sheet, 1, all, &page::period_line(&content.identity), &style::centred(13).set_italic())?;
        let mut table = Table { sheet, headings, columns, row: 3 };
        table.heading()?;
        table.sheet.set_freeze_panes(4, 2)?;
        table.sheet.set_repeat_rows(3, 3)?;
        Ok(table)
    }

    fn heading(&mut self) -> Result<(), WorkbookError> {
        for (column, (heading, ..)) in (0_u16..).zip(self.headings) {
            self.sheet.words(self.row, column, *heading, &style::header())?;
        }
        let cells = self.headings.iter().map(|(heading, width, _)| (*heading, width));
        self.sheet.set_row_height(self.row, page::heading_height(cells))?;
        self.row += 1;
        Ok(())
    }

    /// One row.
    pub(super) fn row(&mut self, cells: &[String]) -> Result<(), WorkbookError> {
        let mut texts = Vec::new();
        for ((column, text), (_, width, centred)) in (0_u16..).zip(cells).zip(self.headings) {
            let align = if *centred { FormatAlign::Center } else { FormatAlign::Left };
            let format = style::text().set_align(align).set_align(FormatAlign::Top);
            let text = fitting(text);
            if text.is_empty() {
                self.sheet.write_blank(self.row, column, &style::empty())?;
            } else {
                self.sheet.words(self.row, column, &text, &format)?;
            }
            texts.push((text, *width));
        }
        let texts: Vec<(&str, f64)> = texts.iter().map(|(text, width)| (text.as_str(), *width)).collect();
        page::fit_row(self.sheet, self.row, &texts)?;
        self.row += 1;
        Ok(())
    }

    /// A row that says why there is no other.
    pub(super) fn nothing(&mut self, why: &str) -> Result<(), WorkbookError> {
        let all = (0, self.columns.last());
        page::line(self.sheet, self.row, all, why, &style::text().set_italic())?;
        self.row += 1;
        Ok(())
    }

    /// A remark over all columns, after a blank row.
    pub(super) fn note(&mut self, text: &str) -> Result<(), WorkbookError> {
        let all = (0, self.columns.last());
        page::note(self.sheet, self.row + 1, all, &self.columns, text)?;
        self.row += 2;
        Ok(())
    }
}
