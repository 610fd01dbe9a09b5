//! Groups without some of their members: "UBND các huyện, thị xã, thành phố (trừ huyện Sơn Động)", "các sở, ban, ngành, trừ Công an
//! tỉnh". The exception stays with the name, so that nobody takes the group for whole.

use super::named_places::place_of_level;
use super::unit::{place, unit_at};
use super::unit_list::separator;
use super::words::Words;

const EXCEPT: &[&str] = &["trừ", "ngoại trừ", "không bao gồm", "không gồm", "không kể", "không tính"];

/// Whether words that take members out begin here.
pub(super) fn excepts(words: &Words<'_>, at: usize) -> bool {
    words.any(at, EXCEPT).is_some()
}

/// The words of an exception behind a name, without brackets, and where the text goes on.
pub(super) fn exception<'t>(words: &Words<'t>, at: usize) -> Option<(&'t str, usize)> {
    let open = words.is_mark(at, &['(']);
    let from = if open || words.is_mark(at, &[',']) { at + 1 } else { at };
    let names = words.any(from, EXCEPT)?;
    if open {
        let close = words.closing(at);
        return words.is_mark(close, &[')']).then(|| (words.between(from, close), close + 1));
    }
    let (mut here, mut end) = (names, None);
    while let Some(after) =
        place_of_level(words, here).or_else(|| unit_at(words, here).map(|(_, after)| after))
    {
        end = Some(after);
        match separator(words, after) {
            Some(next) => here = next,
            None => break,
        }
    }
    end.map(|end| (words.between(from, end), end))
}

/// Of "UBND các huyện, thị xã (trừ huyện Núi Voi)", as the reader writes such a name, the group and the names of those it leaves
/// out, each with the office of the group: "UBND các huyện, thị xã" and "UBND huyện Núi Voi". None for any other name.
pub fn left_out(name: &str) -> Option<(String, Vec<String>)> {
    let (group, behind) = name.strip_suffix(')')?.split_once(" (")?;
    let words = Words::of(behind);
    let mut here = words.any(0, EXCEPT)?;
    // "UBND các …": the office stands before the group.
    let office = group.find("các ").map_or("", |at| group[..at].trim_end());
    let (mut names, mut level) = (Vec::new(), "");
    loop {
        here = words.any(here, &["các"]).unwrap_or(here);
        let (name, after) = if let Some(after) = place_of_level(&words, here) {
            let written = words.between(here, after);
            level = written.split(|c: char| c.is_uppercase()).next().unwrap_or_default().trim_end();
            (format!("{office} {written}"), after)
        } else if let Some((from, after)) = unit_at(&words, here) {
            (words.between(from, after).to_owned(), after)
        } else {
            // "các huyện A, B": the level stands once.
            let after = place(&words, here);
            if level.is_empty() || after == here {
                return None;
            }
            (format!("{office} {level} {}", words.between(here, after)), after)
        };
        names.push(name.trim().to_owned());
        match separator(&words, after) {
            Some(next) => here = next,
            None => return Some((group.to_owned(), names)),
        }
    }
}

/// Whether some of these names are groups with an exception: who is left, a person has to say.
pub(super) fn is_partial(units: &[String]) -> bool {
    units.iter().any(|unit| unit.ends_with(')') && unit.contains(" ("))
}
