//! The rows that may go to the lists of the form, for the review of every kind.

use askama::Template;

use super::text::Mark;
use crate::prose_reports::choices::Kept;
use crate::prose_reports::outcome::{Fault, fault_at};
use crate::reports::draft::Open;

/// Rows that may go to a list.
struct TableView {
    at: usize,
    taken: bool,
    title: String,
    /// A row a line, cells as people read them.
    rows: Vec<String>,
    /// "2 dòng danh sách đã có; …": what is not added, and why.
    notes: String,
    /// They stand in the text, and may stay there instead.
    in_text: bool,
    mark: Mark,
    fault: Option<String>,
}

#[derive(Template)]
#[template(path = "brought/tables.html")]
pub(super) struct Tables {
    tables: Vec<TableView>,
}

impl Tables {
    pub fn of(kept: &Kept, open: &Open, faults: &[Fault]) -> Tables {
        let (prose, choices, content) = (&kept.prose, &kept.choices, &open.draft.content);
        let view = |(at, table): (usize, &crate::prose_reader::Table)| {
            let list = open.outline.lists.iter().find(|list| list.code == table.list)?;
            let held = content.lists.get(&list.code).map_or(&[][..], Vec::as_slice);
            let new = list.new_among(held, table.rows.clone());
            let mut notes = Vec::new();
            if new.len() < table.rows.len() {
                notes.push(format!("{} dòng danh sách đã có, không thêm lại", table.rows.len() - new.len()));
            }
            if table.unread > 0 {
                notes.push(format!("{} dòng thiếu ô, để lại trong lời văn", table.unread));
            }
            if !table.left.is_empty() {
                notes.push(format!(
                    "cột {} không có trong danh sách, để lại trong lời văn",
                    table.left.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ")
                ));
            }
            Some(TableView {
                at,
                taken: choices.tables.get(&at).copied().unwrap_or_default(),
                title: list.title.clone(),
                rows: new.iter().map(|row| list.words(row)).collect(),
                notes: notes.join("; "),
                in_text: !table.lines.is_empty(),
                mark: Mark::of(table.sure, &table.lines),
                fault: fault_at(faults, "table", at).map(str::to_owned),
            })
        };
        Tables { tables: prose.tables.iter().enumerate().filter_map(view).collect() }
    }
}
