//! The user guide held against the program: its words, its pictures, its links, and its pages. Whoever renames a button
//! learns here which sentence of the guide names it.

mod links;
mod pages;
mod pictures;
mod words;

use std::path::{Path, PathBuf};

/// Every file below a folder of the repository with this extension: (path from the root, text), sorted.
fn files(folder: &str, extension: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut waiting, mut found) = (vec![root.join(folder)], Vec::new());
    while let Some(at) = waiting.pop() {
        let entries = std::fs::read_dir(&at).expect("a folder");
        for path in entries.map(|entry| entry.expect("an entry").path()) {
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                let name = path.strip_prefix(root).expect("below the root").to_string_lossy().into_owned();
                found.push((name, std::fs::read_to_string(&path).expect("text")));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "{folder} was read");
    found
}

fn guide() -> Vec<(String, String)> {
    files("docs/huong-dan", "md")
}

/// White space folded, so that a line break in a paragraph is a space.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The targets of `[…](…)` and `![…](…)`, with whether it is a picture and its words.
fn targets(text: &str) -> Vec<(bool, String, String)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("](") {
        let words = text[..at].rsplit('[').next().unwrap_or_default();
        let picture = text[..at - words.len()].trim_end_matches('[').ends_with('!');
        let target = text[at + 2..].split(')').next().unwrap_or_default();
        found.push((picture, words.to_owned(), target.to_owned()));
    }
    found
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
