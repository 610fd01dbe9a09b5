//! Documents as sentences name them, against a table made by hand.

use chrono::NaiveDate;
use proptest::prelude::*;
use tonghop::vietnamese::{Citation, document_number, without_accents};

fn words(text: &str) -> Option<String> {
    Citation::read(text).map(|citation| citation.words())
}

#[test]
fn a_document_is_taken_apart_and_written_as_the_decree_has_it() {
    let whole = "Công văn số 2216/CAT-PC10 ngày 12/5/2025 của Công an tỉnh về việc báo cáo kết quả";
    let read = Citation::read(whole).expect("a document");
    assert_eq!((read.kind.as_str(), read.number.as_str()), ("Công văn", "2216/CAT-PC10"));
    assert_eq!(read.day, NaiveDate::from_ymd_opt(2025, 5, 12));
    assert_eq!((read.issuer.as_str(), read.about.as_str()), ("Công an tỉnh", "về việc báo cáo kết quả"));
    for (typed, written) in [
        (
            whole,
            Some(
                "Công văn số 2216/CAT-PC10 ngày 12 tháng 5 năm 2025 của Công an tỉnh về việc báo cáo kết quả",
            ),
        ),
        (
            "Theo Công văn số: 8/UBND-NC, ngày 05/01/2026",
            Some("Công văn số 08/UBND-NC ngày 05 tháng 01 năm 2026"),
        ),
        (
            "Công văn số 12/CAT-PC10 ngày 12 tháng 5 năm 2025 (văn bản giả định); khóa sau 7 ngày",
            Some("Công văn số 12/CAT-PC10 ngày 12 tháng 5 năm 2025"),
        ),
        ("Kế hoạch số 13/KH-UBND của UBND tỉnh.", Some("Kế hoạch số 13/KH-UBND của UBND tỉnh")),
        ("Kế hoạch số 13/KH-UBND", Some("Kế hoạch số 13/KH-UBND")),
        ("Công văn số 12/CAT ngày 31/02/2026", None),
        ("Công văn số …/CAT", None),
        ("Văn bản số hóa của Sở", None),
        ("Công văn của Công an tỉnh", None),
        ("Mục 7 văn bản của UBND tỉnh tháng 3/2025: trước ngày 15/11 hằng năm", None),
        ("Theo quy định; kế hoạch không ấn định ngày", None),
        ("", None),
    ] {
        assert_eq!(words(typed).as_deref(), written, "{typed}");
    }
}

#[test]
fn numbers_under_ten_take_a_zero() {
    for (typed, written) in [
        ("8/KH-UBND", "08/KH-UBND"),
        ("08/KH-UBND", "08/KH-UBND"),
        ("18/KH-UBND", "18/KH-UBND"),
        ("8", "08"),
        ("8a/KH-UBND", "8a/KH-UBND"),
        ("…/KH-UBND", "…/KH-UBND"),
        ("", ""),
    ] {
        assert_eq!(document_number(typed), written);
    }
}

/// For names of files: every letter stays the one it is.
#[test]
fn letters_lose_their_accents_and_nothing_else() {
    assert_eq!(without_accents("Sở Y tế (kỳ quý III), Đề án"), "so y te ky quy iii de an");
}

proptest! {
    #[test]
    fn any_text_is_read_or_not(text in "(Công văn số )?.{0,40}") {
        if let Some(words) = words(&text) {
            // What is written is read again as the same.
            prop_assert_eq!(Citation::read(&words).map(|citation| citation.words()), Some(words));
        }
    }
}
