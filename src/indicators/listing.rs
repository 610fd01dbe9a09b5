//! A pasted list of indicators, read line by line. Pure; stands between the text box and the indicators to add.
//! Columns: name, unit of measure, type, group, among units, over periods, code, numerator, denominator, guidance; parted
//! by `|`, a tab or `;`.

use super::facts::Facts;
use super::form::{Against, IndicatorInput, MONEY};
use super::{Indicator, PeriodRule, UnitRule, ValueType};
use crate::error::{Error, Problems};
use crate::lists::delimited;
use crate::vietnamese::search_key;

/// Most lines taken at once.
pub const MOST_LINES: usize = 200;

/// A line and what it says, or what is to be mended in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// From 1, as the text box counts.
    pub number: usize,
    /// The name as typed, to find the line by.
    pub name: String,
    pub outcome: Result<Facts, String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    Measure,
    Kind,
    Group,
    Units,
    Periods,
    Code,
    Numerator,
    Denominator,
    Guidance,
}

const USUAL: [Column; 10] = [
    Column::Name,
    Column::Measure,
    Column::Kind,
    Column::Group,
    Column::Units,
    Column::Periods,
    Column::Code,
    Column::Numerator,
    Column::Denominator,
    Column::Guidance,
];

/// Heads a spreadsheet's first line may bear.
const HEADS: [(&str, Column); 17] = [
    ("tên chỉ tiêu", Column::Name),
    ("chỉ tiêu", Column::Name),
    ("tên", Column::Name),
    ("đơn vị tính", Column::Measure),
    ("đvt", Column::Measure),
    ("kiểu số liệu", Column::Kind),
    ("kiểu", Column::Kind),
    ("nhóm", Column::Group),
    ("nhóm chỉ tiêu", Column::Group),
    ("giữa các đơn vị", Column::Units),
    ("qua các kỳ", Column::Periods),
    ("mã", Column::Code),
    ("mã chỉ tiêu", Column::Code),
    ("tử số", Column::Numerator),
    ("mẫu số", Column::Denominator),
    ("hướng dẫn ghi", Column::Guidance),
    ("hướng dẫn", Column::Guidance),
];

/// Words a list may give for a rule; the first is how pages say it.
const UNIT_WORDS: [(UnitRule, &[&str]); 3] = [
    (UnitRule::Sum, &["cộng", "tổng"]),
    (UnitRule::Owner, &["một đơn vị chủ trì", "chủ trì"]),
    (UnitRule::Max, &["lấy số lớn nhất", "lớn nhất"]),
];
const PERIOD_WORDS: [(PeriodRule, &[&str]); 4] = [
    (PeriodRule::Flow, &["cộng các kỳ", "cộng", "phát sinh", "phát sinh trong kỳ"]),
    (PeriodRule::Stock, &["lấy số cuối kỳ", "cuối kỳ", "số cuối kỳ"]),
    (PeriodRule::YearToDate, &["lũy kế trong năm", "lũy kế"]),
    (PeriodRule::Max, &["lấy số lớn nhất", "lớn nhất"]),
];

/// Reads a list; one line beyond [`MOST_LINES`] says that it is too long. Blank cells are as most are: a whole number that
/// is added up. A first line of heads says the order of the columns.
pub fn read(text: &str, against: &Against<'_>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut codes = against.codes.to_vec();
    for line in delimited(text, &USUAL, &HEADS, &[Column::Name, Column::Group]) {
        let cell = |wanted: Column| line.cell(wanted);
        let name = cell(Column::Name);
        if rows.len() == MOST_LINES {
            let outcome =
                Err(format!("Mỗi lần thêm nhiều nhất {MOST_LINES} dòng; chia danh sách làm nhiều phần."));
            rows.push(Row { number: line.number, name, outcome });
            break;
        }
        let against = Against { codes: &codes, ..*against };
        let mut above = rows.iter().filter_map(|row| row.outcome.as_ref().ok());
        let same = above.any(|facts| search_key(&facts.name) == search_key(&name));
        let outcome = match input(&cell, &against) {
            Ok(_) if same => Err("Trùng tên với một dòng ở trên.".to_owned()),
            Ok(input) => input.parse(&against).map_err(|error| error.to_string()),
            Err(problems) => Err(Error::Invalid(problems).to_string()),
        };
        if let Ok(facts) = &outcome {
            codes.push(facts.code.clone());
        }
        rows.push(Row { number: line.number, name, outcome });
    }
    rows
}

/// The line as the form would hold it.
fn input(cell: &dyn Fn(Column) -> String, against: &Against<'_>) -> Result<IndicatorInput, Problems> {
    let mut problems = Problems::default();
    let mut input = IndicatorInput {
        name: cell(Column::Name),
        measure: cell(Column::Measure),
        code: cell(Column::Code),
        guidance: cell(Column::Guidance),
        ..IndicatorInput::blank()
    };
    kind(&cell(Column::Kind), &mut input, &mut problems);
    let typed = search_key(&cell(Column::Group));
    let group = against.groups.iter().find(|group| {
        let whole = format!("{}. {}", group.code, group.name);
        [&group.code, &group.name, &whole].iter().any(|words| search_key(words) == typed)
    });
    match group {
        Some(group) => input.group.clone_from(&group.code),
        None => problems
            .add("group", format!("Không có nhóm “{}”. Ghi chữ cái hoặc tên của nhóm.", cell(Column::Group))),
    }
    let units = cell(Column::Units);
    match rule(&UNIT_WORDS, &units) {
        Some(rule) => input.unit_rule = rule.as_str().into(),
        None if units.is_empty() => {}
        None if input.kind == "bool" || input.kind == "ratio" => {}
        None => problems
            .add("unit_rule", format!("Không rõ cách tổng hợp “{units}”: ghi cộng, chủ trì hoặc lớn nhất.")),
    }
    let periods = cell(Column::Periods);
    match rule(&PERIOD_WORDS, &periods) {
        Some(rule) => input.period_rule = rule.as_str().into(),
        // A yes or no is as it last was.
        None if periods.is_empty() && input.kind == "bool" => {
            input.period_rule = PeriodRule::Stock.as_str().into()
        }
        None if periods.is_empty() || input.kind == "ratio" => {}
        None => {
            let message = format!(
                "Không rõ cách tính qua các kỳ “{periods}”: ghi cộng, cuối kỳ, lũy kế hoặc lớn nhất."
            );
            problems.add("period_rule", message);
        }
    }
    let part = |code: String| {
        let same = |other: &&Indicator| search_key(&other.code) == search_key(&code);
        against.catalogue.iter().find(same).map(|found| found.id.to_string()).unwrap_or_default()
    };
    input.numerator = part(cell(Column::Numerator));
    input.denominator = part(cell(Column::Denominator));
    if problems.is_empty() { Ok(input) } else { Err(problems) }
}

/// "số nguyên", "số thập phân 2", "triệu đồng", "có/không", "tỷ lệ"; blank is a whole number.
fn kind(typed: &str, input: &mut IndicatorInput, problems: &mut Problems) {
    let key = search_key(typed);
    let digits: String = key.chars().filter(char::is_ascii_digit).collect();
    let money = |words: &str| MONEY.iter().find(|(_, unit)| search_key(unit) == search_key(words));
    let named = if typed.is_empty() { money(&input.measure) } else { money(typed) };
    let value_type = if let Some((exponent, _)) = named {
        input.exponent = exponent.to_string();
        ValueType::Money
    } else if key.is_empty() || key == search_key("số nguyên") || key == search_key("số") {
        ValueType::Int
    } else if key.starts_with(&search_key("số thập phân")) || key.starts_with(&search_key("thập phân"))
    {
        input.decimals = if digits.is_empty() { "1".into() } else { digits };
        ValueType::Decimal
    } else if key == search_key("tiền") {
        if let Some((exponent, _)) = money(&input.measure) {
            input.exponent = exponent.to_string();
        }
        ValueType::Money
    } else if ["có/không", "có hoặc không", "có không"].iter().any(|words| search_key(words) == key) {
        ValueType::Bool
    } else if key == search_key("tỷ lệ") {
        ValueType::Ratio
    } else {
        let kinds = "số nguyên, số thập phân 2, triệu đồng, có/không, tỷ lệ";
        problems.add("kind", format!("Không rõ kiểu số liệu “{typed}”: ghi một trong {kinds}."));
        return;
    };
    input.kind = value_type.as_str().into();
}

fn rule<T: Copy>(words: &[(T, &[&str])], typed: &str) -> Option<T> {
    let key = search_key(typed);
    let named = words.iter().find(|(_, names)| names.iter().any(|name| search_key(name) == key));
    named.map(|(rule, _)| *rule)
}
