//! The name a file is kept and handed out under: as its owner wrote it, without what a file system or a header would
//! trip over, and with the ending of what it really is.

use super::FileKind;
use crate::vietnamese::clean_line;

/// Letters of a name at most, its ending apart.
const LONGEST: usize = 120;

/// The name as it came, on one line and without folders, which some browsers send along.
pub fn sound(typed: &str) -> String {
    let line = clean_line(typed);
    let last = line.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().map(|c| if matches!(c, ':' | '*' | '?' | '"' | '<' | '>' | '|') { '-' } else { c }).collect()
}

/// "Kế hoạch 13.PDF" as "Kế hoạch 13.pdf"; a picture called "Kế hoạch.docx" as "Kế hoạch.png".
pub fn with_ending(name: &str, kind: FileKind) -> String {
    format!("{}.{}", stem(name), kind.code())
}

/// The name a file is kept under that may be of any kind: sound, of bounded length, never blank, its own ending with it.
pub fn kept(typed: &str) -> String {
    let name = sound(typed);
    match name.rsplit_once('.') {
        Some((_, ending)) if is_ending(ending) => format!("{}.{ending}", stem(&name)),
        _ => stem(&name),
    }
}

/// What stands before the ending, where there is one; never blank.
fn stem(name: &str) -> String {
    let stem = match name.rsplit_once('.') {
        Some((stem, ending)) if is_ending(ending) => stem,
        _ => name,
    };
    let stem: String = stem.trim_matches(['.', ' ']).chars().take(LONGEST).collect();
    if stem.trim().is_empty() { "Tệp đính kèm".to_owned() } else { stem.trim_end().to_owned() }
}

/// Whether it looks like the ending of a file's name, not like the rest of a sentence or a date.
fn is_ending(ending: &str) -> bool {
    (2..=5).contains(&ending.len())
        && ending.bytes().all(|b| b.is_ascii_alphanumeric())
        && ending.bytes().any(|b| b.is_ascii_alphabetic())
}
