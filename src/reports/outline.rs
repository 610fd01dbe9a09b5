//! What a report asks for: the sections, figures and list tables of its form version, and the unit's tasks.
//! Stands between the forms the compiler keeps and the page a unit fills; plain values, no SQL.

use std::collections::HashSet;

use super::Remark;
use crate::db::ids::{FormId, IndicatorId, TaskId};
use crate::indicators::{PeriodRule, UnitRule, ValueType};
use crate::lists::ListTable;

/// One heading of the narrative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedSection {
    pub code: String,
    /// As printed before the title, e.g. "II.1".
    pub label: String,
    pub title: String,
    pub hint: String,
    pub required: bool,
}

/// One line of the table of figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedIndicator {
    pub id: IndicatorId,
    pub code: String,
    pub group_name: String,
    pub name: String,
    pub measure_unit: String,
    pub value_type: ValueType,
    /// Decimals kept in storage, 0..=6.
    pub scale: u32,
    /// Power of ten between the stored unit and the one people type: 6 for money in triệu đồng.
    pub exponent: u32,
    pub unit_rule: UnitRule,
    pub period_rule: PeriodRule,
    /// The two parts of a ratio.
    pub parts: Option<(IndicatorId, IndicatorId)>,
    pub guidance: String,
    /// Whether the figure reaches the collector's total; else "tham khảo, không cộng".
    pub counts: bool,
    pub required: bool,
}

impl AskedIndicator {
    /// A ratio is computed from its parts and never typed.
    pub fn is_ratio(&self) -> bool {
        self.value_type == ValueType::Ratio
    }

    pub fn is_bool(&self) -> bool {
        self.value_type == ValueType::Bool
    }

    /// The same line where it holds the total of many units: of a yes or no, how many said yes.
    pub fn as_total(mut self) -> AskedIndicator {
        if self.is_bool() {
            self.value_type = ValueType::Int;
            "đơn vị trả lời có".clone_into(&mut self.measure_unit);
        }
        self
    }
}

/// A task the unit held on the period's reference day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedTask {
    pub id: TaskId,
    pub plan: String,
    /// E.g. "III.2".
    pub clause: String,
    pub text: String,
    /// "chủ trì" or "phối hợp".
    pub part: &'static str,
}

/// Everything one report asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    pub form_id: FormId,
    pub form_code: String,
    pub form_version: i32,
    pub sections: Vec<AskedSection>,
    /// In the form's order within each group; ratios whose two parts are asked for stand among them.
    pub indicators: Vec<AskedIndicator>,
    pub lists: Vec<ListTable>,
    pub tasks: Vec<AskedTask>,
    /// The remarks a correction is to answer, in the order of the page.
    pub remarks: Vec<Remark>,
}

impl Outline {
    pub fn indicator(&self, id: IndicatorId) -> Option<&AskedIndicator> {
        self.indicators.iter().find(|asked| asked.id == id)
    }

    /// Without the figures that are not for this reader, and ratios made of them.
    pub fn withhold(&mut self, hidden: &HashSet<IndicatorId>) {
        self.indicators.retain(|asked| {
            let of_hidden = |(above, below): (IndicatorId, IndicatorId)| {
                hidden.contains(&above) || hidden.contains(&below)
            };
            !hidden.contains(&asked.id) && !asked.parts.is_some_and(of_hidden)
        });
    }

    /// The figures people type: all but the ratios.
    pub fn typed(&self) -> impl Iterator<Item = &AskedIndicator> {
        self.indicators.iter().filter(|asked| !asked.is_ratio())
    }
}
