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
            unit: "Sở Tư pháp".into(),
            text: "Tổ chức 77 buổi.".into(),
            ..NarrativeParagraph::default()
        }],
        blocks: vec![NarrativeBlock { text: text.into(), sources, ..Default::default() }],
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

/// Money is kept in đồng and shown in triệu đồng: the sample's A11 is 1.347.845.678 đồng, 910 triệu the year before, and of the
/// units compared 352.845.678 more; one of them gave 85 triệu, another had 10.
#[test]
fn money_is_found_in_every_unit_of_measure_it_is_written_in() {
    for words in [
        "1.347,8 triệu đồng",
        "1.348 triệu đồng",
        "1,35 tỷ đồng",
        "1.347.845.678 đồng",
        "910 triệu đồng",
        "0,91 tỷ đồng",
        "tăng 352,8 triệu đồng",
        "tăng 353 triệu đồng, tương đương 38,77%",
        "85 triệu đồng",
        "cùng kỳ 10 triệu đồng",
    ] {
        assert_eq!(found(&format!("Kinh phí đã sử dụng {words}.")), Vec::<String>::new(), "{words}");
    }
    for (words, told) in [
        ("325 triệu đồng", "325 triệu"),
        ("1.350 triệu đồng", ""),
        ("1.374 triệu đồng", "1.374 triệu"),
        ("9,1 tỷ", "9,1 tỷ"),
    ] {
        assert_eq!(found(&format!("Kinh phí đã sử dụng {words}.")).join(";"), told, "{words}");
    }
}

/// The sample with money of which the differences have a comma: 150 + 64 against 400,5 + 342.
fn with_money(narrative: Vec<NarrativeSection>) -> EditionContent {
    let mut content = EditionContent { narrative, ..sample::edition() };
    let given =
        [("CAT", 150_000_000, 400_500_000), ("KHCN", 64_000_000, 342_000_000), ("BG", 0, 0), ("LN", 0, 0)];
    for (code, now, before) in given {
        let unit = content.units.iter_mut().find(|unit| unit.code == code).expect("a unit");
        let figure = unit.figures.iter_mut().find(|figure| figure.indicator == "A11").expect("A11");
        (figure.now.value, figure.same_period.value, figure.estimate) = (Some(now), Some(before), false);
    }
    sample::total_up(&mut content);
    content
}

/// What the program itself says of money is not held against whoever takes it over; a digit typed wrong in it is.
#[test]
fn the_proposed_text_about_money_is_borne_out() {
    let section = |blocks: Vec<NarrativeBlock>| NarrativeSection {
        code: "I".into(),
        heading: "Công tác chỉ đạo, triển khai và kinh phí".into(),
        paragraphs: vec![],
        blocks,
    };
    let proposed = composed(&with_money(vec![section(vec![])])).remove(0).text();
    let money = "kinh phí đã sử dụng: 214 triệu đồng (giảm 528,5 triệu đồng so với cùng kỳ năm trước, tương đương 71,18%)";
    assert!(proposed.contains(money), "{proposed}");
    let written = |text: String| {
        with_money(vec![section(vec![NarrativeBlock { text, sources: vec![], ..Default::default() }])])
    };
    assert_eq!(unfounded(&written(proposed.clone())), vec![]);
    let slip = written(proposed.replace("214", "325"));
    let told: Vec<String> = unfounded(&slip).into_iter().flat_map(|(_, _, numbers)| numbers).collect();
    assert_eq!(told, ["325 triệu"]);
}

#[test]
fn how_many_said_yes_is_a_number_like_others() {
    assert_eq!(found("Có 3 đơn vị đã ban hành kế hoạch triển khai."), Vec::<String>::new());
    assert_eq!(found("Có 941 đơn vị đã ban hành kế hoạch triển khai."), ["941"]);
}

/// The sentence that points to the annex is no figure, and its number no number.
#[test]
fn where_the_other_units_words_are_is_no_doubtful_number() {
    let units = (0..29).map(|at| NarrativeParagraph {
        unit: format!("Đơn vị {}", char::from(b'a' + u8::try_from(at % 26).expect("a letter"))),
        text: format!("Ý thứ {}.", "x".repeat(at + 1)),
        ..NarrativeParagraph::default()
    });
    let mut section = NarrativeSection {
        code: "III.1".into(),
        heading: "Đánh giá: ưu điểm".into(),
        paragraphs: units.collect(),
        blocks: vec![],
    };
    let content =
        |section: &NarrativeSection| EditionContent { narrative: vec![section.clone()], ..sample::edition() };
    let text = composed(&content(&section)).remove(0).text();
    assert!(text.ends_with("Nội dung của các đơn vị khác được nêu tại Phụ lục II."), "{text}");
    section.blocks = vec![NarrativeBlock { text, sources: vec![], ..Default::default() }];
    assert_eq!(unfounded(&content(&section)), vec![]);
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
    let blocks = texts
        .into_iter()
        .map(|text| vec![NarrativeBlock { text, sources: vec![], ..Default::default() }])
        .collect();
    assert_eq!(unfounded(&bare(blocks)), vec![]);
}
