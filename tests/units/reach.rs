//! Reach against a naive transitive closure, and the cases people argue about, by hand.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tonghop::db::ids::UnitId;
use tonghop::units::reach::{Facts, Reach, Relation, compute};

fn facts(units: i64, ended: &[i64], parents: &[(i64, i64)], successions: &[(i64, i64)]) -> Facts {
    let pair = |&(a, b): &(i64, i64)| (UnitId(a), UnitId(b));
    Facts {
        units: (0..units).map(UnitId).collect(),
        ended: ended.iter().copied().map(UnitId).collect(),
        parents: parents.iter().map(pair).collect(),
        successions: successions.iter().map(pair).collect(),
    }
}

/// What one unit reaches, as plain numbers.
fn of(facts: &Facts, unit: i64) -> Vec<(i64, Relation)> {
    let rows = compute(facts);
    rows.iter().filter(|row| row.unit.0 == unit).map(|row| (row.reaches.0, row.relation)).collect()
}

#[test]
fn a_province_reaches_what_stands_below_at_any_depth() {
    let facts = facts(4, &[], &[(0, 1), (1, 2)], &[]);
    assert_eq!(of(&facts, 0), [(0, Relation::Itself), (1, Relation::Descendant), (2, Relation::Descendant)]);
    assert_eq!(of(&facts, 2), [(2, Relation::Itself)]);
}

#[test]
fn a_successor_reaches_the_whole_chain_before_it() {
    let facts = facts(3, &[0, 1], &[], &[(0, 1), (1, 2)]);
    assert_eq!(
        of(&facts, 2),
        [(0, Relation::Predecessor), (1, Relation::Predecessor), (2, Relation::Itself)]
    );
    assert_eq!(of(&facts, 0), [(0, Relation::Itself)]);
}

#[test]
fn a_body_that_lives_on_beside_its_offshoot_is_not_a_predecessor() {
    let facts = facts(2, &[], &[], &[(0, 1)]);
    assert_eq!(of(&facts, 1), [(1, Relation::Itself)]);
}

/// A department (1) merged into another (2); its press unit (3) ended with it, its school (4) went to a third (5).
#[test]
fn of_what_stood_below_a_predecessor_only_the_ended_comes_along() {
    let facts = facts(6, &[1, 3], &[(1, 3), (1, 4), (5, 4)], &[(1, 2)]);
    assert_eq!(
        of(&facts, 2),
        [(1, Relation::Predecessor), (2, Relation::Itself), (3, Relation::Predecessor)]
    );
    assert_eq!(of(&facts, 5), [(4, Relation::Descendant), (5, Relation::Itself)]);
}

#[test]
fn below_wins_over_before() {
    let facts = facts(2, &[1], &[(0, 1)], &[(1, 0)]);
    assert_eq!(of(&facts, 0), [(0, Relation::Itself), (1, Relation::Descendant)]);
}

/// Repeats every rule until nothing new is found.
fn naive(facts: &Facts) -> Vec<Reach> {
    let mut all = BTreeMap::new();
    for &unit in &facts.units {
        let mut below = BTreeSet::from([unit]);
        loop {
            let more: BTreeSet<UnitId> =
                facts.parents.iter().filter(|(p, _)| below.contains(p)).map(|(_, c)| *c).collect();
            if more.is_subset(&below) {
                break;
            }
            below.extend(more);
        }
        let mut seen = below.clone();
        loop {
            let mut more: BTreeSet<UnitId> = BTreeSet::new();
            for (from, to) in &facts.successions {
                if seen.contains(to) && facts.ended.contains(from) {
                    more.insert(*from);
                }
            }
            for (parent, child) in &facts.parents {
                if seen.contains(parent) && facts.ended.contains(child) {
                    more.insert(*child);
                }
            }
            if more.is_subset(&seen) {
                break;
            }
            seen.extend(more);
        }
        for reaches in seen {
            let relation = match (reaches == unit, below.contains(&reaches)) {
                (true, _) => Relation::Itself,
                (_, true) => Relation::Descendant,
                _ => Relation::Predecessor,
            };
            all.insert((unit, reaches), relation);
        }
    }
    all.into_iter().map(|((unit, reaches), relation)| Reach { unit, reaches, relation }).collect()
}

proptest! {
    #[test]
    fn reach_is_the_naive_closure(
        units in 1_i64..14,
        ended in prop::collection::vec(0_i64..14, 0..10),
        parents in prop::collection::vec((0_i64..14, 0_i64..14), 0..20),
        successions in prop::collection::vec((0_i64..14, 0_i64..14), 0..14),
    ) {
        let inside = |pairs: Vec<(i64, i64)>| -> Vec<(i64, i64)> {
            pairs.into_iter().filter(|(a, b)| *a < units && *b < units).collect()
        };
        let ended: Vec<i64> = ended.into_iter().filter(|unit| *unit < units).collect();
        let facts = facts(units, &ended, &inside(parents), &inside(successions));
        prop_assert_eq!(compute(&facts), naive(&facts));
    }
}
