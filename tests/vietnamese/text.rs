//! The one stored spelling.

use proptest::prelude::*;
use tonghop::vietnamese::{clean, clean_line};

#[test]
fn every_odd_spelling_becomes_the_plain_one() {
    let table = [
        // "Việt" typed on a Mac: e, circumflex and dot as three code points.
        ("Vie\u{0302}\u{0323}t", "Việt"),
        ("Vie\u{0323}\u{0302}t", "Việt"),
        ("\u{00D0}ỗ \u{0189}ức \u{00F0}i \u{0256}âu", "Đỗ Đức đi đâu"),
        ("Sở\u{00A0}Tư\u{2009}pháp\u{3000}tỉnh\tX", "Sở Tư pháp tỉnh X"),
        ("tái\u{200B} hòa\u{00AD} nhập\u{FEFF}", "tái hòa nhập"),
        ("một\r\nhai\rba\u{2028}bốn", "một\nhai\nba\nbốn"),
        ("dòng một  \n  dòng hai \u{00A0}\n", "dòng một\n  dòng hai\n"),
        ("chuông\u{0007} và rỗng\u{0000}", "chuông và rỗng"),
        ("“giữ nguyên” – như đã gõ", "“giữ nguyên” – như đã gõ"),
        ("hòa và hoà", "hòa và hoà"),
        ("", ""),
    ];
    for (typed, stored) in table {
        assert_eq!(clean(typed), stored, "{typed:?}");
    }
}

#[test]
fn a_line_has_single_spaces_and_no_ends() {
    assert_eq!(clean_line("  Sở\u{00A0}  Tư pháp \r\n tỉnh\u{200B} "), "Sở Tư pháp tỉnh");
    assert_eq!(clean_line(" \n\t "), "");
}

/// Any characters, the awkward ones often.
fn awkward() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(
        "\r\n\t \u{00A0}\u{200B}\u{00AD}\u{0302}\u{0301}\u{0323}\u{031B}aeouyđÐƉðĐ\u{0000}\u{2028}\u{FEFF}"
            .chars()
            .collect::<Vec<char>>(),
    );
    prop::collection::vec(prop_oneof![3 => odd, 1 => any::<char>()], 0..40)
        .prop_map(|chars| chars.into_iter().collect())
}

proptest! {
    #[test]
    fn cleaning_twice_changes_nothing(text in awkward()) {
        let once = clean(&text);
        prop_assert_eq!(&clean(&once), &once);
        let line = clean_line(&text);
        prop_assert_eq!(&clean_line(&line), &line);
        prop_assert_eq!(&clean(&line), &line);
    }

    #[test]
    fn nothing_unwanted_remains(text in awkward()) {
        let cleaned = clean(&text);
        for c in cleaned.chars() {
            prop_assert!(c == '\n' || !c.is_control(), "{c:?}");
            prop_assert!(c == '\n' || c == ' ' || !c.is_whitespace(), "{c:?}");
            prop_assert!(!"\u{00D0}\u{0189}\u{00F0}\u{0256}\u{200B}\u{200D}\u{00AD}\u{FEFF}".contains(c), "{c:?}");
        }
        prop_assert!(cleaned.split('\n').all(|line| !line.ends_with(' ')));
    }

    /// Visible Vietnamese text without odd characters is left as it is.
    #[test]
    fn plain_text_is_untouched(text in "[a-zA-ZăâđêôơưÁẢỆỢỹ0-9.,;:()/-]{0,20}( [a-zàảãáạđ]{1,8}){0,5}") {
        prop_assert_eq!(clean(&text), text);
    }

    /// Text without any accent goes a shorter way and comes to the same: a letter that forces the long one changes nothing
    /// before it.
    #[test]
    fn the_short_way_is_the_long_one(text in "[ -~]{0,20}|[a-zA-Z0-9 ./]{0,30}") {
        let long = clean(&format!("{text}\nđ"));
        prop_assert_eq!(format!("{}\nđ", clean(&text)), long);
        let long = clean_line(&format!("{text} đ"));
        let short = format!("{} đ", clean_line(&text));
        prop_assert_eq!(short.trim_start(), long);
    }
}
