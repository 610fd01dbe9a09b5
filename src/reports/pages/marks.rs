//! Words added and removed as templates show them: each stretch with its mark, long unchanged passages cut short.

use crate::reports::wording::Stretch;

/// Characters of an unchanged passage that are kept on each side of a change when it is cut.
const KEPT: usize = 120;

/// One stretch of a text.
pub struct Mark {
    pub text: String,
    pub removed: bool,
    pub added: bool,
}

/// The marks of a comparison; with `cut`, what is far from any change is left out.
pub fn marks(stretches: &[Stretch], cut: bool) -> Vec<Mark> {
    let mut marks = Vec::new();
    let last = stretches.len().saturating_sub(1);
    for (at, stretch) in stretches.iter().enumerate() {
        match stretch {
            Stretch::Same(text) => {
                let text = if cut { shortened(text, at > 0, at < last) } else { text.clone() };
                marks.push(Mark { text, removed: false, added: false });
            }
            Stretch::Changed { removed, added } => {
                let parts = [(removed, true), (added, false)];
                marks.extend(
                    parts.into_iter().filter(|(text, _)| !text.is_empty()).map(|(text, removed)| Mark {
                        text: text.clone(),
                        removed,
                        added: !removed,
                    }),
                );
            }
        }
    }
    marks
}

/// A passage with only its ends, cut between words: `head` after a change before it, `tail` before one after it.
fn shortened(text: &str, head: bool, tail: bool) -> String {
    let kept = KEPT * (usize::from(head) + usize::from(tail));
    if text.chars().count() <= kept + 20 {
        return text.to_owned();
    }
    let words: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
    let take = |words: &mut dyn Iterator<Item = &&str>| {
        let mut length = 0;
        words
            .take_while(|word| {
                length += word.chars().count();
                length <= KEPT
            })
            .count()
    };
    let first = if head { take(&mut words.iter()) } else { 0 };
    let end = if tail { take(&mut words.iter().rev()) } else { 0 };
    let (start, rest) = (words[..first].concat(), words[words.len() - end..].concat());
    format!("{start}… {rest}")
}
