//! What the review offers for tasks and list tables, ready to print. Stands between a desk and its template.

use super::view::{Mark, cut};
use crate::plans::shortened;
use crate::prose_reports::apply::Desk;
use crate::reports::AskedTask;

/// Letters of a task in a list of choices.
const NAME: usize = 110;

/// What the text says of a task.
pub(super) struct ToldView {
    pub at: usize,
    pub taken: bool,
    pub short: String,
    /// All of it, where it was shortened.
    pub whole: String,
    /// The task it goes to.
    pub code: String,
    /// What its result says already.
    pub now: String,
    pub mark: Mark,
}

/// A table whose rows may go to a list.
pub(super) struct TableView {
    pub at: usize,
    pub taken: bool,
    pub title: String,
    /// A row a line, cells as people read them.
    pub rows: Vec<String>,
    /// "2 dòng danh sách đã có; …": what is not added, and why.
    pub notes: String,
    pub mark: Mark,
}

/// The unit's tasks by their codes.
pub(super) fn tasks(desk: &Desk) -> Vec<(String, String)> {
    let name = |asked: &AskedTask| {
        (
            asked.id.to_string(),
            shortened(&format!("{}, mục {}. {}", asked.plan, asked.clause, asked.text), NAME),
        )
    };
    desk.open.outline.tasks.iter().map(name).collect()
}

pub(super) fn told(desk: &Desk) -> Vec<ToldView> {
    let (prose, choices, content) = (&desk.kept.prose, &desk.kept.choices, &desk.open.draft.content);
    let view = |(at, told): (usize, &crate::prose_reader::Told)| {
        let choice = choices.tasks.get(&at).cloned().unwrap_or_default();
        let (short, whole) = cut(&told.text);
        let asked = desk.open.outline.tasks.iter().find(|asked| asked.id.to_string() == choice.code);
        let now =
            asked.and_then(|asked| content.tasks.get(&asked.id)).map_or("", |result| result.body.trim());
        ToldView {
            at,
            taken: choice.taken,
            short,
            whole,
            code: choice.code,
            now: now.to_owned(),
            mark: Mark::of(told.sure, &told.lines),
        }
    };
    prose.told.iter().enumerate().map(view).collect()
}

pub(super) fn tables(desk: &Desk) -> Vec<TableView> {
    let (prose, choices, content) = (&desk.kept.prose, &desk.kept.choices, &desk.open.draft.content);
    let view = |(at, table): (usize, &crate::prose_reader::Table)| {
        let list = desk.open.outline.lists.iter().find(|list| list.code == table.list)?;
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
            mark: Mark::of(table.sure, &table.lines),
        })
    };
    prose.tables.iter().enumerate().filter_map(view).collect()
}
