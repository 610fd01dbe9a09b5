//! A unit's text as paragraphs, each with its place in characters. Pure.

/// One line of a text that holds something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph<'a> {
    pub text: &'a str,
    /// First character, counted from 0, blanks at the ends left out.
    pub from: u32,
    /// The character after the last.
    pub to: u32,
}

/// The paragraphs of a text, in order.
pub fn paragraphs(text: &str) -> Vec<Paragraph<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let words = line.trim();
        let lead = line.len() - line.trim_start().len();
        if !words.is_empty() {
            let from = at + count(&line[..lead]);
            found.push(Paragraph { text: words, from, to: from + count(words) });
        }
        at += count(line) + 1;
    }
    found
}

/// The characters from `from` up to `to`; what lies beyond the end is not there.
pub fn slice(text: &str, from: u32, to: u32) -> &str {
    let place = |at: u32| {
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte)
    };
    let (from, to) = (place(from), place(to));
    if from < to { &text[from..to] } else { "" }
}

/// Characters of a text.
pub(super) fn count(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}
