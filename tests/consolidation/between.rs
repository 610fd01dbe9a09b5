//! Two editions of one period side by side: no single unit's figure is what their totals leave. Held against every pair of
//! editions that can be read, compared unit by unit.

use proptest::prelude::*;
use tonghop::consolidation::content::{EditionContent, FigureStatus, IndicatorLine, Reading, UnitFigure};
use tonghop::consolidation::{Amount, UnitRow, fold_units, guarded, mark_telling};
use tonghop::indicators::{UnitRule, ValueType};

use crate::workbooks::sample;

/// An edition in which each unit gave one figure of a classified group, or none.
fn edition(rule: UnitRule, gave: &[Option<i64>]) -> EditionContent {
    let mut edition = sample::edition();
    let rows: Vec<UnitRow> = gave.iter().map(|value| UnitRow::plain(value.map(Amount::exact))).collect();
    edition.groups.truncate(1);
    edition.groups[0].classified = true;
    edition.groups[0].indicators = vec![IndicatorLine {
        total: fold_units("E01", rule, &rows).unwrap(),
        ..sample::line("E01", "Người", "người", ValueType::Int, rule)
    }];
    let unit = edition.units[0].clone();
    let figure = unit.figures[0].clone();
    let of = |(at, value): (usize, &Option<i64>)| {
        let figure = UnitFigure {
            indicator: "E01".into(),
            state: if value.is_some() { FigureStatus::Given } else { FigureStatus::NotReported },
            counts: true,
            now: Reading { value: *value, ..Reading::default() },
            total: None,
            ..figure.clone()
        };
        let mut unit = unit.clone();
        (unit.uid, unit.consolidated, unit.figures) = (format!("u{at}"), false, vec![figure]);
        unit
    };
    edition.units = gave.iter().enumerate().map(of).collect();
    edition
}

/// Whether others read the total of each of some editions, made one after another.
fn read(rule: UnitRule, editions: &[Vec<Option<i64>>]) -> Vec<bool> {
    let mut made: Vec<EditionContent> = Vec::new();
    for gave in editions {
        let mut next = edition(rule, gave);
        mark_telling(&mut next, &made);
        made.push(next);
    }
    made.iter().map(|edition| !guarded(edition).groups[0].indicators[0].is_withheld()).collect()
}

#[test]
fn by_hand() {
    let sum = |editions: &[&[Option<i64>]]| {
        read(UnitRule::Sum, &editions.iter().map(|gave| gave.to_vec()).collect::<Vec<_>>())
    };
    let (a, b, c, d) = (Some(7), Some(11), Some(3), Some(20));
    assert_eq!(sum(&[&[a, b, None, None], &[a, b, c, None]]), [true, false], "one came");
    assert_eq!(sum(&[&[a, b, c, None], &[a, b, None, None]]), [true, false], "one went");
    assert_eq!(sum(&[&[a, b, c, None], &[a, b, d, None]]), [true, false], "one corrected");
    assert_eq!(sum(&[&[a, b, None, None], &[a, b, c, d]]), [true, true], "two came");
    assert_eq!(sum(&[&[a, b, None, None], &[a, b, Some(0), Some(0)]]), [true, false], "two zeros");
    assert_eq!(sum(&[&[a, b, c, None], &[a, b, c, None]]), [true, true], "nothing new");
    // The second is closed, so the third is beside the first alone.
    assert_eq!(sum(&[&[a, b, None, None], &[a, b, c, None], &[a, b, c, d]]), [true, false, true]);
    assert_eq!(sum(&[&[a, None, None, None], &[a, b, None, None]]), [false, true], "the first is not read");
    let answers = |editions: [[Option<i64>; 5]; 2]| read(UnitRule::CountTrue, &editions.map(Vec::from));
    let (yes, no) = (Some(1), Some(0));
    assert_eq!(answers([[yes, no, no, None, None], [yes, no, no, yes, yes]]), [true, false], "two yes");
    assert_eq!(answers([[yes, no, no, None, None], [yes, no, no, yes, no]]), [true, true], "one of the two");
    // Alone asked, alone to answer.
    assert_eq!(read(UnitRule::Owner, &[vec![None], vec![a], vec![b]]), [true, true, true]);
}

proptest! {
    #[test]
    fn no_two_editions_that_are_read_differ_by_one_unit(
        editions in prop::collection::vec(prop::collection::vec(prop::option::of(0..4i64), 5), 2..6)
    ) {
        let read = read(UnitRule::Sum, &editions);
        let tells = |one: &[Option<i64>], other: &[Option<i64>]| {
            let changed: Vec<i64> = one
                .iter()
                .zip(other)
                .filter(|(one, other)| one != other)
                .map(|(one, other)| other.unwrap_or(0) - one.unwrap_or(0))
                .collect();
            changed.len() == 1 || (!changed.is_empty() && changed.iter().all(|by| *by == 0))
        };
        for (later, is_read) in read.iter().enumerate() {
            let told = (0..later).any(|at| read[at] && tells(&editions[at], &editions[later]));
            let given = editions[later].iter().flatten().count();
            prop_assert_eq!(*is_read, given == 0 || (!told && given > 1), "edition {}", later + 1);
        }
    }
}
