//! Groups of bodies: "các sở, ban, ngành có liên quan", "các huyện, thị xã, thành phố". A group is kinds one after
//! another, with what belongs to them behind.

use super::exceptions::excepts;
use super::unit::{begins, head, named, place, stops};
use super::unit_words::{CLASSES, GROUP_TAILS, LEVELS, MISREAD_SO, NOT_HEADS};
use super::words::Words;

/// Small words in a row that what follows a group may hold.
const MOST_SMALL: usize = 3;

pub(super) fn quantifier(words: &Words<'_>, at: usize) -> Option<usize> {
    words.any(at, &["các", "những", "mọi", "tất cả các", "toàn bộ các", "một số"])
}

/// A kind of body, such as in "các sở, ban, ngành".
pub(super) fn class(words: &Words<'_>, at: usize) -> Option<usize> {
    let end = words.known(at, &CLASSES).or_else(|| misread_class(words, at))?;
    if words
        .known(at, &NOT_HEADS)
        .is_some_and(|longer| longer > end - 1 && words.any(at, &["to chuc"]).is_none())
    {
        return None;
    }
    // "phòng, chống", "phòng ngừa": a verb; "tổ chức" is a noun only where a noun can stand.
    if words.any(at, &["phòng , chống"]).is_some() {
        return None;
    }
    Some(end)
}

/// "các só, ban, ngành": the first kind with a slip in its accent.
fn misread_class(words: &Words<'_>, at: usize) -> Option<usize> {
    let slip = words.any(at, MISREAD_SO)?;
    let next = if words.is_mark(slip, &[',']) { slip + 1 } else { slip };
    words.any(next, &["ban , ngành", "ngành", "ban ngành", "ban , nganh"]).map(|_| slip)
}

/// Kinds one after another: the end and how many.
pub(super) fn classes(words: &Words<'_>, at: usize) -> Option<(usize, usize)> {
    let mut end = class(words, at)?;
    let mut count = 1;
    loop {
        let comma = words.is_mark(end, &[',', '/', '-']);
        let and = words.phrase(end, "và").is_some();
        if !comma && !and {
            break;
        }
        let next = end + 1;
        if begins_other(words, next) {
            break;
        }
        let Some(after) = class(words, next) else { break };
        // ", tổ chức triển khai" goes on with the sentence.
        if words.any(next, &["to chuc"]).is_some() && !noun_follows(words, after) {
            break;
        }
        (end, count) = (after, count + 1);
    }
    Some((end, count))
}

/// Whether another body begins here rather than one more kind.
fn begins_other(words: &Words<'_>, at: usize) -> bool {
    quantifier(words, at).is_some()
        || head(words, at).is_some() && (words.is_capital(at) || class(words, at).is_none())
}

fn noun_follows(words: &Words<'_>, at: usize) -> bool {
    at >= words.len()
        || words.list[at].mark.is_some()
        || words.known(at, &GROUP_TAILS).is_some()
        || words.any(at, &["và", "đoàn", "của", "thuộc"]).is_some()
}

/// "Các sở, ban, ngành có liên quan"; "sở, ngành" without "các" when there are several.
pub(super) fn group(words: &Words<'_>, at: usize) -> Option<usize> {
    let counted = quantifier(words, at);
    let from = counted.unwrap_or(at);
    if counted.is_some() && head(words, from).is_some() && class(words, from).is_none() {
        return named(words, from);
    }
    let (end, count) = classes(words, from)?;
    if counted.is_none() && count < 2 {
        return None;
    }
    Some(tail(words, end))
}

/// What follows the kinds of a group and belongs to it.
pub(super) fn tail(words: &Words<'_>, from: usize) -> usize {
    let mut end = from;
    let mut small = 0;
    while end < words.len() && !excepts(words, end) {
        if let Some(after) = words.known(end, &GROUP_TAILS) {
            // A verb in the shape of a tail: "quản lý" before an object.
            end = after;
            continue;
        }
        if words.is_mark(end, &['(']) {
            let close = words.closing(end);
            // A longer one says which bodies are meant, and stands at the end.
            let last = close + 1 >= words.len() || words.is_mark(close + 1, &[':', ';', '.']);
            if excepts(words, end + 1) || close - end > 6 && !(last && words.is_mark(close, &[')'])) {
                break;
            }
            end = close + 1;
            continue;
        }
        if words.is_mark(end, &['-', ','])
            && words.any(end + 1, &["xa hoi", "nghe nghiep", "internet"]).is_some()
        {
            end += 1;
            continue;
        }
        if words.any(end, &["của", "thuộc", "trên", "ở"]).is_some()
            && !stops(words, end + 1)
            && end + 1 < words.len()
        {
            end += 1;
            continue;
        }
        if let Some(after) = words.known(end, &LEVELS) {
            end = place(words, after);
            continue;
        }
        let Some(word) = words.list.get(end).filter(|word| word.mark.is_none()) else { break };
        if stops(words, end)
            || word.is("va")
            || small == MOST_SMALL
            || word.capital && begins(words, end) && !owned(words, end)
        {
            break;
        }
        small += usize::from(!word.capital);
        end += 1;
    }
    end
}

/// Whether "thuộc" or "của" stands before: then the name after it belongs to the group.
fn owned(words: &Words<'_>, at: usize) -> bool {
    at > 0 && words.any(at - 1, &["thuộc", "của"]).is_some()
}

/// "các huyện, thị xã, thành phố", "huyện, thị xã, thành phố", "cấp huyện": the level of a named body as a group.
pub(super) fn several(words: &Words<'_>, at: usize) -> Option<(usize, usize)> {
    if let Some(next) = words.any(at, &["các"]) {
        return classes(words, next);
    }
    if words.any(at, &["cấp", "cap huyen", "cap xa"]).is_some() {
        return classes(words, at);
    }
    classes(words, at).filter(|(_, count)| *count > 1 && words.known(at, &LEVELS).is_some())
}
