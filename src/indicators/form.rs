//! The form of an indicator, on a page or in a line of a list: text as typed, read into [`Facts`] against the catalogue.

use super::facts::{Facts, next_code, read_code};
use super::{Group, Indicator, PeriodRule, UnitRule, ValueType};
use crate::db::ids::IndicatorId;
use crate::error::{Error, Problems};
use crate::vietnamese::limits::{LINE, PARAGRAPH, SIGN};
use crate::vietnamese::{parse_date, search_key, short_date};
use crate::web::FormData;

/// Everything as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IndicatorInput {
    pub code: String,
    pub group: String,
    pub name: String,
    pub measure: String,
    /// Code of a value type.
    pub kind: String,
    pub decimals: String,
    /// Power of ten by which money is shown.
    pub exponent: String,
    /// Code of the rule among units; ignored where the type leaves no choice.
    pub unit_rule: String,
    pub period_rule: String,
    /// Ids of the parts of a ratio.
    pub numerator: String,
    pub denominator: String,
    pub guidance: String,
    pub valid_from: String,
}

/// How money is shown, and what the unit of measure is then.
pub const MONEY: [(u32, &str); 4] = [(0, "đồng"), (3, "nghìn đồng"), (6, "triệu đồng"), (9, "tỷ đồng")];

/// What an input is read against.
pub struct Against<'a> {
    pub groups: &'a [Group],
    /// What may be a part of a ratio, and what a name may not repeat.
    pub catalogue: &'a [Indicator],
    /// Every code of the installation, and those of the lines above.
    pub codes: &'a [String],
    /// The indicator being edited or replaced, whose own code and name are no doubles.
    pub itself: Option<&'a Indicator>,
    /// The code stays as it is.
    pub keeps_code: bool,
}

impl IndicatorInput {
    /// A new one: a whole number that is added up.
    pub fn blank() -> IndicatorInput {
        IndicatorInput {
            kind: ValueType::Int.as_str().into(),
            unit_rule: UnitRule::Sum.as_str().into(),
            period_rule: PeriodRule::Flow.as_str().into(),
            exponent: "6".into(),
            ..IndicatorInput::default()
        }
    }

    /// One there is.
    pub fn of(indicator: &Indicator) -> IndicatorInput {
        let id = |id: Option<IndicatorId>| id.map(|id| id.to_string()).unwrap_or_default();
        IndicatorInput {
            code: indicator.code.clone(),
            group: indicator.group.code.clone(),
            name: indicator.name.clone(),
            measure: indicator.measure_unit.clone(),
            kind: indicator.value_type.as_str().into(),
            decimals: if indicator.scale > 0 { indicator.scale.to_string() } else { String::new() },
            exponent: indicator.display_exponent.to_string(),
            unit_rule: indicator.unit_rule.as_str().into(),
            period_rule: indicator.period_rule.as_str().into(),
            numerator: id(indicator.numerator_id),
            denominator: id(indicator.denominator_id),
            guidance: indicator.guidance.clone(),
            valid_from: indicator.valid_from.map(short_date).unwrap_or_default(),
        }
    }

    /// As posted.
    pub fn read(form: &FormData) -> IndicatorInput {
        IndicatorInput {
            code: form.line("code"),
            group: form.line("group"),
            name: form.line("name"),
            measure: form.line("measure"),
            kind: form.line("kind"),
            decimals: form.line("decimals"),
            exponent: form.line("exponent"),
            unit_rule: form.line("unit_rule"),
            period_rule: form.line("period_rule"),
            numerator: form.line("numerator"),
            denominator: form.line("denominator"),
            guidance: form.get("guidance").trim().to_owned(),
            valid_from: form.line("valid_from"),
        }
    }

    /// The facts.
    ///
    /// # Errors
    /// [`Error::Invalid`] with everything to mend, at the fields of the form.
    pub fn parse(&self, against: &Against<'_>) -> Result<Facts, Error> {
        let mut problems = Problems::default();
        let code = self.code(against, &mut problems);
        if !against.groups.iter().any(|group| group.code == self.group) {
            problems.add("group", "Chọn nhóm chỉ tiêu.");
        }
        self.check_name(against, &mut problems);
        problems.add_fault("guidance", PARAGRAPH.fault("Hướng dẫn ghi", &self.guidance));
        let value_type: Option<ValueType> = self.kind.parse().ok();
        if value_type.is_none() {
            problems.add("kind", "Chọn kiểu số liệu.");
        }
        let value_type = value_type.unwrap_or(ValueType::Int);
        let (scale, display_exponent) = self.size(value_type, &mut problems);
        let measure_unit = self.measure(value_type, display_exponent, &mut problems);
        let parts = match value_type {
            ValueType::Ratio => self.parts(against, &mut problems),
            _ => None,
        };
        let unit_rule = chosen(value_type.unit_rules(), &self.unit_rule);
        if unit_rule.is_none() {
            problems.add("unit_rule", "Chọn cách tổng hợp giữa các đơn vị.");
        }
        let period_rule = chosen(value_type.period_rules(), &self.period_rule);
        if period_rule.is_none() {
            problems.add("period_rule", match value_type {
                ValueType::Bool => "Câu trả lời có hoặc không thì không cộng qua các kỳ: chọn số cuối kỳ hoặc số lớn nhất.",
                _ => "Chọn cách tính qua các kỳ.",
            });
        }
        let valid_from = match self.valid_from.as_str() {
            "" => None,
            typed => match parse_date(typed) {
                Ok(day) => Some(day),
                Err(error) => {
                    problems.add("valid_from", error.to_string());
                    None
                }
            },
        };
        problems.or(Facts {
            code,
            group: self.group.clone(),
            name: self.name.clone(),
            measure_unit,
            value_type,
            scale,
            display_exponent,
            unit_rule: unit_rule.unwrap_or(UnitRule::Sum),
            period_rule: period_rule.unwrap_or(PeriodRule::Flow),
            parts,
            guidance: self.guidance.clone(),
            valid_from,
        })
    }

    fn code(&self, against: &Against<'_>, problems: &mut Problems) -> String {
        if let Some(itself) = against.itself.filter(|_| against.keeps_code) {
            return itself.code.clone();
        }
        if self.code.is_empty() {
            return next_code(against.codes.iter().map(String::as_str));
        }
        match read_code(&self.code) {
            Ok(code) if against.codes.contains(&code) => {
                let next = next_code(against.codes.iter().map(String::as_str));
                problems.add(
                    "code",
                    format!("Mã {code} đã dùng, một mã chỉ có một nghĩa. Mã còn trống: {next}."),
                );
                code
            }
            Ok(code) => code,
            Err(message) => {
                problems.add("code", message);
                String::new()
            }
        }
    }

    fn check_name(&self, against: &Against<'_>, problems: &mut Problems) {
        if self.name.is_empty() {
            problems.add("name", "Nhập tên chỉ tiêu.");
        }
        problems.add_fault("name", LINE.fault("Tên chỉ tiêu", &self.name));
        let key = search_key(&self.name);
        let same = against.catalogue.iter().find(|other| {
            let itself = against.itself.is_some_and(|itself| itself.id == other.id);
            !itself && other.valid_to.is_none() && search_key(&other.name) == key
        });
        if let Some(other) = same.filter(|_| !self.name.is_empty()) {
            problems.add("name", format!("Đã có chỉ tiêu cùng tên: {}.", other.code));
        }
    }

    fn size(&self, value_type: ValueType, problems: &mut Problems) -> (u32, u32) {
        match value_type {
            ValueType::Int | ValueType::Bool => (0, 0),
            ValueType::Ratio => (2, 0),
            ValueType::Decimal => match self.decimals.parse() {
                Ok(scale @ 1..=6) => (scale, 0),
                _ => {
                    problems.add("decimals", "Số thập phân có từ 1 đến 6 chữ số sau dấu phẩy.");
                    (1, 0)
                }
            },
            ValueType::Money => {
                let typed = self.exponent.parse().ok();
                match MONEY.iter().find(|(exponent, _)| Some(*exponent) == typed) {
                    Some((exponent, _)) => (0, *exponent),
                    None => {
                        problems.add("exponent", "Chọn đơn vị tiền để nhập và hiển thị.");
                        (0, 6)
                    }
                }
            }
        }
    }

    fn measure(&self, value_type: ValueType, exponent: u32, problems: &mut Problems) -> String {
        match value_type {
            ValueType::Bool => "có/không".into(),
            ValueType::Ratio => "%".into(),
            ValueType::Money => {
                let found = MONEY.iter().find(|(known, _)| *known == exponent);
                found.map_or_else(String::new, |(_, words)| (*words).to_owned())
            }
            ValueType::Int | ValueType::Decimal => {
                if self.measure.is_empty() {
                    problems.add("measure", "Nhập đơn vị tính, ví dụ: lượt người.");
                }
                problems.add_fault("measure", SIGN.fault("Đơn vị tính", &self.measure));
                self.measure.clone()
            }
        }
    }

    fn parts(&self, against: &Against<'_>, problems: &mut Problems) -> Option<(IndicatorId, IndicatorId)> {
        let mut part = |field: &str, typed: &str, words: &str| {
            let id = typed.parse::<IndicatorId>().ok();
            let found = against.catalogue.iter().find(|indicator| Some(indicator.id) == id);
            let found = found.filter(|indicator| may_be_part(indicator));
            if found.is_none() {
                problems.add(field, format!("Chọn {words} là một chỉ tiêu kiểu số của danh mục."));
            }
            found.map(|indicator| indicator.id)
        };
        let numerator = part("numerator", &self.numerator, "tử số");
        let denominator = part("denominator", &self.denominator, "mẫu số");
        let of_group = |id: Option<IndicatorId>| {
            let part = against.catalogue.iter().find(|indicator| Some(indicator.id) == id)?;
            part.group.classified.then_some(part)
        };
        let group = against.groups.iter().find(|group| group.code == self.group);
        if group.is_some_and(|group| !group.classified)
            && let Some(part) = of_group(numerator).or_else(|| of_group(denominator))
        {
            problems.add(
                "group",
                format!(
                    "{} thuộc nhóm số liệu hạn chế ({}). Tỷ lệ tính từ chỉ tiêu đó phải xếp vào nhóm số liệu hạn chế.",
                    part.code, part.group.name
                ),
            );
        }
        if numerator.is_some() && numerator == denominator {
            problems.add("denominator", "Mẫu số phải khác tử số.");
        }
        numerator.zip(denominator)
    }
}

/// Whether an indicator may be a part of a ratio: a number that is typed and has not ended.
pub fn may_be_part(indicator: &Indicator) -> bool {
    let number = !matches!(indicator.value_type, ValueType::Bool | ValueType::Ratio);
    number && indicator.successor_id.is_none() && indicator.valid_to.is_none()
}

/// The rule of a code among those a type allows; where it allows one, that one.
fn chosen<T: Copy + PartialEq + std::str::FromStr>(allowed: &[T], code: &str) -> Option<T> {
    match allowed {
        [only] => Some(*only),
        _ => code.parse().ok().filter(|rule| allowed.contains(rule)),
    }
}
