//! A difference as its page shows it: figures with their words, texts with their marks, rows with their columns.
//! Stands between the pure comparison and the template.

use super::figures;
use super::marks::{Mark, marks};
use crate::reports::difference::{Change, Difference, FILE_COLUMNS, Fact, LINK_COLUMNS, RowChange, Said};
use crate::reports::wording::{self, Stretch};
use crate::reports::{AskedIndicator, Column, Content, Outline, Reading, Row, TaskResult, shown};
use crate::vietnamese::document_number;

pub struct FigureChange {
    pub code: String,
    pub name: String,
    pub measure: String,
    pub old: String,
    pub new: String,
    /// "+12", "−3,5"; blank where one of them is no number.
    pub growth: String,
    /// Both notes, where they differ.
    pub notes: Vec<Mark>,
    /// The note, where it stayed.
    pub note: String,
}

pub struct TextChange {
    pub title: String,
    pub anchor: String,
    pub marks: Vec<Mark>,
    /// Nothing but spaces and line breaks changed.
    pub only_space: bool,
}

pub struct CellChange {
    pub title: String,
    pub old: String,
    pub new: String,
}

pub struct RowView {
    pub words: &'static str,
    pub cells: Vec<CellChange>,
}

pub struct ListChange {
    pub title: String,
    pub columns: Vec<String>,
    pub rows: Vec<RowView>,
}

pub struct Changes {
    pub places: usize,
    pub figures: Vec<FigureChange>,
    pub sections: Vec<TextChange>,
    pub tasks: Vec<TextChange>,
    /// The list tables, and the evidence as one more.
    pub lists: Vec<ListChange>,
    /// Words of the fact, what it was, what it is.
    pub facts: Vec<(&'static str, String, String)>,
}

/// One of two states of a report: what was asked for, and what was answered.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    pub outline: &'a Outline,
    pub content: &'a Content,
}

/// What changed from one state of a report to another, in the order of the report.
pub fn changes(old: Side<'_>, new: Side<'_>) -> Changes {
    let difference = Difference::between(old.content, new.content);
    let figures = new.outline.typed().filter_map(|asked| {
        let (_, change) = difference.figures.iter().find(|(id, _)| *id == asked.id)?;
        Some(figure(asked, change, old, new))
    });
    let sections = difference.sections.iter().map(|(code, stretches)| {
        let mut asked = new.outline.sections.iter().chain(&old.outline.sections);
        let title = asked.find(|s| &s.code == code).map(|s| format!("{}. {}", s.label, s.title));
        text(title.unwrap_or(code.clone()), format!("f-section.{code}"), stretches)
    });
    let tasks = difference.tasks.iter().map(|(id, change)| {
        let mut asked = new.outline.tasks.iter().chain(&old.outline.tasks);
        let title = asked.find(|t| &t.id == id).map(|t| format!("{}, mục {}. {}", t.plan, t.clause, t.text));
        let said = |result: &TaskResult| format!("{}. {}", result.status.words(), result.body);
        let stretches = wording::compare(&said(&change.old), &said(&change.new));
        text(title.unwrap_or_default(), "tasks".to_owned(), &stretches)
    });
    let mut lists: Vec<ListChange> = Vec::new();
    for (code, rows) in &difference.lists {
        let mut asked = new.outline.lists.iter().chain(&old.outline.lists);
        if let Some(list) = asked.find(|list| &list.code == code) {
            lists.push(rows_change(&list.title, &list.columns, rows));
        }
    }
    let named = |names: &[(&str, &str)]| -> Vec<Column> {
        let column = |(code, title): &(&str, &str)| Column {
            code: (*code).to_owned(),
            title: (*title).to_owned(),
            ..Column::default()
        };
        names.iter().map(column).collect()
    };
    if !difference.evidence.is_empty() {
        lists.push(rows_change("Minh chứng", &named(&LINK_COLUMNS), &difference.evidence));
    }
    if !difference.files.is_empty() {
        lists.push(rows_change("Tệp đính kèm", &named(&FILE_COLUMNS), &difference.files));
    }
    let or_blank = |text: &str| if text.is_empty() { "chưa nhập".to_owned() } else { text.to_owned() };
    let fact = |(fact, change): &(Fact, Change<String>)| {
        let shown = |text: &str| match fact {
            Fact::Number => or_blank(&document_number(text)),
            _ => or_blank(text),
        };
        (fact.words(), shown(&change.old), shown(&change.new))
    };
    Changes {
        places: difference.places(),
        figures: figures.collect(),
        sections: sections.collect(),
        tasks: tasks.collect(),
        lists,
        facts: difference.facts.iter().map(fact).collect(),
    }
}

fn figure(asked: &AskedIndicator, change: &Change<Said>, old: Side<'_>, new: Side<'_>) -> FigureChange {
    let growth = match (&change.old.reading, &change.new.reading) {
        (Reading::Value(was), Reading::Value(is)) if !asked.is_bool() && was != is => is.checked_sub(*was),
        _ => None,
    };
    let (was, is) = (&change.old.note, &change.new.note);
    FigureChange {
        code: asked.code.clone(),
        name: asked.name.clone(),
        measure: asked.measure_unit.clone(),
        old: figures::said(asked, old.outline, old.content),
        new: figures::said(asked, new.outline, new.content),
        growth: growth.map_or(String::new(), |by| {
            let sign = if by > 0 { "+" } else { "" };
            format!("{sign}{}", shown(by, asked))
        }),
        notes: if was == is { vec![] } else { marks(&wording::compare(was, is), false) },
        note: if was == is { is.clone() } else { String::new() },
    }
}

fn text(title: String, anchor: String, stretches: &[Stretch]) -> TextChange {
    let side = |of: fn(&Stretch) -> &str| stretches.iter().map(of).collect::<String>();
    let old = side(|s| match s {
        Stretch::Same(text) | Stretch::Changed { removed: text, .. } => text,
    });
    let new = side(|s| match s {
        Stretch::Same(text) | Stretch::Changed { added: text, .. } => text,
    });
    let only_space = wording::same_words(&old, &new);
    TextChange { title, anchor, marks: if only_space { vec![] } else { marks(stretches, true) }, only_space }
}

fn rows_change(title: &str, columns: &[Column], rows: &[RowChange]) -> ListChange {
    let blank = Row::new();
    let view = |change: &RowChange| {
        let (words, old, new) = match change {
            RowChange::Removed { row, .. } => ("Bỏ", row, &blank),
            RowChange::Added { row, .. } => ("Thêm", &blank, row),
            RowChange::Changed { row, .. } => ("Sửa", &row.old, &row.new),
        };
        let cell = |column: &Column| {
            let shown = |row: &Row| row.get(&column.code).map_or(String::new(), |cell| column.shown(cell));
            CellChange { title: column.title.clone(), old: shown(old), new: shown(new) }
        };
        RowView { words, cells: columns.iter().map(cell).collect() }
    };
    ListChange {
        title: title.to_owned(),
        columns: columns.iter().map(|column| column.title.clone()).collect(),
        rows: rows.iter().map(view).collect(),
    }
}
