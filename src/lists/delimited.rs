//! A list pasted into a text box or uploaded, a line a row, its cells parted by `|`, a tab or `;`. Stands between the text
//! and what a room makes of its rows: which columns there are, and what is wrong with them, is the room's own.

use std::sync::Arc;

use crate::vietnamese::{clean_line, search_key};

/// One line that is not blank.
#[derive(Debug, Clone)]
pub struct Delimited<C> {
    /// From 1, as the text box counts.
    pub number: usize,
    cells: Vec<String>,
    columns: Arc<[Option<C>]>,
}

impl<C: PartialEq> Delimited<C> {
    /// The cell under a column; "" where the line has none.
    pub fn cell(&self, wanted: C) -> String {
        let at = self.columns.iter().position(|column| column.as_ref() == Some(&wanted));
        at.and_then(|at| self.cells.get(at)).cloned().unwrap_or_default()
    }
}

/// The lines of a list. A first line that names all columns of `needed` says the order of the columns, each by one of
/// `heads`, and is no row; otherwise they are as `usual`.
pub fn delimited<C: Copy + PartialEq>(
    text: &str,
    usual: &[C],
    heads: &[(&str, C)],
    needed: &[C],
) -> Vec<Delimited<C>> {
    let mut columns: Arc<[Option<C>]> = usual.iter().copied().map(Some).collect();
    let mut rows = Vec::new();
    let mut first = true;
    for (line, number) in text.lines().zip(1..) {
        let cells = cells_of(line);
        if cells.iter().all(String::is_empty) {
            continue;
        }
        if std::mem::take(&mut first) {
            let named: Arc<[Option<C>]> = cells.iter().map(|cell| named(cell, heads)).collect();
            if needed.iter().all(|column| named.contains(&Some(*column))) {
                columns = named;
                continue;
            }
        }
        rows.push(Delimited { number, cells, columns: Arc::clone(&columns) });
    }
    rows
}

fn named<C: Copy>(cell: &str, heads: &[(&str, C)]) -> Option<C> {
    let key = search_key(cell);
    heads.iter().find(|(head, _)| search_key(head) == key).map(|(_, column)| *column)
}

/// The cells of one line, cleaned.
pub fn cells_of(line: &str) -> Vec<String> {
    match ['|', '\t', ';'].into_iter().find(|mark| line.contains(*mark)) {
        Some(mark) => line.split(mark).map(clean_line).collect(),
        None => vec![clean_line(line)],
    }
}
