//! Numbers of the consolidated text without the word the annex has before them: texts of which it is known what in them is
//! wrong. The sample's tin, bài are gần 1.400 (1.397), its money ước 1.347,845678 triệu đồng; single units gave 57 and 1.240.

use tonghop::consolidation::content::{EditionContent, NarrativeBlock, NarrativeParagraph, NarrativeSection};
use tonghop::consolidation::unhedged::unhedged;

use crate::workbooks::sample;

fn told(text: &str, unit: &str) -> Vec<String> {
    let section = NarrativeSection {
        code: "II.1".into(),
        heading: "Kết quả".into(),
        paragraphs: vec![NarrativeParagraph {
            unit: "Sở Tư pháp".into(),
            text: unit.into(),
            ..NarrativeParagraph::default()
        }],
        blocks: vec![NarrativeBlock { text: text.into(), sources: vec![], ..Default::default() }],
    };
    let content = EditionContent { narrative: vec![section], ..sample::edition() };
    unhedged(&content).into_iter().flat_map(|(_, _, numbers)| numbers).collect()
}

#[test]
fn a_total_without_its_word_is_told() {
    let (posts, money) = ("phụ lục ghi “gần 1.400 tin, bài”", "phụ lục ghi “ước 1.347,845678 triệu đồng”");
    for (text, number, annex) in [
        ("Đã đăng 1.397 tin, bài.", "1.397", posts),
        ("Đã đăng 1.400 tin, bài, 1.400 tin, bài.", "1.400", posts),
        ("Kinh phí đã sử dụng: 1.347,8 triệu đồng.", "1.347,8 triệu", money),
        ("Kinh phí đã sử dụng 1.348 triệu đồng.", "1.348 triệu", money),
    ] {
        assert_eq!(told(text, ""), [format!("“{number}”, {annex}")], "{text}");
    }
}

#[test]
fn what_has_a_word_or_is_exact_is_not() {
    for text in [
        "Đã đăng gần 1.400 tin, bài.",
        "Đã đăng ước đạt 1.397 tin, bài.",
        "Ước tính có 1.397 tin, bài.",
        "Kinh phí khoảng 1.348 triệu đồng.",
        // Of something else, of one unit, of last year, a difference, an exact total.
        "Tổ chức 1.397 buổi.",
        "Công an tỉnh đăng 1.240 tin, bài.",
        "Cùng kỳ 1.092 tin, bài.",
        "Tăng 248 tin, bài.",
        "Có 812.345 thuê bao.",
        "",
    ] {
        assert_eq!(told(text, ""), Vec::<String>::new(), "{text}");
    }
    assert_eq!(
        told("Đã đăng 1.397 tin, bài.", "Đăng 1.397 tin, bài."),
        Vec::<String>::new(),
        "a unit wrote so"
    );
    assert_eq!(told("Đã đăng 1.397 tin, bài.", "Tổ chức 1.397 buổi.").len(), 1);
}
