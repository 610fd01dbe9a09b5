//! Three documents in the forms that give readers trouble: a decision with the plan it brings, a letter that names bodies inside its
//! sentences, a directive of the Party whose lines are wrapped. As they are, wrapped and in other code points.

use super::expected::{Leave, faults};
use super::mangled::wrapped;
use unicode_normalization::UnicodeNormalization;

const FURTHER: [(&str, &str, &str); 3] = [
    (
        "decision",
        include_str!("../../fixtures/documents/decision.txt"),
        include_str!("../../fixtures/documents/decision.json"),
    ),
    (
        "several-bodies",
        include_str!("../../fixtures/documents/several-bodies.txt"),
        include_str!("../../fixtures/documents/several-bodies.json"),
    ),
    (
        "directive",
        include_str!("../../fixtures/documents/directive.txt"),
        include_str!("../../fixtures/documents/directive.json"),
    ),
];

fn check(mangle: impl Fn(&str) -> String) {
    let all: Vec<String> = FURTHER
        .iter()
        .flat_map(|(name, text, expected)| faults(name, &mangle(text), expected, Leave::default()))
        .collect();
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn as_they_are() {
    check(str::to_owned);
}

#[test]
fn in_other_code_points() {
    check(|text| text.nfd().collect());
}

#[test]
fn with_page_numbers_between_their_lines() {
    check(|text| {
        let lines = text.lines().enumerate();
        lines
            .map(|(at, line)| if at % 24 == 23 { format!("{line}\n\n2\n\n") } else { format!("{line}\n") })
            .collect()
    });
}

/// The letter alone has a line for each paragraph.
#[test]
fn a_letter_wrapped() {
    let (name, text, expected) = FURTHER[1];
    for width in [72, 90] {
        let all = faults(name, &wrapped(text, width), expected, Leave::default());
        assert!(all.is_empty(), "{width}: {}", all.join("\n"));
    }
}
