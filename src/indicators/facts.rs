//! What an indicator of a province's own is: everything that is written of it, checked. Which rules go with which type of
//! figure; and how a code of one's own looks. Pure.

use chrono::NaiveDate;

use super::{Indicator, PeriodRule, UnitRule, ValueType};
use crate::db::ids::IndicatorId;
use crate::vietnamese::search_key;

/// What every code of a province's own begins with; codes without it are issued to all and not written
/// by pages. What begins with it never enters a national total.
pub const PREFIX: &str = "DP.";

/// Everything that is written of an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    pub code: String,
    pub group: String,
    pub name: String,
    pub measure_unit: String,
    pub value_type: ValueType,
    /// Decimals kept, 0 to 6.
    pub scale: u32,
    /// Power of ten by which money is shown.
    pub display_exponent: u32,
    pub unit_rule: UnitRule,
    pub period_rule: PeriodRule,
    /// Numerator and denominator of a ratio.
    pub parts: Option<(IndicatorId, IndicatorId)>,
    pub guidance: String,
    pub valid_from: Option<NaiveDate>,
}

impl ValueType {
    /// How the units of one collector may make a total of such figures. The first is the usual one.
    pub fn unit_rules(self) -> &'static [UnitRule] {
        match self {
            ValueType::Int | ValueType::Decimal | ValueType::Money => {
                &[UnitRule::Sum, UnitRule::Owner, UnitRule::Max]
            }
            ValueType::Bool => &[UnitRule::CountTrue],
            ValueType::Ratio => &[UnitRule::Ratio],
        }
    }

    /// How the periods of one unit may make one figure. A yes or no is not added: it is as it last was, or was once.
    pub fn period_rules(self) -> &'static [PeriodRule] {
        match self {
            ValueType::Int | ValueType::Decimal | ValueType::Money => {
                &[PeriodRule::Flow, PeriodRule::Stock, PeriodRule::YearToDate, PeriodRule::Max]
            }
            ValueType::Bool => &[PeriodRule::Stock, PeriodRule::Max],
            ValueType::Ratio => &[PeriodRule::Ratio],
        }
    }
}

impl Facts {
    /// The same facts of an indicator there is.
    pub fn of(indicator: &Indicator) -> Facts {
        Facts {
            code: indicator.code.clone(),
            group: indicator.group.code.clone(),
            name: indicator.name.clone(),
            measure_unit: indicator.measure_unit.clone(),
            value_type: indicator.value_type,
            scale: indicator.scale,
            display_exponent: indicator.display_exponent,
            unit_rule: indicator.unit_rule,
            period_rule: indicator.period_rule,
            parts: indicator.numerator_id.zip(indicator.denominator_id),
            guidance: indicator.guidance.clone(),
            valid_from: indicator.valid_from,
        }
    }

    /// Whether figures of both are counted in the same way: what never changes once a form in use asks for it.
    pub fn counts_as(&self, other: &Facts) -> bool {
        let counted = |facts: &Facts| {
            let size = (facts.value_type, facts.scale, facts.display_exponent);
            (size, facts.unit_rule, facts.period_rule, facts.parts)
        };
        counted(self) == counted(other) && self.measure_unit == other.measure_unit && self.code == other.code
    }

    /// The key it is found by.
    pub fn search_key(&self) -> String {
        search_key(&format!("{} {}", self.code, self.name))
    }
}

/// The next free number behind the prefix: "DP.01" where nothing is taken.
pub fn next_code<'a>(taken: impl Iterator<Item = &'a str>) -> String {
    let number = |code: &str| code.strip_prefix(PREFIX)?.parse::<u32>().ok();
    let last = taken.filter_map(number).max().unwrap_or_default();
    format!("{PREFIX}{:02}", last.saturating_add(1))
}

/// A code as typed: the prefix put before it where it is missing, letters made capitals. What is no code answers why.
///
/// # Errors
/// A sentence that says how to mend it.
pub fn read_code(typed: &str) -> Result<String, String> {
    let upper = typed.to_uppercase();
    let rest = upper.strip_prefix(PREFIX).unwrap_or(&upper);
    let fine = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '.';
    let shaped = !rest.is_empty() && rest.len() <= 12 && rest.chars().all(fine);
    if !shaped || rest.starts_with('.') || rest.ends_with('.') || rest.contains("..") {
        return Err(format!(
            "Mã gồm {PREFIX} và nhiều nhất 12 chữ cái không dấu, chữ số, dấu chấm; ví dụ {PREFIX}01."
        ));
    }
    Ok(format!("{PREFIX}{rest}"))
}
