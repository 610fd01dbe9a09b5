//! Words added and removed between two texts, for people who compare a correction with what was sent before.
//! Pure; a word is what stands between white space, in NFC, so that no Vietnamese syllable is ever cut.

use similar::{Algorithm, DiffTag, capture_diff_slices};
use unicode_normalization::UnicodeNormalization;

/// More tokens than this on one side are compared line by line, so that no text keeps the server busy.
const MOST_TOKENS: usize = 8_000;

/// A stretch of text: in both, or taken out and put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stretch {
    Same(String),
    /// Either side may be blank, not both.
    Changed {
        removed: String,
        added: String,
    },
}

/// What changed from `old` to `new`: the removed and the common parts read one after the other are `old`, the added and
/// the common parts are `new` (both in NFC).
pub fn compare(old: &str, new: &str) -> Vec<Stretch> {
    let (old, new): (String, String) = (old.nfc().collect(), new.nfc().collect());
    let (mut before, mut after) = (words(&old), words(&new));
    for split in [lines as fn(&str) -> Vec<&str>, whole] {
        if before.len().max(after.len()) > MOST_TOKENS {
            (before, after) = (split(&old), split(&new));
        }
    }
    let mut stretches = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &before, &after) {
        let (tag, was, is) = op.as_tag_tuple();
        let (removed, added) = (before[was].concat(), after[is].concat());
        push(
            &mut stretches,
            if tag == DiffTag::Equal { Stretch::Same(added) } else { Stretch::Changed { removed, added } },
        );
    }
    joined(stretches)
}

/// Whether two texts say the same, their white space aside.
pub fn same_words(old: &str, new: &str) -> bool {
    let (old, new): (String, String) = (old.nfc().collect(), new.nfc().collect());
    old.split_whitespace().eq(new.split_whitespace())
}

/// Adds a stretch to those before it; two of a kind side by side are one.
fn push(stretches: &mut Vec<Stretch>, next: Stretch) {
    match (stretches.last_mut(), next) {
        (Some(Stretch::Same(before)), Stretch::Same(more)) => before.push_str(&more),
        (
            Some(Stretch::Changed { removed, added }),
            Stretch::Changed { removed: more_removed, added: more_added },
        ) => {
            removed.push_str(&more_removed);
            added.push_str(&more_added);
        }
        (_, next) => stretches.push(next),
    }
}

/// Changes with nothing but a space between them are one: whole phrases are read more easily than every other word.
fn joined(stretches: Vec<Stretch>) -> Vec<Stretch> {
    let mut read = Vec::new();
    let mut rest = stretches.into_iter().peekable();
    while let Some(stretch) = rest.next() {
        let between = matches!(read.last(), Some(Stretch::Changed { .. })) && rest.peek().is_some();
        match stretch {
            Stretch::Same(gap) if between && gap.chars().all(|c| c == ' ') => {
                push(&mut read, Stretch::Changed { removed: gap.clone(), added: gap });
            }
            other => push(&mut read, other),
        }
    }
    read
}

/// Words, the punctuation at their ends, and the white space between them, each a token.
fn words(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let blank = first.is_whitespace();
        let end = rest.find(|c: char| c.is_whitespace() != blank).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        if blank {
            // Each line break is its own: a paragraph put in moves no other.
            tokens.extend(run.split_inclusive('\n'));
            continue;
        }
        let core = run.trim_start_matches(is_edge);
        tokens.extend(each_char(&run[..run.len() - core.len()]));
        let word = core.trim_end_matches(is_edge);
        if !word.is_empty() {
            tokens.push(word);
        }
        tokens.extend(each_char(&core[word.len()..]));
    }
    tokens
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn whole(text: &str) -> Vec<&str> {
    if text.is_empty() { Vec::new() } else { vec![text] }
}

fn each_char(text: &str) -> impl Iterator<Item = &str> {
    text.char_indices().map(|(at, c)| &text[at..at + c.len_utf8()])
}

/// Punctuation that stands at the ends of words; "%" belongs to its number.
fn is_edge(c: char) -> bool {
    (c.is_ascii_punctuation() && c != '%') || "“”‘’…–—«»".contains(c)
}
