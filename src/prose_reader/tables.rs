//! Tables of the text that answer a list table of the form: rows with bars or tabs between the cells, below a row that names its
//! columns. A row without the cells of its columns stays text, and so does a table that no list asks for.

use std::collections::{BTreeMap, HashSet};

use super::asked::Form;
use super::heads::{Heads, Lists, cells, is_counter};
use super::pieces::Parted;
use super::prose::Table;
use crate::plan_reader::Sure;
use crate::vietnamese::search_key;

/// Tables of a report, and rows of one, at most.
const TABLES: usize = 20;
const ROWS: usize = 500;
/// Lines between two rows, at most: a cell over the whole width is a line of its own.
const BETWEEN: usize = 2;

/// A table whose rows are being read.
struct Open<'f> {
    heads: Heads<'f>,
    table: Table,
    /// Cells that hold something and have no column.
    left: Vec<bool>,
    /// Lines since the last row.
    since: usize,
    /// No row but rules has come below the names.
    fresh: bool,
}

/// The tables of a text that a form has lists for.
pub(super) fn of(lines: &[&str], form: &Form) -> Vec<Table> {
    let lists = Lists::of(form);
    let mut tables: Vec<Table> = Vec::new();
    let mut open: Option<Open<'_>> = None;
    for (line, number) in lines.iter().zip(1..) {
        if tables.len() >= TABLES {
            return tables;
        }
        if line.trim().is_empty() {
            continue;
        }
        if !is_row(line) {
            let ends = open.as_mut().is_some_and(Open::ends_without_row);
            if ends {
                tables.extend(open.take().and_then(Open::closed));
            }
        } else if let Some(heads) = lists.heads(line) {
            tables.extend(open.take().and_then(Open::closed));
            open = Some(Open::begun(heads, number));
        } else if let Some(open) = &mut open {
            open.take_row(line, number);
        }
    }
    tables.extend(open.take().and_then(Open::closed));
    tables
}

/// Two bars, or two tabs.
fn is_row(line: &str) -> bool {
    ['|', '\t'].into_iter().any(|mark| line.matches(mark).count() >= 2)
}

impl<'f> Open<'f> {
    fn begun(heads: Heads<'f>, line: usize) -> Open<'f> {
        let table = Table {
            list: heads.list.code.clone(),
            rows: Vec::new(),
            unread: 0,
            left: Vec::new(),
            lines: vec![line],
            sure: heads.sure,
        };
        let left = vec![false; heads.names.len()];
        Open { heads, table, left, since: 0, fresh: true }
    }

    /// Whether another line that is no row ends the table.
    fn ends_without_row(&mut self) -> bool {
        self.since += 1;
        self.since > BETWEEN
    }

    /// The table, if it has rows.
    fn closed(self) -> Option<Table> {
        let mut table = self.table;
        let left = self.heads.names.into_iter().zip(self.left).filter(|(_, left)| *left);
        table.left = left.map(|(name, _)| name).collect();
        (!table.rows.is_empty()).then_some(table)
    }

    /// Takes a row; one without the cells of its columns is counted and stays text.
    fn take_row(&mut self, line: &str, number: usize) {
        self.since = 0;
        let (heads, table) = (&self.heads, &mut self.table);
        let cells = cells(line, heads.framed);
        // A line between names and rows, and "(1) | (2) | (3)" directly below the names.
        let ruled = cells.iter().all(|cell| cell.chars().all(|c| matches!(c, '-' | ':' | '=')));
        if ruled || (self.fresh && is_numbering(&cells)) {
            table.lines.push(number);
            return;
        }
        self.fresh = false;
        let mut row: BTreeMap<String, String> = BTreeMap::new();
        for (cell, place) in cells.iter().zip(&heads.places).filter(|(cell, _)| !cell.is_empty()) {
            if let Some(column) = place {
                row.insert(heads.list.columns[*column].code.clone(), cell.clone());
            }
        }
        let mut asked = heads.places.iter().flatten().map(|column| &heads.list.columns[*column]);
        let lacks = asked.any(|column| column.required && !row.contains_key(&column.code));
        if cells.len() != heads.names.len() || row.is_empty() || lacks || table.rows.len() >= ROWS {
            table.unread += 1;
            return;
        }
        for (at, _) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            self.left[at] |= heads.places[at].is_none() && !is_counter(&search_key(&heads.names[at]));
        }
        table.rows.push(row);
        table.lines.push(number);
    }
}

/// Whether a row numbers the columns: "1 | 2 | 3", or "(1) | (2) | (3)", and nothing else.
fn is_numbering(cells: &[String]) -> bool {
    let numbers = |cell: &String, number: usize| {
        let bare = cell.strip_prefix('(').and_then(|cell| cell.strip_suffix(')')).unwrap_or(cell);
        bare.trim() == number.to_string()
    };
    cells.len() > 1 && cells.iter().zip(1..).all(|(cell, number)| numbers(cell, number))
}

/// The pieces with the rows of each table that is surely a list's in a piece of their own, which goes to no section: they would say
/// the same there once more. A table with columns that the list does not have stays where it is.
pub(super) fn set_apart(pieces: Vec<Parted>, tables: &[Table]) -> Vec<Parted> {
    let sure = tables.iter().filter(|table| table.sure > Sure::Guess && table.left.is_empty());
    let rows: HashSet<usize> = sure.flat_map(|table| table.lines.iter().copied()).collect();
    let of_table = |lines: &[usize]| !lines.is_empty() && lines.iter().all(|line| rows.contains(line));
    let mut apart = Vec::with_capacity(pieces.len());
    for part in pieces {
        if !part.paragraphs.iter().any(|(_, lines)| of_table(lines)) {
            apart.push(part);
            continue;
        }
        let mut now = part.begun(true);
        for (text, lines) in &part.paragraphs {
            let table = of_table(lines);
            if table != now.table {
                let next = part.begun(false);
                let before = std::mem::replace(&mut now, next);
                if !before.is_empty() {
                    apart.push(before);
                }
                now.table = table;
                if table {
                    now.piece.section = None;
                }
            }
            now.push((text.clone(), lines.clone()), part.piece.sure);
        }
        apart.push(now);
    }
    apart
}
