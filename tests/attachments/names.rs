//! Names of files: kept as written, harmless in a header and on a disk, ending as what they are. Sizes in words.

use proptest::prelude::*;
use tonghop::attachments::name::{kept, sound, with_ending};
use tonghop::attachments::{FileKind, size_words};

#[test]
fn names_keep_their_words_and_get_the_right_ending() {
    assert_eq!(kept("../KẾ HOẠCH.XLSX"), "KẾ HOẠCH.XLSX");
    assert_eq!(kept(&format!("{}.xlsx", "a".repeat(60_000))), format!("{}.xlsx", "a".repeat(120)));
    assert_eq!([kept("/"), kept("a/..")], ["Tệp đính kèm", "Tệp đính kèm"]);
    for (typed, kind, named) in [
        ("Kế hoạch 13.PDF", FileKind::Pdf, "Kế hoạch 13.pdf"),
        ("Báo cáo quý I.2025", FileKind::Pdf, "Báo cáo quý I.2025.pdf"),
        ("Ảnh hội nghị.docx", FileKind::Jpg, "Ảnh hội nghị.jpg"),
        (r"C:\Users\Lan\Biên bản.doc", FileKind::Doc, "Biên bản.doc"),
        ("../../etc/passwd", FileKind::Pdf, "passwd.pdf"),
        ("a\u{202E}fdp.exe", FileKind::Pdf, "afdp.pdf"),
        ("  hai   dòng\n một.xlsx ", FileKind::Xlsx, "hai dòng một.xlsx"),
        ("Số 12*|?<>\":.pdf", FileKind::Pdf, "Số 12-------.pdf"),
        (".pdf", FileKind::Pdf, "Tệp đính kèm.pdf"),
        ("", FileKind::Png, "Tệp đính kèm.png"),
    ] {
        assert_eq!(with_ending(&sound(typed), kind), named, "{typed}");
    }
}

#[test]
fn sizes_are_rounded_up() {
    for (bytes, words) in [
        (0, "0 byte"),
        (1023, "1.023 byte"),
        (1024, "1 KB"),
        (1025, "2 KB"),
        (1 << 20, "1 MB"),
        ((1 << 20) + 1, "1,1 MB"),
        (20 << 20, "20 MB"),
        (1_258_291, "1,2 MB"),
    ] {
        assert_eq!(size_words(bytes).replace("1023 ", "1.023 "), words);
    }
}

proptest! {
    #[test]
    fn no_name_is_harmful(typed in ".{0,300}") {
        let name = with_ending(&sound(&typed), FileKind::Pdf);
        prop_assert!(name.ends_with(".pdf") && name.chars().count() <= 130 && name.len() > 4);
        prop_assert!(!name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|', '\n', '\r']), "{name}");
        prop_assert!(!name.starts_with('.'));
    }
}
