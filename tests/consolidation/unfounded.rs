//! Numbers of the consolidated text that nothing bears out: a hand-made table of what counts as a number, and texts of which it
//! is known what in them is wrong.

use tonghop::consolidation::composed::composed;
use tonghop::consolidation::content::{
    BlockSource, EditionContent, NarrativeBlock, NarrativeParagraph, NarrativeSection,
};
use tonghop::consolidation::unfounded::{numbers, unfounded};

use crate::workbooks::sample;

fn written(text: &str, sources: Vec<BlockSource>) -> NarrativeSection {
    NarrativeSection {
        code: "II.1".into(),
        heading: "Kết quả tuyên truyền trên không gian mạng".into(),
        paragraphs: vec![NarrativeParagraph {
            unit: "Sở Tư pháp".into(), text: "Tổ chức 77 buổi.".into()
        }],
        blocks: vec![NarrativeBlock { text: text.into(), sources }],
    }
}

fn found(text: &str) -> Vec<String> {
    let content = EditionContent { narrative: vec![written(text, vec![])], ..sample::edition() };
    unfounded(&content).into_iter().flat_map(|(_, _, numbers)| numbers).collect()
}

#[test]
fn days_articles_and_numbers_of_documents_are_no_figures() {
    let table: [(&str, &[&str]); 9] = [
        ("Đã đăng 1.245 tin, bài, đạt 12,5%.", &["1.245", "12,5%"]),
        ("Năm 2025, 12 buổi; trong 6 tháng đầu năm; ngày 01/3/2025.", &["12"]),
        ("Nghị định số 49/2020/NĐ-CP, Điều 8, khoản 5, Công văn 135/CAT-PC10.", &[]),
        ("Kinh phí 2,35 tỷ đồng và 350 triệu đồng.", &["2,35 tỷ", "350 triệu"]),
        ("(1.245)", &["1.245"]),
        ("COVID-19, A05, 3G, 1.24, 12.345.6", &[]),
        ("tổng số 08 mô hình", &["08"]),
        ("từ 10-15 buổi", &[]),
        ("", &[]),
    ];
    for (text, expected) in table {
        let read: Vec<String> = numbers(text).into_iter().map(|number| number.words).collect();
        assert_eq!(read, expected, "{text}");
    }
}

/// The sample's total of tin, bài is 1.397; one of its units wrote of 77 buổi.
#[test]
fn a_number_that_stands_nowhere_is_named() {
    assert_eq!(found("Đã đăng 1.397 tin, bài; tổ chức 77 buổi."), Vec::<String>::new());
    assert_eq!(found("Đã đăng gần 1.400.000 tin, bài."), ["1.400.000"]);
    assert_eq!(found("Đã đăng 1.379 tin, bài, 1.379 tin, bài."), ["1.379"], "two digits changed places");
    assert_eq!(found("Tổ chức 78 buổi."), ["78"]);
    let source = BlockSource { text: "Có 4.321 lượt.".into(), ..BlockSource::default() };
    let content =
        EditionContent { narrative: vec![written("Có 4.321 lượt.", vec![source])], ..sample::edition() };
    assert!(unfounded(&content).is_empty(), "an earlier sending said so");
}

/// What is proposed is made of the figures, rounded or not: taken over as it is, nothing in it is doubtful.
#[test]
fn the_proposed_text_is_borne_out() {
    let headings = [
        ("I", "Công tác chỉ đạo, triển khai"),
        ("II.1", "Kết quả tuyên truyền trên không gian mạng"),
        ("II.3", "Kết quả tuyên truyền trực tiếp"),
    ];
    let bare = |blocks: Vec<Vec<NarrativeBlock>>| EditionContent {
        narrative: headings
            .iter()
            .zip(blocks)
            .map(|((code, heading), blocks)| NarrativeSection {
                code: (*code).into(),
                heading: (*heading).into(),
                paragraphs: vec![],
                blocks,
            })
            .collect(),
        ..sample::edition()
    };
    let proposed = composed(&bare(vec![vec![]; 3]));
    let texts: Vec<String> = proposed.iter().map(|one| one.text()).collect();
    assert!(texts.iter().any(|text| numbers(text).len() > 5), "{texts:?}");
    let blocks = texts.into_iter().map(|text| vec![NarrativeBlock { text, sources: vec![] }]).collect();
    assert_eq!(unfounded(&bare(blocks)), vec![]);
}
