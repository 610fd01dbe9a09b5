//! Which indicators there are and which figure each unit reports: pure, so that a test can add up by itself what
//! the tables should hold.

use super::random::Random;
use crate::indicators::{PeriodRule, UnitRule, ValueType};
use crate::vietnamese::{Level, Qualifier, format_scaled};

/// One indicator of the synthetic catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// Place in the catalogue, from 0.
    pub index: u32,
    pub code: String,
    pub name: String,
    pub measure_unit: &'static str,
    pub value_type: ValueType,
    pub scale: u32,
    pub display_exponent: u32,
    pub unit_rule: UnitRule,
    pub period_rule: PeriodRule,
    /// Places of numerator and denominator.
    pub parts: Option<(u32, u32)>,
}

impl Measure {
    /// Units type everything but ratios.
    pub fn is_typed(&self) -> bool {
        self.parts.is_none()
    }
}

/// What a unit answered. Nothing at all is a blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawn {
    /// Scaled by the indicator's decimals; none: the question does not apply.
    pub value: Option<i64>,
    pub level: Level,
}

impl Drawn {
    /// The figure as a unit types it, in the unit of measure of its column.
    pub fn typed(self, measure: &Measure) -> String {
        match self.value {
            None => "không áp dụng".into(),
            Some(0) if measure.value_type == ValueType::Bool => "không".into(),
            Some(_) if measure.value_type == ValueType::Bool => "có".into(),
            Some(value) => format_scaled(value / 10_i64.pow(measure.display_exponent), measure.scale),
        }
    }
}

/// The kinds of indicator, one block of ten after another; every rule is among them.
const BLOCK: [(&str, &str, ValueType, u32, u32, UnitRule, PeriodRule); 10] = [
    ("Lượt người được phổ biến", "lượt người", ValueType::Int, 0, 0, UnitRule::Sum, PeriodRule::Flow),
    ("Tổng số người thuộc diện", "người", ValueType::Int, 0, 0, UnitRule::Sum, PeriodRule::Stock),
    ("Kinh phí được bố trí", "triệu đồng", ValueType::Money, 0, 6, UnitRule::Sum, PeriodRule::YearToDate),
    ("Kinh phí đã sử dụng", "triệu đồng", ValueType::Money, 0, 6, UnitRule::Sum, PeriodRule::Flow),
    ("Thời lượng phát sóng", "giờ", ValueType::Decimal, 1, 0, UnitRule::Sum, PeriodRule::Flow),
    ("Đã ban hành kế hoạch", "có/không", ValueType::Bool, 0, 0, UnitRule::CountTrue, PeriodRule::Stock),
    ("Số người dự đông nhất một buổi", "người", ValueType::Int, 0, 0, UnitRule::Max, PeriodRule::Max),
    ("Số người đang cư trú", "người", ValueType::Int, 0, 0, UnitRule::Owner, PeriodRule::Stock),
    ("Tỷ lệ được phổ biến", "%", ValueType::Ratio, 2, 0, UnitRule::Ratio, PeriodRule::Ratio),
    ("Tin, bài đã đăng", "tin, bài", ValueType::Int, 0, 0, UnitRule::Sum, PeriodRule::Flow),
];

/// The catalogue: indicator n is of the kind n mod 10, grouped by tens.
pub fn catalogue(indicators: u32) -> Vec<Measure> {
    (0..indicators)
        .zip(BLOCK.iter().cycle())
        .map(|(index, (name, measure_unit, value_type, scale, exponent, unit_rule, period_rule))| {
            let first = index - index % 10;
            Measure {
                index,
                code: format!("S{:03}", index + 1),
                name: if first == 0 {
                    (*name).to_owned()
                } else {
                    format!("{name} (mảng {})", first / 10 + 1)
                },
                measure_unit,
                value_type: *value_type,
                scale: *scale,
                display_exponent: *exponent,
                unit_rule: *unit_rule,
                period_rule: *period_rule,
                parts: (*unit_rule == UnitRule::Ratio).then_some((first, first + 1)),
            }
        })
        .collect()
}

/// What unit `unit` reports for the indicator in period `period`; none is a blank. `correction` is true for the
/// second revision, which differs from the first in one figure of ten. Ratios are never reported.
pub fn figure(seed: u64, unit: u32, period: usize, measure: &Measure, correction: bool) -> Option<Drawn> {
    let mut random = Random::of(seed, &[1, unit.into(), period as u64, measure.index.into()]);
    if !measure.is_typed() || random.chance(4) {
        return None;
    }
    if random.chance(1) {
        return Some(Drawn { value: None, level: Level::default() });
    }
    let step = if measure.value_type == ValueType::Money { 1_000_000 } else { 1 };
    let most = match measure.value_type {
        ValueType::Bool => 2,
        ValueType::Money => 500,
        // The numerator of the block's ratio stays below its denominator: no rate passes 100 %.
        _ if measure.index.is_multiple_of(10) => 1500,
        _ => 4000,
    };
    let least = if measure.index % 10 == 1 { 1500 } else { 0 };
    let mut value = i64::from(least + random.below(most));
    if correction && random.chance(10) && measure.value_type != ValueType::Bool {
        value += 1;
    }
    let (estimate, qualifier) = match random.below(100) {
        _ if measure.value_type == ValueType::Bool => (false, Qualifier::Exact),
        0..=1 => (true, Qualifier::Exact),
        2 => (false, Qualifier::Nearly),
        3 => (false, Qualifier::Over),
        _ => (false, Qualifier::Exact),
    };
    let level = Level { estimate, qualifier };
    Some(Drawn { value: Some(value * step), level })
}
