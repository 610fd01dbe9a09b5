//! Words taken out and put in, as `consolidation/marks.html` shows them; long passages that stayed are cut short.

use super::super::content::{Passage, PassageKind};

/// Characters of an unchanged passage that are kept on each side of a change.
const KEPT: usize = 90;

/// One stretch of a text.
pub(super) struct Mark {
    pub(super) text: String,
    pub(super) removed: bool,
    pub(super) added: bool,
}

/// The marks of two texts compared; with `cut`, what is far from any change is left out.
pub(super) fn marks(passages: &[Passage], cut: bool) -> Vec<Mark> {
    let last = passages.len().saturating_sub(1);
    let mark = |(at, passage): (usize, &Passage)| Mark {
        text: match passage.kind {
            PassageKind::Same if cut => shortened(&passage.text, at > 0, at < last),
            _ => passage.text.clone(),
        },
        removed: passage.kind == PassageKind::Removed,
        added: passage.kind == PassageKind::Added,
    };
    passages.iter().enumerate().map(mark).collect()
}

/// A passage with only its ends, cut between words: the head after a change before it, the tail before one after it.
fn shortened(text: &str, head: bool, tail: bool) -> String {
    let words: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
    let fits = |words: &mut dyn Iterator<Item = &&str>| {
        let mut length = 0;
        let within = |word: &&&str| {
            length += word.chars().count();
            length <= KEPT
        };
        words.take_while(within).count()
    };
    let first = if head { fits(&mut words.iter()) } else { 0 };
    let after = if tail { fits(&mut words.iter().rev()) } else { 0 };
    if first + after >= words.len() {
        return text.to_owned();
    }
    format!("{}… {}", words[..first].concat(), words[words.len() - after..].concat())
}
