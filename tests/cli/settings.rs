//! docs/configuration.md against what the program itself says it takes.

use std::collections::BTreeSet;

use super::tonghop;

/// The flags and variables that `--help` of a command names.
fn settings_of(command: &str) -> BTreeSet<String> {
    let help = tonghop(&[command, "--help"], "");
    assert!(help.status.success());
    let text = String::from_utf8(help.stdout).expect("text");
    let mut found = BTreeSet::new();
    for line in text.lines() {
        let word = line.trim_start().split([' ', '=']).next().unwrap_or_default();
        if word.starts_with("--") {
            found.insert(word.to_owned());
        }
        if let Some(rest) = line.split("[env: ").nth(1) {
            found.insert(rest.split(['=', ']']).next().unwrap_or_default().to_owned());
        }
    }
    found.retain(|s| s != "--help" && s != "-h,");
    found
}

#[test]
fn the_document_names_every_setting_and_no_other() {
    let known: BTreeSet<String> =
        ["serve", "setup-code", "migrate", "demo"].into_iter().flat_map(settings_of).collect();
    assert!(known.len() > 12, "the help was not read: {known:?}");
    let page = include_str!("../../docs/configuration.md");
    let mut written = BTreeSet::new();
    for row in page.lines().filter(|l| l.starts_with("| ") && l.contains('`')) {
        for cell in row.split('|').skip(1).take(2) {
            let name = cell.trim().trim_matches('`');
            if name.starts_with("--") || name.starts_with("TONGHOP_") {
                written.insert(name.to_owned());
            }
        }
    }
    assert_eq!(written, known);
}
