//! Which collectors of a period are under none of the others, by hand.

use tonghop::db::ids::UnitId;
use tonghop::periods::tops;

fn of(owed: &[(i64, i64)]) -> Vec<i64> {
    let owed: Vec<(UnitId, UnitId)> = owed.iter().map(|(unit, to)| (UnitId(*unit), UnitId(*to))).collect();
    tops(&owed).into_iter().map(|unit| unit.0).collect()
}

#[test]
fn by_hand() {
    assert!(of(&[]).is_empty());
    assert_eq!(of(&[(5, 1), (6, 1), (1, 1)]), [1], "its own report goes to itself");
    assert_eq!(of(&[(5, 2), (6, 2), (7, 2), (2, 1)]), [1], "a lower collector, however many send to it");
    assert_eq!(of(&[(5, 3), (3, 2), (2, 1)]), [1], "through two levels");
    assert_eq!(of(&[(5, 1), (6, 2), (7, 2)]), [2, 1], "two, the one with most first");
    assert_eq!(of(&[(5, 2), (6, 1)]), [1, 2], "of as many the older");
    assert_eq!(of(&[(5, 1), (6, 2), (2, 2), (1, 1)]), [1, 2]);
}
