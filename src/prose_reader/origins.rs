//! Which lines of the document each paragraph of a clause came from, told by the last words of a line. The runs of words of all
//! paragraphs are put down once: the work grows with the text, not with lines times paragraphs.

use std::collections::HashMap;

use crate::vietnamese::search_key;

/// Words at the end of a line by which its paragraph is known.
const WORDS: usize = 5;

/// The lines of each paragraph: a line belongs to the paragraph that has its last words, and never to one before that of the line
/// above it.
pub(super) fn shared_out(texts: &[&str], lines: &[usize], all: &[&str]) -> Vec<Vec<usize>> {
    if let [_] = texts {
        return vec![lines.to_vec()];
    }
    let keys: Vec<String> = texts.iter().map(|text| search_key(text)).collect();
    let mut runs = Runs { keys: &keys, by_length: Default::default() };
    let mut shared = vec![Vec::new(); texts.len()];
    let mut at = 0;
    for line in lines {
        let key = search_key(line.checked_sub(1).and_then(|at| all.get(at)).copied().unwrap_or_default());
        at = runs.holding(last_words(&key), at).unwrap_or(at);
        if let Some(of) = shared.get_mut(at) {
            of.push(*line);
        }
    }
    shared
}

/// The last words of a key: all of them where there are few.
fn last_words(key: &str) -> &str {
    let begin = key.rmatch_indices(' ').nth(WORDS - 1).map_or(0, |(at, _)| at + 1);
    &key[begin..]
}

/// Words that follow one another, with the paragraphs they stand in, in order.
type Standing<'k> = HashMap<&'k str, Vec<usize>>;

/// Runs of words of some paragraphs, by their length; of a length only once a line asks for it.
struct Runs<'k> {
    keys: &'k [String],
    by_length: [Option<Standing<'k>>; WORDS],
}

impl Runs<'_> {
    /// The first paragraph from `from` on that has these words one after another.
    fn holding(&mut self, words: &str, from: usize) -> Option<usize> {
        if words.is_empty() {
            return None;
        }
        let count = words.split(' ').count();
        let keys = self.keys;
        let runs = self.by_length.get_mut(count - 1)?.get_or_insert_with(|| runs_of(keys, count));
        let held = runs.get(words)?;
        held.get(held.partition_point(|paragraph| *paragraph < from)).copied()
    }
}

/// All runs of so many words.
fn runs_of(keys: &[String], count: usize) -> Standing<'_> {
    let mut runs = Standing::new();
    for (paragraph, key) in keys.iter().enumerate() {
        let begins: Vec<usize> =
            std::iter::once(0).chain(key.match_indices(' ').map(|(at, _)| at + 1)).collect();
        for window in 0..(begins.len() + 1).saturating_sub(count) {
            let end = begins.get(window + count).map_or(key.len(), |next| next - 1);
            let held = runs.entry(&key[begins[window]..end]).or_default();
            if held.last() != Some(&paragraph) {
                held.push(paragraph);
            }
        }
    }
    runs
}
