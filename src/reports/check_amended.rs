//! A correction whose figures were mended and whose words were not: the number of a sending before still stands in a text. Pure;
//! the check before sending points it out.

use std::collections::HashMap;

use super::{AskedIndicator, AskedSection, Content, Outline, Past, shown};
use crate::db::ids::IndicatorId;

/// Digits of a number that is looked for alone: smaller ones stand in any text, and only beside what they count.
const DIGITS: usize = 3;

/// A text that still has the number of before.
pub(super) struct Stale {
    pub field: String,
    pub key: String,
    pub message: String,
    /// The unit has written a note beside the figure.
    pub noted: bool,
}

/// The figures of a content, as [`Past::sent`] holds those of the sendings before.
pub(in crate::reports) fn figures(content: &Content) -> HashMap<IndicatorId, Vec<i64>> {
    content.entries.iter().filter_map(|(id, entry)| Some((*id, vec![entry.reading.value()?]))).collect()
}

/// Each text in which a number of before stands and the new one does not, by figure and section.
pub(super) fn stale_words(content: &Content, outline: &Outline, past: &Past) -> Vec<Stale> {
    let mut found = Vec::new();
    for asked in outline.typed().filter(|asked| !asked.is_bool()) {
        let (Some(sent), Some(new)) = (past.sent.get(&asked.id), content.value(asked.id)) else { continue };
        let now = shown(new, asked);
        for (at, old) in sent.iter().enumerate() {
            let before = shown(*old, asked);
            // What was mended twice is asked about once; another figure may be that number now.
            if before == now || sent[..at].contains(old) || is_anothers(&before, asked, content, outline) {
                continue;
            }
            let stale = |section: &&AskedSection| {
                let body = content.section(&section.code);
                names(body, &before, asked) && !names(body, &now, asked)
            };
            found.extend(outline.sections.iter().filter(stale).map(|section| Stale {
                field: format!("section.{}", section.code),
                key: format!("stale:{}:{}:{old}:{new}", section.code, asked.code),
                message: format!(
                    "Mục {} còn ghi {before}; số liệu “{}” đã sửa thành {now}. Sửa lời văn hoặc số liệu.",
                    section.label, asked.name
                ),
                noted: content.entries.get(&asked.id).is_some_and(|entry| !entry.note.is_empty()),
            }));
        }
    }
    found
}

fn is_short(number: &str) -> bool {
    number.chars().filter(char::is_ascii_digit).count() < DIGITS
}

/// Whether a number is that of another figure of the report; a small one, of another that counts the same.
fn is_anothers(number: &str, asked: &AskedIndicator, content: &Content, outline: &Outline) -> bool {
    let alike = |other: &AskedIndicator| !is_short(number) || other.measure_unit == asked.measure_unit;
    let mut others = outline.typed().filter(|other| other.id != asked.id && !other.is_bool() && alike(other));
    others.any(|other| content.value(other.id).is_some_and(|value| shown(value, other) == number))
}

/// Whether a text has a number as people write it: "194.583", "194 583" or "194583", "4" or "04"; never as a part of another one, of a
/// day, of the number of a document or as a year. A small one is meant where what the figure counts stands behind it.
fn names(text: &str, number: &str, asked: &AskedIndicator) -> bool {
    let text = text.replace(['\u{a0}', '\u{202f}'], " ").to_lowercase();
    let measure = is_short(number).then(|| asked.measure_unit.to_lowercase());
    let mut forms = vec![number.to_owned(), number.replace('.', " "), number.replace('.', "")];
    if number.len() == 1 {
        forms.push(format!("0{number}"));
    }
    forms.dedup();
    forms.iter().any(|form| {
        let mut places =
            text.match_indices(form.as_str()).map(|(at, _)| (&text[..at], &text[at + form.len()..]));
        places.any(|(before, after)| {
            stands_alone(form, before, after) && measure.as_ref().is_none_or(|of| counts(after, of))
        })
    })
}

/// Whether what follows a number is its measure: "4 cuộc giám sát", "41 (bốn mươi mốt) tin, bài".
fn counts(after: &str, measure: &str) -> bool {
    let after = after.trim_start_matches(' ');
    let after = match after.strip_prefix('(').and_then(|inside| inside.split_once(')')) {
        Some((_, rest)) => rest.trim_start_matches(' '),
        None => after,
    };
    let rest = after.strip_prefix(measure).filter(|_| !measure.is_empty());
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

fn stands_alone(form: &str, before: &str, after: &str) -> bool {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let (mut left, mut right) = (before.chars().rev(), after.chars());
    let (left, further_left) = (left.next(), left.next());
    let (right, further_right) = (right.next(), right.next());
    let joined_left = is_digit(left) || matches!(left, Some('/')) || (mark(left) && is_digit(further_left));
    let joined_right =
        is_digit(right) || matches!(right, Some('/')) || (mark(right) && is_digit(further_right));
    // Blanks part thousands too, where no dot does.
    let spaced = !form.contains('.');
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let group_right = spaced && after.starts_with(' ') && digits(&after[1..]) == 3;
    let first = digits(form);
    let group_left = spaced
        && first == 3
        && left == Some(' ')
        && is_digit(further_left)
        && before.trim_end().chars().rev().take_while(char::is_ascii_digit).count() <= 3;
    let is_year = form.len() == 4 && spaced && before.trim_end().ends_with("năm");
    !(joined_left || joined_right || group_left || group_right || is_year)
}

/// A mark that may stand inside a number.
fn mark(c: Option<char>) -> bool {
    matches!(c, Some('.' | ','))
}
