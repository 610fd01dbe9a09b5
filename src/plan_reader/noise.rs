//! Lines that are no part of what a document says: page numbers, rules, stamps of digital signatures, the national
//! motto. They are told apart first, so that a page break in mid-sentence leaves the sentence whole.

use super::words::{number, plain};

/// Whether the line is page furniture wherever it stands.
pub(super) fn is_furniture(text: &str) -> bool {
    is_page_number(text) || is_rule(text) || is_stamp(text)
}

/// "2", "- 2 -", "Trang 2", "Trang 2/5".
fn is_page_number(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| c == ' ' || c == '-' || c == '–' || c == '—' || c == '|');
    let bare = plain(bare);
    let (named, rest) = match bare.strip_prefix("trang ") {
        Some(rest) => (true, rest),
        None => (false, bare.as_str()),
    };
    let mut parts = rest.split('/').map(str::trim);
    let digits =
        |part: &str| part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit()) && number(part).is_some();
    match (parts.next(), parts.next(), parts.next()) {
        (Some(page), None, _) => digits(page),
        (Some(page), Some(of), None) => named && digits(page) && digits(of),
        _ => false,
    }
}

/// A line drawn with characters, or the star that Party documents set under the issuer.
fn is_rule(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| matches!(c, '-' | '|' | '_' | '=' | '*' | '~' | '–' | '—' | '─' | ' ' | '.' | '…' | 'o'))
        && (text.chars().count() > 2 || text.contains('*') || text.contains(['_', '|']))
}

/// What signing programs print on the first page.
fn is_stamp(text: &str) -> bool {
    const BEGINS: [&str; 9] = [
        "nguoi ky:",
        "ky boi:",
        "ky boi :",
        "ky so boi",
        "thoi gian ky",
        "ngay ky:",
        "email:",
        "digitally signed",
        "van ban duoc ky so",
    ];
    let plain = plain(text);
    BEGINS.iter().any(|begin| plain.starts_with(begin)) || (plain.starts_with("co quan:") && plain.len() < 60)
}

/// Quốc hiệu, Tiêu ngữ, and the Party's heading.
const MOTTO: [&str; 3] =
    ["cong hoa xa hoi chu nghia viet nam", "doc lap - tu do - hanh phuc", "dang cong san viet nam"];

/// A part of the motto alone in its line, where a narrow column broke it.
pub(super) fn is_motto_part(text: &str) -> bool {
    let bare: String = plain(text).chars().filter(|c| c.is_alphanumeric()).collect();
    let part = |motto: &str| {
        let whole: String = motto.chars().filter(|c| c.is_alphanumeric()).collect();
        bare.len() >= 4 && (whole.starts_with(&bare) || whole.ends_with(&bare))
    };
    (super::blocks::is_title(text) || bare.starts_with("doclap")) && MOTTO.iter().any(|motto| part(motto))
}

/// What stands before and after the motto in a line that holds it: the other column of a flattened heading.
/// None when the line holds none.
pub(super) fn around_motto(text: &str) -> Option<String> {
    let squeezed = |text: &str| -> Vec<(char, usize, usize)> {
        let mut kept = Vec::new();
        for (at, c) in text.char_indices() {
            if c.is_alphanumeric() {
                let end = at + c.len_utf8();
                kept.extend(plain(&text[at..end]).chars().map(|c| (c, at, end)));
            }
        }
        kept
    };
    let letters = squeezed(text);
    let line: String = letters.iter().map(|(c, _, _)| *c).collect();
    for motto in MOTTO {
        let wanted: String = motto.chars().filter(|c| c.is_alphanumeric()).collect();
        let Some(at) = line.find(&wanted) else { continue };
        let first = line[..at].chars().count();
        let last = first + wanted.chars().count() - 1;
        let (Some(from), Some(to)) = (letters.get(first), letters.get(last)) else { continue };
        let rest = format!("{} {}", &text[..from.1], &text[to.2..]);
        return Some(rest.trim_matches(|c: char| c.is_whitespace() || c == '.' || c == '-').to_owned());
    }
    None
}
