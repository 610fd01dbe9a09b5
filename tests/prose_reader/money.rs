//! Sums of money: what they were is said by the verb beside them.

use tonghop::plan_reader::Sure;
use tonghop::prose_reader::read;

use super::form;

/// The sums of a sentence, the figure each is proposed for, and whether it is ticked beforehand.
fn sums(sentence: &str) -> Vec<(String, Option<String>, bool)> {
    let prose = read(&format!("BÁO CÁO\nKết quả năm 2025\n\nI. Kết quả\n\n{sentence}\n"), &form());
    let sums = prose.figures.into_iter().filter(|figure| figure.typed.ends_with("đồng"));
    sums.map(|figure| {
        let ticked = figure.proposed.is_some() && figure.sure > Sure::Guess;
        (figure.typed, figure.proposed, ticked)
    })
    .collect()
}

#[test]
fn the_verb_decides() {
    for (sentence, expected) in [
        (
            "Kinh phí: Bố trí 150 triệu đồng, đã sử dụng 85.500.000 đồng.",
            vec![("150 triệu đồng", Some("A10")), ("85.500.000 đồng", Some("A11"))],
        ),
        (
            "Đã sử dụng 85.500.000 đồng trên tổng kinh phí 150 triệu đồng được bố trí cho tuyên truyền.",
            vec![("85.500.000 đồng", Some("A11")), ("150 triệu đồng", Some("A10"))],
        ),
        (
            "Dự toán kinh phí tuyên truyền được cấp 200 triệu đồng; kinh phí đã chi là 120 triệu đồng.",
            vec![("200 triệu đồng", Some("A10")), ("120 triệu đồng", Some("A11"))],
        ),
        ("Kinh phí tuyên truyền đã giải ngân 1,2 tỷ đồng.", vec![("1,2 tỷ đồng", Some("A11"))]),
    ] {
        for ((typed, code), found) in expected.into_iter().zip(sums(sentence)) {
            assert_eq!(found.0, typed, "{sentence}");
            assert_eq!(found.1.as_deref(), code, "{sentence}: {found:?}");
        }
    }
    let found = sums("Kinh phí đã sử dụng 85.500.000 đồng cho tuyên truyền.");
    assert_eq!(found, [("85.500.000 đồng".to_owned(), Some("A11".to_owned()), true)]);
}

#[test]
fn nothing_is_ticked_where_nothing_decides() {
    for sentence in [
        "Tổng kinh phí là 150 triệu đồng.",
        "Kinh phí đã sử dụng 85 triệu đồng, đã sử dụng kinh phí 40 triệu đồng.",
    ] {
        let found = sums(sentence);
        assert!(!found.is_empty() && found.iter().all(|(_, _, ticked)| !ticked), "{sentence}: {found:?}");
    }
}
