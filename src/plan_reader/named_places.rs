//! Some bodies of a level by the names of their places: "UBND các huyện Tân Yên, Lục Nam; thị xã Chũ" are three, and not all of
//! the districts. The office and the level stand once, the names behind them. Stands between names and lists of them.

use super::unit::{begins, place};
use super::unit_form::form_head;
use super::unit_list::{goes_on, name_of, separator};
use super::unit_words::{LEVELS, OFFICES};
use super::words::Words;

/// Bodies of one list at most.
const MOST: usize = 80;
/// Words of a place's name at most.
const LONGEST: usize = 5;

/// Levels that a place's own name follows.
const LEVELS_OF_PLACES: &[&str] =
    &["huyện", "thị xã", "thành phố", "quận", "xã", "phường", "thị trấn", "đặc khu"];

/// The end of "huyện Sơn Động": a level in small letters with the name of a place.
pub(super) fn place_of_level(words: &Words<'_>, at: usize) -> Option<usize> {
    let name = words.any(at, LEVELS_OF_PLACES).filter(|name| words.is_capital(*name))?;
    let end = place(words, name);
    (end > name).then_some(end)
}

/// The bodies that a name found from one word to another stands for, where it goes on with places: each with the office
/// and its level, and where the list of them ends. None for a whole group and for a body that stands alone.
pub(super) fn each_place(words: &Words<'_>, from: usize, end: usize) -> Option<(Vec<String>, usize)> {
    let level = (from + 1..(end + 1).min(words.len())).find(|at| begins_places(words, *at))?;
    let several = words.any(level - 1, &["các"]).is_some();
    let office = name_of(words, from, if several { level - 1 } else { level });
    let mut behind = words.any(level, LEVELS_OF_PLACES)?;
    // "UBND các xã, phường: A, B": which of them is which is not told.
    while let Some(next) = separator(words, behind)
        .filter(|_| several)
        .and_then(|next| words.any(next, LEVELS_OF_PLACES).filter(|name| !words.is_capital(*name)))
    {
        behind = next;
    }
    let mut kind = words.between(level, behind).to_owned();
    let colon = words.any(behind, &[":", "gồm :", "bao gồm :", "sau :", "sau đây :"]);
    let mut at = colon.or_else(|| words.any(behind, &["gồm", "bao gồm"])).unwrap_or(behind);
    let (mut units, mut last): (Vec<String>, usize) = (Vec::new(), at);
    while units.len() < MOST
        && let Some(after) = place_name(words, at, &kind).filter(|after| stands_apart(words, *after))
    {
        let name = format!("{office} {kind} {}", words.between(at, after)).trim_start().to_owned();
        if !units.contains(&name) {
            units.push(name);
        }
        last = after;
        let Some(next) = separator(words, after) else { break };
        let next = words.any(next, &["các"]).filter(|next| is_level(words, *next)).unwrap_or(next);
        at = next;
        if let Some(name) = words.any(next, LEVELS_OF_PLACES) {
            (kind, at) = (words.between(next, name).to_owned(), name);
        }
    }
    let told = units.len() > 1 || units.len() == 1 && colon.is_some() && ends_here(words, last);
    (told && last >= end).then_some((units, last))
}

/// Whether this is the level of places that are named behind it, and no word of another name.
fn begins_places(words: &Words<'_>, at: usize) -> bool {
    let Some(next) = words.any(at, LEVELS_OF_PLACES) else { return false };
    let other = words.any(at - 1, &["tác"]).is_some() || words.any(at, &["xã hội"]).is_some();
    let several = words.any(at - 1, &["các"]).is_some();
    !other && (several || words.is_capital(next) || words.number(next).is_some())
}

fn is_level(words: &Words<'_>, at: usize) -> bool {
    words.any(at, LEVELS_OF_PLACES).is_some()
}

/// A place's own name; districts and wards of a city may be numbers.
fn place_name(words: &Words<'_>, at: usize, level: &str) -> Option<usize> {
    let counted = matches!(level, "quận" | "phường")
        && words.number(at).is_some_and(|number| (1..100).contains(&number));
    if counted {
        return Some(at + 1);
    }
    // "Bản Lầu", "Vũng Liêm", "Đồng Hỷ" are places: heads of one word are told by their accents.
    let word = words.list.get(at)?;
    let accented = word.plain == "ban" && word.lower != "ban";
    let other = begins(words, at) && !accented
        || form_head(words, at).is_some_and(|end| end - at > 1)
        || words.any(at, &["chùa", "đội", "trạm", "hạt", "trại"]).is_some()
        || words.known(at, &OFFICES).is_some()
        || words.known(at, &LEVELS).is_some();
    if other {
        return None;
    }
    let end = if accented { place(words, at + 1).max(at + 1) } else { place(words, at) };
    (end > at && end - at <= LONGEST).then_some(end)
}

/// Whether a name is whole: another, the end, or the verb of duty follows.
fn stands_apart(words: &Words<'_>, end: usize) -> bool {
    ends_here(words, end) || separator(words, end).is_some() || goes_on(words, end)
}

fn ends_here(words: &Words<'_>, at: usize) -> bool {
    at >= words.len() || words.is_mark(at, &['.', ':', ';', '('])
}
