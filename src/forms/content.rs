//! What a form version asks of a unit, and whom: sections, figures and which of them count (decision 6), list tables,
//! kinds and units. Pure.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::db::ids::{IndicatorId, UnitId};
use crate::error::Problems;
use crate::indicators::Indicator;
use crate::lists::{Column, ColumnKind, ListTable};
use crate::units::resolve::slug;
use crate::vietnamese::limits::{LINE, LONG_LINE, PARAGRAPH, SHORT_NAME, SIGN};
use crate::vietnamese::search_key;

/// A section of the outline. Its code is its identity through the versions; its label is what is printed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Section {
    pub code: String,
    pub label: String,
    pub title: String,
    pub hint: String,
    pub required: bool,
}

/// A figure that is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub indicator: IndicatorId,
    /// The figure enters the total; otherwise it is shown as "tham khảo, không cộng".
    pub counts: bool,
    pub required: bool,
}

/// A form version without its number and days.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Content {
    pub name: String,
    pub kinds: Vec<String>,
    /// Units it is for, whatever their kind.
    pub units: Vec<UnitId>,
    pub sections: Vec<Section>,
    pub figures: Vec<Asked>,
    pub lists: Vec<ListTable>,
}

/// Sections and figures at most, so that a report stays a page that opens.
pub const MOST: usize = 200;
/// List tables of one form, columns of one table, choices of one column at most.
pub const MOST_LISTS: usize = 20;
pub const MOST_COLUMNS: usize = 20;
pub const MOST_CHOICES: usize = 40;
/// Decimals of a number in a list at most, as [`Column::decimals`] says.
const MOST_DECIMALS: u32 = 6;

impl Content {
    /// The same with every indicator that was followed by another version replaced by the last one, and those closed
    /// without one left out. Answers what was replaced and what was left out, by id.
    pub fn brought_up(mut self, catalogue: &[Indicator]) -> (Content, Vec<IndicatorId>, Vec<IndicatorId>) {
        let find = |id: IndicatorId| catalogue.iter().find(|indicator| indicator.id == id);
        let (mut replaced, mut left_out) = (Vec::new(), Vec::new());
        let mut seen = HashSet::new();
        let mut figures = Vec::new();
        for asked in self.figures {
            let mut id = asked.indicator;
            // A successor is always newer, so the walk ends; the bound is against a row written by hand.
            for _ in 0..catalogue.len() {
                let Some(next) = find(id).and_then(|indicator| indicator.successor_id) else { break };
                id = next;
            }
            if id != asked.indicator {
                replaced.push(asked.indicator);
            } else if find(id).is_some_and(|indicator| indicator.valid_to.is_some()) {
                left_out.push(id);
                continue;
            }
            if seen.insert(id) {
                figures.push(Asked { indicator: id, ..asked });
            }
        }
        self.figures = figures;
        (self, replaced, left_out)
    }

    /// What cannot even be kept as a draft, at the editor's fields: what is too long or too many.
    pub fn faults(&self) -> Problems {
        let mut faults = Problems::default();
        faults.add_fault("name", SHORT_NAME.fault("Tên biểu mẫu", &self.name));
        if self.sections.len() > MOST || self.figures.len() > MOST {
            faults.add("sections", format!("Một biểu mẫu có nhiều nhất {MOST} đề mục và {MOST} chỉ tiêu."));
        }
        for (i, section) in self.sections.iter().enumerate() {
            faults.add_fault(&format!("s{i}_label"), SIGN.fault("Số của đề mục", &section.label));
            faults.add_fault(&format!("s{i}_title"), LONG_LINE.fault("Tên đề mục", &section.title));
            faults.add_fault(&format!("s{i}_hint"), PARAGRAPH.fault("Hướng dẫn ghi", &section.hint));
        }
        if self.lists.len() > MOST_LISTS {
            faults.add("lists", format!("Một biểu mẫu có nhiều nhất {MOST_LISTS} bảng kê."));
        }
        for (i, list) in self.lists.iter().enumerate() {
            faults.add_fault(&format!("l{i}_title"), LINE.fault("Tên bảng kê", &list.title));
            if list.columns.len() > MOST_COLUMNS {
                let message = format!("Một bảng kê có nhiều nhất {MOST_COLUMNS} cột.");
                faults.add(format!("l{i}_title"), message);
            }
            for (j, column) in list.columns.iter().enumerate() {
                let field = |part: &str| format!("l{i}c{j}_{part}");
                faults.add_fault(&field("title"), SHORT_NAME.fault("Tên cột", &column.title));
                if column.choices.len() > MOST_CHOICES {
                    faults.add(field("choices"), format!("Nhiều nhất {MOST_CHOICES} lựa chọn."));
                }
                let long = column.choices.iter().find_map(|choice| LINE.fault("Một lựa chọn", choice));
                faults.add_fault(&field("choices"), long);
                if column.decimals > MOST_DECIMALS {
                    faults
                        .add(field("decimals"), format!("Số chữ số sau dấu phẩy từ 0 đến {MOST_DECIMALS}."));
                }
            }
        }
        faults
    }

    /// What is to be mended before the content can be published, at the editor's fields.
    pub fn problems(&self) -> Problems {
        let mut problems = self.faults();
        if self.name.is_empty() {
            problems.add("name", "Nhập tên biểu mẫu.");
        }
        if self.sections.is_empty() && self.figures.is_empty() {
            problems.add("sections", "Biểu mẫu phải có ít nhất một đề mục hoặc một chỉ tiêu.");
        }
        let mut labels = HashSet::new();
        for (i, section) in self.sections.iter().enumerate() {
            if section.title.is_empty() {
                problems.add(format!("s{i}_title"), format!("Nhập tên đề mục {}.", section.label));
            }
            if !section.label.is_empty() && !labels.insert(section.label.as_str()) {
                problems.add(format!("s{i}_label"), format!("Có hai đề mục cùng số {}.", section.label));
            }
        }
        let mut titles = HashSet::new();
        for (i, list) in self.lists.iter().enumerate() {
            let field = format!("l{i}_title");
            if list.title.is_empty() {
                problems.add(field.clone(), "Nhập tên bảng kê.");
            } else if !titles.insert(search_key(&list.title)) {
                problems.add(field.clone(), format!("Có hai bảng kê cùng tên “{}”.", list.title));
            }
            if list.columns.is_empty() {
                problems.add(field, "Bảng kê phải có ít nhất một cột.");
            }
            column_problems(&mut problems, i, &list.columns);
        }
        problems
    }

    /// Gives every new section, list table and column its code. A new table takes the code of a table of the same title
    /// among `known` (code and title), so that the rows of both stack in the edition.
    pub fn coded(mut self, known: &[(String, String)]) -> Content {
        let kept: Vec<String> = self.sections.iter().map(|section| section.code.clone()).collect();
        let mut sections: Vec<Section> = Vec::new();
        for mut section in std::mem::take(&mut self.sections) {
            let doubled = sections.iter().any(|other| other.code == section.code);
            if section.code.is_empty() || doubled {
                let taken = |code: &str| {
                    sections.iter().any(|other| other.code == code) || kept.iter().any(|k| k == code)
                };
                section.code = free(section_base(&section.label), &taken);
            }
            sections.push(section);
        }
        self.sections = sections;
        let kept: Vec<String> = self.lists.iter().map(|list| list.code.clone()).collect();
        let mut lists: Vec<ListTable> = Vec::new();
        for mut list in std::mem::take(&mut self.lists) {
            let taken =
                |code: &str| lists.iter().any(|other| other.code == code) || kept.iter().any(|k| k == code);
            if list.code.is_empty() || lists.iter().any(|other| other.code == list.code) {
                let key = search_key(&list.title);
                let same = known.iter().find(|(code, title)| search_key(title) == key && !taken(code));
                list.code =
                    same.map_or_else(|| free(base(&list.title, "bang-ke"), &taken), |(c, _)| c.clone());
            }
            list.columns = coded_columns(list.columns);
            lists.push(list);
        }
        self.lists = lists;
        self
    }
}

fn column_problems(problems: &mut Problems, list: usize, columns: &[Column]) {
    let mut titles = HashSet::new();
    for (j, column) in columns.iter().enumerate() {
        let field = |part: &str| format!("l{list}c{j}_{part}");
        if column.title.is_empty() {
            problems.add(field("title"), "Nhập tên cột.");
        } else if !titles.insert(search_key(&column.title)) {
            problems.add(field("title"), format!("Có hai cột cùng tên “{}”.", column.title));
        }
        if column.kind == ColumnKind::Choice && column.choices.len() < 2 {
            problems.add(field("choices"), "Ghi ít nhất hai lựa chọn, cách nhau bằng dấu chấm phẩy.");
        }
    }
}

fn coded_columns(columns: Vec<Column>) -> Vec<Column> {
    let kept: Vec<String> = columns.iter().map(|column| column.code.clone()).collect();
    let mut coded: Vec<Column> = Vec::new();
    for mut column in columns {
        let taken =
            |code: &str| coded.iter().any(|other| other.code == code) || kept.iter().any(|k| k == code);
        if column.code.is_empty() || coded.iter().any(|other| other.code == column.code) {
            column.code = free(base(&column.title, "cot"), &taken);
        }
        coded.push(column);
    }
    coded
}

/// The letters and digits of a section's label.
fn section_base(label: &str) -> String {
    let fine: String = label.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '.').take(20).collect();
    if fine.is_empty() { "M".to_owned() } else { fine }
}

fn base(title: &str, otherwise: &str) -> String {
    if !title.chars().any(char::is_alphanumeric) {
        return otherwise.to_owned();
    }
    slug(title).chars().take(30).collect::<String>().trim_end_matches('-').to_owned()
}

/// The code itself, or with the first number behind it that nobody has.
fn free(base: String, taken: &dyn Fn(&str) -> bool) -> String {
    if !taken(&base) {
        return base;
    }
    (2..).map(|n| format!("{base}-{n}")).find(|code| !taken(code)).unwrap_or_default()
}
