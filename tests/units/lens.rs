//! Where the past of reorganised bodies stands, by hand.

use std::collections::BTreeSet;

use proptest::prelude::*;
use tonghop::consolidation::succession::{Handover, Succession};
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

/// One reorganisation: bodies that pass to another, or one that is divided; the numbers choose among those that live.
#[derive(Debug, Clone)]
enum Event {
    Rename(usize),
    /// Into one of them that goes on, or into a new one.
    Merge(Vec<usize>, bool),
    /// Into new ones; it may live on beside them.
    Divide(usize, usize, bool),
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let which = 0..16_usize;
    prop::collection::vec(
        prop_oneof![
            1 => which.clone().prop_map(Event::Rename),
            4 => (prop::collection::vec(which.clone(), 2..4), any::<bool>()).prop_map(|(of, new)| Event::Merge(of, new)),
            2 => (which, 2..4_usize, any::<bool>()).prop_map(|(of, n, lives)| Event::Divide(of, n, lives)),
        ],
        1..8,
    )
}

/// From whom to whom, event by event.
type Lines = Vec<Vec<(i64, i64)>>;

/// The reorganisations as lines, and every body ever, with those that live at the end.
fn lines(events: &[Event]) -> (Lines, i64, BTreeSet<i64>) {
    let (mut living, mut last): (BTreeSet<i64>, i64) = ((1..=6).collect(), 6);
    let mut all = Vec::new();
    let pick = |living: &BTreeSet<i64>, at: usize| living.iter().nth(at % living.len()).copied().unwrap_or(1);
    for event in events {
        let mut of = Vec::new();
        match event {
            Event::Rename(at) => {
                let body = pick(&living, *at);
                of.push((body, body));
            }
            Event::Merge(at, new) => {
                let bodies: BTreeSet<i64> = at.iter().map(|at| pick(&living, *at)).collect();
                let mut bodies: Vec<i64> = bodies.into_iter().collect();
                let heir = match new {
                    true => {
                        last += 1;
                        last
                    }
                    false => bodies.remove(0),
                };
                for body in bodies {
                    living.remove(&body);
                    of.push((body, heir));
                }
                living.insert(heir);
            }
            Event::Divide(at, into, lives) => {
                let body = pick(&living, *at);
                if *lives {
                    of.push((body, body));
                } else {
                    living.remove(&body);
                }
                for _ in 0..*into {
                    last += 1;
                    of.push((body, last));
                    living.insert(last);
                }
            }
        }
        all.push(of);
    }
    (all, last, living)
}

proptest! {
    /// The table by unit and the comparison ask two programs about the same reorganisations. Where one carries a body's
    /// figures over to another, the other puts it on the same row; they part only where a body took over a part of a divided
    /// one, which the comparison compares with nothing.
    #[test]
    fn the_table_and_the_comparison_put_a_body_in_the_same_place(events in events()) {
        let (changes, last, living) = lines(&events);
        // As the table reads them: of bodies that are gone, and of those that were divided and live on.
        let stays: BTreeSet<i64> =
            changes.iter().flatten().filter(|(from, to)| from == to && living.contains(from)).map(|(from, _)| *from).collect();
        let passed = |(from, to): &&(i64, i64)| match living.contains(from) {
            true => stays.contains(from),
            false => from != to,
        };
        let passages: Vec<(UnitId, UnitId)> =
            changes.iter().flatten().filter(passed).map(|(from, to)| (UnitId(*from), UnitId(*to))).collect();
        let structure = Structure::of(&passages);
        let handovers: Vec<Vec<Handover>> = changes
            .iter()
            .map(|of| {
                let line = |(from, to): &(i64, i64)| Handover {
                    from: Some(UnitId(*from)),
                    to: Some(UnitId(*to)),
                    whole: true,
                };
                of.iter().map(line).collect()
            })
            .collect();
        let succession = Succession::over(handovers.iter().map(Vec::as_slice));
        for body in (1..=last).map(UnitId) {
            match (structure.stands(body), succession.today(body)) {
                (Stands::In(row), Some(today)) => prop_assert_eq!(row, today, "{:?} of {:?}", body, changes),
                (Stands::Itself, Some(today)) => prop_assert_eq!(body, today, "{:?}", changes),
                (Stands::Among(_), today) => prop_assert_eq!(today, None, "{:?} of {:?}", body, changes),
                (Stands::In(row), None) => {
                    // It took part of a divided body, itself or through one that passed into it.
                    prop_assert_eq!(succession.today(row), None, "{:?} of {:?}", body, changes);
                }
                (Stands::Itself, None) => {}
            }
        }
        let divided = events.iter().any(|event| matches!(event, Event::Divide(..)));
        for body in (1..=last).map(UnitId).filter(|_| !divided) {
            let row = match structure.stands(body) {
                Stands::In(row) => Some(row),
                Stands::Itself => Some(body),
                Stands::Among(_) => None,
            };
            prop_assert_eq!(row, succession.today(body), "without a division they are one: {:?}", changes);
        }
    }
}
