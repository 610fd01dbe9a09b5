//! A sheet as a table of lines and columns, as it stands or turned on its side. Pure; stands between cells of a workbook and whoever
//! looks for headings, names and figures, none of whom knows which way the table lies.

use std::ops::RangeInclusive;

use crate::unit_workbook::values::Raw;
use crate::unit_workbook::{Cell, Grid, Place, line};

/// Columns of a table that are looked at; a turned one may have as many indicators.
pub const MOST_COLUMNS: u32 = 400;

/// A sheet, lines down and columns across.
#[derive(Debug, Clone, Copy)]
pub struct Table<'a> {
    grid: &'a Grid,
    turned: bool,
}

impl<'a> Table<'a> {
    pub fn new(grid: &'a Grid, turned: bool) -> Table<'a> {
        Table { grid, turned }
    }

    pub fn sheet(&self) -> &'a str {
        &self.grid.sheet
    }

    fn at(&self, at: u32, column: u32) -> Option<(u32, u16)> {
        let (row, column) = if self.turned { (column, at) } else { (at, column) };
        Some((row, u16::try_from(column).ok()?))
    }

    /// What stands there; a cell merged with others along its line holds what the first of them does.
    pub fn cell(&self, at: u32, column: u32) -> Option<&'a Cell> {
        let (row, column) = self.at(at, column)?;
        if !self.turned {
            return self.grid.cell(row, column);
        }
        let merged = self.grid.merged_at(row, column).filter(|cells| cells.start.1 == u32::from(column));
        self.grid.cell(merged.map_or(row, |cells| cells.start.0), column)
    }

    /// The columns that a cell merged along its line covers; none of a cell for itself.
    fn covers(&self, at: u32, column: u32) -> Option<RangeInclusive<u32>> {
        let (row, cell) = self.at(at, column)?;
        let merged = self.grid.merged_at(row, cell)?;
        let (from, to) = match self.turned {
            true => (merged.start.0, merged.end.0),
            false => (merged.start.1, merged.end.1),
        };
        (from < to).then_some(from..=to)
    }

    /// The same as one line of text, typed for whatever font.
    pub fn text(&self, at: u32, column: u32) -> String {
        self.cell(at, column).map_or_else(String::new, words)
    }

    pub fn place(&self, at: u32, column: u32) -> Place {
        let (row, column) = self.at(at, column).unwrap_or_default();
        Place::at(&self.grid.sheet, row, column)
    }

    /// One more than the last line, and than the last column, that hold something.
    pub fn size(&self) -> (u32, u32) {
        let rows = self.grid.rows.last().map_or(0, |(row, _)| row + 1);
        let widest = self.grid.rows.iter().filter_map(|(_, cells)| cells.last()).map(|(column, _)| *column);
        let columns = widest.max().map_or(0, |column| u32::from(column) + 1);
        let (lines, columns) = if self.turned { (columns, rows) } else { (rows, columns) };
        (lines, columns.min(MOST_COLUMNS))
    }

    /// How a line or a column of the sheet is called: "12", "C".
    pub fn line_name(&self, at: u32) -> String {
        if self.turned { letters(at) } else { (at + 1).to_string() }
    }

    pub fn column_name(&self, column: u32) -> String {
        if self.turned { (column + 1).to_string() } else { letters(column) }
    }

    /// The heading of a column: what stands in the line of headings, or right above where it hangs over several lines.
    pub fn heading(&self, head: u32, column: u32) -> String {
        let above = (head.saturating_sub(2)..=head).rev();
        above.map(|at| self.text(at, column)).find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// The heading of a column after those it stands under with others: "Tuyên truyền trực tiếp · Số buổi". A line over the
    /// whole table, which covers the names of the units too, is no heading of a column.
    pub fn full_heading(&self, head: u32, column: u32, units: u32) -> String {
        let own = self.heading(head, column);
        let Some(at) = (head.saturating_sub(2)..=head).rev().find(|at| !self.text(*at, column).is_empty())
        else {
            return own;
        };
        let over = |at: &u32| self.covers(*at, column).is_some_and(|columns| !columns.contains(&units));
        let mut words: Vec<String> =
            (at.saturating_sub(3)..at).filter(over).map(|at| self.text(at, column)).collect();
        words.retain(|text| !text.is_empty() && *text != own);
        words.dedup();
        words.push(own);
        words.join(" · ")
    }

    /// Whether what stands in a line of headings is over several columns that have headings of their own right below.
    pub fn is_over(&self, head: u32, column: u32) -> bool {
        let below = self.text(head + 1, column);
        self.covers(head, column).is_some()
            && below.chars().any(char::is_alphabetic)
            && below != self.text(head, column)
    }

    /// Whether a column holds titles rather than figures: of a turned table the rows above the names of its units.
    pub fn is_title(&self, column: u32, units: u32) -> bool {
        self.turned && column < units
    }

    /// Whether a cell stands for itself, or is the first of those it is merged with in the lines below it.
    pub fn is_first(&self, at: u32, column: u32) -> bool {
        let Some((row, cell)) = self.at(at, column) else { return true };
        self.grid.merged_at(row, cell).is_none_or(|merged| match self.turned {
            true => merged.start.1 == u32::from(cell),
            false => merged.start.0 == row,
        })
    }

    /// The headings above the one of a column, which may say what it is counted in.
    pub fn above(&self, head: u32, column: u32) -> Vec<String> {
        (head.saturating_sub(3)..head)
            .map(|at| self.text(at, column))
            .filter(|text| !text.is_empty())
            .collect()
    }
}

/// A cell as one line of text; what was typed for an old font is turned into Unicode.
pub fn words(cell: &Cell) -> String {
    match (&cell.raw, cell.legacy) {
        (Raw::Text(text), Some(legacy)) => crate::vietnamese::clean_line(&legacy.to_unicode(text)),
        _ => line(cell),
    }
}

fn letters(column: u32) -> String {
    crate::workbooks::schema::letters(u16::try_from(column).unwrap_or(u16::MAX))
}
