//! What a form version asks of a unit, and whom: sections, figures and which of them count (decision 6), kinds and units.
//! Pure; the list tables are kept apart, as rows of the version they belong to.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::db::ids::{IndicatorId, UnitId};
use crate::error::Problems;
use crate::indicators::Indicator;

/// A section of the outline. Its code is its identity through the versions; its label is what is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    pub name: String,
    pub kinds: Vec<String>,
    /// Units it is for, whatever their kind.
    pub units: Vec<UnitId>,
    pub sections: Vec<Section>,
    pub figures: Vec<Asked>,
}

/// Sections and figures at most, so that a report stays a page that opens.
pub const MOST: usize = 200;

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

    /// What is to be mended before the content can be published, at the editor's fields.
    pub fn problems(&self) -> Problems {
        let mut problems = Problems::default();
        if self.name.is_empty() || self.name.chars().count() > 120 {
            problems.add("name", "Nhập tên biểu mẫu, không quá 120 ký tự.");
        }
        if self.sections.is_empty() && self.figures.is_empty() {
            problems.add("sections", "Biểu mẫu phải có ít nhất một đề mục hoặc một chỉ tiêu.");
        }
        if self.sections.len() > MOST || self.figures.len() > MOST {
            problems.add("sections", format!("Một biểu mẫu có nhiều nhất {MOST} đề mục và {MOST} chỉ tiêu."));
        }
        let mut labels = HashSet::new();
        for section in &self.sections {
            if section.title.is_empty() {
                problems.add("sections", format!("Đề mục {} chưa có tên.", section.label));
            }
            if !section.label.is_empty() && !labels.insert(section.label.as_str()) {
                problems.add("sections", format!("Có hai đề mục cùng số {}.", section.label));
            }
        }
        problems
    }

    /// Nothing asked of nobody.
    pub fn blank() -> Content {
        Content { name: String::new(), kinds: vec![], units: vec![], sections: vec![], figures: vec![] }
    }

    /// A code for a new section: the letters and digits of its label, with a number behind them where another section
    /// has that code or `kept` holds it.
    pub fn free_code(&self, label: &str, kept: &[String]) -> String {
        let taken = |code: &str| {
            self.sections.iter().any(|section| section.code == code) || kept.iter().any(|other| other == code)
        };
        let fine: String =
            label.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '.').take(20).collect();
        let base = if fine.is_empty() { "M".to_owned() } else { fine };
        if !taken(&base) {
            return base;
        }
        (2..).map(|n| format!("{base}-{n}")).find(|code| !taken(code)).unwrap_or_default()
    }
}
