//! What people typed arrives as they typed it, and the same edition gives the same bytes.

use super::{Read, sample};
use calamine::Data;
use proptest::prelude::*;
use tonghop::consolidation::content::{EditionContent, NarrativeParagraph, NarrativeSection};

fn narrative_of(texts: &[&str]) -> EditionContent {
    let paragraphs = texts
        .iter()
        .map(|text| NarrativeParagraph {
            unit: "U".to_owned(),
            text: (*text).to_owned(),
            ..NarrativeParagraph::default()
        })
        .collect();
    let mut edition = sample::edition();
    edition.narrative = vec![NarrativeSection {
        code: "I".to_owned(),
        heading: "Một".to_owned(),
        paragraphs,
        ..Default::default()
    }];
    edition
}

/// The parts of the text column under the heading.
fn parts(edition: &EditionContent) -> Vec<String> {
    let values = Read::of(edition).values("Thuyết minh");
    let end = values.end().unwrap().0;
    (5..=end)
        .filter_map(|row| match values.get_value((row, 2)) {
            Some(Data::String(text)) => Some(text.clone()),
            _ => None,
        })
        .collect()
}

#[test]
fn text_that_looks_like_a_formula_stays_text() {
    let typed = [
        "=1+1",
        "+84",
        "-5",
        "@SUM(A1)",
        "=HYPERLINK(\"http://x\",\"y\")",
        "<b>&amp;",
        "<r>&</r>",
        "_x0041_",
    ];
    let mut edition = narrative_of(&typed);
    edition.units[0].name = "=cmd|'/c calc'!A1".to_owned();
    edition.groups[1].indicators[0].name = "=1+2".to_owned();
    edition.groups[1].indicators[0].note = "@x".to_owned();
    assert_eq!(parts(&edition), typed);
    let mut read = Read::of(&edition);
    assert!(read.formulas("Thuyết minh").is_empty());
    let row = read.row_of("Theo đơn vị - B", 1, "=cmd|'/c calc'!A1");
    assert_eq!(read.formula("Theo đơn vị - B", row, 1), "");
    let row = read.row_of("Tổng hợp", 2, "=1+2");
    assert_eq!(read.formula("Tổng hợp", row, 2), "");
}

#[test]
fn a_text_beyond_the_limit_of_a_cell_runs_on_and_loses_nothing() {
    let words = "Tổ chức tuyên truyền, vận động 😀 ".repeat(3_000);
    let unbroken = "ạ".repeat(70_000);
    for text in [words.as_str(), &unbroken] {
        let parts = parts(&narrative_of(&[text]));
        assert!(parts.len() > 1);
        assert!(parts.iter().all(|part| part.encode_utf16().count() <= 32_767));
        assert_eq!(parts.concat(), text);
    }
}

#[test]
fn the_same_edition_gives_the_same_bytes_later() {
    let edition = sample::edition();
    let first = tonghop::workbooks::write(&edition, tonghop::consolidation::EditionCopy::Ministry).unwrap();
    // A clock read while writing would show in seconds.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert!(
        first == tonghop::workbooks::write(&edition, tonghop::consolidation::EditionCopy::Ministry).unwrap()
    );

    let frozen = serde_json::to_string(&edition).unwrap();
    let thawed: EditionContent = serde_json::from_str(&frozen).unwrap();
    // The hash of the frozen text stands beside it, not in it.
    let mut thawed = thawed;
    assert_eq!(thawed.identity.sha256, "");
    thawed.identity.sha256.clone_from(&edition.identity.sha256);
    assert!(thawed == edition);
    assert!(
        first == tonghop::workbooks::write(&thawed, tonghop::consolidation::EditionCopy::Ministry).unwrap()
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_text_comes_back_whole(text in "[ -~àĐượờ\u{1F600}\n]{1,6000}") {
        prop_assert_eq!(parts(&narrative_of(&[&text])).concat(), text);
    }
}
