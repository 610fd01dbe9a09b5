//! Units into the total of one collector.

use super::oracle;
use proptest::prelude::*;
use tonghop::consolidation::{Amount, FoldError, Total, UnitRow, fold_units};
use tonghop::indicators::UnitRule;

fn figure(value: i64) -> UnitRow {
    UnitRow::plain(Some(Amount::exact(value)))
}

const BLANK: UnitRow = UnitRow { asked: true, counts: true, value: None, denominator: None, leaves: None };

fn overflow(indicator: &str) -> FoldError {
    FoldError::Overflow { indicator: indicator.to_owned() }
}

#[test]
fn no_figures_is_not_zero() {
    for rule in UnitRule::ALL {
        let total = fold_units("B04", *rule, &[BLANK, BLANK]).unwrap();
        assert_eq!(total, Total { of: 2, ..Total::default() }, "{rule}");
        assert_eq!(fold_units("B04", *rule, &[]).unwrap(), Total::default(), "{rule}");
    }
    let nil = fold_units("B04", UnitRule::Sum, &[BLANK, figure(0)]).unwrap();
    assert_eq!((nil.value, nil.n, nil.of), (Some(0), 1, 2));
}

#[test]
fn each_rule_by_hand() {
    let rows = [figure(1), BLANK, figure(0), figure(1)];
    let total = |rule| fold_units("X", rule, &rows).unwrap();
    assert_eq!(
        (total(UnitRule::Sum).value, total(UnitRule::Sum).n, total(UnitRule::Sum).of),
        (Some(2), 3, 4)
    );
    assert_eq!(total(UnitRule::CountTrue).value, Some(2));
    assert_eq!(total(UnitRule::Max).value, Some(1));
    let negative = fold_units("X", UnitRule::Max, &[figure(-3), figure(-7)]).unwrap();
    assert_eq!(negative.value, Some(-3));
    let owner = fold_units("X", UnitRule::Owner, &[BLANK, figure(16)]).unwrap();
    assert_eq!((owner.value, owner.n, owner.of), (Some(16), 1, 2));
}

#[test]
fn a_second_owner_is_an_error_that_names_the_indicator() {
    let error = fold_units("B16", UnitRule::Owner, &[figure(16), figure(16)]).unwrap_err();
    assert_eq!(error, FoldError::SeveralOwners { indicator: "B16".to_owned(), units: vec![] });
    assert_eq!(error.indicator(), "B16");
    let reference = UnitRow { counts: false, ..figure(15) };
    assert_eq!(fold_units("B16", UnitRule::Owner, &[figure(16), reference]).unwrap().value, Some(16));
}

#[test]
fn reference_figures_and_units_not_asked_never_enter() {
    let reference = UnitRow { counts: false, ..figure(500) };
    let not_asked = UnitRow { asked: false, ..figure(500) };
    for rule in [UnitRule::Sum, UnitRule::Max, UnitRule::CountTrue, UnitRule::Owner] {
        let total = fold_units("B14", rule, &[reference, figure(1), not_asked]).unwrap();
        assert_eq!((total.value, total.n, total.of), (Some(1), 1, 1), "{rule}");
    }
}

#[test]
fn beyond_two_to_the_fifty_third_nothing_is_lost() {
    let odd = (1_i64 << 53) + 1;
    assert_eq!(fold_units("A11", UnitRule::Sum, &[figure(odd)]).unwrap().value, Some(odd));
    let back = fold_units("A11", UnitRule::Sum, &[figure(i64::MAX), figure(1), figure(-1)]).unwrap();
    assert_eq!(back.value, Some(i64::MAX));
    assert_eq!(fold_units("A11", UnitRule::Sum, &[figure(i64::MAX), figure(1)]), Err(overflow("A11")));
    assert_eq!(fold_units("A11", UnitRule::Sum, &[figure(i64::MIN), figure(-1)]), Err(overflow("A11")));
}

proptest! {
    #[test]
    fn sums_agree_with_paper_and_overflow_is_never_a_wrap(
        rows in prop::collection::vec(oracle::row(oracle::any_amount()), 0..40)
    ) {
        let entering: Vec<_> = rows.iter().filter(|row| row.asked && row.counts).collect();
        let figures: Vec<_> = entering.iter().map(|row| row.value.map(|amount| amount.value)).collect();
        let there: Vec<_> = entering.iter().filter_map(|row| row.value).collect();
        match (oracle::sum(&figures), fold_units("B04", UnitRule::Sum, &rows)) {
            (Some(sum), Err(error)) => {
                prop_assert!(!oracle::fits(&sum));
                prop_assert_eq!(error, overflow("B04"));
            }
            (sum, Ok(total)) => {
                prop_assert_eq!(sum, total.value.map(|value| value.to_string()));
                prop_assert_eq!(total.n as usize, there.len());
                prop_assert_eq!(total.of as usize, entering.len());
                prop_assert_eq!(total.estimated, there.iter().any(|amount| amount.estimated));
                prop_assert_eq!(total.approximate, there.iter().any(|amount| amount.approximate));
                prop_assert_eq!((total.numerator, total.denominator), (None, None));
            }
            (None, Err(error)) => prop_assert!(false, "nothing cannot overflow: {error}"),
        }
    }

    #[test]
    fn largest_and_counts_agree_with_sorting_and_repeated_counting(
        rows in prop::collection::vec(oracle::row(oracle::any_amount()), 0..40)
    ) {
        let mut figures: Vec<i64> =
            rows.iter().filter(|row| row.asked && row.counts).filter_map(|row| row.value).map(|a| a.value).collect();
        figures.sort_unstable();
        let largest = fold_units("B15", UnitRule::Max, &rows).unwrap();
        prop_assert_eq!(largest.value, figures.last().copied());
        let yes = fold_units("A02", UnitRule::CountTrue, &rows).unwrap();
        figures.retain(|figure| *figure != 0);
        prop_assert_eq!(yes.value.unwrap_or(0) as usize, figures.len());
    }

    #[test]
    fn the_order_of_units_does_not_matter(
        (rows, shuffled) in prop::collection::vec(oracle::row(oracle::any_amount()), 0..30)
            .prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))
    ) {
        for rule in UnitRule::ALL {
            prop_assert_eq!(fold_units("X", *rule, &rows), fold_units("X", *rule, &shuffled));
        }
    }

    #[test]
    fn blanks_change_the_denominator_and_nothing_else(
        rows in prop::collection::vec(oracle::row(oracle::small_amount()), 0..30), blanks in 0_usize..9
    ) {
        let mut with_blanks = rows.clone();
        with_blanks.extend(std::iter::repeat_n(BLANK, blanks));
        for rule in [UnitRule::Sum, UnitRule::Max, UnitRule::CountTrue] {
            let mut expected = fold_units("X", rule, &rows).unwrap();
            expected.of += blanks as u32;
            prop_assert_eq!(fold_units("X", rule, &with_blanks).unwrap(), expected);
        }
    }
}
