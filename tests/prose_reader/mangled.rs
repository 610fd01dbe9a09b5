//! The same report as it arrives: wrapped, torn by pages, in other code points, renumbered. What is read does not change.

use tonghop::prose_reader::{FigureKind, read};
use unicode_normalization::UnicodeNormalization;

use super::{REPORT, form};
use crate::plan_reader::mangled::wrapped;

type Read =
    (Vec<(String, FigureKind, Option<String>)>, Vec<(Option<String>, String)>, Vec<String>, Option<String>);

/// What matters of a reading: figures, sections with their words, titles, the period.
fn what(text: &str) -> Read {
    let prose = read(text, &form());
    let figures = prose.figures.iter().map(|f| (f.words(), f.kind, f.proposed.clone()));
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    (
        figures.collect(),
        prose.pieces.iter().map(|piece| (piece.section.clone(), plain(&piece.body))).collect(),
        prose.titles.iter().map(|title| title.text.clone()).collect(),
        prose.period.map(|named| named.cycle),
    )
}

#[test]
fn wrapped_at_any_usual_width() {
    for width in [72, 80, 96] {
        assert_eq!(what(&wrapped(REPORT, width)), what(REPORT), "{width}");
    }
}

#[test]
fn other_code_points_and_line_ends() {
    let mangled = [
        REPORT.nfd().collect::<String>(),
        REPORT.replace('Đ', "\u{00D0}").replace('đ', "\u{00F0}"),
        REPORT.replace(' ', "\u{00A0}"),
        REPORT.replace('\n', "\r\n"),
    ];
    let expected = what(REPORT);
    for (at, text) in mangled.iter().enumerate() {
        // As the room that takes documents in cleans them.
        let text = text.replace("\r\n", "\n");
        let found = what(&text);
        let folded = |read: &Read| -> Vec<String> {
            read.0
                .iter()
                .map(|(words, kind, code)| {
                    format!("{} {kind:?} {code:?}", tonghop::vietnamese::search_key(words))
                })
                .collect()
        };
        assert_eq!(folded(&found), folded(&expected), "{at}");
        let sections = |read: &Read| read.1.iter().map(|(code, _)| code.clone()).collect::<Vec<_>>();
        assert_eq!(sections(&found), sections(&expected), "{at}");
    }
}

#[test]
fn renumbered_headings() {
    let renumbered = REPORT
        .replace("1. Công tác", "I. Công tác")
        .replace("2. Kết quả", "III. Kết quả")
        .replace("3. Tồn tại", "IV. Tồn tại")
        .replace("4. Phương", "VI. Phương");
    assert_eq!(what(&renumbered), what(REPORT));
}

#[test]
fn page_numbers_in_mid_sentence() {
    let mut torn = String::new();
    for (at, line) in wrapped(REPORT, 80).lines().enumerate() {
        torn.push_str(line);
        torn.push('\n');
        if at > 14 && at % 9 == 0 && at < 34 {
            torn.push_str(&format!("\n                    {}\n\n\u{000C}", at / 9));
        }
    }
    assert_eq!(what(&torn).0, what(REPORT).0);
}
