//! Folding the leaves at once equals folding through any tree of levels.

use super::oracle;
use proptest::prelude::*;
use tonghop::consolidation::{Amount, FoldError, Total, UnitRow, fold_levels, fold_units};
use tonghop::indicators::{LevelRule, UnitRule};

#[derive(Clone, Debug)]
enum Level {
    Collector(Vec<UnitRow>),
    Above(Vec<Level>),
}

fn fold(level: &Level, rule: UnitRule) -> Result<Total, FoldError> {
    match level {
        Level::Collector(rows) => fold_units("X", rule, rows),
        Level::Above(below) => {
            let totals = below.iter().map(|level| fold(level, rule)).collect::<Result<Vec<_>, _>>()?;
            fold_levels("X", rule.level_rule(), &totals)
        }
    }
}

fn leaves(level: &Level) -> Vec<UnitRow> {
    match level {
        Level::Collector(rows) => rows.clone(),
        Level::Above(below) => below.iter().flat_map(leaves).collect(),
    }
}

fn tree(row: BoxedStrategy<UnitRow>) -> impl Strategy<Value = Level> {
    let collector = prop::collection::vec(row, 0..6).prop_map(Level::Collector);
    collector.prop_recursive(4, 60, 5, |below| prop::collection::vec(below, 0..5).prop_map(Level::Above))
}

proptest! {
    #[test]
    fn any_tree_gives_what_its_leaves_give(tree in tree(oracle::row(oracle::small_amount()).boxed())) {
        for rule in [UnitRule::Sum, UnitRule::Max, UnitRule::CountTrue] {
            prop_assert_eq!(fold(&tree, rule), fold_units("X", rule, &leaves(&tree)));
        }
    }

    #[test]
    fn any_tree_of_ratios_gives_what_its_leaves_give(tree in tree(oracle::ratio_row().boxed())) {
        prop_assert_eq!(fold(&tree, UnitRule::Ratio), fold_units("X", UnitRule::Ratio, &leaves(&tree)));
    }

    #[test]
    fn the_order_of_levels_does_not_matter(
        (totals, shuffled) in prop::collection::vec(oracle::row(oracle::small_amount()), 0..20)
            .prop_map(|rows| rows.iter().map(|row| fold_units("X", UnitRule::Sum, [row]).unwrap()).collect::<Vec<_>>())
            .prop_flat_map(|totals| (Just(totals.clone()), Just(totals).prop_shuffle()))
    ) {
        for rule in LevelRule::ALL {
            prop_assert_eq!(fold_levels("X", *rule, &totals), fold_levels("X", *rule, &shuffled));
        }
    }
}

#[test]
fn one_owner_in_each_province_adds_up_above() {
    let province =
        |value| fold_units("B16", UnitRule::Owner, &[UnitRow::plain(Some(Amount::exact(value)))]).unwrap();
    let ministry = fold_levels("B16", UnitRule::Owner.level_rule(), &[province(5), province(8)]).unwrap();
    assert_eq!((ministry.value, ministry.n, ministry.of), (Some(13), 2, 2));
}

#[test]
fn a_level_of_nothing_is_nothing_and_an_overflow_names_the_indicator() {
    assert_eq!(fold_levels("X", LevelRule::Sum, &[]).unwrap(), Total::default());
    let silent = Total { of: 7, ..Total::default() };
    let both = fold_levels("X", LevelRule::Max, &[silent, silent]).unwrap();
    assert_eq!((both.value, both.n, both.of), (None, 0, 14));
    let huge = Total { value: Some(i64::MAX), n: 1, of: 1, ..Total::default() };
    let error = fold_levels("A11", LevelRule::Sum, &[huge, huge]).unwrap_err();
    assert_eq!(error, FoldError::Overflow { indicator: "A11".to_owned() });
    let crowd = Total { n: u32::MAX, of: u32::MAX, ..Total::default() };
    assert!(fold_levels("A11", LevelRule::Sum, &[crowd, crowd]).is_err());
}

proptest! {
    /// A collector that folds its own units beside the totals of lower ones gets what all the leaves give.
    #[test]
    fn units_beside_totals_of_lower_collectors_give_what_the_leaves_give(
        own in prop::collection::vec(oracle::row(oracle::small_amount()), 0..6),
        below in prop::collection::vec(prop::collection::vec(oracle::row(oracle::small_amount()), 0..5), 0..4),
    ) {
        for rule in [UnitRule::Sum, UnitRule::Max, UnitRule::CountTrue] {
            let totals: Vec<Total> = below.iter().map(|rows| fold_units("X", rule, rows).unwrap()).collect();
            let mixed: Vec<UnitRow> = own.iter().copied().chain(totals.iter().map(UnitRow::of_total)).collect();
            let leaves: Vec<UnitRow> = own.iter().chain(below.iter().flatten()).copied().collect();
            prop_assert_eq!(fold_units("X", rule, &mixed), fold_units("X", rule, &leaves));
            let levels: Vec<Total> = std::iter::once(fold_units("X", rule, &own).unwrap()).chain(totals).collect();
            prop_assert_eq!(fold_units("X", rule, &mixed), fold_levels("X", rule.level_rule(), &levels));
        }
    }

    #[test]
    fn ratios_beside_ratios_of_lower_collectors_give_what_the_leaves_give(
        own in prop::collection::vec(oracle::ratio_row(), 0..6),
        below in prop::collection::vec(prop::collection::vec(oracle::ratio_row(), 0..5), 0..4),
    ) {
        let total = |rows: &Vec<UnitRow>| UnitRow::of_total(&fold_units("X", UnitRule::Ratio, rows).unwrap());
        let mixed: Vec<UnitRow> = own.iter().copied().chain(below.iter().map(total)).collect();
        let leaves: Vec<UnitRow> = own.iter().chain(below.iter().flatten()).copied().collect();
        prop_assert_eq!(fold_units("X", UnitRule::Ratio, &mixed), fold_units("X", UnitRule::Ratio, &leaves));
    }
}

/// One owner within a collector; the owners of several collectors add up.
#[test]
fn an_owner_here_and_an_owner_below_add_up_and_two_here_do_not() {
    let owner = |value| UnitRow::plain(Some(Amount::exact(value)));
    let below = fold_units("X", UnitRule::Owner, &[owner(5), UnitRow::plain(None)]).unwrap();
    let total = fold_units("X", UnitRule::Owner, &[owner(7), UnitRow::of_total(&below)]).unwrap();
    assert_eq!((total.value, total.n, total.of), (Some(12), 2, 3));
    assert!(fold_units("X", UnitRule::Owner, &[owner(7), owner(5)]).is_err());
}
