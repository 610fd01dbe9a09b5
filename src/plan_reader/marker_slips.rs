//! Numbers of clauses as a scanner misreads them: "l." and "I." for "1.", "1," for "1.". A slip is read only where the
//! numbers around it bear it out; else the line is what it says.

use std::collections::HashMap;

use super::lines::Line;
use super::markers::{Level, Marker, marker_of};
use super::words::digits;

/// What a line begins with.
enum Lead {
    Number(u32),
    Roman(u32),
    Letter(String),
    /// What may be meant, and the bytes it takes.
    Slip(u32, usize),
}

/// The marks that were misread, by the number of their line.
pub(super) fn slips(lines: &[&Line]) -> HashMap<usize, Marker> {
    let leads: Vec<(usize, Lead)> =
        lines.iter().filter_map(|line| lead(&line.text).map(|lead| (line.number, lead))).collect();
    let mut found = HashMap::new();
    for (at, (number, lead)) in leads.iter().enumerate() {
        let (meant, length, roman) = match lead {
            Lead::Slip(meant, length) => (*meant, *length, false),
            // "I." above "2." is a first number unless a Roman second follows.
            Lead::Roman(1) => (1, roman_length(lines, *number), true),
            _ => continue,
        };
        let next = leads[at + 1..].iter().find_map(|(_, lead)| counted(lead));
        let before = leads[..at].iter().rev().find_map(|(_, lead)| counted(lead));
        let letters = leads[..at].iter().rev().map_while(|(_, lead)| match lead {
            Lead::Letter(letter) => Some(letter.as_str()),
            _ => None,
        });
        let listed = letters.take(1).any(|letter| letter == "k");
        if listed && !roman {
            // "l)" behind "k)" is the letter.
            let letter = Marker { level: Level::Letter, label: "l".to_owned(), order: Some(11), length };
            if meant == 1 && length > 0 {
                found.insert(*number, letter);
            }
            continue;
        }
        // The first of a section: "III. …" and "l. …" right below it.
        let first = !roman && meant == 1 && matches!(leads[..at].last(), Some((_, Lead::Roman(_))));
        let goes_on = next == Some(meant + 1) || first;
        let follows = meant > 1 && before.is_some_and(|before| before + 1 == meant);
        let sections = roman
            && (!leads[..at].iter().any(|(_, lead)| matches!(lead, Lead::Roman(_)))
                || leads[at + 1..].iter().find_map(|(_, lead)| match lead {
                    Lead::Roman(value) => Some(*value),
                    _ => None,
                }) == Some(2));
        if (goes_on || follows) && !sections && length > 0 {
            found.insert(
                *number,
                Marker { level: Level::Number, label: meant.to_string(), order: Some(meant), length },
            );
        }
    }
    found
}

fn counted(lead: &Lead) -> Option<u32> {
    match lead {
        Lead::Number(number) | Lead::Slip(number, _) => Some(*number),
        _ => None,
    }
}

fn roman_length(lines: &[&Line], number: usize) -> usize {
    let line = lines.iter().find(|line| line.number == number);
    line.and_then(|line| marker_of(&line.text, false)).map_or(0, |marker| marker.length)
}

fn lead(text: &str) -> Option<Lead> {
    if let Some(slip) = slip(text) {
        return Some(slip);
    }
    let marker = marker_of(text, false)?;
    match (marker.level, marker.order) {
        (Level::Number, Some(order)) => Some(Lead::Number(order)),
        (Level::Roman, Some(order)) => Some(Lead::Roman(order)),
        (Level::Letter, _) => Some(Lead::Letter(marker.label)),
        _ => None,
    }
}

/// "l. Công an tỉnh", "1, Công an tỉnh": a capital has to follow.
fn slip(text: &str) -> Option<Lead> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (token, rest) = text.split_at(end);
    let mark = rest.chars().next()?;
    let behind = rest[mark.len_utf8()..].trim_start_matches(' ');
    let capital = behind.chars().find(|c| !matches!(c, '“' | '"' | '(')).is_some_and(char::is_uppercase);
    let spaced = rest[mark.len_utf8()..].starts_with(' ');
    if token.is_empty() || token.len() > 2 || !capital || !spaced {
        return None;
    }
    let in_digits = token.bytes().all(|byte| byte.is_ascii_digit());
    let number = match (token, mark) {
        ("l", '.' | ',' | ')') => 1,
        (_, ',') if in_digits => digits(token)?.parse().ok()?,
        _ => return None,
    };
    (number > 0).then(|| Lead::Slip(number, text.len() - behind.len()))
}
