//! The rows of one province into its totals. Every total is folded again from the units that stand below it: a file in
//! which they disagree is not merged.

use std::collections::{HashMap, HashSet};

use super::cells::{Cell, StackedRow, Texts};
use super::fault::Fault;
use crate::consolidation::{Amount, Total, UnitFold, UnitRow};
use crate::indicators::facts::PREFIX;
use crate::indicators::{UnitRule, ValueType};
use crate::workbooks::schema::{Column, DATA, WITHHELD, letters, rule_of};

/// One indicator of one province, its definition and its total.
#[derive(Clone, Debug)]
pub(super) struct ProvinceTotal {
    /// On *Dữ liệu*, from 0.
    pub(super) row: u32,
    pub(super) code: String,
    pub(super) group: (String, String),
    pub(super) classified: bool,
    pub(super) name: String,
    pub(super) measure: String,
    pub(super) value_type: ValueType,
    pub(super) rule: UnitRule,
    /// Power of ten between the number in the file and the integer behind it: of the number, and of the two parts.
    pub(super) decimals: [u8; 3],
    pub(super) total: Total,
    pub(super) same_period: Option<Total>,
    pub(super) cumulative: Option<Total>,
    pub(super) compared: Option<(Total, Total)>,
}

impl ProvinceTotal {
    /// Whether the province added it itself: it never enters a national total.
    pub(super) fn is_local(&self) -> bool {
        self.code.starts_with(PREFIX)
    }

    /// What must be the same in every province, in words; codes issued by C11 are locked.
    pub(super) fn definition(&self) -> [String; 6] {
        [
            self.name.clone(),
            self.measure.clone(),
            self.rule.as_str().to_owned(),
            self.value_type.as_str().to_owned(),
            self.decimals.map(|decimals| decimals.to_string()).join(", "),
            self.group.0.clone(),
        ]
    }
}

const STATES: [&str; 6] =
    ["co_so_lieu", "khong_phat_sinh", "chua_bao_cao", "duoc_mien", "khong_thuoc_doi_tuong", WITHHELD];
/// Largest power of ten a number of ours is scaled by.
const MOST_DECIMALS: f64 = 18.0;

/// One row while it is read.
struct Reader<'a> {
    file: &'a str,
    row: &'a StackedRow,
    texts: &'a Texts,
}

impl<'a> Reader<'a> {
    fn fault(&self, column: Column, message: impl Into<String>) -> Fault {
        Fault::at(self.file, DATA, (self.row.row, column.at()), message)
    }

    fn text(&self, column: Column) -> Result<&'a str, Fault> {
        match self.row.cell(column.at()) {
            None => Ok(""),
            Some(Cell::Text(place)) => Ok(self.texts.get(place)),
            Some(Cell::Number(_)) => {
                Err(self.fault(column, format!("Cột {} phải là chữ.", column.heading())))
            }
        }
    }

    fn number(&self, column: Column) -> Result<Option<f64>, Fault> {
        match self.row.cell(column.at()) {
            None => Ok(None),
            Some(Cell::Number(number)) => Ok(Some(number)),
            Some(Cell::Text(place)) => {
                let text: String = self.texts.get(place).chars().take(40).collect();
                Err(self.fault(column, format!("“{text}” không phải số.")))
            }
        }
    }

    /// A number as the integer behind it.
    fn scaled(&self, column: Column, decimals: u8) -> Result<Option<i64>, Fault> {
        let Some(number) = self.number(column)? else { return Ok(None) };
        let found = scaled(number, decimals);
        found.map(Some).ok_or_else(|| {
            self.fault(column, format!("Số {number} có nhiều hơn {decimals} chữ số thập phân hoặc quá lớn."))
        })
    }

    fn count(&self, column: Column) -> Result<Option<u32>, Fault> {
        let Some(number) = self.number(column)? else { return Ok(None) };
        let whole = scaled(number, 0).and_then(|whole| u32::try_from(whole).ok());
        whole.map(Some).ok_or_else(|| self.fault(column, format!("“{number}” không phải số đơn vị.")))
    }

    fn decimals(&self, column: Column) -> Result<u8, Fault> {
        match self.number(column)? {
            Some(number) if (0.0..=MOST_DECIMALS).contains(&number) && number.fract() == 0.0 => {
                // Between 0 and 18.
                Ok(number as u8)
            }
            _ => Err(self.fault(column, "Thiếu số chữ số thập phân của chỉ tiêu.")),
        }
    }
}

/// The integer behind a number of a spreadsheet; none where the number has more digits than its scale, or too many.
fn scaled(number: f64, decimals: u8) -> Option<i64> {
    let power = 10_f64.powi(i32::from(decimals));
    let rounded = (number * power).round();
    // Below 2^53 both the integer and the quotient are exact to the last bit.
    if rounded.abs() < 9e15 {
        return (rounded / power == number).then_some(rounded as i64);
    }
    // The shortest decimal of a double is what was written: at most fifteen digits, then zeros.
    let text = number.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let missing = usize::from(decimals).checked_sub(fraction.len())?;
    format!("{whole}{fraction}{}", "0".repeat(missing)).parse().ok()
}

/// Reads every row; what does not fit goes to `faults`.
pub(super) fn read(
    file: &str,
    province: &str,
    rows: &[StackedRow],
    texts: &Texts,
    faults: &mut Vec<Fault>,
) -> Vec<ProvinceTotal> {
    let mut totals: Vec<ProvinceTotal> = Vec::new();
    let mut folds: Vec<Option<UnitFold>> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut seen: HashSet<(usize, UnitKey)> = HashSet::new();
    for row in rows {
        let reader = Reader { file, row, texts };
        let outcome = (|| -> Result<(), Fault> {
            let code = reader.text(Column::Indicator)?;
            if code.is_empty() {
                return Err(reader.fault(Column::Indicator, "Thiếu mã chỉ tiêu."));
            }
            if reader.text(Column::Province)? != province {
                let message = format!("Mã tỉnh phải là “{province}” như trang Định danh.");
                return Err(reader.fault(Column::Province, message));
            }
            if !STATES.contains(&reader.text(Column::State)?) {
                let message = format!("Trạng thái phải là một trong: {}.", STATES.join(", "));
                return Err(reader.fault(Column::State, message));
            }
            match reader.text(Column::Level)? {
                "tong" => {
                    if places.insert(code, totals.len()).is_some() {
                        let message = format!("Chỉ tiêu {code} có hai dòng tổng.");
                        return Err(reader.fault(Column::Indicator, message));
                    }
                    let total = total(&reader, code)?;
                    folds.push(None);
                    totals.push(total);
                    Ok(())
                }
                level @ ("don_vi" | "cap_duoi") => {
                    let Some(&at) = places.get(code) else {
                        let message = format!("Dòng đơn vị đứng trước dòng tổng của chỉ tiêu {code}.");
                        return Err(reader.fault(Column::Indicator, message));
                    };
                    let total = &totals[at];
                    let uid = match row.cell(Column::UnitUid.at()) {
                        Some(Cell::Text(place)) => UnitKey(place, level == "cap_duoi"),
                        _ => return Err(reader.fault(Column::UnitUid, "Thiếu mã định danh của đơn vị.")),
                    };
                    if !seen.insert((at, uid)) {
                        let message = format!("Đơn vị này đã có dòng của chỉ tiêu {code}.");
                        return Err(reader.fault(Column::UnitUid, message));
                    }
                    let unit = unit(&reader, total, level == "cap_duoi")?;
                    let fold = folds[at].get_or_insert_with(|| UnitFold::new(code, total.rule));
                    fold.push(&unit).map_err(|e| reader.fault(Column::Value, format!("{e}.")))
                }
                other => {
                    let message = format!("Cấp “{other}” phải là tong, don_vi hoặc cap_duoi.");
                    Err(reader.fault(Column::Level, message))
                }
            }
        })();
        if let Err(fault) = outcome {
            faults.push(fault);
            // The rest would only repeat it.
            if faults.len() >= 20 {
                return totals;
            }
        }
    }
    if faults.is_empty() {
        for (total, fold) in totals.iter().zip(folds) {
            faults.extend(match fold {
                Some(fold) => disagreement(file, total, fold),
                // Only of a classified group does a province send totals alone.
                None if !total.classified && total.total.of > 0 => {
                    let message = format!("Chỉ tiêu {} thiếu các dòng đơn vị.", total.code);
                    Some(Fault::at(file, DATA, (total.row, Column::Indicator.at()), message))
                }
                None => None,
            });
        }
    }
    totals
}

/// A unit's place among the texts, and whether the row is of what it collected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct UnitKey(u32, bool);

fn total(reader: &Reader<'_>, code: &str) -> Result<ProvinceTotal, Fault> {
    let rule = rule_of(reader.text(Column::Rule)?)
        .ok_or_else(|| reader.fault(Column::Rule, "Quy tắc gộp không có trong mẫu."))?;
    let value_type = reader.text(Column::ValueType)?.parse();
    let value_type: ValueType =
        value_type.map_err(|_| reader.fault(Column::ValueType, "Kiểu số không có trong mẫu."))?;
    let decimals = [
        reader.decimals(Column::Decimals)?,
        reader.decimals(Column::NumeratorDecimals)?,
        reader.decimals(Column::DenominatorDecimals)?,
    ];
    let marks = reader.text(Column::Precision)?;
    let side = |columns: [Column; 3], n: Option<u32>, of: u32| -> Result<Option<Total>, Fault> {
        let Some(n) = n else { return Ok(None) };
        let mut total = Total { n, of, ..Total::default() };
        if rule == UnitRule::Ratio {
            total.numerator = reader.scaled(columns[1], decimals[1])?;
            total.denominator = reader.scaled(columns[2], decimals[2])?;
            if total.numerator.is_some() != total.denominator.is_some() {
                return Err(reader.fault(columns[2], "Tỷ lệ phải có cả tử số và mẫu số."));
            }
        } else {
            total.value = reader.scaled(columns[0], decimals[0])?;
        }
        if total.reading().is_empty() != (n == 0) {
            return Err(reader.fault(columns[0], "Có số liệu mà số đơn vị có số liệu là 0, hoặc ngược lại."));
        }
        Ok(Some(total))
    };
    let (n, of) = (reader.count(Column::WithFigure)?, reader.count(Column::Asked)?.unwrap_or(0));
    let classified = reader.text(Column::Classified)? == "co";
    let withheld = reader.text(Column::State)? == WITHHELD;
    if withheld && (!classified || reader.number(Column::Value)?.is_some()) {
        let message = format!("Trạng thái “{WITHHELD}” chỉ dùng cho tổng không hiện của nhóm chỉ gửi tổng.");
        return Err(reader.fault(Column::State, message));
    }
    // A total that is not told adds nothing: whoever is asked is counted, and has no figure here.
    let n = if withheld { n.map(|_| 0) } else { n };
    let now = side([Column::Value, Column::Numerator, Column::Denominator], n, of)?;
    let mut now = now.ok_or_else(|| reader.fault(Column::WithFigure, "Thiếu số đơn vị có số liệu."))?;
    if now.n > now.of {
        return Err(reader.fault(Column::WithFigure, "Số đơn vị có số liệu lớn hơn số đơn vị phải báo cáo."));
    }
    now.estimated = marks.contains("ước");
    now.approximate = marks.contains("gần đúng");
    let then = reader.count(Column::SamePeriodUnits)?;
    let same = [Column::SamePeriod, Column::SamePeriodNumerator, Column::SamePeriodDenominator];
    let so_far = reader.count(Column::CumulativeUnits)?;
    let year = [Column::Cumulative, Column::CumulativeNumerator, Column::CumulativeDenominator];
    let both = reader.count(Column::ComparedUnits)?;
    let this = [Column::ComparedNow, Column::ComparedNowNumerator, Column::ComparedNowDenominator];
    let that = [Column::ComparedBefore, Column::ComparedBeforeNumerator, Column::ComparedBeforeDenominator];
    let of_both = both.unwrap_or(0);
    Ok(ProvinceTotal {
        row: reader.row.row,
        code: code.to_owned(),
        group: (reader.text(Column::GroupCode)?.to_owned(), reader.text(Column::Group)?.to_owned()),
        classified,
        name: reader.text(Column::IndicatorName)?.to_owned(),
        measure: reader.text(Column::Measure)?.to_owned(),
        value_type,
        rule,
        decimals,
        total: now,
        same_period: side(same, then, then.unwrap_or(0))?,
        cumulative: side(year, so_far, so_far.unwrap_or(0))?,
        compared: side(this, both, of_both)?.zip(side(that, both, of_both)?),
    })
}

fn unit(reader: &Reader<'_>, total: &ProvinceTotal, below: bool) -> Result<UnitRow, Fault> {
    let amount = |value: Option<i64>| value.map(Amount::exact);
    let (value, denominator) = if total.rule == UnitRule::Ratio {
        (
            reader.scaled(Column::Numerator, total.decimals[1])?,
            reader.scaled(Column::Denominator, total.decimals[2])?,
        )
    } else {
        (reader.scaled(Column::Value, total.decimals[0])?, None)
    };
    let state = reader.text(Column::State)?;
    // Who declared "Không phát sinh" says nothing of what is: the state without a number.
    let fits = match state {
        "co_so_lieu" => value.is_some(),
        "khong_phat_sinh" => true,
        _ => value.is_none(),
    };
    if !fits && total.rule != UnitRule::Ratio {
        let message = format!("Trạng thái “{state}” không hợp với giá trị của ô.");
        return Err(reader.fault(Column::Value, message));
    }
    if state == "khong_phat_sinh" && value.is_some_and(|value| value != 0) {
        return Err(reader.fault(Column::Value, "Không phát sinh mà giá trị khác 0."));
    }
    let counts = match reader.text(Column::Counts)? {
        "co" => true,
        "khong" => false,
        _ => return Err(reader.fault(Column::Counts, "Phải là co hoặc khong.")),
    };
    let leaves = match below {
        true => {
            Some((reader.count(Column::WithFigure)?.unwrap_or(0), reader.count(Column::Asked)?.unwrap_or(0)))
        }
        false => None,
    };
    Ok(UnitRow {
        asked: state != "duoc_mien",
        counts,
        value: amount(value),
        denominator: amount(denominator),
        leaves,
    })
}

/// Why a total is not what its units add up to; none where it is.
fn disagreement(file: &str, told: &ProvinceTotal, fold: UnitFold) -> Option<Fault> {
    let column = if told.rule == UnitRule::Ratio { Column::Numerator } else { Column::Value };
    let fault = |message: String| Some(Fault::at(file, DATA, (told.row, column.at()), message));
    match fold.finish() {
        Err(error) => fault(format!("{error}.")),
        Ok(found) if found.reading() != told.total.reading() => {
            fault(format!("Tổng của chỉ tiêu {} không bằng số gộp từ các đơn vị ở các dòng dưới.", told.code))
        }
        Ok(found) if (found.n, found.of) != (told.total.n, told.total.of) => {
            let place = letters(Column::WithFigure.at());
            fault(format!(
                "Chỉ tiêu {}: cột {place} và cột bên cạnh ghi {}/{} đơn vị, đếm được {}/{}.",
                told.code, told.total.n, told.total.of, found.n, found.of
            ))
        }
        Ok(_) => None,
    }
}
