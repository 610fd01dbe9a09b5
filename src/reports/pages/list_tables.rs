//! The list tables of a report as templates show them, typed or read. Stands between rows as they are kept and the
//! tables of the draft page, the read page and the check page.

use super::body::{Beside, SPARE_ROWS};
use crate::reports::{Column, ColumnKind, Content, ListTable, Outline, Row};

pub struct CellView {
    pub column: String,
    pub title: String,
    pub value: String,
    /// Text to read.
    pub shown: String,
    pub choices: Vec<String>,
    /// The choice meant by what was typed; blank where it is none of them.
    pub chosen: String,
    pub is_number: bool,
    pub is_short: bool,
    /// It may be a link on a page.
    pub is_link: bool,
    pub takes_link: bool,
    pub error: Option<String>,
}

impl CellView {
    /// Whether something stands in it that is none of the choices, so that the page must offer it as it is.
    pub fn is_other(&self) -> bool {
        !self.value.is_empty() && self.chosen.is_empty()
    }
}

pub struct ColumnView {
    pub title: String,
    pub required: bool,
    pub hint: &'static str,
    pub is_number: bool,
    /// Days, numbers: a narrow column.
    pub is_short: bool,
}

impl ColumnView {
    pub fn of(column: &Column) -> ColumnView {
        ColumnView {
            title: column.title.clone(),
            required: column.required,
            hint: column.kind.hint(),
            is_number: column.kind == ColumnKind::Number,
            is_short: matches!(column.kind, ColumnKind::Number | ColumnKind::Date),
        }
    }
}

pub struct ListView {
    pub code: String,
    pub title: String,
    pub columns: Vec<ColumnView>,
    pub rows: Vec<Vec<CellView>>,
    /// Rows that hold something.
    pub filled: usize,
    /// Cells to mend.
    pub faults: usize,
    /// What stands in the box for pasting, where it was not taken yet.
    pub pasted: String,
}

/// The list tables a form asks for, with blank rows below where they are typed.
pub fn lists(outline: &Outline, content: &Content, beside: &Beside<'_>) -> Vec<ListView> {
    let view = |list: &ListTable| {
        let filled = content.lists.get(&list.code).cloned().unwrap_or_default();
        let blank = std::iter::repeat_n(Row::default(), if beside.typing { SPARE_ROWS } else { 0 });
        let error = |number: usize, column: &Column| {
            let message = beside.problems.at(&format!("list.{}.{number}.{}", list.code, column.code))?;
            // At its cell the message need not say where it is.
            let place = format!("{}, dòng {}: ", list.title, number + 1);
            Some(message.strip_prefix(&place).unwrap_or(message).to_owned())
        };
        let rows: Vec<Vec<CellView>> = filled
            .iter()
            .cloned()
            .chain(blank)
            .enumerate()
            .map(|(number, row)| {
                list.columns.iter().map(|column| cell(column, &row, error(number, column))).collect()
            })
            .collect();
        ListView {
            code: list.code.clone(),
            title: list.title.clone(),
            columns: list.columns.iter().map(ColumnView::of).collect(),
            filled: filled.len(),
            faults: rows.iter().flatten().filter(|cell| cell.error.is_some()).count(),
            rows,
            pasted: String::new(),
        }
    };
    outline.lists.iter().map(view).collect()
}

/// One cell of a row, with what is wrong with it.
pub fn cell(column: &Column, row: &Row, error: Option<String>) -> CellView {
    let value = row.get(&column.code).cloned().unwrap_or_default();
    let shown = column.shown(&value);
    let chosen = column.choices.iter().find(|choice| **choice == shown).cloned().unwrap_or_default();
    CellView {
        column: column.code.clone(),
        title: column.title.clone(),
        is_number: column.kind == ColumnKind::Number,
        is_short: matches!(column.kind, ColumnKind::Number | ColumnKind::Date),
        takes_link: column.kind == ColumnKind::Link,
        is_link: column.kind == ColumnKind::Link && !value.is_empty() && column.read(&value).is_ok(),
        choices: column.choices.clone(),
        chosen,
        shown,
        value,
        error,
    }
}
