//! The periods of one unit: flow, stock, year to date, maximum.

use super::oracle;
use chrono::NaiveDate;
use proptest::prelude::*;
use tonghop::consolidation::{Amount, FoldError, PeriodReading, fold_periods};
use tonghop::indicators::PeriodRule;

/// The half-years of NĐ 09: the first closes on 14/6, the second on 14/12.
fn half(year: i32, number: u32, value: Option<i64>) -> PeriodReading {
    let ends = NaiveDate::from_ymd_opt(year, if number == 1 { 6 } else { 12 }, 14).unwrap();
    PeriodReading { year, ends, amount: value.map(Amount::exact) }
}

fn value(rule: PeriodRule, readings: &[PeriodReading]) -> Option<i64> {
    fold_periods("X", rule, readings).unwrap().map(|amount| amount.value)
}

#[test]
fn each_rule_over_two_years_by_hand() {
    let readings =
        [half(2024, 1, Some(10)), half(2024, 2, Some(25)), half(2025, 1, Some(7)), half(2025, 2, Some(12))];
    assert_eq!(value(PeriodRule::Flow, &readings), Some(54));
    assert_eq!(value(PeriodRule::Stock, &readings), Some(12));
    assert_eq!(value(PeriodRule::YearToDate, &readings), Some(25 + 12));
    assert_eq!(value(PeriodRule::Max, &readings), Some(25));
}

#[test]
fn a_stock_never_carries_over_an_unreported_period() {
    let readings = [half(2025, 1, Some(7)), half(2025, 2, None)];
    assert_eq!(value(PeriodRule::Stock, &readings), None);
    assert_eq!(value(PeriodRule::Flow, &readings), Some(7));
    assert_eq!(value(PeriodRule::YearToDate, &readings), Some(7));
    assert_eq!(value(PeriodRule::Max, &readings), Some(7));
}

#[test]
fn a_year_without_a_figure_adds_nothing_to_year_to_date() {
    let readings = [half(2023, 2, Some(4)), half(2024, 1, None), half(2024, 2, None), half(2025, 1, Some(6))];
    assert_eq!(value(PeriodRule::YearToDate, &readings), Some(10));
}

#[test]
fn nothing_reported_is_not_zero() {
    for rule in [PeriodRule::Flow, PeriodRule::Stock, PeriodRule::YearToDate, PeriodRule::Max] {
        assert_eq!(value(rule, &[half(2025, 1, None), half(2025, 2, None)]), None, "{rule}");
        assert_eq!(value(rule, &[]), None, "{rule}");
    }
}

#[test]
fn a_ratio_folds_only_through_its_parts() {
    let error = fold_periods("D05", PeriodRule::Ratio, &[half(2025, 1, Some(50))]).unwrap_err();
    assert_eq!(error, FoldError::RatioHasNoValue { indicator: "D05".to_owned() });
}

/// Periods of several years, each with a distinct last day.
fn readings() -> impl Strategy<Value = Vec<PeriodReading>> {
    prop::collection::vec(oracle::any_amount(), 0..24).prop_map(|amounts| {
        let quarter_ends = |index: usize| (2020 + index as i32 / 4, [3, 6, 9, 12][index % 4]);
        amounts
            .into_iter()
            .enumerate()
            .map(|(index, amount)| {
                let (year, month) = quarter_ends(index);
                PeriodReading { year, ends: NaiveDate::from_ymd_opt(year, month, 14).unwrap(), amount }
            })
            .collect()
    })
}

fn same(sum: Option<String>, folded: Result<Option<Amount>, FoldError>) -> Result<(), TestCaseError> {
    match folded {
        Ok(amount) => prop_assert_eq!(sum, amount.map(|amount| amount.value.to_string())),
        Err(error) => {
            prop_assert_eq!(error, FoldError::Overflow { indicator: "X".to_owned(), figures: vec![] });
            prop_assert!(!oracle::fits(&sum.unwrap()));
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn flow_and_year_to_date_agree_with_paper(readings in readings()) {
        let all: Vec<_> = readings.iter().map(|r| r.amount.map(|a| a.value)).collect();
        same(oracle::sum(&all), fold_periods("X", PeriodRule::Flow, &readings))?;

        let last_of_each_year: Vec<Option<i64>> = (2020..2030)
            .map(|year| readings.iter().rev().find(|r| r.year == year && r.amount.is_some()))
            .map(|last| last.and_then(|r| r.amount).map(|a| a.value))
            .collect();
        same(oracle::sum(&last_of_each_year), fold_periods("X", PeriodRule::YearToDate, &readings))?;

        let last = readings.last().and_then(|r| r.amount);
        prop_assert_eq!(fold_periods("X", PeriodRule::Stock, &readings), Ok(last));
    }

    /// Marks are those of the figures that stand in the result, and of no other.
    #[test]
    fn a_folded_figure_keeps_the_marks_of_what_is_in_it(
        amounts in prop::collection::vec(oracle::small_amount(), 0..12)
    ) {
        let readings: Vec<PeriodReading> = (0..)
            .zip(amounts)
            .map(|(at, amount)| {
                let (year, month) = (2020 + at / 4, [3, 6, 9, 12][at as usize % 4]);
                PeriodReading { year, ends: NaiveDate::from_ymd_opt(year, month, 14).unwrap(), amount }
            })
            .collect();
        let given: Vec<&PeriodReading> = readings.iter().filter(|reading| reading.amount.is_some()).collect();
        let last = |reading: &&&PeriodReading| {
            !given.iter().any(|other| other.year == reading.year && other.ends > reading.ends)
        };
        let inside = |rule: PeriodRule| -> Vec<Amount> {
            let kept: Vec<&PeriodReading> = match rule {
                PeriodRule::Stock => readings.last().into_iter().collect(),
                PeriodRule::YearToDate => given.iter().filter(last).copied().collect(),
                _ => given.clone(),
            };
            kept.into_iter().filter_map(|reading| reading.amount).collect()
        };
        for rule in [PeriodRule::Flow, PeriodRule::Stock, PeriodRule::YearToDate, PeriodRule::Max] {
            let of = inside(rule);
            let folded = fold_periods("X", rule, &readings).unwrap();
            prop_assert_eq!(folded.is_some(), !of.is_empty(), "{}", rule);
            let marks = folded.map(|amount| (amount.estimated, amount.approximate)).unwrap_or_default();
            let naive = (of.iter().any(|amount| amount.estimated), of.iter().any(|amount| amount.approximate));
            prop_assert_eq!(marks, naive, "{}", rule);
        }
    }

    #[test]
    fn the_order_in_which_periods_are_given_does_not_matter(
        (readings, shuffled) in readings().prop_flat_map(|r| (Just(r.clone()), Just(r).prop_shuffle()))
    ) {
        for rule in PeriodRule::ALL {
            prop_assert_eq!(fold_periods("X", *rule, &readings), fold_periods("X", *rule, &shuffled));
        }
    }
}
