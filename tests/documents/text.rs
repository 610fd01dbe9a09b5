//! Whatever people type is text: any characters at any place give parts another reader takes, and come back.

use proptest::prelude::*;
use roxmltree::Document;
use tonghop::documents::{Chapter, Row, write};

use super::read;
use super::sample;

/// What XML can carry of a text, line ends as one character.
fn kept(text: &str) -> String {
    let xml = |c: &char| {
        let code = u32::from(*c);
        matches!(code, 0x9 | 0xA | 0x20..=0xD7FF | 0xE000..=0xFFFD | 0x10000..=0x0010_FFFF)
    };
    text.chars().filter(xml).collect()
}

/// The paragraphs a typed text becomes: its lines that hold something.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()).map(kept).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_comes_back_from_every_place(
        typed in any::<String>(),
        marked in "[a-z<>&\"'\\]\\[\\-/!?;#\t\n\r\u{1}\u{b}\u{fffe} Đườ]{0,40}",
    ) {
        let mut rows = sample::report();
        rows.chapters = vec![Chapter { label: String::new(), title: "x".into(), text: typed.clone(), parts: Vec::new() }];
        rows.signatory.name.clone_from(&marked);
        rows.symbol = format!("BC{marked}");
        if let Some(Row::Cells(cells)) = rows.annexes[0].tables[0].rows.get_mut(1) {
            cells[7].clone_from(&typed);
        }
        let bytes = write(&rows).expect("a document");
        for (name, text) in read::parts(&bytes) {
            prop_assert!(Document::parse(&text).is_ok(), "{} is well formed", name);
        }
        let all = read::paragraphs(&bytes);
        let from = all.iter().position(|p| p.text == "X").expect("the chapter");
        let expected = lines(&typed);
        let found: Vec<String> = all[from + 1..].iter().take(expected.len()).map(|p| p.text.clone()).collect();
        prop_assert_eq!(found, expected);
        let signer = all.iter().find(|p| p.style == "HoTen").expect("a name");
        prop_assert_eq!(&signer.text, &kept(&marked));
        let note = all.iter().filter(|p| p.style == "BangTrai").nth(1).expect("a note");
        prop_assert_eq!(&note.text, &kept(&typed));
    }
}

#[test]
fn what_looks_like_markup_or_a_formula_is_text() {
    for typed in ["<w:p/>", "=SUM(A1:A9)", "&lt;b&gt;", "]]>", "{ PAGE }", "a\tb"] {
        let mut rows = sample::report();
        rows.signatory.name = typed.to_owned();
        let bytes = write(&rows).expect("a document");
        let found = read::paragraphs(&bytes).into_iter().find(|p| p.style == "HoTen").expect("a name");
        assert_eq!(found.text, typed);
    }
}
