//! What a later edition says differently: the figures of two editions of one period side by side.

use std::collections::HashMap;

use super::content::{Change, ChangeList, EditionContent, Reading, UnitLine};

/// Lists the figures of units that differ from the edition before, in the order of the new edition; units that
/// are in the old one only come last.
pub(super) fn between(before: &EditionContent, now: &[UnitLine]) -> ChangeList {
    // A collecting body has two lines, its own and the consolidated one.
    let key = |unit: &UnitLine| (unit.uid.clone(), unit.consolidated);
    let old: HashMap<_, &UnitLine> = before.units.iter().map(|unit| (key(unit), unit)).collect();
    let new: HashMap<_, &UnitLine> = now.iter().map(|unit| (key(unit), unit)).collect();
    let mut changes = Vec::new();
    for unit in now {
        of_unit(old.get(&key(unit)).copied(), Some(unit), &unit.name, &mut changes);
    }
    for unit in before.units.iter().filter(|unit| !new.contains_key(&key(unit))) {
        of_unit(Some(unit), None, &unit.name, &mut changes);
    }
    ChangeList { since: before.identity.edition_number, changes }
}

fn of_unit(before: Option<&UnitLine>, now: Option<&UnitLine>, name: &str, changes: &mut Vec<Change>) {
    let readings = |unit: Option<&UnitLine>| -> Vec<(String, Reading)> {
        let figures = unit.into_iter().flat_map(|unit| &unit.figures);
        figures
            .filter(|figure| figure.now.numerator.is_none() && figure.now.denominator.is_none())
            .map(|figure| (figure.indicator.clone(), figure.now))
            .collect()
    };
    let (old, new) = (readings(before), readings(now));
    let find = |list: &[(String, Reading)], code: &str| {
        list.iter().find(|(other, _)| other == code).map(|(_, reading)| *reading).unwrap_or_default()
    };
    let gone = old.iter().filter(|(code, _)| !new.iter().any(|(other, _)| other == code));
    for (code, _) in new.iter().chain(gone) {
        let (before, now) = (find(&old, code), find(&new, code));
        if before != now {
            changes.push(Change { unit: name.to_owned(), indicator: code.clone(), before, now });
        }
    }
}
