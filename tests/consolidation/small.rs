//! Small counts of classified groups: nobody can be told from what is left, by a reader who knows the rule and the total.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tonghop::consolidation::small::{SMALL, below, withheld};

#[test]
fn by_hand() {
    let of = |counts: &[i64]| withheld(&counts.iter().copied().map(Some).collect::<Vec<_>>(), 0).rows;
    assert_eq!(of(&[0, 12, 30]), [false, false, false], "nothing small");
    assert_eq!(of(&[3, 12, 30]), [true, true, false], "one alone would be the total less the others");
    assert_eq!(
        of(&[3, 5, 6, 30]),
        [true, true, true, false],
        "a five or less and a three or more: a four is left"
    );
    assert_eq!(of(&[3, 0, 4, 30]), [true, true, true, false], "a zero shown would tell who the seven are");
    assert_eq!(of(&[4, 4, 30]), [true, true, true], "eight in two units of at most four");
    assert_eq!(of(&[5, 40]), [false, false], "five is not small");
    assert_eq!(withheld(&[Some(300), Some(9_000)], 2).rows, [true, true], "scaled: three");
    let alone = withheld(&[None, Some(2), None], 0);
    assert_eq!((alone.rows, alone.total), (vec![false, true, false], true), "its total is the figure");
}

#[test]
fn counts_that_no_total_holds_are_hidden_by_themselves() {
    let of = |counts: &[i64]| below(&counts.iter().copied().map(Some).collect::<Vec<_>>(), 0);
    assert_eq!(of(&[0, 12, 30]), [false, false, false]);
    assert_eq!(of(&[3, 12, 30]), [true, false, false], "nothing to take it from");
    assert_eq!(of(&[-3, 0, 5]), [true, true, false]);
    assert_eq!(below(&[None, Some(300)], 2), [false, true], "scaled: three");
    // With the total of the first and the third, 33: the second is in none, and hides neither.
    let entering = [Some(3), None, Some(30)];
    assert_eq!(withheld(&entering, 0).rows, [true, false, true], "33 less 30 is 3");
    assert_eq!(withheld(&[Some(3), Some(2), Some(30)], 0).rows, [true, true, false], "were it added too");
}

/// Every reader's view of every list of up to three counts below thirteen: what is shown, and the total where it is.
/// Whoever puts all lists with the same view side by side finds more than one number for each small count.
#[test]
fn no_small_count_follows_from_what_is_shown() {
    type Seen = (Vec<Option<i64>>, Option<i64>);
    let mut views: BTreeMap<Seen, Vec<Vec<i64>>> = BTreeMap::new();
    let top = 13_i64;
    for len in 1..=3_u32 {
        for number in 0..top.pow(len) {
            let counts: Vec<i64> = (0..len).map(|at| number / top.pow(at) % top).collect();
            let hidden = withheld(&counts.iter().copied().map(Some).collect::<Vec<_>>(), 0);
            let shown = counts.iter().zip(&hidden.rows).map(|(n, hidden)| (!hidden).then_some(*n)).collect();
            let total = (!hidden.total).then(|| counts.iter().sum());
            views.entry((shown, total)).or_default().push(counts);
        }
    }
    for ((shown, total), lists) in views {
        for (at, cell) in shown.iter().enumerate() {
            let possible: BTreeSet<i64> = lists.iter().map(|counts| counts[at]).collect();
            match cell {
                Some(n) => assert!(*n == 0 || *n >= SMALL, "{n} is shown in {shown:?}"),
                None if possible.iter().any(|n| (1..SMALL).contains(n)) => {
                    assert!(possible.len() > 1, "{shown:?} of {total:?} can only be {lists:?}");
                }
                None => {}
            }
        }
    }
}

proptest! {
    #[test]
    fn every_small_count_is_withheld_and_nothing_where_none_is(
        counts in prop::collection::vec(prop::option::of(0..40i64), 0..30)
    ) {
        let hidden = withheld(&counts, 0).rows;
        prop_assert_eq!(hidden.len(), counts.len());
        let small = |count: &Option<i64>| count.is_some_and(|n| 0 < n && n < SMALL);
        for (count, hidden) in counts.iter().zip(&hidden) {
            prop_assert!(*hidden || !small(count));
            prop_assert!(!*hidden || count.is_some(), "nothing is never withheld");
        }
        prop_assert_eq!(hidden.iter().any(|hidden| *hidden), counts.iter().any(small));
    }
}
