//! Where a table stands among the sheets: by the hidden row that names it, or where that is gone by its headings. Stands
//! between the cells of the workbook and the readers of lines, which know columns only by their codes.

use std::ops::RangeInclusive;

use super::cells::{Cell, Grid, Row};
use super::layout::{COLUMN_MARK, OLDER, TABLE_MARK, Table};
use super::values::Raw;
use crate::vietnamese::{clean_line, search_key};

/// A table that was found.
#[derive(Debug, Clone)]
pub(super) struct Found<'a> {
    pub grid: &'a Grid,
    /// Row of its headings or of their names.
    pub head: u32,
    /// The columns asked for, where they stand; none of one that is gone.
    columns: Vec<Option<u16>>,
    table: &'a Table,
    /// The row in which another table begins.
    end: u32,
}

impl<'a> Found<'a> {
    /// Where a column stands.
    pub(super) fn column(&self, code: &str) -> Option<u16> {
        let at = self.table.columns.iter().position(|(column, _)| column == code)?;
        self.columns[at]
    }

    /// Headings of the needed columns that are not there.
    pub(super) fn lacking(&self) -> Vec<&'a str> {
        let asked = self.table.columns.iter().zip(&self.columns).take(self.table.needed);
        asked.filter(|(_, at)| at.is_none()).map(|((_, heading), _)| heading.as_str()).collect()
    }

    /// The cell of a column in a row.
    pub(super) fn cell(&self, row: u32, code: &str) -> Option<&'a Cell> {
        self.grid.cell(row, self.column(code)?)
    }

    /// A cell as one line of text.
    pub(super) fn line(&self, row: u32, code: &str) -> String {
        self.cell(row, code).map_or_else(String::new, line)
    }

    /// The rows below the headings that hold something.
    pub(super) fn rows(&self) -> impl Iterator<Item = &'a (u32, Row)> + use<'a> {
        /// The headings themselves stand right below their names.
        const NEAR: u32 = 3;
        let (head, end) = (self.head, self.end);
        let headings = self.headings(head..=head.saturating_add(NEAR));
        let below = self.grid.rows.iter().filter(move |(row, _)| *row > head && *row < end);
        below.filter(move |(row, _)| !headings.contains(row))
    }

    /// Those of these rows in which headings of this table stand.
    fn headings(&self, rows: RangeInclusive<u32>) -> Vec<u32> {
        let keys: Vec<String> = self.table.columns.iter().map(|(_, heading)| search_key(heading)).collect();
        let here = |row: u32, at: Option<u16>| {
            let cell = at.and_then(|at| self.grid.cell(row, at))?;
            // No heading is a number.
            matches!(cell.raw, Raw::Text(_)).then(|| search_key(&line(cell))).filter(|key| !key.is_empty())
        };
        let is_heading = |row: u32, at: Option<u16>, key: &String, heading: &str| {
            here(row, at).is_some_and(|here| here == *key || was(&here, heading))
        };
        let met = |row: u32| {
            let asked = self.table.columns.iter().zip(&keys).zip(&self.columns);
            asked.filter(|(((_, heading), key), at)| is_heading(row, **at, key, heading)).count()
        };
        rows.filter(|row| met(*row) >= keys.len().min(2)).collect()
    }
}

/// A text cell as one line; a number as its digits.
pub fn line(cell: &Cell) -> String {
    match &cell.raw {
        Raw::Text(text) => clean_line(text),
        other => super::values::typed(other, super::values::Takes::Words).text,
    }
}

/// Whether a column was called so, by its key, in workbooks of before.
fn was(key: &str, heading: &str) -> bool {
    OLDER.iter().any(|(before, now)| *now == heading && search_key(before) == key)
}

/// Finds a table on any sheet.
pub(super) fn find<'a>(grids: &'a [Grid], table: &'a Table) -> Option<Found<'a>> {
    grids
        .iter()
        .find_map(|grid| by_mark(grid, table))
        .or_else(|| grids.iter().find_map(|grid| by_headings(grid, table)))
}

/// The code after a mark.
fn marked<'a>(cell: &'a Cell, mark: &str) -> Option<&'a str> {
    match &cell.raw {
        // The first cell names the table and its own column.
        Raw::Text(text) if text.starts_with('#') => {
            text.split_whitespace().find_map(|word| word.strip_prefix(mark))
        }
        _ => None,
    }
}

fn by_mark<'a>(grid: &'a Grid, table: &'a Table) -> Option<Found<'a>> {
    let names = |cell: &Cell| marked(cell, TABLE_MARK).is_some_and(|code| code == table.code);
    let (head, cells) = grid.rows.iter().find(|(_, cells)| cells.iter().any(|(_, cell)| names(cell)))?;
    let place = |(code, _): &(String, String)| {
        let found =
            cells.iter().find(|(_, cell)| marked(cell, COLUMN_MARK).is_some_and(|column| column == code));
        found.map(|(at, _)| *at)
    };
    Some(Found {
        grid,
        head: *head,
        columns: table.columns.iter().map(place).collect(),
        table,
        end: end(grid, *head),
    })
}

/// A row that holds every heading of the columns needed.
fn by_headings<'a>(grid: &'a Grid, table: &'a Table) -> Option<Found<'a>> {
    /// Headings stand near the top; the rest of a long sheet is not compared.
    const NEAR: usize = 200;
    let place = |keys: &[(u16, String)], heading: &str| {
        let wanted = search_key(heading);
        let now = keys.iter().find(|(_, key)| *key == wanted);
        now.or_else(|| keys.iter().find(|(_, key)| was(key, heading))).map(|(at, _)| *at)
    };
    let named = |(_, cells): &(u32, Row)| cells.iter().any(|(_, cell)| marked(cell, TABLE_MARK).is_some());
    grid.rows.iter().enumerate().take(NEAR).find_map(|(at, (head, cells))| {
        // Headings below names belong to the table that is named there.
        if cells.len() < table.needed || at.checked_sub(1).is_some_and(|above| named(&grid.rows[above])) {
            return None;
        }
        let keys: Vec<(u16, String)> =
            cells.iter().map(|(at, cell)| (*at, search_key(&line(cell)))).collect();
        let columns: Vec<Option<u16>> =
            table.columns.iter().map(|(_, heading)| place(&keys, heading)).collect();
        let whole = columns.iter().take(table.needed).all(Option::is_some);
        whole.then(|| Found { grid, head: *head, columns, table, end: end(grid, *head) })
    })
}

/// The row in which the next table begins.
fn end(grid: &Grid, head: u32) -> u32 {
    let begins = |(row, cells): &&(u32, Row)| {
        *row > head && cells.iter().any(|(_, cell)| marked(cell, TABLE_MARK).is_some())
    };
    grid.rows.iter().find(begins).map_or(u32::MAX, |(row, _)| *row)
}
