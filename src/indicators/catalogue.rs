//! One indicator of the catalogue as stored, and its rules in the words of the pages.
//! Stands between the rules' codes and the people who must know how their figure becomes a total.

use chrono::NaiveDate;

use super::{LevelRule, PeriodRule, UnitRule, ValueType};
use crate::db::ids::IndicatorId;
use crate::units::history::span;
use crate::vietnamese;

/// A group of the catalogue, in the order of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub code: String,
    pub name: String,
    pub position: i32,
    /// Per-unit figures may be classified: small counts are seen by the unit and the compiler only.
    pub classified: bool,
}

/// One indicator with its three rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    pub id: IndicatorId,
    pub code: String,
    pub group: Group,
    pub name: String,
    pub search_key: String,
    pub measure_unit: String,
    pub value_type: ValueType,
    /// Decimals kept, 0 to 6.
    pub scale: u32,
    /// Power of ten by which money is shown: 6 is triệu đồng.
    pub display_exponent: u32,
    pub unit_rule: UnitRule,
    pub level_rule: LevelRule,
    pub period_rule: PeriodRule,
    /// The parts of a ratio; none for everything else.
    pub numerator_id: Option<IndicatorId>,
    pub denominator_id: Option<IndicatorId>,
    pub guidance: String,
    pub position: i32,
    /// The indicator that replaced this one when a rule had to change.
    pub successor_id: Option<IndicatorId>,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
}

impl Indicator {
    /// What is typed: "số nguyên", "số thập phân, 2 chữ số sau dấu phẩy", "tiền, hiện theo triệu đồng".
    pub fn type_words(&self) -> String {
        match self.value_type {
            ValueType::Int => "số nguyên".into(),
            ValueType::Decimal => format!("số thập phân, {} chữ số sau dấu phẩy", self.scale),
            ValueType::Money => match self.display_exponent {
                0 => "tiền (đồng)".into(),
                3 => "tiền (nghìn đồng)".into(),
                6 => "tiền (triệu đồng)".into(),
                9 => "tiền (tỷ đồng)".into(),
                other => format!("tiền (10^{other} đồng)"),
            },
            ValueType::Bool => "có hoặc không".into(),
            ValueType::Ratio => "tỷ lệ, hệ thống tự tính".into(),
        }
    }

    /// Whether a search as typed finds it, by name or by code.
    pub fn is_found_by(&self, words: &str) -> bool {
        let key = format!("{} {}", self.search_key, vietnamese::search_key(&self.code));
        vietnamese::matches(words, &key)
    }

    /// Whether it holds on `day`.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }

    /// Whether a form written on `day` may ask for it: not closed by then, and the last of its versions.
    pub fn is_offered_on(&self, day: NaiveDate) -> bool {
        self.successor_id.is_none() && self.valid_to.is_none_or(|to| day <= to)
    }

    /// Its days of validity in words; "" when always.
    pub fn validity(&self) -> String {
        span(self.valid_from, self.valid_to)
    }
}

impl UnitRule {
    /// How the units of one collector make its total, in two or three words for a table.
    pub fn short_words(self) -> &'static str {
        match self {
            UnitRule::Sum => "cộng",
            UnitRule::Owner => "một đơn vị chủ trì",
            UnitRule::Max => "lấy số lớn nhất",
            UnitRule::CountTrue => "đếm số đơn vị “có”",
            UnitRule::Ratio => "tính lại tỷ lệ",
        }
    }

    /// The same as a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            UnitRule::Sum => "Cộng số liệu của các đơn vị có báo cáo.",
            UnitRule::Owner => "Chỉ một đơn vị chủ trì số liệu; số của đơn vị đó là số chung.",
            UnitRule::Max => "Lấy số lớn nhất trong các đơn vị.",
            UnitRule::CountTrue => "Đếm số đơn vị trả lời “có”.",
            UnitRule::Ratio => {
                "Tính lại: tổng tử số chia tổng mẫu số của các đơn vị có đủ hai số. Không cộng, không lấy trung bình tỷ lệ."
            }
        }
    }
}

impl LevelRule {
    /// How the totals of several collectors make the total of the level above.
    pub fn short_words(self) -> &'static str {
        match self {
            LevelRule::Sum => "cộng",
            LevelRule::Max => "lấy số lớn nhất",
            LevelRule::Ratio => "tính lại tỷ lệ",
        }
    }

    /// The same as a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            LevelRule::Sum => "Cộng số tổng hợp của các cơ quan cấp dưới.",
            LevelRule::Max => "Lấy số lớn nhất của các cơ quan cấp dưới.",
            LevelRule::Ratio => "Cộng riêng tử số và mẫu số rồi chia lại.",
        }
    }
}

impl PeriodRule {
    /// How the periods of one unit make one figure.
    pub fn short_words(self) -> &'static str {
        match self {
            PeriodRule::Flow => "cộng các kỳ",
            PeriodRule::Stock => "lấy số cuối kỳ",
            PeriodRule::YearToDate => "lũy kế trong năm",
            PeriodRule::Max => "lấy số lớn nhất",
            PeriodRule::Ratio => "tính lại tỷ lệ",
        }
    }

    /// The same as a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            PeriodRule::Flow => "Số phát sinh trong kỳ: cộng qua các kỳ.",
            PeriodRule::Stock => {
                "Số tại thời điểm cuối kỳ: lấy của kỳ sau cùng; kỳ sau cùng chưa báo cáo thì chưa có số."
            }
            PeriodRule::YearToDate => "Số lũy kế từ đầu năm: lấy số sau cùng của mỗi năm, cộng qua các năm.",
            PeriodRule::Max => "Lấy số lớn nhất của các kỳ.",
            PeriodRule::Ratio => "Tính lại từ tử số và mẫu số, mỗi số theo quy tắc của nó.",
        }
    }
}
