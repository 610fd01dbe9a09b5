//! The one spelling that is stored: NFC, one Đ, ordinary spaces, nothing invisible.
//! It stands at every way in (form, workbook, search, fixture); nothing else in the house compares text
//! that has not passed here. Dashes and quotes stay as typed: they are somebody's text.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Folds text of any number of lines: NFC, look-alikes of Đ, every Unicode space to a plain one, lines
/// ended by `\n` and free of trailing spaces, invisible and control characters removed. Idempotent.
pub fn clean(text: &str) -> String {
    if is_plain(text) || is_stored_spelling(text) {
        return text.trim_end_matches(' ').to_owned();
    }
    // "\r\n" becomes one line end before a lone '\r' becomes another.
    let folded: String = text.replace("\r\n", "\n").chars().filter_map(fold).nfc().collect();
    let mut lines = folded.split('\n').map(|line| line.trim_end_matches(' '));
    let mut clean = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        clean.push('\n');
        clean.push_str(line);
    }
    clean
}

/// [`clean`], then everything on one line with single spaces and none at the ends.
pub fn clean_line(text: &str) -> String {
    if (is_plain(text) || is_stored_spelling(text)) && !text.contains("  ") {
        return text.trim_matches(' ').to_owned();
    }
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One line of letters, digits and marks without any accent: codes, dates and figures, of which a workbook is full and in
/// which there is nothing to fold.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// One line that is composed already and in which no character stands for another: most of what a program of this century writes.
fn is_stored_spelling(text: &str) -> bool {
    text.chars().all(|c| c != '\n' && fold(c) == Some(c)) && is_nfc_quick(text.chars()) == IsNormalized::Yes
}

/// The character as stored; `None` for one that is dropped.
fn fold(c: char) -> Option<char> {
    match c {
        // Eth and African D look like Đ in every font and are what some keyboards produce.
        '\u{00D0}' | '\u{0189}' => Some('Đ'),
        '\u{00F0}' | '\u{0256}' => Some('đ'),
        // Line ends of old Macs, of Word's soft break, of page breaks and of Unicode.
        '\r' | '\u{000B}' | '\u{000C}' | '\u{0085}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\n' => Some('\n'),
        // Soft hyphen, grapheme joiner, Mongolian separator, zero widths, direction marks, tags.
        '\u{00AD}' | '\u{034F}' | '\u{180E}' | '\u{FEFF}' => None,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => None,
        '\u{E0000}'..='\u{E007F}' => None,
        c if c.is_whitespace() => Some(' '),
        c if c.is_control() => None,
        c => Some(c),
    }
}
