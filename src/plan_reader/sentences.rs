//! Sentences and their parts. A point inside a bracket, a quotation, a number or after an abbreviation ends nothing.

/// Bytes of each sentence, end exclusive, without the spaces around it.
pub(crate) fn sentences(text: &str) -> Vec<(usize, usize)> {
    split(text, &['.', '!', '?'], true)
}

/// Bytes of the parts between semicolons.
pub(crate) fn parts(text: &str) -> Vec<(usize, usize)> {
    split(text, &[';'], false)
}

fn split(text: &str, marks: &[char], capital: bool) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let (mut from, mut brackets, mut quoted) = (0, 0_usize, false);
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for (index, (at, c)) in chars.iter().enumerate() {
        match c {
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets = brackets.saturating_sub(1),
            '“' => quoted = true,
            '”' => quoted = false,
            '"' => quoted = !quoted,
            '\n' => {
                push(text, from, *at, &mut found);
                (from, brackets, quoted) = (at + 1, 0, false);
            }
            c if marks.contains(c) && brackets == 0 && !quoted => {
                let end = at + c.len_utf8();
                if !capital || ends_sentence(text, *at, &chars[index + 1..]) {
                    push(text, from, end, &mut found);
                    from = end;
                }
            }
            _ => {}
        }
    }
    push(text, from, text.len(), &mut found);
    found
}

/// Whether a point ends a sentence: a space and a capital follow, and no short form stands before.
fn ends_sentence(text: &str, at: usize, after: &[(usize, char)]) -> bool {
    let mut rest = after.iter().map(|(_, c)| *c).skip_while(|c| matches!(c, '"' | '”' | ')' | '.'));
    let spaced = rest.next().is_some_and(char::is_whitespace);
    let next = rest.find(|c| !c.is_whitespace() && !matches!(c, '"' | '“' | '(' | '-' | '–'));
    if !spaced || !next.is_some_and(char::is_uppercase) {
        return false;
    }
    let word = text[..at].rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let short = word.chars().count() <= 3 && word.chars().all(char::is_uppercase)
        || matches!(word, "Tp" | "v.v" | "Ths" | "TS");
    !short || word.is_empty() || word.chars().any(|c| c.is_ascii_digit())
}

fn push(text: &str, from: usize, to: usize, found: &mut Vec<(usize, usize)>) {
    let piece = &text[from..to];
    let trimmed = piece.trim();
    if !trimmed.is_empty() {
        let start = from + (piece.len() - piece.trim_start().len());
        found.push((start, start + trimmed.len()));
    }
}
