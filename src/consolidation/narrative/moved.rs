//! Where some words of a unit's report stand in its next revision, and whether they still say the same. Pure: found by
//! comparing the two texts word by word.

use super::paragraphs::{count, paragraphs, slice};
use crate::reports::wording::{Stretch, compare, same_words};

/// What became of a range of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// The same words, at this place.
    Same { from: u32, to: u32 },
    /// Other words stand there now.
    Changed { from: u32, to: u32 },
    /// Nothing stands there any more.
    Gone,
}

/// Follows the characters from `from` up to `to` of `old` into `new`. A range that begins or ends a paragraph goes on
/// doing so: a sentence put in at the end of a paragraph that was taken whole is a change of it.
pub fn moved(old: &str, from: u32, to: u32, new: &str) -> Moved {
    let words = slice(old, from, to);
    let (mut start, mut end) = places(old, from, to, new);
    let (first, last) = (begins(old, from), ends(old, to));
    // A full stop that happens to stand at the end of both is no word that was kept.
    if !slice(new, start, end).chars().any(char::is_alphanumeric) {
        end = start;
    }
    if first && start < end {
        start = line_start(new, start);
    }
    if last && start < end {
        end = line_end(new, end);
    }
    let (start, end) = trimmed(new, start, end.max(start));
    let now = slice(new, start, end);
    if !now.is_empty() && same_words(words, now) {
        return Moved::Same { from: start, to: end };
    }
    // A paragraph carried elsewhere whole still says what it said.
    let whole = |found: &super::Paragraph<'_>| same_words(found.text, words);
    if let Some(found) = paragraphs(new).into_iter().find(whole) {
        return Moved::Same { from: found.from, to: found.to };
    }
    // What stands in its place now is a neighbour that was there before.
    let outside = |paragraph: &super::Paragraph<'_>| paragraph.to <= from || to <= paragraph.from;
    let others = paragraphs(old);
    let neighbour = |line: &super::Paragraph<'_>| {
        others.iter().filter(|other| outside(other)).any(|other| same_words(other.text, line.text))
    };
    let gone = now.is_empty() || (first && last && paragraphs(now).iter().all(neighbour));
    if gone { Moved::Gone } else { Moved::Changed { from: start, to: end } }
}

/// The two ends of a range of `old` in `new`. What was put in just before the first word or just after the last is
/// outside.
fn places(old: &str, from: u32, to: u32, new: &str) -> (u32, u32) {
    let (mut was, mut is) = (0_u32, 0_u32);
    let (mut start, mut end) = (None, None);
    for stretch in compare(old, new) {
        match stretch {
            Stretch::Same(text) => {
                let length = count(&text);
                if start.is_none() && from < was + length {
                    start = Some(is + from.saturating_sub(was));
                }
                if end.is_none() && to <= was + length {
                    end = Some(is + to.saturating_sub(was));
                }
                (was, is) = (was + length, is + length);
            }
            Stretch::Changed { removed, added } => {
                let (out, put) = (count(&removed), count(&added));
                if start.is_none() && from < was + out {
                    start = Some(is);
                }
                if end.is_none() && out > 0 && to <= was + out {
                    end = Some(is + put);
                }
                (was, is) = (was + out, is + put);
            }
        }
    }
    (start.unwrap_or(is), end.unwrap_or(is))
}

fn begins(text: &str, at: u32) -> bool {
    let before = slice(text, 0, at);
    before.trim_end_matches(' ').chars().next_back().is_none_or(|c| c == '\n')
}

fn ends(text: &str, at: u32) -> bool {
    slice(text, at, u32::MAX).trim_start_matches(' ').chars().next().is_none_or(|c| c == '\n')
}

fn line_start(text: &str, at: u32) -> u32 {
    let before = slice(text, 0, at);
    before.rfind('\n').map_or(0, |byte| count(&before[..=byte]))
}

fn line_end(text: &str, at: u32) -> u32 {
    let after = slice(text, at, u32::MAX);
    at + after.find('\n').map_or_else(|| count(after), |byte| count(&after[..byte]))
}

/// A range without the blanks at its ends.
fn trimmed(text: &str, from: u32, to: u32) -> (u32, u32) {
    let words = slice(text, from, to);
    let lead = count(words) - count(words.trim_start());
    (from + lead, from + lead + count(words.trim()))
}
