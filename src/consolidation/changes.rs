//! What a later edition says differently: figures, totals, words and units of two editions side by side, of one period
//! or of two. Pure.

use std::collections::{HashMap, HashSet};

use super::content::{
    Change, ChangeList, EditionContent, ListChange, NarrativeChange, NarrativeSection, Passage, PassageKind,
    Said, SectionChange, StackedList, TotalChange, UnitLine,
};
use crate::indicators::UnitRule;
use crate::reports::wording::{self, Stretch};

/// Lists what units say otherwise than in the edition before, in the order of the new edition; what is in the old one
/// only comes last.
pub fn changes_between(before: &EditionContent, now: &EditionContent) -> ChangeList {
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
    let (then, here) = (reported(before), reported(now));
    let names = |content: &EditionContent, others: &HashSet<Key>| -> Vec<String> {
        let units = content.units.iter().filter(|unit| !is_missing(content, unit));
        units.filter(|unit| !others.contains(&key(unit))).map(|unit| unit.name.clone()).collect()
    };
    ChangeList {
        since: before.identity.edition_number,
        changes,
        narrative,
        lists,
        sections: of_sections(&before.narrative, &now.narrative),
        came: names(now, &then),
        went: names(before, &here),
        totals: of_totals(before, now),
    }
}

/// A unit through all editions; a collecting body has two lines, its own and the consolidated one.
type Key = (String, bool);

fn key(unit: &UnitLine) -> Key {
    (unit.uid.clone(), unit.consolidated)
}

/// The units whose report, or whose "không phát sinh", is in an edition.
fn reported(content: &EditionContent) -> HashSet<Key> {
    content.units.iter().filter(|unit| !is_missing(content, unit)).map(key).collect()
}

fn is_missing(content: &EditionContent, unit: &UnitLine) -> bool {
    let missing = content.missing.iter().map(|m| (m.uid.as_str(), m.consolidated, m.name.as_str()));
    let outside = content.outside.iter().map(|o| (o.uid.as_str(), o.consolidated, o.name.as_str()));
    // Editions frozen before the identifier was kept tell who is missing by name only.
    missing.chain(outside).any(|(uid, consolidated, name)| match uid {
        "" => name == unit.name,
        uid => uid == unit.uid && consolidated == unit.consolidated,
    })
}

fn of_totals(before: &EditionContent, now: &EditionContent) -> Vec<TotalChange> {
    let total = |content: &EditionContent, code: &str| content.line(code).map(|(_, line)| line.total);
    let mut seen: HashSet<&str> = HashSet::new();
    let codes = now.lines().chain(before.lines()).map(|(_, line)| line.code.as_str());
    codes
        .filter(|code| seen.insert(code))
        .map(|code| TotalChange {
            indicator: code.to_owned(),
            before: total(before, code),
            now: total(now, code),
        })
        .filter(|change| change.before != change.now)
        .collect()
}

/// Two texts word by word.
pub fn passages(before: &str, now: &str) -> Vec<Passage> {
    let mut passages = Vec::new();
    for stretch in wording::compare(before, now) {
        let parts = match stretch {
            Stretch::Same(text) => vec![(PassageKind::Same, text)],
            Stretch::Changed { removed, added } => {
                vec![(PassageKind::Removed, removed), (PassageKind::Added, added)]
            }
        };
        let said = parts.into_iter().filter(|(_, text)| !text.is_empty());
        passages.extend(said.map(|(kind, text)| Passage { kind, text }));
    }
    passages
}

/// Sections whose consolidated text differs, where at least one of the two editions has one.
fn of_sections(before: &[NarrativeSection], now: &[NarrativeSection]) -> Vec<SectionChange> {
    let find = |sections: &'_ [NarrativeSection], code: &str| {
        sections.iter().find(|other| other.code == code).cloned().unwrap_or_default()
    };
    let gone = before.iter().filter(|old| !now.iter().any(|new| new.code == old.code));
    now.iter()
        .chain(gone)
        .filter_map(|section| {
            let (old, new) = (find(before, &section.code), find(now, &section.code));
            if old.blocks.is_empty() && new.blocks.is_empty() {
                return None;
            }
            let (old, new) = (old.words(), new.words());
            (old != new).then(|| SectionChange {
                code: section.code.clone(),
                heading: section.heading.clone(),
                passages: passages(&old, &new),
            })
        })
        .collect()
}

fn of_unit(before: Option<&UnitLine>, now: Option<&UnitLine>, changes: &mut Vec<Change>) {
    let said = |unit: Option<&UnitLine>| -> Vec<(String, Said)> {
        let figures = unit.into_iter().flat_map(|unit| &unit.figures);
        figures.map(|figure| (figure.indicator.to_string(), Said::of(figure))).collect()
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
            let unit = &paragraph.unit;
            let (old, new) = (text(before, &section.code, unit), text(now, &section.code, unit));
            let told = changes.iter().any(|told| told.unit == *unit && told.section == section.code);
            if old != new && !told {
                changes.push(NarrativeChange {
                    unit: unit.clone(),
                    section: section.code.clone(),
                    passages: passages(old.as_deref().unwrap_or(""), new.as_deref().unwrap_or("")),
                });
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
