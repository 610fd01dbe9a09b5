//! The editor of a draft: rows as typed, read back into a [`Content`]. Order is a number typed beside each row; what is
//! ticked to be removed is gone, rows in which nothing was typed were never begun.

use super::content::{Asked, Content, Section};
use crate::db::ids::{IndicatorId, UnitId};
use crate::lists::{Column, ColumnKind, ListTable};
use crate::vietnamese::clean_line;
use crate::web::FormData;

/// Blank rows offered below the sections, and blank columns below those of a list table.
pub const BLANK: usize = 3;

/// The most rows read of one form.
const ROWS: usize = 400;

/// A place typed beside a row; what is no number comes last.
fn place(text: &str) -> i64 {
    text.trim().parse().unwrap_or(i64::MAX)
}

/// Codes name fields of reports: what is no code of ours makes a new row.
fn code_or_new(code: String) -> String {
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if code.len() > 40 || !code.chars().all(fine) { String::new() } else { code }
}

/// What the editor sent; new rows have no code yet.
pub fn read(form: &FormData) -> Content {
    let mut content = Content {
        name: form.line("name"),
        kinds: form.all("kinds").to_vec(),
        units: form.all("units").iter().filter_map(|id| id.parse().ok()).collect(),
        sections: sections(form),
        figures: figures(form),
        lists: lists(form),
    };
    if let Ok(unit) = form.line("unit_add").parse::<UnitId>()
        && !content.units.contains(&unit)
    {
        content.units.push(unit);
    }
    content
}

fn sections(form: &FormData) -> Vec<Section> {
    let mut rows: Vec<(i64, Section)> = Vec::new();
    for i in 0..ROWS {
        let line = |part: &str| form.line(&format!("s{i}_{part}"));
        if !form.has(&format!("s{i}_title")) {
            break;
        }
        let section = Section {
            code: code_or_new(line("code")),
            label: line("label"),
            title: line("title"),
            hint: line("hint"),
            required: form.has(&format!("s{i}_required")),
        };
        let begun = [&section.code, &section.label, &section.title, &section.hint];
        if begun.iter().any(|text| !text.is_empty()) && !form.has(&format!("s{i}_remove")) {
            rows.push((place(&line("pos")), section));
        }
    }
    rows.sort_by_key(|(place, _)| *place);
    rows.into_iter().map(|(_, section)| section).collect()
}

fn figures(form: &FormData) -> Vec<Asked> {
    let mut figures: Vec<Asked> = Vec::new();
    for i in 0..ROWS {
        let line = |part: &str| form.line(&format!("f{i}_{part}"));
        let Ok(indicator) = line("id").parse::<IndicatorId>() else { break };
        let known = figures.iter().any(|other| other.indicator == indicator);
        if !known && !form.has(&format!("f{i}_remove")) {
            let (counts, required) = (line("counts") != "no", form.has(&format!("f{i}_required")));
            figures.push(Asked { indicator, counts, required });
        }
    }
    for added in form.all("add").iter().filter_map(|id| id.parse::<IndicatorId>().ok()) {
        if !figures.iter().any(|asked| asked.indicator == added) {
            figures.push(Asked { indicator: added, counts: true, required: false });
        }
    }
    figures
}

fn lists(form: &FormData) -> Vec<ListTable> {
    let mut rows: Vec<(i64, ListTable)> = Vec::new();
    for i in 0..ROWS {
        let line = |part: &str| form.line(&format!("l{i}_{part}"));
        if !form.has(&format!("l{i}_title")) {
            break;
        }
        let list =
            ListTable { code: code_or_new(line("code")), title: line("title"), columns: columns(form, i) };
        let begun = !list.code.is_empty() || !list.title.is_empty() || !list.columns.is_empty();
        if begun && !form.has(&format!("l{i}_remove")) {
            rows.push((place(&line("pos")), list));
        }
    }
    rows.sort_by_key(|(place, _)| *place);
    rows.into_iter().map(|(_, list)| list).collect()
}

fn columns(form: &FormData, list: usize) -> Vec<Column> {
    let mut rows: Vec<(i64, Column)> = Vec::new();
    for j in 0..ROWS {
        let name = |part: &str| format!("l{list}c{j}_{part}");
        if !form.has(&name("title")) {
            break;
        }
        let kind = kind(&form.line(&name("kind")));
        let typed = form.get(&name("choices")).split([';', '\n']).map(clean_line);
        let choices: Vec<String> = typed.filter(|choice| !choice.is_empty()).collect();
        let decimals = form.line(&name("decimals"));
        let column = Column {
            code: code_or_new(form.line(&name("code"))),
            title: form.line(&name("title")),
            kind,
            choices: if kind == ColumnKind::Choice { choices } else { vec![] },
            required: form.has(&name("required")),
            decimals: match (kind, decimals.as_str()) {
                (ColumnKind::Number, "") => 0,
                // What is no number is refused as one that is too large.
                (ColumnKind::Number, typed) => typed.parse().unwrap_or(u32::MAX),
                _ => 0,
            },
        };
        if (!column.code.is_empty() || !column.title.is_empty()) && !form.has(&name("remove")) {
            rows.push((place(&form.line(&name("pos"))), column));
        }
    }
    rows.sort_by_key(|(place, _)| *place);
    rows.into_iter().map(|(_, column)| column).collect()
}

/// The types of a column with their codes in the form and their words.
pub const KINDS: [(ColumnKind, &str, &str); 5] = [
    (ColumnKind::Text, "text", "chữ"),
    (ColumnKind::Date, "date", "ngày"),
    (ColumnKind::Number, "number", "số"),
    (ColumnKind::Link, "link", "liên kết"),
    (ColumnKind::Choice, "choice", "chọn trong danh sách"),
];

fn kind(code: &str) -> ColumnKind {
    KINDS.iter().find(|(_, known, _)| *known == code).map_or(ColumnKind::Text, |(kind, ..)| *kind)
}
