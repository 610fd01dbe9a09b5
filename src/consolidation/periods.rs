//! Folding the periods of one unit into one figure, before any unit is added to another.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::total::{Amount, FoldError, checked};
use crate::indicators::PeriodRule;

/// One period of one unit. Every period of the span is given, also those not reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeriodReading {
    /// The reporting year the period belongs to (NĐ 09's year 2025 runs from 15/12/2024 to 14/12/2025).
    pub year: i32,
    /// Last day of the data window; it orders the periods.
    pub ends: NaiveDate,
    /// The figure; none where the period was not reported or the figure was left blank.
    pub amount: Option<Amount>,
}

/// The figure of one unit over the periods given, in whatever order they come.
///
/// A stock is the last period's and nothing else: it never carries over an unreported period. Year to date
/// takes each year's last figure and adds across years. A ratio has no figure of its own: fold its parts,
/// each by its own rule.
pub fn fold_periods(
    indicator: &str,
    rule: PeriodRule,
    readings: &[PeriodReading],
) -> Result<Option<Amount>, FoldError> {
    match rule {
        PeriodRule::Flow => add(indicator, readings.iter().filter_map(|reading| reading.amount)),
        PeriodRule::Stock => {
            Ok(readings.iter().max_by_key(|reading| reading.ends).and_then(|last| last.amount))
        }
        PeriodRule::YearToDate => {
            let mut last_of_year: BTreeMap<i32, (NaiveDate, Amount)> = BTreeMap::new();
            for reading in readings {
                let Some(amount) = reading.amount else { continue };
                let last = last_of_year.entry(reading.year).or_insert((reading.ends, amount));
                if reading.ends >= last.0 {
                    *last = (reading.ends, amount);
                }
            }
            add(indicator, last_of_year.into_values().map(|(_, amount)| amount))
        }
        PeriodRule::Max => {
            Ok(readings.iter().filter_map(|reading| reading.amount).reduce(|largest, amount| Amount {
                value: largest.value.max(amount.value),
                ..largest.marked_like(amount)
            }))
        }
        PeriodRule::Ratio => Err(FoldError::RatioHasNoValue { indicator: indicator.to_owned() }),
    }
}

fn add(indicator: &str, amounts: impl Iterator<Item = Amount>) -> Result<Option<Amount>, FoldError> {
    let mut sum = 0_i128;
    let mut marks: Option<Amount> = None;
    for amount in amounts {
        sum += i128::from(amount.value);
        marks = Some(marks.map_or(amount, |marks| marks.marked_like(amount)));
    }
    marks.map(|marks| Ok(Amount { value: checked(indicator, sum)?, ..marks })).transpose()
}
