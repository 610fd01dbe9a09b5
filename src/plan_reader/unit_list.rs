//! Lists of bodies: the owners named by a heading, those a sentence begins with, those somebody works with. Stands
//! between names and everything that gives work.

use super::reading::Mode;
use super::title_case::named_case;
use super::unit::{begins, stops, unit_at};
use super::unit_words::FIELDS;
use super::words::Words;

/// Bodies named one after another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UnitList {
    pub units: Vec<String>,
    /// The word after the last name.
    pub end: usize,
}

/// Bodies of one list at most.
const MOST: usize = 80;

/// The bodies named from a word on: "Công an tỉnh, Sở Tư pháp và các sở, ngành có liên quan".
pub(super) fn list_at(words: &Words<'_>, at: usize) -> Option<UnitList> {
    let mut units: Vec<String> = Vec::new();
    let mut here = at;
    let mut end = at;
    while units.len() < MOST
        && let Some((from, after)) = unit_at(words, here)
    {
        // "Cục …, Bộ Công an": a ministry's own body, not two.
        let after = ministry_after(words, from, after).unwrap_or(after);
        let name = name_of(words, from, after);
        if !name.is_empty() && !units.contains(&name) {
            units.push(name);
        }
        end = after;
        // "Giám đốc các sở: Tư pháp, Tài chính": the kind once, the names after it.
        if let Some((names, after)) = named_by_field(words, end) {
            units.pop();
            units.extend(names);
            end = after;
        }
        let Some(next) = separator(words, end) else { break };
        if !begins(words, next) {
            break;
        }
        here = next;
    }
    (!units.is_empty()).then_some(UnitList { units, end })
}

/// The departments that stand as fields alone after "các sở:".
fn named_by_field(words: &Words<'_>, at: usize) -> Option<(Vec<String>, usize)> {
    let before = at.checked_sub(1)?;
    words.any(before, &["sở"])?;
    let mut here = if words.is_mark(at, &[':']) { at + 1 } else { at };
    let mut names = Vec::new();
    let mut end = at;
    while let Some(after) = words.known(here, &FIELDS).filter(|_| words.is_capital(here)) {
        names.push(format!("Sở {}", words.between(here, after)));
        end = after;
        match separator(words, after) {
            Some(next) => here = next,
            None => break,
        }
    }
    (names.len() > 1).then_some((names, end))
}

/// The end of the ministry that a central body is named with.
fn ministry_after(words: &Words<'_>, from: usize, at: usize) -> Option<usize> {
    words.any(from, &["cục", "vụ", "tổng cục"])?;
    let next = if words.is_mark(at, &[',', '-']) { at + 1 } else { return None };
    let ministry = words.any(next, &["bộ"]).is_some()
        && words.any(next, &["bo chi huy", "bo tu lenh", "bo doi"]).is_none();
    ministry.then(|| unit_at(words, next).map(|(_, end)| end)).flatten()
}

/// The word after a separator.
fn separator(words: &Words<'_>, at: usize) -> Option<usize> {
    let comma = words.is_mark(at, &[',', ';', '/', '-']);
    let next = if comma { at + 1 } else { at };
    match words.any(next, &["và", "cùng với", "cùng", "hoặc"]) {
        Some(after) => Some(after),
        None => comma.then_some(next),
    }
}

/// A name as it stands, without what was put in brackets after it.
fn name_of(words: &Words<'_>, from: usize, to: usize) -> String {
    let mut name = String::new();
    let mut here = from;
    let mut start = from;
    while here < to {
        if words.is_mark(here, &['(']) {
            name.push_str(words.between(start, here));
            name.push(' ');
            here = words.closing(here).min(to) + 1;
            start = here;
        } else {
            here += 1;
        }
    }
    name.push_str(words.between(start, to));
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words before the owners in a heading.
const BEFORE: &[&str] = &[
    "trach nhiem cua",
    "nhiem vu cua",
    "nhiem vu cu the cua",
    "đối với",
    "ve phia",
    "giao",
    "yeu cau",
    "phan cong",
    "giao cho",
    "giao nhiem vu cho",
    "de nghi",
    "co quan thuong truc :",
    "co quan chu tri :",
    "don vi chu tri :",
];

/// The owners a heading names when it names nothing else: "5. Đề nghị Ủy ban MTTQ tỉnh và các tổ chức …".
pub(super) fn whole_list(heading: &str) -> Option<(Mode, Vec<String>)> {
    if heading.len() > 700 {
        return None;
    }
    let heading = named_case(heading);
    let words = Words::of(&heading);
    let (mode, from) = lead(&words, 0);
    let list = list_at(&words, from)?;
    let rest = words.list.get(list.end..).unwrap_or_default();
    rest.iter().all(|word| matches!(word.mark, Some('.' | ':' | ';' | ','))).then_some((mode, list.units))
}

/// Skips "Giao", "Đề nghị", "Trách nhiệm của": how the work is given, and where the names begin.
pub(super) fn lead(words: &Words<'_>, at: usize) -> (Mode, usize) {
    let request = words.any(at, &["de nghi", "kinh de nghi", "tran trong de nghi", "mong"]);
    match request.or_else(|| words.any(at, BEFORE)) {
        Some(after) => (if request.is_some() { Mode::Request } else { Mode::Assign }, after),
        None => (Mode::Assign, at),
    }
}

/// Whether the sentence goes on with a verb after the names.
pub(super) fn goes_on(words: &Words<'_>, at: usize) -> bool {
    let at = if words.is_mark(at, &[',', ':']) { at + 1 } else { at };
    at < words.len() && (super::unit::verb_at(words, at) || leads_on(words, at) && stops(words, at))
}

/// "theo chức năng, nhiệm vụ", "căn cứ …", "trong phạm vi …": before the verb.
fn leads_on(words: &Words<'_>, at: usize) -> bool {
    words
        .any(
            at,
            &["theo", "trong pham vi", "phải", "cần", "là co quan", "là don vi", "là dau moi", "sẽ", "trên"],
        )
        .is_some()
}
