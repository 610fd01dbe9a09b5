//! The marks that begin a clause: "Phần I", "Chương II", "Điều 3.", "IV.", "1.", "1.1.", "a)", "-", "+" and their
//! kin. Stands between a line and the tree of clauses.

use super::words::{digits, plain};

/// The kind of mark; what is above and below what is decided by the order in which kinds appear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Level {
    Annex,
    Part,
    Chapter,
    Section,
    Article,
    Capital,
    Roman,
    Number,
    /// "1.1", "1.1.1": how many numbers.
    Dotted(u8),
    Letter,
    Bracketed,
    Dash,
    Plus,
    Bullet,
}

impl Level {
    /// Whether the marks of this kind are all alike, so that items can only be counted.
    pub fn is_plain(self) -> bool {
        matches!(self, Level::Dash | Level::Plus | Level::Bullet)
    }
}

/// A mark as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marker {
    pub level: Level,
    /// "III", "1", "1.2", "a", "Điều 4"; empty for the plain ones.
    pub label: String,
    /// The number it counts, where it counts.
    pub order: Option<u32>,
    /// Bytes of the line it takes, with the spaces after it.
    pub length: usize,
}

/// The mark a line begins with. `open` says that the line before had not ended: then a dash before a small letter is
/// the hyphen of "chính trị - xã hội".
pub(super) fn marker_of(line: &str, open: bool) -> Option<Marker> {
    named(line).or_else(|| sign(line, open)).or_else(|| counted(line, open))
}

/// "Phần thứ nhất", "Chương I", "Mục 2", "Điều 3.", "Phụ lục I".
fn named(line: &str) -> Option<Marker> {
    const NAMES: [(&str, &str, Level); 5] = [
        ("phan", "Phần", Level::Part),
        ("chuong", "Chương", Level::Chapter),
        ("muc", "Mục", Level::Section),
        ("dieu", "Điều", Level::Article),
        ("phu luc", "Phụ lục", Level::Annex),
    ];
    if !line.chars().next().is_some_and(|c| matches!(c, 'P' | 'C' | 'M' | 'Đ' | 'D')) {
        return None;
    }
    let words: Vec<(usize, &str)> = spans(line).take(4).collect();
    for (key, name, level) in NAMES {
        let count = key.split(' ').count();
        let said: Vec<String> = words.iter().take(count).map(|(_, word)| plain(word)).collect();
        if said.join(" ") != key {
            continue;
        }
        let mut after = words[count..].iter();
        let Some((at, word)) = after.next() else {
            return (level == Level::Annex).then(|| of(level, name.to_owned(), None, line.len()));
        };
        let bare = word.trim_end_matches(['.', ':', ')']);
        let (bare, at) = if plain(bare) == "thu" && level == Level::Part {
            after.next().map_or((bare, *at), |(at, word)| (word.trim_end_matches(['.', ':']), *at))
        } else {
            (bare, *at)
        };
        let order = ordinal(bare);
        // "Điều 5 Nghị định …" in a wrapped line is a reference: an article's own mark ends with a point.
        let ended = line[at + bare.len()..].chars().next();
        let fits = match level {
            Level::Article => order.is_some() && matches!(ended, Some('.' | ':')),
            Level::Section => order.is_some() && matches!(ended, Some('.' | ':') | None),
            _ => order.is_some() && line.chars().count() < 200,
        };
        if fits {
            let label = format!("{name} {bare}");
            let rest = &line[at + bare.len()..];
            let length = line.len() - rest.trim_start_matches(['.', ':', ')', ' ', '-', '–']).len();
            return Some(of(level, label, order, length));
        }
    }
    None
}

/// Dashes, pluses, bullets.
fn sign(line: &str, open: bool) -> Option<Marker> {
    let first = line.chars().next()?;
    let level = match first {
        '-' | '–' | '—' | '−' | '‒' | '‐' | '‑' => Level::Dash,
        '+' => Level::Plus,
        '•'
        | '●'
        | '▪'
        | '▫'
        | '■'
        | '□'
        | '○'
        | '◦'
        | '♦'
        | '◆'
        | '➢'
        | '➤'
        | '►'
        | '✓'
        | '*'
        | '·'
        | '\u{F000}'..='\u{F0FF}' => Level::Bullet,
        _ => return None,
    };
    let rest = line[first.len_utf8()..].trim_start_matches([' ', '-', '–']);
    let next = rest.chars().next();
    let hyphen = open && next.is_some_and(char::is_lowercase);
    let sum = next.is_some_and(|c| c.is_ascii_digit()) && !line[first.len_utf8()..].starts_with(' ');
    (!hyphen && !sum).then(|| of(level, String::new(), None, line.len() - rest.len()))
}

/// "I.", "1.", "1.1.", "II.1.", "a)", "(1)".
fn counted(line: &str, open: bool) -> Option<Marker> {
    let bracket = line.starts_with('(');
    let from = usize::from(bracket);
    let token_end =
        line[from..].find(|c: char| !(c.is_alphanumeric() || c == '.')).map_or(line.len(), |at| from + at);
    let token = line[from..token_end].trim_end_matches('.');
    let mut points = line[from..token_end].len() - token.len();
    let (token, glued) = unglued(token, points);
    let mut end = from + token.len();
    if glued {
        points = 1;
    }
    // "1 . Công an tỉnh": a scanner's space before the point.
    let loose = !bracket
        && points == 0
        && (line[end..].starts_with(" . ") || line[end..].starts_with(" ) "))
        && line[end + 3..].chars().next().is_some_and(char::is_uppercase);
    if loose {
        end += 1;
    }
    let after = line[end..].chars().next()?;
    let closed = match after {
        '.' if points == 1 || loose => true,
        ')' => true,
        // "I- MỤC ĐÍCH", "1- Công an tỉnh", as Party documents count.
        '-' | '–' => !bracket && line[end + after.len_utf8()..].starts_with(' '),
        '/' => !bracket && line[end + 1..].starts_with(' '),
        _ => false,
    };
    if closed {
        end += after.len_utf8();
    }
    let rest = line[end..].trim_start_matches(|c: char| c == ' ' || c == '-' && closed);
    let next = rest.chars().find(|c| !matches!(c, '"' | '“' | '(' | '‘'));
    // "1. 100% người …", "a) 04 phiên …": a clause may begin with how much.
    let figure = closed && line[end..].starts_with(' ') && begins_with_amount(rest);
    let capital = figure || next.is_none_or(char::is_uppercase);
    let length = line.len() - rest.len();
    let spaced = line[end..].starts_with(' ') || rest.is_empty() || glued;
    let lettered = figure || next.is_none_or(char::is_alphabetic);
    if bracket {
        let fits = closed && after == ')' && token.len() <= 3 && spaced && lettered && (capital || !open);
        return fits.then(|| of(Level::Bracketed, token.to_owned(), ordinal(token), length));
    }
    if token.contains('.') {
        // "II.1" counts as "2.1" does.
        let numbers: Option<Vec<u32>> = token
            .split('.')
            .enumerate()
            .map(|(at, part)| small(part).or_else(|| roman_value(part).filter(|_| at == 0)))
            .collect();
        let numbers = numbers?;
        let depth = u8::try_from(numbers.len()).ok()?;
        let fits =
            depth <= 5 && spaced && capital && lettered && numbers.iter().all(|n| (1..=60).contains(n));
        return fits.then(|| of(Level::Dotted(depth), token.to_owned(), numbers.last().copied(), length));
    }
    // "I - Mục đích": a dash in place of the point, only before capitals.
    let dashed = !closed && line[end..].trim_start().starts_with(['-', '–']) && line[end..].starts_with(' ');
    if !closed && !dashed {
        return None;
    }
    let length =
        if dashed { line.len() - line[end..].trim_start_matches([' ', '-', '–']).len() } else { length };
    if !lettered && !rest.is_empty() && !dashed {
        return None;
    }
    if let Some(number) = small(token).filter(|n| (1..=99).contains(n)) {
        let fits = closed && (capital || !open) && token.len() <= 2;
        return fits.then(|| of(Level::Number, number.to_string(), Some(number), length));
    }
    if let Some(value) = roman_value(token) {
        let begins = line[length..].chars().find(|c| c.is_alphabetic()).is_none_or(char::is_uppercase);
        return begins.then(|| of(Level::Roman, roman(value), Some(value), length));
    }
    let mut chars = token.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if c.is_uppercase() && closed && capital => {
            Some(of(Level::Capital, c.to_string(), place(c), length))
        }
        (Some(c), None)
            // "a." and "a/" need a capital behind them; a heading without a point at its end may stand before.
            if c.is_lowercase() && closed && (after == ')' || capital && spaced && !rest.is_empty()) =>
        {
            place(c).map(|place| of(Level::Letter, c.to_string(), Some(place), length))
        }
        _ => None,
    }
}

/// "100% người", "04 phiên": a number with a percent sign or a word in small letters behind it. No date, no symbol, no sum.
fn begins_with_amount(rest: &str) -> bool {
    let digits =
        rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',')).len();
    if digits == 0 || !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let behind = rest[digits..].trim_start_matches(' ');
    let spaced = behind.len() < rest.len() - digits;
    behind.starts_with('%') || spaced && behind.starts_with(char::is_lowercase)
}

fn of(level: Level, label: String, order: Option<u32>, length: usize) -> Marker {
    Marker { level, label, order, length }
}

/// "1.Công" as "1" where the point was glued to the next word.
fn unglued(token: &str, points: usize) -> (&str, bool) {
    if points > 0 {
        return (token, false);
    }
    match token.rsplit_once('.') {
        Some((head, tail)) if tail.chars().next().is_some_and(char::is_alphabetic) => {
            let head_fits = head.split('.').all(|part| small(part).is_some()) || roman_value(head).is_some();
            if head_fits { (head, true) } else { (token, false) }
        }
        _ => (token, false),
    }
}

/// A number written with digits, or with the slip l for 1 beside a digit.
fn small(text: &str) -> Option<u32> {
    if text.is_empty() || text.len() > 2 || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    digits(text)?.parse().ok()
}

/// The value of a Roman number below 40, reading small l as I among capitals.
fn roman_value(text: &str) -> Option<u32> {
    let fixed: String = text.chars().map(|c| if c == 'l' || c == '1' { 'I' } else { c }).collect();
    if fixed.is_empty() || fixed.len() > 6 || text.chars().all(|c| c == '1') || text == "l" && fixed.len() > 1
    {
        return None;
    }
    (1..40).find(|value| roman(*value) == fixed)
}

fn roman(value: u32) -> String {
    let units = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let tens = ["", "X", "XX", "XXX"];
    let at = |list: &[&str], index: u32| list.get(index as usize).copied().unwrap_or_default().to_owned();
    at(&tens, value / 10) + &at(&units, value % 10)
}

/// The number of "I", "2", "nhất" or "a".
fn ordinal(text: &str) -> Option<u32> {
    const WORDS: [&str; 6] = ["nhat", "hai", "ba", "tu", "nam", "sau"];
    let folded = plain(text);
    let word = WORDS.iter().position(|word| *word == folded).and_then(|at| u32::try_from(at + 1).ok());
    small(text).or_else(|| roman_value(text)).or(word).or_else(|| {
        let mut chars = text.chars();
        chars.next().filter(|_| chars.next().is_none()).and_then(place)
    })
}

/// The place of a letter among those that count clauses: a, b, c, d, đ, e, g, h, i, k, l, m, n, o, p, q.
fn place(letter: char) -> Option<u32> {
    let letter = letter.to_lowercase().next()?;
    "abcdđeghiklmnopq".chars().position(|c| c == letter).and_then(|at| u32::try_from(at + 1).ok())
}

fn spans(line: &str) -> impl Iterator<Item = (usize, &str)> {
    line.split(' ').scan(0, |at, word| {
        let from = *at;
        *at += word.len() + 1;
        Some((from, word))
    })
}
