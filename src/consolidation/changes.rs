//! What a later edition says differently: figures, totals, words and units of two editions side by side, of one period
//! or of two. Pure.

use std::collections::{HashMap, HashSet};

use super::content::{
    Change, ChangeList, EditionContent, ListChange, ListedUnit, NarrativeChange, NarrativeParagraph,
    NarrativeSection, Passage, PassageKind, Said, SectionChange, StackedList, TotalChange, UnitLine,
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
    let line = Whose { uid: &unit.uid, consolidated: unit.consolidated, name: &unit.name };
    let missing =
        content.missing.iter().map(|m| Whose { uid: &m.uid, consolidated: m.consolidated, name: &m.name });
    let outside =
        content.outside.iter().map(|o| Whose { uid: &o.uid, consolidated: o.consolidated, name: &o.name });
    missing.chain(outside).any(|other| other.is(line))
}

/// Whose report, words or rows something in an edition is. A unit may be called otherwise in the next edition, and two
/// units may be called the same.
#[derive(Clone, Copy)]
struct Whose<'a> {
    uid: &'a str,
    /// Of the two reports of a collecting body.
    consolidated: bool,
    name: &'a str,
}

impl Whose<'_> {
    /// Whether it is the same unit's. What was frozen before the identifier was kept tells it by name only.
    fn is(self, other: Whose<'_>) -> bool {
        if self.uid.is_empty() || other.uid.is_empty() {
            return self.name == other.name;
        }
        (self.uid, self.consolidated) == (other.uid, other.consolidated)
    }
}

fn who_said(said: &NarrativeParagraph) -> Whose<'_> {
    Whose { uid: &said.uid, consolidated: said.consolidated, name: &said.unit }
}

fn who_listed(listed: &ListedUnit) -> Whose<'_> {
    Whose { uid: &listed.uid, consolidated: listed.consolidated, name: &listed.unit }
}

/// What units say under one heading then and now, side by side in the order of now; what was said then only comes last.
fn paired<'a, T>(
    then: Vec<&'a T>,
    now: Vec<&'a T>,
    whose: fn(&T) -> Whose<'_>,
) -> Vec<(Option<&'a T>, Option<&'a T>)> {
    let mut left = then;
    let mut pairs: Vec<(Option<&'a T>, Option<&'a T>)> = Vec::new();
    for new in now {
        let old = left.iter().position(|old| whose(old).is(whose(new))).map(|at| left.remove(at));
        pairs.push((old, Some(new)));
    }
    pairs.extend(left.into_iter().map(|old| (Some(old), None)));
    pairs
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
    let mut seen: HashSet<&str> = HashSet::new();
    let codes = now.iter().chain(before).map(|section| section.code.as_str());
    let mut changes = Vec::new();
    for code in codes.filter(|code| seen.insert(code)) {
        for (old, new) in paired(said(before, code), said(now, code), who_said) {
            if old.map(|old| &old.text) == new.map(|new| &new.text) {
                continue;
            }
            changes.push(NarrativeChange {
                unit: new.or(old).map(|said| said.unit.clone()).unwrap_or_default(),
                section: code.to_owned(),
                passages: passages(
                    old.map_or("", |old| old.text.as_str()),
                    new.map_or("", |new| new.text.as_str()),
                ),
            });
        }
    }
    changes
}

/// What the units wrote in a section.
fn said<'a>(sections: &'a [NarrativeSection], code: &str) -> Vec<&'a NarrativeParagraph> {
    let of = sections.iter().filter(|section| section.code == code);
    of.flat_map(|section| &section.paragraphs).collect()
}

fn of_lists(before: &[StackedList], now: &[StackedList]) -> Vec<ListChange> {
    let mut seen: HashSet<&str> = HashSet::new();
    let mut changes = Vec::new();
    for list in now.iter().chain(before) {
        if !seen.insert(&list.code) {
            continue;
        }
        for (old, new) in paired(listed(before, &list.code), listed(now, &list.code), who_listed) {
            if old.map(|old| &old.rows) != new.map(|new| &new.rows) {
                let unit = new.or(old).map(|listed| listed.unit.clone()).unwrap_or_default();
                changes.push(ListChange { unit, list: list.title.clone() });
            }
        }
    }
    changes
}

/// The units with rows in a list.
fn listed<'a>(lists: &'a [StackedList], code: &str) -> Vec<&'a ListedUnit> {
    lists.iter().filter(|list| list.code == code).flat_map(|list| &list.units).collect()
}
