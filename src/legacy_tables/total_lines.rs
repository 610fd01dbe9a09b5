//! Lines of a table that are no body's: totals, numbers of columns. Pure. Told by the words with their accents, for "Cổng" is no
//! "Cộng", and a body may be called anything that begins like one.

use crate::vietnamese::{clean_line, search_key};

/// What a line is when it is no body's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Other {
    /// Over all lines: "Tổng cộng", "Toàn tỉnh".
    Total,
    /// Over some of them: "Cộng các huyện".
    Subtotal,
    /// "(1)", "A": numbers of columns.
    Numbering,
}

const TOTALS: [&str; 17] = [
    "tong cong",
    "cong",
    "tong",
    "tong so",
    "toan tinh",
    "toan thanh pho",
    "tong toan tinh",
    "cong toan tinh",
    "tong cong toan tinh",
    "tong so toan tinh",
    "tong chung",
    "cong chung",
    "tong hop",
    "tong hop toan tinh",
    "tong cong chung",
    "tong cong cac don vi",
    "so tong",
];

/// What a line with this name is; none of a body's.
pub fn of_name(name: &str) -> Option<Other> {
    let line = clean_line(name).to_lowercase();
    let line =
        line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | '-' | '*' | ' '));
    let key = search_key(line.split('(').next().unwrap_or(line));
    if is_numbering(name) {
        return Some(Other::Numbering);
    }
    // Where accents are written they tell; a name without any is told by its letters alone.
    let accented = !line.is_ascii();
    let begins = |word: &str| {
        line == word || line.starts_with(&format!("{word} ")) || line.starts_with(&format!("{word}:"))
    };
    let says_sum = if accented { ["tổng", "cộng", "toàn"].into_iter().any(begins) } else { true };
    if says_sum && TOTALS.contains(&key.as_str()) {
        return Some(Other::Total);
    }
    let sums_up = ["cộng", "tổng cộng", "tổng số", "tổng"].into_iter().any(begins) && !begins("tổng công");
    (accented && sums_up && !key.starts_with("tong cong ti") && !key.starts_with("tong cuc"))
        .then_some(Other::Subtotal)
}

/// "(1)", "A", "[2]", "(3=4+5)".
fn is_numbering(name: &str) -> bool {
    let line = clean_line(name);
    let inside = line.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']'));
    let bracketed = inside.len() < line.len();
    let letter = inside.chars().count() == 1 && inside.chars().all(char::is_alphanumeric);
    let formula =
        bracketed && inside.chars().all(|c| c.is_ascii_digit() || matches!(c, '=' | '+' | '-' | ' '));
    letter || (formula && !inside.is_empty())
}
