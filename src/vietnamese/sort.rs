//! Sort keys: the order of the Vietnamese alphabet, as text that any database sorts byte by byte
//! (`COLLATE "C"` on PostgreSQL, the default on SQLite). Byte order of the text itself would put Đỗ and
//! Ân after Z.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::clean_line;

/// The key of a text: a ă â b c d đ e ê … x y, and within one syllable the tone decides last: ngang,
/// huyền, hỏi, ngã, sắc, nặng. Case, punctuation and the place of the tone mark do not count.
///
/// Each syllable is its letters, a space and the digit of its tone. A marked letter is the plain one
/// followed by one or two `~`, which sort after every letter: ă is `a~`, â is `a~~`.
pub fn sort_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len() + 8);
    let mut tone = None;
    for c in clean_line(text).to_lowercase().nfd() {
        match c {
            '\u{0300}' => mark_tone(&mut tone, '1'),
            '\u{0309}' => mark_tone(&mut tone, '2'),
            '\u{0303}' => mark_tone(&mut tone, '3'),
            '\u{0301}' => mark_tone(&mut tone, '4'),
            '\u{0323}' => mark_tone(&mut tone, '5'),
            '\u{0302}' | '\u{0306}' | '\u{031B}' => key.push_str(rank(&key, c)),
            c if is_combining_mark(c) => {}
            c if c.is_alphanumeric() => {
                tone.get_or_insert('0');
                match c {
                    'đ' => key.push_str("d~"),
                    c => key.push(c),
                }
            }
            _ => end_syllable(&mut key, &mut tone),
        }
    }
    end_syllable(&mut key, &mut tone);
    key
}

/// The key people are listed by: given name (the last word) first, then family name and middle name.
pub fn person_sort_key(full_name: &str) -> String {
    let name = clean_line(full_name);
    match name.rsplit_once(' ') {
        Some((others, given)) => sort_key(&format!("{given} {others}")),
        None => sort_key(&name),
    }
}

/// A tone counts only inside a syllable that has begun.
fn mark_tone(tone: &mut Option<char>, digit: char) {
    if tone.is_some() {
        *tone = Some(digit);
    }
}

/// The space sorts before every letter, so a syllable comes before those it begins.
fn end_syllable(key: &mut String, tone: &mut Option<char>) {
    if let Some(digit) = tone.take() {
        key.push(' ');
        key.push(digit);
    }
}

/// What a circumflex, breve or horn adds to the letter before it; nothing on a letter that takes none.
fn rank(key: &str, mark: char) -> &'static str {
    match (key.chars().next_back(), mark) {
        (Some('a'), '\u{0306}') | (Some('e' | 'o'), '\u{0302}') | (Some('u'), '\u{031B}') => "~",
        (Some('a'), '\u{0302}') | (Some('o'), '\u{031B}') => "~~",
        _ => "",
    }
}
