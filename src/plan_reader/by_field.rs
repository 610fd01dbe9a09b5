//! Departments that are named by their fields, the kind standing once: "các Sở Nội vụ, Y tế và Tư pháp", "Giám đốc các sở: Tư pháp,
//! Tài chính", "các phòng Tư pháp, Nội vụ". Each is a body, and never all of the kind.

use super::unit::{begins, past_office, unit_at};
use super::unit_group::quantifier;
use super::unit_list::{name_of, separator};
use super::unit_words::FIELDS;
use super::words::Words;

/// Bodies of one list at most.
const MOST: usize = 80;

/// Kinds that stand once before the fields.
const KINDS: &[(&str, &str)] = &[("sở", "Sở"), ("phòng", "Phòng"), ("ban", "Ban"), ("hội", "Hội")];

/// The departments named from a word on, two at least, and the word after them.
pub(super) fn departments(words: &Words<'_>, at: usize) -> Option<(Vec<String>, usize)> {
    let here = past_office(words, at);
    let counted = quantifier(words, here);
    let from = counted.unwrap_or(here);
    let (kind, after) =
        KINDS.iter().find_map(|(small, kind)| words.phrase(from, small).map(|after| (*kind, after)))?;
    let colon = words.is_mark(after, &[':']);
    // "Sở: Nội vụ, Y tế" begins a line; "Sở Nội vụ, …" is one body.
    if counted.is_none() && !(colon && words.is_capital(from)) {
        return None;
    }
    listed(words, if colon { after + 1 } else { after }, kind, colon)
}

/// The departments that stand as fields alone after "các sở, ban, ngành:", with other bodies named among them.
pub(super) fn named_by_field(words: &Words<'_>, from: usize, at: usize) -> Option<(Vec<String>, usize)> {
    let colon = words.is_mark(at, &[':']);
    let last = at.checked_sub(1)?;
    let alone = words.any(last, &["sở"]).is_some();
    let group = colon && (from..at).any(|at| words.any(at, &["sở"]).is_some());
    if !alone && !group {
        return None;
    }
    listed(words, if colon { at + 1 } else { at }, "Sở", colon)
}

fn listed(words: &Words<'_>, from: usize, kind: &str, others: bool) -> Option<(Vec<String>, usize)> {
    let (mut names, mut fields, mut end, mut here): (Vec<String>, usize, usize, usize) =
        (Vec::new(), 0, from, from);
    while names.len() < MOST {
        // "các Sở: Y tế, Nội vụ; các phòng: Tư pháp, …": another kind.
        if !names.is_empty() && departments(words, here).is_some() {
            break;
        }
        let (name, after) = if let Some((start, after)) = unit_at(words, here).filter(|_| others) {
            (name_of(words, start, after), after)
        } else if begins(words, here) {
            // "các sở Nội vụ, Y tế và Công an tỉnh": a body of another kind.
            break;
        } else if let Some(after) = words.known(here, &FIELDS).filter(|_| words.is_capital(here)) {
            fields += 1;
            (format!("{kind} {}", words.between(here, after)), after)
        } else {
            break;
        };
        names.push(name);
        end = after;
        match separator(words, after) {
            Some(next) => here = next,
            None => break,
        }
    }
    (names.len() > 1 && fields > 0).then_some((names, end))
}
