//! A text into one cell, which holds 32,767 characters as Excel counts them (UTF-16). What people type today is far below
//! (`vietnamese::limits`); what was sent before there were limits must not keep a whole edition from being written.

/// What a cell holds.
const LONGEST: usize = 32_767;

/// The text, or as much of its beginning as a cell holds, with "…" at the end.
pub(super) fn fitting(text: &str) -> String {
    if text.encode_utf16().count() <= LONGEST {
        return text.to_owned();
    }
    let mut length = 0;
    let mut short: String = text
        .chars()
        .take_while(|c| {
            length += c.len_utf16();
            length < LONGEST
        })
        .collect();
    short.push('…');
    short
}
