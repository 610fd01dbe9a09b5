//! Typed list tables: documents issued, models, role models, channels. Stands between what people type or paste from a
//! spreadsheet and the rows that reports keep, editions stack and writers print. Pure.

mod cell;
mod column;
mod delimited;
mod pasted;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use cell::{Cell, LONGEST, completed, link_problem};
pub use column::{Column, ColumnKind};
pub use delimited::{Delimited, cells_of, delimited};
pub use pasted::{Pasted, cells};

/// Rows of one table that can be sent at most. More are kept as typed, and refused with a sentence at sending.
pub const MOST_ROWS: usize = 500;
/// Rows of one table that are kept at most: beyond that nobody has typed them.
pub const MOST_KEPT: usize = 2_000;

/// One row: cells by the code of their column, blank ones left out.
pub type Row = BTreeMap<String, String>;

/// A list table as a form version asks for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListTable {
    pub code: String,
    pub title: String,
    pub columns: Vec<Column>,
}

impl ListTable {
    /// A row as it is sent: days in ISO, numbers in bare digits, choices as the form spells them, so that rows can be
    /// compared and sorted later. What cannot be read stays as typed.
    pub fn settled(&self, row: &Row) -> Row {
        let settle = |(code, typed): (&String, &String)| {
            let column = self.columns.iter().find(|column| &column.code == code);
            let text = column.map_or_else(|| typed.clone(), |column| column.settled(typed));
            (!text.is_empty()).then(|| (code.clone(), text))
        };
        row.iter().filter_map(settle).collect()
    }

    /// What has to be mended in one row, by the code of the column. A blank row asks for nothing.
    pub fn problems<'a>(&'a self, row: &'a Row) -> impl Iterator<Item = (&'a str, String)> {
        let columns = if row.is_empty() { &[][..] } else { &self.columns[..] };
        columns.iter().filter_map(|column| {
            let typed = row.get(&column.code).map_or("", String::as_str);
            Some((column.code.as_str(), column.problem(typed)?))
        })
    }

    /// A row in one line, its cells as people read them.
    pub fn words(&self, row: &Row) -> String {
        let shown = |column: &Column| Some(column.shown(row.get(&column.code)?));
        self.columns.iter().filter_map(shown).collect::<Vec<_>>().join(" · ")
    }

    /// The rows that `rows` do not hold yet, in their order and each once. Whoever pastes the same block again, a line
    /// longer, means the line.
    pub fn new_among(&self, rows: &[Row], pasted: Vec<Row>) -> Vec<Row> {
        let mut known: std::collections::HashSet<Row> = rows.iter().map(|row| self.settled(row)).collect();
        pasted.into_iter().filter(|row| known.insert(self.settled(row))).collect()
    }
}
