//! Numbers that are no figure: listed each once, with the words that say what they name.

use tonghop::prose_reader::{Named, read};

use super::{REPORT, form};

fn named(sentence: &str) -> Vec<Named> {
    read(&format!("BÁO CÁO\nKết quả năm 2025\n\nI. Kết quả\n\n{sentence}\n"), &form()).named
}

#[test]
fn with_the_words_beside_them() {
    for (sentence, names) in [
        (
            "Thực hiện Kế hoạch số 13/KH-UBND ngày 20/01/2025 của UBND tỉnh.",
            vec!["số 13/KH-UBND", "ngày 20/01/2025"],
        ),
        ("Triển khai Nghị quyết số 18 và Điều 5 của Luật.", vec!["số 18", "Điều 5"]),
        ("Trong 6 tháng đầu năm 2025 và quý 2, các đơn vị làm tốt.", vec!["6 tháng", "năm 2025", "quý 2"]),
        ("Giai đoạn 2021-2025 được tổng kết.", vec!["2021-2025"]),
        ("Đề án 06 được triển khai đúng tiến độ.", vec!["Đề án 06"]),
        ("Bài viết “Hơn 1,3 nghìn người được điều trị” được nhiều người đọc.", vec!["1,3 nghìn"]),
        ("Các đơn vị tổ chức 25 buổi tại xã.", vec![]),
    ] {
        let found: Vec<String> = named(sentence).into_iter().map(|named| named.text).collect();
        assert_eq!(found, names, "{sentence}");
    }
}

#[test]
fn once_however_often_they_are_named() {
    let found =
        named("Thực hiện Điều 5 của Luật và Điều 5 của Nghị định. Theo Điều 5, đơn vị tổ chức 25 buổi.");
    let told: Vec<(&str, usize)> = found.iter().map(|named| (named.text.as_str(), named.times)).collect();
    assert_eq!(told, [("Điều 5", 3)]);
    assert_eq!(found[0].sentence, "Thực hiện Điều 5 của Luật và Điều 5 của Nghị định.");
    assert_eq!(found[0].lines, [6]);
}

/// Every word of the text that begins with a digit is a figure, or is listed beside them.
#[test]
fn no_number_of_the_report_is_passed_over() {
    let prose = read(REPORT, &form());
    let bodies: Vec<&str> = prose.pieces.iter().map(|piece| piece.body.as_str()).collect();
    let mut count = 0;
    for word in bodies.iter().flat_map(|body| body.split_whitespace()) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if !word.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let figure =
            prose.figures.iter().any(|figure| figure.sentence[figure.from..figure.to].contains(word));
        let listed = prose.named.iter().any(|named| named.text.contains(word));
        assert!(figure || listed, "{word}: {:#?}", prose.named);
        count += 1;
    }
    assert!(count > 15, "{count}");
}

#[test]
fn a_document_of_names_has_an_end() {
    let text: String = (0..1_500).map(|n| format!("Theo Điều {n} của Luật.\n\n")).collect();
    assert_eq!(named(&text).len(), 400);
}
