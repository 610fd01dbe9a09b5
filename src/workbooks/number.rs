//! Scaled integers into the numbers of a spreadsheet, in the unit of measure people read. Excel keeps 15
//! significant digits in binary; what does not fit is refused, not rounded.

use super::WorkbookError;
use crate::consolidation::content::{IndicatorLine, UnitFigure};
use crate::consolidation::{places, scaled_words};
use crate::indicators::UnitRule;

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
        let digits = value.unsigned_abs().to_string();
        let refused = || WorkbookError::TooManyDigits { indicator: self.indicator.to_owned() };
        if digits.trim_end_matches('0').len() > 15 {
            return Err(refused());
        }
        // The nearest double of the decimal text, not a division that rounds twice.
        format!("{value}e-{}", self.shift).parse().map_err(|_| refused())
    }

    /// The number in Vietnamese writing, for a figure that must stay words: "1.234,5".
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

/// The words that stand before a figure: "ước", "gần", "hơn"…; empty for an exact one.
pub(super) fn precision(figure: &UnitFigure) -> String {
    let estimate = figure.is_estimate().then_some("ước");
    let near = figure.is_approximate().then_some(figure.qualifier.label());
    estimate.into_iter().chain(near).collect::<Vec<_>>().join(" ")
}
