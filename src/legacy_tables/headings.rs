//! Which indicator a heading means: by its code, by its name, or by most of the words of its name. Pure; a proposal that a person
//! corrects, so what fits two indicators is proposed for none.

use std::collections::{BTreeMap, BTreeSet};

use crate::vietnamese::search_words;

/// What an indicator is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub code: String,
    pub name: String,
}

/// How sure a heading is, in hundredths.
const BY_CODE: u32 = 300;
const BY_NAME: u32 = 200;
/// Words of the shorter side that the longer one has, of a hundred, below which nothing is proposed.
const ENOUGH: u32 = 70;

/// The indicators of some headings, each proposed once: the surest first.
pub fn propose(headings: &[(u32, String)], known: &[Known]) -> BTreeMap<u32, String> {
    let words: Vec<(&Known, BTreeSet<String>)> =
        known.iter().map(|one| (one, set(&without_units(&one.name)))).collect();
    let mut all: Vec<(u32, u32, &str)> = Vec::new();
    for (column, heading) in headings {
        let mut scores: Vec<(u32, &str)> = words
            .iter()
            .map(|(one, name)| (score(heading, one, name), one.code.as_str()))
            .filter(|(score, _)| *score > 0)
            .collect();
        scores.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        match scores.as_slice() {
            [(best, code)] => all.push((*best, *column, code)),
            [(best, code), (second, _), ..] if best > second => all.push((*best, *column, code)),
            _ => {}
        }
    }
    // The surest first; of two as sure the one further left.
    all.sort_by_key(|(score, column, _)| (std::cmp::Reverse(*score), *column));
    let (mut proposed, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for (_, column, code) in all {
        if taken.insert(code) {
            proposed.insert(column, code.to_owned());
        }
    }
    proposed
}

/// How much a heading is of an indicator; 0 is not.
fn score(heading: &str, known: &Known, name: &BTreeSet<String>) -> u32 {
    if has_code(heading, &known.code) {
        return BY_CODE;
    }
    let said = set(&without_units(heading));
    if said.is_empty() || name.is_empty() {
        return 0;
    }
    if said == *name {
        return BY_NAME;
    }
    let common = u32::try_from(said.intersection(name).count()).unwrap_or(0);
    let size = |set: &BTreeSet<String>| u32::try_from(set.len()).unwrap_or(u32::MAX);
    let (short, long) = (size(&said).min(size(name)), size(&said).max(size(name)));
    // One word is in many names.
    if common < 2 || common * 100 / short < ENOUGH || common * 100 / long < ENOUGH / 2 {
        return 0;
    }
    common * 100 / short / 2 + common * 100 / long
}

/// Whether a code stands in a heading as a word of its own: "D02", "(D02)", "Mã D02".
pub fn has_code(heading: &str, code: &str) -> bool {
    let (heading, code) = (heading.to_uppercase(), code.to_uppercase());
    let is_part = |c: char| c.is_alphanumeric();
    heading.match_indices(&code).any(|(at, _)| {
        let before = heading[..at].chars().next_back();
        let after = heading[at + code.len()..].chars();
        // "D02.1" is another code; "D02." ends a sentence.
        let goes_on = |mut rest: std::str::Chars<'_>| match rest.next() {
            Some('.') => rest.next().is_some_and(is_part),
            Some(next) => is_part(next),
            None => false,
        };
        !before.is_some_and(|c| is_part(c) || c == '.') && !goes_on(after)
    })
}

/// Words that say nothing about which indicator it is.
const EMPTY: [&str; 8] = ["so", "tong", "chi", "tieu", "cac", "cua", "duoc", "luong"];

fn set(text: &str) -> BTreeSet<String> {
    let words: BTreeSet<String> = search_words(text).into_iter().collect();
    let told: BTreeSet<String> =
        words.iter().filter(|word| !EMPTY.contains(&word.as_str())).cloned().collect();
    if told.is_empty() { words } else { told }
}

/// A heading without its unit of measure: "Tin, bài đăng (tin)".
fn without_units(text: &str) -> String {
    let mut rest = text.to_owned();
    while let (Some(from), Some(to)) = (rest.rfind('('), rest.rfind(')')) {
        if to < from || from == 0 {
            break;
        }
        rest.replace_range(from..=to, " ");
    }
    let key = rest.to_lowercase();
    match key
        .find("đvt")
        .or_else(|| key.find("đơn vị tính"))
        .filter(|at| *at > 0 && rest.is_char_boundary(*at))
    {
        Some(at) => rest[..at].to_owned(),
        None => rest,
    }
}
