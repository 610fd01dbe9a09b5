//! Small counts of classified groups: nobody can be told from what is left.

use proptest::prelude::*;
use tonghop::consolidation::small::{SMALL, withheld};

#[test]
fn by_hand() {
    let of = |counts: &[i64]| withheld(&counts.iter().copied().map(Some).collect::<Vec<_>>(), 0);
    assert_eq!(of(&[0, 12, 30]), [false, false, false], "nothing small");
    assert_eq!(of(&[3, 12, 30]), [true, true, false], "one alone would be the total less the others");
    assert_eq!(of(&[3, 0, 4, 30]), [true, false, true, false]);
    assert_eq!(of(&[5, 40]), [false, false], "five is not small");
    assert_eq!(withheld(&[Some(300), Some(9_000)], 2), [true, true], "scaled: three");
    assert_eq!(withheld(&[None, Some(2), None], 0), [false, true, false]);
}

proptest! {
    #[test]
    fn every_small_count_is_withheld_and_never_one_alone(
        counts in prop::collection::vec(prop::option::of(0..40i64), 0..30)
    ) {
        let hidden = withheld(&counts, 0);
        prop_assert_eq!(hidden.len(), counts.len());
        for (count, hidden) in counts.iter().zip(&hidden) {
            let small = count.is_some_and(|n| 0 < n && n < SMALL);
            prop_assert!(*hidden || !small);
            prop_assert!(!*hidden || count.is_some_and(|n| n > 0), "nothing and zero are never withheld");
        }
        let some = counts.iter().flatten().filter(|n| **n > 0).count();
        let withheld = hidden.iter().filter(|hidden| **hidden).count();
        prop_assert!(withheld != 1 || some == 1);
    }
}
