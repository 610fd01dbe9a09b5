//! This period against the same one last year.

use super::oracle;
use proptest::prelude::*;
use tonghop::consolidation::{Amount, Comparison, FoldError, Pair, PartDecimals, UnitRow, compare};
use tonghop::indicators::{LevelRule, UnitRule};

const WHOLE: PartDecimals = PartDecimals { numerator: 0, denominator: 0 };

fn pair(now: Option<i64>, before: Option<i64>) -> Pair {
    Pair { now: UnitRow::plain(now.map(Amount::exact)), before: UnitRow::plain(before.map(Amount::exact)) }
}

#[test]
fn only_units_with_both_are_compared() {
    let pairs =
        [pair(Some(120), Some(100)), pair(Some(900), None), pair(None, Some(40)), pair(Some(0), Some(20))];
    let compared = compare("B04", UnitRule::Sum, WHOLE, &pairs).unwrap();
    assert_eq!((compared.now.value, compared.before.value, compared.now.n), (Some(120), Some(120), 2));
    assert_eq!((compared.difference, compared.change), (Some(0), Some(0)));
}

#[test]
fn no_pair_or_a_base_of_zero_gives_no_percentage() {
    let none = compare("B04", UnitRule::Sum, WHOLE, &[pair(Some(5), None), pair(None, Some(3))]).unwrap();
    assert_eq!((none.difference, none.change, none.now.n), (None, None, 0));
    let from_zero = compare("B04", UnitRule::Sum, WHOLE, &[pair(Some(5), Some(0))]).unwrap();
    assert_eq!((from_zero.difference, from_zero.change), (Some(5), None));
}

#[test]
fn the_change_is_in_basis_points() {
    let change =
        |now, before| compare("B04", UnitRule::Sum, WHOLE, &[pair(Some(now), Some(before))]).unwrap().change;
    assert_eq!(change(1125, 1000), Some(1250));
    assert_eq!(change(2, 3), Some(-3333));
    assert_eq!(change(0, 7), Some(-10_000));
    assert_eq!(change(5, 3), Some(6667));
}

#[test]
fn reference_figures_and_units_no_longer_asked_stay_out() {
    let mut reference = pair(Some(50), Some(10));
    reference.now.counts = false;
    let mut gone = pair(Some(50), Some(10));
    gone.before.asked = false;
    let compared = compare("B04", UnitRule::Sum, WHOLE, &[pair(Some(3), Some(2)), reference, gone]).unwrap();
    assert_eq!((compared.now.value, compared.before.value, compared.now.n), (Some(3), Some(2), 1));
}

#[test]
fn ratios_differ_in_points_and_have_no_percentage_of_a_percentage() {
    let row = |a, b| UnitRow::ratio(Some(Amount::exact(a)), Some(Amount::exact(b)));
    let half = Pair { now: row(6, 7), before: row(1, 2) };
    let one_part = Pair { now: UnitRow::ratio(Some(Amount::exact(9)), None), before: row(1, 9) };
    let compared = compare("D05", UnitRule::Ratio, WHOLE, &[half, one_part]).unwrap();
    assert_eq!((compared.difference, compared.change), (Some(8571 - 5000), None));
    assert_eq!(compared.now.n, 1);
}

#[test]
fn a_difference_that_does_not_fit_is_an_error() {
    let error = compare("A11", UnitRule::Sum, WHOLE, &[pair(Some(i64::MAX), Some(-1))]).unwrap_err();
    assert_eq!(error, FoldError::Overflow { indicator: "A11".to_owned(), figures: vec![] });
}

proptest! {
    #[test]
    fn comparing_leaves_equals_comparing_through_levels(
        collectors in prop::collection::vec(
            prop::collection::vec(
                (oracle::row(oracle::small_amount()), oracle::row(oracle::small_amount()))
                    .prop_map(|(now, before)| Pair { now, before }),
                0..8,
            ),
            0..6,
        )
    ) {
        for (rule, above) in [(UnitRule::Sum, LevelRule::Sum), (UnitRule::Max, LevelRule::Max)] {
            let below: Vec<Comparison> =
                collectors.iter().map(|pairs| compare("X", rule, WHOLE, pairs).unwrap()).collect();
            let through = Comparison::over_levels("X", above, WHOLE, &below).unwrap();
            let leaves: Vec<Pair> = collectors.concat();
            prop_assert_eq!(through, compare("X", rule, WHOLE, &leaves).unwrap());
        }
    }

    #[test]
    fn the_difference_agrees_with_paper(
        pairs in prop::collection::vec((oracle::small_amount(), oracle::small_amount()), 0..30)
    ) {
        let both: Vec<_> = pairs.iter().filter_map(|(now, before)| now.zip(*before)).collect();
        let signed: Vec<_> = both.iter().flat_map(|(now, before)| [Some(now.value), Some(-before.value)]).collect();
        let rows: Vec<_> = pairs.iter()
            .map(|(now, before)| Pair { now: UnitRow::plain(*now), before: UnitRow::plain(*before) })
            .collect();
        let compared = compare("X", UnitRule::Sum, WHOLE, &rows).unwrap();
        prop_assert_eq!(compared.difference.map(|d| d.to_string()), oracle::sum(&signed));
        prop_assert_eq!(compared.now.n as usize, both.len());
        prop_assert_eq!(compared.before.n as usize, both.len());
    }
}
