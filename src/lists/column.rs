//! A column of a list table: its type, whether it must be filled, what it takes. Stands between the JSON of a form
//! version and the reading of cells.

use serde::{Deserialize, Serialize};

use super::Cell;

/// What a column of a list table takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColumnKind {
    #[default]
    Text,
    Date,
    Number,
    Link,
    Choice,
}

impl ColumnKind {
    /// How to write it, under its heading; blank where nothing needs to be said.
    pub fn hint(self) -> &'static str {
        match self {
            ColumnKind::Date => "ngày/tháng/năm",
            ColumnKind::Link => "https://…",
            ColumnKind::Text | ColumnKind::Number | ColumnKind::Choice => "",
        }
    }
}

/// One column, as `form_lists.columns_json` holds it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Column {
    pub code: String,
    pub title: String,
    #[serde(rename = "type")]
    pub kind: ColumnKind,
    /// What a column of choices takes, in the order offered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// A row that holds something must hold this.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// Decimals a number may have, 0..=6.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub decimals: u32,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Column {
    /// A typed cell as a sent row holds it; what cannot be read stays as typed, a blank is "".
    pub fn settled(&self, typed: &str) -> String {
        match self.read(typed) {
            Ok(cell) => cell.map_or_else(String::new, |cell| cell.stored()),
            Err(_) => typed.to_owned(),
        }
    }

    /// A cell as people read it, typed or stored: days as documents write them, numbers with their dots.
    pub fn shown(&self, value: &str) -> String {
        match self.read(value) {
            Ok(Some(cell)) => cell.shown(),
            _ => value.to_owned(),
        }
    }

    /// What is wrong with a cell of a row that holds something, and how to mend it.
    pub fn problem(&self, typed: &str) -> Option<String> {
        match self.read(typed) {
            Err(message) => Some(message),
            Ok(None) if self.required => Some(format!("Chưa nhập “{}”.", self.title)),
            Ok(_) => None,
        }
    }

    /// The cell a stored text holds; text that cannot be read is text.
    pub fn cell(&self, stored: &str) -> Option<Cell> {
        self.read(stored).unwrap_or_else(|_| Some(Cell::Text(stored.to_owned())))
    }
}
