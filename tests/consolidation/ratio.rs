//! Ratios: sums of numerators over sums of denominators, exact, rounded once.

use super::oracle;
use proptest::prelude::*;
use tonghop::consolidation::{Amount, Fraction, PartDecimals, UnitRow, fold_units};
use tonghop::indicators::UnitRule;

const WHOLE: PartDecimals = PartDecimals { numerator: 0, denominator: 0 };

fn parts(numerator: Option<i64>, denominator: Option<i64>) -> UnitRow {
    UnitRow::ratio(numerator.map(Amount::exact), denominator.map(Amount::exact))
}

fn percent(numerator: i64, denominator: i64) -> Option<i64> {
    Fraction::new(numerator, denominator, WHOLE).and_then(Fraction::percent_hundredths)
}

#[test]
fn a_ratio_is_never_an_average() {
    let rows =
        [parts(Some(1), Some(1)), parts(Some(10), Some(99)), parts(Some(5), None), parts(None, Some(40))];
    let total = fold_units("D05", UnitRule::Ratio, &rows).unwrap();
    assert_eq!((total.numerator, total.denominator, total.value), (Some(11), Some(100), None));
    assert_eq!((total.n, total.of), (2, 4));
    assert_eq!(total.percent_hundredths(WHOLE), Some(1100));
}

#[test]
fn nothing_is_divided_by_zero() {
    assert_eq!(percent(5, 0), None);
    let total = fold_units("D05", UnitRule::Ratio, &[parts(Some(0), Some(0))]).unwrap();
    assert_eq!((total.numerator, total.denominator, total.n), (Some(0), Some(0), 1));
    assert_eq!(total.percent_hundredths(WHOLE), None);
    assert_eq!(fold_units("D05", UnitRule::Ratio, &[parts(Some(3), None)]).unwrap().fraction(WHOLE), None);
}

#[test]
fn rounding_by_hand() {
    let table = [
        (6, 7, 8571),
        (1, 3, 3333),
        (2, 3, 6667),
        (1, 8, 1250),
        (1, 20_000, 1),
        (1, 20_001, 0),
        (3, 20_000, 2),
        (-1, 20_000, -1),
        (-1, 3, -3333),
        (1, -3, -3333),
        (0, 9, 0),
        (i64::MAX, i64::MAX, 10_000),
        (i64::MIN, i64::MIN, 10_000),
    ];
    for (numerator, denominator, expected) in table {
        assert_eq!(percent(numerator, denominator), Some(expected), "{numerator}/{denominator}");
    }
    assert_eq!(percent(i64::MAX, 1), None, "beyond 64 bits is not a number to print");
}

#[test]
fn parts_of_different_decimals_meet_at_the_same_scale() {
    // 12,5 hours of 50 hours, and of 50,00 hours.
    let quarter = Fraction::new(125, 50, PartDecimals { numerator: 1, denominator: 0 }).unwrap();
    assert_eq!((quarter.numerator(), quarter.denominator()), (1, 4));
    let again = Fraction::new(125, 5000, PartDecimals { numerator: 1, denominator: 2 }).unwrap();
    assert_eq!(again, quarter);
    let extreme = PartDecimals { numerator: 6, denominator: 0 };
    assert!(Fraction::new(i64::MIN, i64::MIN, extreme).is_some());
}

proptest! {
    #[test]
    fn the_parts_agree_with_paper(rows in prop::collection::vec(oracle::ratio_row(), 0..40)) {
        let both: Vec<_> = rows.iter()
            .filter(|row| row.asked && row.counts)
            .filter_map(|row| row.value.zip(row.denominator))
            .collect();
        let total = fold_units("D05", UnitRule::Ratio, &rows).unwrap();
        let above: Vec<_> = both.iter().map(|(numerator, _)| Some(numerator.value)).collect();
        let below: Vec<_> = both.iter().map(|(_, denominator)| Some(denominator.value)).collect();
        prop_assert_eq!(total.numerator.map(|v| v.to_string()), oracle::sum(&above));
        prop_assert_eq!(total.denominator.map(|v| v.to_string()), oracle::sum(&below));
        prop_assert_eq!(total.n as usize, both.len());
        prop_assert_eq!(total.estimated, both.iter().any(|(a, b)| a.estimated || b.estimated));
    }

    /// Long division on paper: the quotient q satisfies q·d ≤ n·10000 + d/2 < (q+1)·d.
    #[test]
    fn rounding_is_half_up(numerator in 0_i64..1_000_000_000, denominator in 1_i64..1_000_000) {
        let quotient = i128::from(percent(numerator, denominator).unwrap());
        let (n, d) = (i128::from(numerator), i128::from(denominator));
        let doubled = 2 * 10_000 * n + d;
        prop_assert!(2 * quotient * d <= doubled && doubled < 2 * (quotient + 1) * d);
    }
}
