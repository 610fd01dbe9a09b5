//! Which unit of today a unit of last year became, against cases drawn by hand.

use tonghop::consolidation::succession::{Handover, Succession, behind};
use tonghop::db::ids::UnitId;

fn whole(from: i64, to: i64) -> Handover {
    Handover { from: Some(UnitId(from)), to: Some(UnitId(to)), whole: true }
}

fn function(from: i64, to: i64) -> Handover {
    Handover { whole: false, ..whole(from, to) }
}

fn today(changes: &[Vec<Handover>], unit: i64) -> Option<i64> {
    Succession::over(changes.iter().map(Vec::as_slice)).today(UnitId(unit)).map(|unit| unit.0)
}

#[test]
fn whoever_nothing_happened_to_is_what_it_was() {
    assert_eq!(today(&[], 1), Some(1));
    assert_eq!(today(&[vec![whole(1, 2)]], 3), Some(3));
}

#[test]
fn a_rename_and_a_whole_merge_are_carried_over() {
    let rename = vec![whole(1, 1)];
    assert_eq!(today(std::slice::from_ref(&rename), 1), Some(1));
    let merge = vec![whole(1, 2), whole(3, 2)];
    for unit in 1..=3 {
        assert_eq!(today(std::slice::from_ref(&merge), unit), Some(2), "{unit}");
    }
    assert_eq!(today(&[merge, vec![whole(2, 9)]], 1), Some(9), "one merge after another");
}

#[test]
fn a_split_is_never_apportioned_and_its_pieces_have_no_base() {
    // The old district lives on, smaller, beside the new town.
    let split = vec![whole(1, 1), whole(1, 2)];
    for unit in [1, 2] {
        assert_eq!(today(std::slice::from_ref(&split), unit), None, "{unit}");
    }
    assert_eq!(today(&[split, vec![whole(2, 5)]], 5), None, "whoever takes over a piece has no base either");
}

#[test]
fn a_body_divided_by_function_goes_nowhere_whole() {
    // A department abolished: most to one, a function to another, which stays what it was.
    let divided = vec![whole(1, 2), function(1, 3)];
    assert_eq!(today(std::slice::from_ref(&divided), 1), None);
    assert_eq!(today(std::slice::from_ref(&divided), 2), None);
    assert_eq!(today(&[divided], 3), Some(3));
}

#[test]
fn handing_over_a_function_alone_changes_nobody() {
    let transfer = vec![function(1, 2)];
    assert_eq!(today(std::slice::from_ref(&transfer), 1), Some(1));
    assert_eq!(today(&[transfer], 2), Some(2));
}

#[test]
fn a_body_abolished_without_successor_goes_nowhere() {
    let abolished = vec![Handover { from: Some(UnitId(1)), to: None, whole: true }];
    assert_eq!(today(&[abolished], 1), None);
}

#[test]
fn behind_a_collector_stand_all_who_passed_whole_into_it() {
    let of = |unit: i64, changes: &[Vec<Handover>]| -> Vec<i64> {
        let mut bodies: Vec<i64> = behind(UnitId(unit), changes).into_iter().map(|unit| unit.0).collect();
        bodies.sort_unstable();
        bodies
    };
    let changes = [vec![whole(1, 2), whole(3, 2)], vec![function(4, 2)], vec![whole(2, 9), function(2, 7)]];
    assert_eq!(of(9, &changes), [1, 2, 3, 9], "one merge after another; a function is no body");
    assert_eq!(of(2, &changes), [1, 2, 3], "what became of it later is no part of it");
    assert_eq!(of(7, &changes), [7]);
    assert_eq!(of(6, &[vec![whole(5, 6), whole(5, 8)]]), [6], "divided, it passed whole into nobody");
    assert_eq!(of(6, &[vec![whole(6, 8)], vec![whole(5, 6)]]), [5, 6]);
}
