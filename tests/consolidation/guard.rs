//! Totals of a classified group as they leave the collector: no unit's figure follows from them. Held against the sets of
//! units each number is over, worked out by hand from who gave a figure when.

use std::collections::{BTreeSet, HashMap};

use proptest::prelude::*;
use tonghop::consolidation::content::{EditionContent, IndicatorLine, Reading, UnitFigure};
use tonghop::consolidation::{Pair, Total, UnitRow, compare, fold_units, guarded};
use tonghop::indicators::{UnitRule, ValueType};

use crate::workbooks::sample;

/// A figure of a unit now, last year and of the year so far.
type Gave = (Option<i64>, Option<i64>, Option<i64>);

fn row(value: Option<i64>) -> UnitRow {
    UnitRow::plain(value.map(tonghop::consolidation::Amount::exact))
}

fn line(code: &str, gave: &[Gave]) -> IndicatorLine {
    let rule = UnitRule::Sum;
    let fold = |of: fn(&Gave) -> Option<i64>| {
        fold_units(code, rule, &gave.iter().map(|gave| row(of(gave))).collect::<Vec<_>>()).unwrap()
    };
    let pairs: Vec<Pair> =
        gave.iter().map(|(now, before, _)| Pair { now: row(*now), before: row(*before) }).collect();
    IndicatorLine {
        total: fold(|gave| gave.0),
        same_period: Some(fold(|gave| gave.1)),
        cumulative: Some(fold(|gave| gave.2)),
        comparison: Some(compare(code, rule, Default::default(), &pairs).unwrap()),
        ..sample::line(code, "Người", "người", ValueType::Int, rule)
    }
}

fn content(lines: Vec<IndicatorLine>) -> EditionContent {
    let mut edition = sample::edition();
    edition.groups.truncate(1);
    edition.groups[0].classified = true;
    edition.groups[0].indicators = lines;
    edition
}

#[test]
fn by_hand() {
    // Two gave a figure now, one of them last year too.
    let gave = [(Some(7), Some(9), Some(7)), (Some(11), None, Some(11)), (None, Some(20), None)];
    let shown = guarded(content(vec![line("E01", &gave)]));
    let e01 = &shown.groups[0].indicators[0];
    assert_eq!(e01.total.value, Some(18));
    assert_eq!(e01.same_period.unwrap().value, Some(29));
    assert_eq!(e01.comparison, None, "7 beside 9 are one unit's");
    assert!(e01.compared_words().is_none());
    assert_eq!(e01.cumulative.unwrap().value, Some(18), "the same units, the same number");
    // One alone gave a figure.
    let shown = guarded(content(vec![line("E01", &[(Some(7), Some(9), Some(7)), (None, None, Some(3))])]));
    let e01 = &shown.groups[0].indicators[0];
    assert!(e01.is_withheld() && e01.total.n == 1 && !e01.note.is_empty());
    assert_eq!((e01.same_period, e01.comparison, e01.cumulative), (None, None, None));
    // A ratio over all units but one of those that gave what it is made of.
    let mut ratio = line("E11", &[]);
    ratio.rule = UnitRule::Ratio;
    ratio.ratio = Some(tonghop::consolidation::content::RatioParts {
        numerator: "E10".to_owned(),
        denominator: "E01".to_owned(),
        decimals: Default::default(),
    });
    ratio.total = Total { numerator: Some(1), denominator: Some(11), n: 2, of: 3, ..Total::default() };
    let three = [(Some(7), None, None), (Some(4), None, None), (Some(2), None, None)];
    let two = [(Some(1), None, None), (Some(0), None, None), (None, None, None)];
    let shown = guarded(content(vec![line("E01", &three), line("E10", &two), ratio.clone()]));
    assert!(shown.groups[0].indicators[2].is_withheld(), "13 less 11 are the third's");
    let shown = guarded(content(vec![line("E01", &three[..2]), line("E10", &two), ratio]));
    assert_eq!(shown.groups[0].indicators[2].total.denominator, Some(11));
}

#[test]
fn other_groups_and_what_one_body_counts_for_all_stay() {
    let mut edition = content(vec![line("A01", &[(Some(7), Some(9), None)])]);
    edition.groups[0].classified = false;
    assert_eq!(guarded(&edition), edition);
    // Alone asked, alone to answer: Công an tỉnh counts for the province.
    let counted = line("E01", &[(Some(7), Some(9), Some(7))]);
    let shown = guarded(content(vec![counted.clone()]));
    assert_eq!(shown.groups[0].indicators[0], counted);
    let mut owned = line("E20", &[(Some(7), Some(9), None)]);
    owned.rule = UnitRule::Owner;
    let shown = guarded(content(vec![owned]));
    assert_eq!(shown.groups[0].indicators[0].total.value, Some(7));
}

#[test]
fn no_figure_of_a_unit_is_in_it() {
    let mut edition = content(vec![line("E01", &[])]);
    let figure = UnitFigure { indicator: "E01".into(), ..edition.units[0].figures[0].clone() };
    for unit in &mut edition.units {
        unit.figures.push(figure.clone());
    }
    let shown = guarded(&edition);
    assert!(shown.units.iter().all(|unit| unit.figures.iter().all(|figure| figure.indicator != "E01")));
    assert_eq!(shown.units.len(), edition.units.len());
}

#[test]
fn a_ratio_of_classified_parts_is_classified_in_any_group() {
    let mut ratio = line("DP.01", &[]);
    ratio.rule = UnitRule::Ratio;
    ratio.ratio = Some(tonghop::consolidation::content::RatioParts {
        numerator: "E10".to_owned(),
        denominator: "E01".to_owned(),
        decimals: Default::default(),
    });
    ratio.total = Total { numerator: Some(1), denominator: Some(11), n: 2, of: 3, ..Total::default() };
    let three = [(Some(7), None, None), (Some(4), None, None), (Some(2), None, None)];
    let two = [(Some(1), None, None), (Some(0), None, None), (None, None, None)];
    let mut edition = content(vec![line("E01", &three), line("E10", &two)]);
    let mut open = edition.groups[0].clone();
    (open.code, open.classified, open.indicators) = ("A".to_owned(), false, vec![ratio]);
    edition.groups.push(open);
    let figure = UnitFigure { indicator: "DP.01".into(), ..edition.units[0].figures[0].clone() };
    edition.units[0].figures.push(figure);
    let shown = guarded(&edition);
    assert!(shown.line("DP.01").unwrap().1.is_withheld(), "13 less 11 are the third's");
    assert!(shown.units.iter().all(|unit| unit.figures.iter().all(|figure| figure.indicator != "DP.01")));
    // A classified ratio is over the units of its parts, in whatever group these stand.
    let mut apart = edition.clone();
    (apart.groups[0].classified, apart.groups[1].classified) = (false, true);
    assert!(guarded(&apart).line("DP.01").unwrap().1.is_withheld());
}

#[test]
fn the_largest_figure_and_a_common_answer_are_single_units() {
    let shown = |rule: UnitRule, value: i64, n: u32, of: u32| {
        let mut one = line("E05", &[]);
        one.rule = rule;
        one.total = Total { value: Some(value), n, of, ..Total::default() };
        one.same_period = Some(one.total);
        let shown = guarded(content(vec![one]));
        let e05 = &shown.groups[0].indicators[0];
        assert_eq!(e05.is_withheld(), e05.same_period.is_none());
        !e05.is_withheld()
    };
    assert!(!shown(UnitRule::Max, 40, 7, 9), "forty are somebody's");
    assert!(shown(UnitRule::Max, 40, 1, 1), "alone asked");
    assert!(!shown(UnitRule::CountTrue, 0, 7, 9) && !shown(UnitRule::CountTrue, 7, 7, 9));
    assert!(shown(UnitRule::CountTrue, 6, 7, 9));
    assert!(shown(UnitRule::Sum, 0, 7, 9));
}

#[test]
fn what_an_earlier_edition_leaves_is_closed_now_and_next_year() {
    let gave = [(Some(7), Some(9), None), (Some(11), Some(20), None)];
    let mut e01 = line("E01", &gave);
    e01.telling.now = true;
    let shown = guarded(content(vec![e01.clone()]));
    let now = &shown.groups[0].indicators[0];
    assert!(now.is_withheld() && now.note.contains("một đơn vị") && now.comparison.is_none());
    assert_eq!(now.same_period.unwrap().value, Some(29));
    e01.telling = tonghop::consolidation::content::Telling { now: false, same_period: true };
    let shown = guarded(content(vec![e01]));
    let next = &shown.groups[0].indicators[0];
    assert_eq!((next.total.value, next.same_period, next.comparison), (Some(18), None, None));
}

/// A number as the set of what was added up in it: who, and of which period.
type Over = BTreeSet<(usize, &'static str)>;

proptest! {
    /// Of any two numbers that are shown, none is over the units of the other and one more, and none is over one.
    #[test]
    fn no_figure_is_a_total_or_what_two_totals_leave(
        gave in prop::collection::vec((prop::option::of(1..50i64), prop::option::of(1..50i64)), 2..6)
    ) {
        let gave: Vec<Gave> = gave.into_iter().map(|(now, before)| (now, before, now)).collect();
        let shown = guarded(content(vec![line("E01", &gave)]));
        let e01 = &shown.groups[0].indicators[0];
        let over = |period: &'static str, of: &dyn Fn(&Gave) -> bool| -> Over {
            let with = gave.iter().enumerate().filter(|(_, gave)| of(gave));
            with.map(|(at, _)| (at, period)).collect()
        };
        let (now, before) = (over("now", &|gave| gave.0.is_some()), over("then", &|gave| gave.1.is_some()));
        let both = |gave: &Gave| gave.0.is_some() && gave.1.is_some();
        let mut told: HashMap<&str, Over> = HashMap::new();
        if e01.total.reading() != Reading::default() {
            told.insert("total", now);
        }
        if e01.same_period.is_some_and(|total| total.n > 0) {
            told.insert("same", before);
        }
        if e01.comparison.is_some_and(|both| both.now.n > 0) {
            told.insert("both now", over("now", &both));
            told.insert("both then", over("then", &both));
        }
        for one in told.values() {
            prop_assert_ne!(one.len(), 1);
            for other in told.values() {
                prop_assert!(!other.is_superset(one) || other.len() - one.len() != 1);
            }
        }
    }
}
