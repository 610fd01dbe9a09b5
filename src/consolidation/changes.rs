//! What a later edition says differently: the figures and words of two editions of one period side by side.

use std::collections::HashMap;

use super::content::{
    Change, ChangeList, EditionContent, ListChange, NarrativeChange, NarrativeSection, Said, StackedList,
    UnitLine,
};
use crate::indicators::UnitRule;

/// Lists what units say otherwise than in the edition before, in the order of the new edition; what is in the old one
/// only comes last.
pub fn changes_between(before: &EditionContent, now: &EditionContent) -> ChangeList {
    // A collecting body has two lines, its own and the consolidated one.
    let key = |unit: &UnitLine| (unit.uid.clone(), unit.consolidated);
    let old: HashMap<_, &UnitLine> = before.units.iter().map(|unit| (key(unit), unit)).collect();
    let new: HashMap<_, &UnitLine> = now.units.iter().map(|unit| (key(unit), unit)).collect();
    let ratio = |code: &str| {
        now.line(code).or(before.line(code)).is_some_and(|(_, line)| line.rule == UnitRule::Ratio)
    };
    let mut changes = Vec::new();
    for unit in &now.units {
        of_unit(old.get(&key(unit)).copied(), Some(unit), &mut changes);
    }
    for unit in before.units.iter().filter(|unit| !new.contains_key(&key(unit))) {
        of_unit(Some(unit), None, &mut changes);
    }
    changes.retain(|change| !ratio(&change.indicator));
    let narrative = of_narrative(&before.narrative, &now.narrative);
    let lists = of_lists(&before.lists, &now.lists);
    ChangeList { since: before.identity.edition_number, changes, narrative, lists }
}

fn of_unit(before: Option<&UnitLine>, now: Option<&UnitLine>, changes: &mut Vec<Change>) {
    let said = |unit: Option<&UnitLine>| -> Vec<(String, Said)> {
        let figures = unit.into_iter().flat_map(|unit| &unit.figures);
        figures.map(|figure| (figure.indicator.clone(), Said::of(figure))).collect()
    };
    let name = now.or(before).map_or("", |unit| unit.name.as_str());
    let (old, new) = (said(before), said(now));
    let find = |list: &[(String, Said)], code: &str| {
        list.iter().find(|(other, _)| other == code).map(|(_, said)| said.clone()).unwrap_or_default()
    };
    let gone = old.iter().filter(|(code, _)| !new.iter().any(|(other, _)| other == code));
    for (code, _) in new.iter().chain(gone) {
        let (before, now) = (find(&old, code), find(&new, code));
        if before != now {
            changes.push(Change { unit: name.to_owned(), indicator: code.clone(), before, now });
        }
    }
}

fn of_narrative(before: &[NarrativeSection], now: &[NarrativeSection]) -> Vec<NarrativeChange> {
    let text = |sections: &[NarrativeSection], section: &str, unit: &str| -> Option<String> {
        let section = sections.iter().find(|other| other.code == section)?;
        section.paragraphs.iter().find(|other| other.unit == unit).map(|found| found.text.clone())
    };
    let mut changes: Vec<NarrativeChange> = Vec::new();
    for section in now.iter().chain(before) {
        for paragraph in &section.paragraphs {
            let change = NarrativeChange { unit: paragraph.unit.clone(), section: section.code.clone() };
            let (old, new) =
                (text(before, &section.code, &change.unit), text(now, &section.code, &change.unit));
            if old != new && !changes.contains(&change) {
                changes.push(change);
            }
        }
    }
    changes
}

fn of_lists(before: &[StackedList], now: &[StackedList]) -> Vec<ListChange> {
    let rows = |lists: &'_ [StackedList], code: &str, unit: &str| {
        let list = lists.iter().find(|other| other.code == code)?;
        list.units.iter().find(|other| other.unit == unit).map(|found| found.rows.clone())
    };
    let mut changes: Vec<ListChange> = Vec::new();
    for list in now.iter().chain(before) {
        for unit in &list.units {
            let change = ListChange { unit: unit.unit.clone(), list: list.title.clone() };
            let differs = rows(before, &list.code, &unit.unit) != rows(now, &list.code, &unit.unit);
            if differs && !changes.contains(&change) {
                changes.push(change);
            }
        }
    }
    changes
}
