//! Where the past of reorganised bodies stands, by hand.

use std::collections::BTreeSet;

use tonghop::db::ids::UnitId;
use tonghop::units::lens::{Stands, Structure};

fn stands(lines: &[(i64, i64)], unit: i64) -> Stands {
    let lines: Vec<(UnitId, UnitId)> = lines.iter().map(|(from, to)| (UnitId(*from), UnitId(*to))).collect();
    Structure::of(&lines).stands(UnitId(unit))
}

fn among(units: &[i64]) -> Stands {
    Stands::Among(units.iter().map(|unit| UnitId(*unit)).collect::<BTreeSet<_>>())
}

#[test]
fn by_hand() {
    assert_eq!(stands(&[], 1), Stands::Itself);
    assert_eq!(stands(&[(1, 2)], 1), Stands::In(UnitId(2)), "merged");
    assert_eq!(stands(&[(1, 2), (2, 3)], 1), Stands::In(UnitId(3)), "merged again, as on 01/7/2025");
    assert_eq!(stands(&[(1, 2), (2, 3)], 2), Stands::In(UnitId(3)));
    assert_eq!(stands(&[(1, 2), (2, 3)], 3), Stands::Itself);
    assert_eq!(stands(&[(1, 1)], 1), Stands::Itself, "renamed");
    assert_eq!(stands(&[(1, 2), (1, 3)], 1), among(&[2, 3]), "divided and gone");
    assert_eq!(stands(&[(1, 1), (1, 2)], 1), among(&[2]), "divided and living on");
    assert_eq!(stands(&[(4, 1), (1, 1), (1, 2)], 4), among(&[1, 2]), "merged into a body divided later");
    assert_eq!(stands(&[(1, 2), (1, 3), (2, 4), (3, 4)], 1), Stands::In(UnitId(4)), "divided, and one again");
    assert_eq!(stands(&[(1, 2), (2, 1)], 1), Stands::Itself, "a circle in the facts ends");
}
