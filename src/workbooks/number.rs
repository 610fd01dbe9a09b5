//! Scaled integers into the numbers of a spreadsheet, in the unit of measure people read. Excel keeps 15
//! significant digits in binary; what does not fit is refused, not rounded.

use super::WorkbookError;
use crate::consolidation::content::{EditionContent, IndicatorLine, UnitFigure};
use crate::consolidation::{places, scaled_words};
use crate::indicators::UnitRule;
use crate::vietnamese::limits::DIGITS;

/// How the numbers of one indicator are shown.
#[derive(Clone, Copy)]
pub(super) struct Scale<'a> {
    indicator: &'a str,
    /// Power of ten between the stored integer and the number shown.
    shift: u8,
    percent: bool,
}

impl<'a> Scale<'a> {
    /// The scale of the indicator's own values; hundredths for a ratio, shown in percent.
    pub(super) fn of(line: &'a IndicatorLine) -> Scale<'a> {
        match line.rule {
            UnitRule::Ratio => Scale { indicator: &line.code, shift: 2, percent: true },
            _ => Scale::with(&line.code, line.decimals + line.display_exponent),
        }
    }

    /// A scale of an indicator's numbers by its power of ten.
    pub(super) fn with(indicator: &'a str, shift: u8) -> Scale<'a> {
        Scale { indicator, shift, percent: false }
    }

    /// The scales of the numerator and of the denominator of a ratio.
    pub(super) fn of_parts(line: &'a IndicatorLine) -> (Scale<'a>, Scale<'a>) {
        let decimals = line.part_decimals();
        let scale = |decimals| Scale::with(&line.code, decimals + line.display_exponent);
        (scale(decimals.numerator), scale(decimals.denominator))
    }

    /// The number as a spreadsheet holds it.
    pub(super) fn number(self, value: i64) -> Result<f64, WorkbookError> {
        let refused =
            || WorkbookError::TooManyDigits { indicator: self.indicator.to_owned(), whose: String::new() };
        if !fits(value) {
            return Err(refused());
        }
        // Both exact, so that their quotient is the nearest double of the decimal text; else the text itself is read,
        // for a division of rounded numbers would round twice.
        if value.unsigned_abs() <= EXACT && self.shift <= EXACT_POWER {
            return Ok(value as f64 / 10_f64.powi(i32::from(self.shift)));
        }
        format!("{value}e-{}", self.shift).parse().map_err(|_| refused())
    }

    /// The number in Vietnamese writing: "1.234,5".
    pub(super) fn words(self, value: i64) -> String {
        scaled_words(value, self.shift)
    }

    /// The number format that shows a value in full: `#,##0` or with as many decimals as it needs. Percentages
    /// always have two.
    pub(super) fn format(self, value: i64) -> String {
        match if self.percent { 2 } else { places(value, self.shift) } {
            0 => "#,##0".to_owned(),
            places => format!("#,##0.{}", "0".repeat(usize::from(places))),
        }
    }
}

/// Up to here a double holds every integer.
const EXACT: u64 = 1 << 53;
/// The last power of ten that a double holds exactly.
const EXACT_POWER: u8 = 22;

/// Whether a spreadsheet keeps every digit of a value: trailing zeros take none.
fn fits(value: i64) -> bool {
    const FIRST_TOO_LONG: u64 = 10_u64.pow(DIGITS as u32);
    value.unsigned_abs() < FIRST_TOO_LONG
        || value.unsigned_abs().to_string().trim_end_matches('0').len() <= DIGITS
}

/// Whether every figure of an edition and every total can be written. The error names whose number cannot: the unit's,
/// or of a total the units with the largest figures.
pub(super) fn check(content: &EditionContent) -> Result<(), WorkbookError> {
    let figures = content.units.iter().flat_map(|unit| &unit.figures);
    let readings = figures.map(|figure| figure.now);
    let mut all = readings.chain(content.lines().map(|(_, line)| line.total.reading()));
    if all.all(|now| [now.value, now.numerator, now.denominator].into_iter().flatten().all(fits)) {
        return Ok(());
    }
    for (_, line) in content.lines() {
        let scale = Scale::of(line);
        let refused = |whose: String| WorkbookError::TooManyDigits { indicator: line.code.clone(), whose };
        let mut largest: Vec<(&str, i64)> = Vec::new();
        for unit in &content.units {
            let of_line = unit.figures.iter().find(|figure| figure.indicator == line.code);
            let Some(figure) = of_line else { continue };
            let now = [figure.now.value, figure.now.numerator, figure.now.denominator];
            for value in now.into_iter().flatten() {
                if !fits(value) {
                    return Err(refused(format!("{}: {}", unit.name, scale.words(value))));
                }
                largest.push((&unit.name, value));
            }
        }
        let total = [line.total.value, line.total.numerator, line.total.denominator];
        if let Some(value) = total.into_iter().flatten().find(|value| !fits(*value)) {
            largest.sort_by_key(|(_, value)| std::cmp::Reverse(value.unsigned_abs()));
            let named: Vec<String> = largest
                .iter()
                .take(3)
                .map(|(name, value)| format!("{name} {}", scale.words(*value)))
                .collect();
            return Err(refused(format!("tổng {}; số lớn nhất: {}", scale.words(value), named.join("; "))));
        }
    }
    Ok(())
}

/// The words that stand before a figure: "ước", "gần", "hơn"…; empty for an exact one, and for zero, which nobody
/// estimates.
pub(super) fn precision(figure: &UnitFigure) -> String {
    let estimate = figure.is_estimate().then_some("ước");
    let near = figure.is_approximate().then_some(figure.qualifier.label());
    estimate.into_iter().chain(near).collect::<Vec<_>>().join(" ")
}
