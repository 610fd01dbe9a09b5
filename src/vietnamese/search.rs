//! Search keys: what is left of a text when accents, tone placement, i/y, case and punctuation are
//! forgotten and abbreviations are written out. Keys are computed here and stored, because SQLite folds
//! ASCII only and the two databases must find the same rows.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::abbreviations::expand;
use super::clean_line;

/// The key a text is found by: lower case, no accents, đ as d, words of letters and digits between
/// single spaces, so it holds nothing that `LIKE` would take for a wildcard. `search_key` of a key is
/// the key.
pub fn search_key(text: &str) -> String {
    expand(&folded_words(text)).join(" ")
}

/// The words a search asks for, folded as in [`search_key`]; each must begin a word of the haystack's
/// key. "và" is left out: names are written with it, with a comma and with "&".
pub fn search_words(needle: &str) -> Vec<String> {
    let mut words = expand(&folded_words(needle));
    words.retain(|word| word != "va");
    words
}

/// Whether every word of the needle, as typed, begins some word of a stored [`search_key`].
/// An empty needle matches everything.
pub fn matches(needle: &str, haystack_key: &str) -> bool {
    search_words(needle)
        .iter()
        .all(|word| haystack_key.split(' ').any(|candidate| candidate.starts_with(word.as_str())))
}

/// Words without accents, before abbreviations are written out.
pub(super) fn folded_words(text: &str) -> Vec<String> {
    plain_letters(text).split(' ').filter(|word| !word.is_empty()).map(fold_y).collect()
}

/// Small letters without accents, every letter as it is spelt: "so y te" of "Sở Y tế". For names of files; what is searched for is
/// [`search_key`].
pub fn without_accents(text: &str) -> String {
    plain_letters(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn plain_letters(text: &str) -> String {
    let lower = clean_line(text).to_lowercase();
    let letter = |c: char| if c.is_alphanumeric() { c } else { ' ' };
    match lower.is_ascii() {
        true => lower.chars().map(letter).collect(),
        false => lower
            .nfd()
            .filter(|c| !is_combining_mark(*c))
            // đ has no decomposition: the stroke is part of the letter.
            .map(|c| if c == 'đ' { 'd' } else { c })
            .map(letter)
            .collect(),
    }
}

/// Makes kỹ and kĩ, tỷ and tỉ, quý and quí one word: y is i where it is the only vowel of the syllable,
/// and after "qu". Tay and tai, thuy and thui stay two words.
fn fold_y(word: &str) -> String {
    if let Some(rest) = word.strip_prefix("quy") {
        return format!("qui{rest}");
    }
    match word.strip_suffix('y') {
        Some(onset) if !onset.chars().any(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')) => {
            format!("{onset}i")
        }
        _ => word.to_owned(),
    }
}
