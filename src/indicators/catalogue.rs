//! One indicator of the catalogue as stored, and its rules in the words of the pages.
//! Stands between the rules' codes and the people who must know how their figure becomes a total.

use chrono::NaiveDate;

use super::{LevelRule, PeriodRule, UnitRule, ValueType};
use crate::db::ids::{IndicatorId, UnitId};
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
    /// The province that counts it for itself; none for what is issued to every province.
    pub local: Option<Local>,
}

/// Whose own an indicator is, and the version an edit is written over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Local {
    pub province_id: UnitId,
    pub version: i32,
}

impl Indicator {
    /// What is typed: "số nguyên", "số thập phân, 2 chữ số sau dấu phẩy", "tiền (triệu đồng)".
    pub fn type_words(&self) -> String {
        self.value_type.words(self.scale, self.display_exponent)
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

impl ValueType {
    /// The type in words, with the decimals kept and the power of ten by which money is shown.
    pub fn words(self, scale: u32, exponent: u32) -> String {
        match self {
            ValueType::Int => "số nguyên".into(),
            ValueType::Decimal => format!("số thập phân, {scale} chữ số sau dấu phẩy"),
            ValueType::Money => match exponent {
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

    /// An example in figures.
    pub fn example(self) -> &'static str {
        match self {
            UnitRule::Sum => "Xã A 12 buổi, xã B 8 buổi: toàn tỉnh 20 buổi.",
            UnitRule::Owner => {
                "Sở Tài chính ghi 500 triệu đồng, nơi khác cũng ghi 200: số của tỉnh là 500, không cộng 200."
            }
            UnitRule::Max => "Buổi đông nhất của xã A 300 người, của xã B 450 người: toàn tỉnh 450 người.",
            UnitRule::CountTrue => "12 xã trả lời có, 3 xã trả lời không: toàn tỉnh có 12 đơn vị.",
            UnitRule::Ratio => "Xã A 9/10 người, xã B 10/30 người: toàn tỉnh 19/40, tức 47,5%.",
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

    /// An example in figures.
    pub fn example(self) -> &'static str {
        match self {
            LevelRule::Sum => "MTTQ tỉnh tổng hợp 20, Công an tỉnh tổng hợp của xã 80: toàn tỉnh 100.",
            LevelRule::Max => "MTTQ tỉnh có số lớn nhất 300, các xã 450: toàn tỉnh 450.",
            LevelRule::Ratio => "MTTQ tỉnh 19/40, các xã 81/160: toàn tỉnh 100/200, tức 50%.",
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

    /// An example in figures.
    pub fn example(self) -> &'static str {
        match self {
            PeriodRule::Flow => "6 tháng đầu năm 30 buổi, 6 tháng cuối năm 25 buổi: cả năm 55 buổi.",
            PeriodRule::Stock => "Cuối tháng 6 có 14 câu lạc bộ, cuối năm có 16: cả năm 16, không phải 30.",
            PeriodRule::YearToDate => {
                "Đến 6 tháng đã chi 200 triệu đồng, đến hết năm đã chi 500: cả năm 500, không phải 700."
            }
            PeriodRule::Max => "6 tháng đầu năm cao nhất 300 người, 6 tháng cuối năm 250: cả năm 300 người.",
            PeriodRule::Ratio => "6 tháng đầu năm 10/20, 6 tháng cuối năm 30/40: cả năm 40/60, tức 66,67%.",
        }
    }
}
