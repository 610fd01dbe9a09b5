//! What every source file looks like: small, opened by a comment, named for what it holds, tests elsewhere.

use super::read_all;

/// Lines at most. 300 is where to look for a second noun; this is where there is one.
const LINES: usize = 400;
/// The tables themselves, one after another: long by nature, and read as a list.
const LISTS: [&str; 1] = ["src/db/schema.rs"];
/// Names that say nothing of what is inside.
const SAY_NOTHING: [&str; 4] = ["utils", "helpers", "common", "types"];

fn faults(file: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let lines = text.lines().count();
    if lines > LINES && !LISTS.contains(&file) {
        faults.push(format!("{file} has {lines} lines: look for a second noun in it"));
    }
    if !text.starts_with("//!") {
        faults.push(format!("{file} does not begin by saying what it is (//!)"));
    }
    let parts = file.trim_end_matches(".rs").split('/');
    if let Some(name) = parts.into_iter().find(|part| SAY_NOTHING.contains(part)) {
        faults.push(format!("{file}: \"{name}\" says nothing of what is inside"));
    }
    if text.contains("#[cfg(test)]") || text.contains("#[test]") {
        faults.push(format!("{file} holds tests: they live under tests/"));
    }
    if text.contains("allow(") && text.contains("#[allow(") || text.contains("#![allow(") {
        faults.push(format!("{file} silences a warning instead of mending it"));
    }
    faults
}

#[test]
fn every_source_file_is_small_opened_and_named() {
    let faults: Vec<String> =
        read_all("src", "rs").iter().flat_map(|(file, text)| faults(file, text)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_checker_fails_on_made_up_bad_files() {
    let long = format!("//! Long.\n{}", "fn f() {}\n".repeat(LINES));
    let bad = [
        ("src/units/queries.rs", long.as_str()),
        ("src/units/queries.rs", "use diesel::prelude::*;"),
        ("src/units/utils.rs", "//! Things."),
        ("src/common/mod.rs", "//! Things."),
        ("src/units/mod.rs", "//! Units.\n#[cfg(test)]\nmod tests {}"),
        ("src/units/mod.rs", "//! Units.\n#[allow(dead_code)]\nfn f() {}"),
    ];
    for (file, text) in bad {
        assert_eq!(faults(file, text).len(), 1, "{file}");
    }
    assert_eq!(faults("src/units/mod.rs", "//! Units.\npub mod queries;"), Vec::<String>::new());
}
