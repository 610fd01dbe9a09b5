//! The text proposed for a section nobody has written, against lines written down by hand.

use proptest::prelude::*;
use tonghop::consolidation::composed::composed;
use tonghop::consolidation::content::{
    EditionContent, IndicatorLine, MissingUnit, NarrativeBlock, NarrativeParagraph, NarrativeSection,
    OutsideUnit,
};
use tonghop::consolidation::coverage::{coverage, names};
use tonghop::consolidation::narrative::slice;
use tonghop::consolidation::qualified::spoken;
use tonghop::reports::printed::consolidated;

use crate::workbooks::sample;

fn section(code: &str, heading: &str, said: &[(&str, &str)]) -> NarrativeSection {
    let paragraph = |(unit, text): &(&str, &str)| NarrativeParagraph {
        unit: (*unit).into(),
        text: (*text).into(),
        ..NarrativeParagraph::default()
    };
    NarrativeSection {
        code: code.to_owned(),
        heading: heading.to_owned(),
        paragraphs: said.iter().map(paragraph).collect(),
        blocks: vec![],
    }
}

fn with(narrative: Vec<NarrativeSection>) -> EditionContent {
    EditionContent { narrative, ..sample::edition() }
}

#[test]
fn what_several_units_say_in_the_same_words_is_one_line_with_their_names() {
    let said = [
        ("Sở Tư pháp", "Không có đề xuất, kiến nghị."),
        ("Sở Y tế", "Sở Y tế đã ban hành Kế hoạch số 5/KH-SYT ngày 01/3/2025 của TP. Bắc Giang."),
        ("UBND huyện Lạng Giang", "Rà soát người cần giúp đỡ. Câu thứ hai."),
        ("Báo Bắc Giang", "Mở chuyên mục\nđoạn sau"),
        ("UBND huyện Yên Thế", "rà soát người cần giúp đỡ."),
    ];
    let found = composed(&with(vec![section("III", "Đánh giá", &said)])).remove(0);
    let lines: Vec<&str> = found.lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(
        lines,
        [
            "- Sở Y tế đã ban hành Kế hoạch số 5/KH-SYT ngày 01/3/2025 của TP. Bắc Giang.",
            "- UBND các huyện Lạng Giang, Yên Thế: Rà soát người cần giúp đỡ.",
            "- Báo Bắc Giang: Mở chuyên mục.",
        ]
    );
    assert_eq!(found.text(), lines.join("\n"));
    assert!(found.shortened, "a second sentence and a second paragraph are left out");
    let quoted: Vec<Vec<&str>> = found
        .lines
        .iter()
        .map(|line| line.places.iter().map(|at| slice(said[at.paragraph].1, at.from, at.to)).collect())
        .collect();
    assert_eq!(quoted[1], ["Rà soát người cần giúp đỡ.", "rà soát người cần giúp đỡ."]);
    assert_eq!(quoted[2], ["Mở chuyên mục"]);
}

#[test]
fn where_everybody_says_there_is_nothing_it_is_said_once() {
    let said = [("Sở Tư pháp", "Không có đề xuất, kiến nghị."), ("Sở Y tế", "Không có đề xuất, kiến nghị")];
    let found = composed(&with(vec![section("V", "Đề xuất, kiến nghị", &said)])).remove(0);
    assert_eq!((found.text().as_str(), found.shortened), ("Không có đề xuất, kiến nghị.", false));
}

/// The totals of the sample, computed by hand: 1.240 + gần 100 + 57 + Lục Nam's; estimates and roundings keep their words.
#[test]
fn figures_stand_in_the_section_that_names_their_subject() {
    let content = with(vec![
        section("I", "Công tác chỉ đạo, triển khai", &[("Công an tỉnh", "Đã họp.")]),
        section("II.1", "Kết quả tuyên truyền trên không gian mạng", &[("Công an tỉnh", "Đã đăng.")]),
        section("II.3", "Kết quả tuyên truyền trực tiếp", &[]),
        section("IV", "Phương hướng, nhiệm vụ kỳ tới", &[("Công an tỉnh", "Tiếp tục.")]),
    ]);
    let total = |code: &str| {
        let (_, line) = content.line(code).expect("a line");
        line.reading_words(line.total.reading()).expect("a total")
    };
    let found = composed(&content);
    let said =
        |at: usize, words: &str| assert!(found[at].figures.contains(words), "{words}: {}", found[at].figures);
    said(0, &format!("Có {} đơn vị đã ban hành kế hoạch triển khai", total("A02")));
    said(0, &format!("kinh phí đã sử dụng: ước {} triệu đồng", total("A11")));
    // 1.397, of which a part is rounded: no more exact than that part.
    assert_eq!(total("B04"), "1.397");
    said(1, "Gần 1.400 tin, bài đăng trên cổng/trang thông tin điện tử");
    said(1, &format!("{} thuê bao nhận được tin nhắn", total("B15")));
    said(2, &format!("{}%", total("D05")));
    assert!(found[0].figures.starts_with("Có "), "a sentence begins large");
    assert_eq!(found[1].text(), found[1].figures, "the units' words stand in the annex");
    assert!(found[1].shortened && found[1].offered().len() == 1);
    // One line is no list.
    assert_eq!((found[3].figures.as_str(), found[3].text().as_str()), ("", "Công an tỉnh: Tiếp tục."));
}

/// A group that no section names, between two subjects, is in no section; between two groups of one subject it is there.
#[test]
fn what_no_section_names_is_not_put_under_a_wrong_one() {
    let mut content = with(vec![
        section("II.1", "Kết quả tuyên truyền trực tiếp", &[]),
        section("II.2", "Kết quả hỗ trợ việc làm, pháp lý", &[]),
    ]);
    let line = content.groups[0].indicators[0].clone();
    let names = [
        "Giám sát",
        "Tuyên truyền trực tiếp",
        "Tình hình chung",
        "Việc làm",
        "Tín dụng",
        "Trợ giúp pháp lý",
        "Khác",
    ];
    content.groups = names
        .iter()
        .map(|name| {
            let mut group = content.groups[0].clone();
            let mut line = line.clone();
            (group.name, line.name) = ((*name).to_owned(), format!("Dòng của {}", name.to_lowercase()));
            group.indicators = vec![line];
            group
        })
        .collect();
    let said: Vec<String> = composed(&content).iter().map(|one| one.text().to_lowercase()).collect();
    let holds = |at: usize, name: &str| said[at].contains(&format!("dòng của {}", name.to_lowercase()));
    assert!(
        holds(0, "Tuyên truyền trực tiếp") && holds(1, "Việc làm") && holds(1, "Trợ giúp pháp lý"),
        "{said:?}"
    );
    assert!(holds(1, "Tín dụng"), "{said:?}");
    for name in ["Giám sát", "Tình hình chung", "Khác"] {
        assert!(!holds(0, name) && !holds(1, name), "{name}: {said:?}");
    }
}

/// Under a head of the results they are said there, a paragraph for each group; what the compiler wrote takes their place.
#[test]
fn what_no_section_names_is_said_at_the_head_of_the_results() {
    let mut content = with(vec![
        section("I", "Công tác chỉ đạo, triển khai", &[]),
        section("II", "Kết quả thực hiện", &[]),
        section("II.1", "Kết quả tuyên truyền trực tiếp", &[]),
        section("II.2", "Kết quả hỗ trợ việc làm, pháp lý", &[]),
    ]);
    let names = ["Tuyên truyền trực tiếp", "Tình hình người trở về", "Việc làm", "Giám sát, đoàn thể"];
    let line = content.groups[0].indicators[0].clone();
    let one = |(name, number): (&&str, usize)| {
        let mut group = content.groups[0].clone();
        let line_name = format!("Việc thứ {number}");
        group.indicators =
            vec![IndicatorLine { name: line_name, code: format!("X{number}"), ..line.clone() }];
        group.name = (*name).to_owned();
        group
    };
    content.groups = names.iter().zip(1..).map(one).collect();
    let found = composed(&content);
    let total = line.reading_words(line.total.reading()).expect("a total");
    assert_eq!(
        found[1].text(),
        format!(
            "Về tình hình người trở về: việc thứ 2: {total} đơn vị.\nVề giám sát, đoàn thể: việc thứ 4: {total} đơn vị."
        )
    );
    assert!(!found[1].shortened && found[0].text().is_empty(), "{found:?}");
    assert!(found[2].text().contains("iệc thứ 1") && found[3].text().contains("iệc thứ 3"), "{found:?}");
    let paper = |content: &EditionContent| {
        let chapters = consolidated(content).chapters;
        let results = chapters.into_iter().find(|chapter| chapter.label == "II").expect("the results");
        let parts: Vec<String> = results.parts.iter().map(|part| part.label.clone()).collect();
        assert_eq!((results.title.as_str(), parts.join(" ").as_str()), ("Kết quả thực hiện", "1 2"));
        results.text
    };
    assert_eq!(paper(&content), found[1].text());
    content.narrative[1].blocks =
        vec![NarrativeBlock {
            text: "Tình hình ổn định.".into(), sources: vec![], ..Default::default()
        }];
    assert_eq!(paper(&content), "Tình hình ổn định.");
    // Where every group has its place the head is a heading and says nothing.
    content.narrative[1].blocks.clear();
    content.groups.retain(|group| group.name.contains("iệc làm") || group.name.contains("trực tiếp"));
    assert_eq!(paper(&content), "");
}

/// Of the others the first sentence is quoted; the collector signs, and says all it has to say.
#[test]
fn the_collectors_own_evaluation_stands_whole() {
    let own = "Công an tỉnh Bắc Giang";
    let said = [
        ("Sở Y tế", "Phối hợp tốt. Không còn vướng mắc."),
        (own, "Đồng đều hơn. Không có điểm nóng.\n- Dân tin."),
    ];
    let found = composed(&with(vec![section("III.1", "Đánh giá: ưu điểm", &said)])).remove(0);
    assert_eq!(found.text(), "- Sở Y tế: Phối hợp tốt.\n- Đồng đều hơn. Không có điểm nóng.\n- Dân tin.");
    let quoted: Vec<&str> = found.lines[1..]
        .iter()
        .flat_map(|line| &line.places)
        .map(|at| slice(said[1].1, at.from, at.to))
        .collect();
    assert_eq!(quoted.join("|"), "Đồng đều hơn. Không có điểm nóng.|- Dân tin.");
    // Among many it is never the one that is left out, and where the others' words are is said.
    let units: Vec<String> = (0..20).map(|at| format!("Đơn vị {at}")).collect();
    let mut many: Vec<(&str, String)> =
        units.iter().map(|unit| (unit.as_str(), format!("Ý của {unit}."))).collect();
    many.push((own, "Ý của mình.".to_owned()));
    let many: Vec<(&str, &str)> = many.iter().map(|(unit, text)| (*unit, text.as_str())).collect();
    let found = composed(&with(vec![section("III.1", "Đánh giá: ưu điểm", &many)])).remove(0);
    let text = found.text();
    let lines: Vec<&str> = text.lines().collect();
    let others = "Nội dung của các đơn vị khác được nêu tại Phụ lục";
    assert_eq!(lines[9..], ["- Ý của mình.", &format!("{others} II.")], "{text}");
    assert_eq!((found.left_out, found.offered().len(), found.lines.len()), (11, 11, 21));
    // Who stands in the offered lines with others is not left out; without figures there is one annex.
    let mut content = with(vec![section("III.1", "Đánh giá: ưu điểm", &many)]);
    content.narrative[0].paragraphs[19].text = "Ý của Đơn vị 0.".to_owned();
    content.groups.clear();
    let found = composed(&content).remove(0);
    assert!(found.left_out == 10 && found.text().ends_with(&format!("{others}.")), "{}", found.text());
}

/// Last year's own paper said "gần": this year's says so too, rounded the same way; an edition that does not know says
/// "khoảng".
#[test]
fn last_years_total_keeps_its_word() {
    let mut content = with(vec![]);
    let (_, line) = content.line("B04").expect("a line");
    let mut line = line.clone();
    let total = line.same_period.as_mut().expect("last year");
    (total.value, total.approximate, total.estimated) = (Some(98_765), true, false);
    for (word, said) in [("gần", "gần 98.800"), ("hơn", "hơn 98.700"), ("", "khoảng 98.800")] {
        line.same_period_word = word.to_owned();
        assert_eq!(content.same_period_words(&line).as_deref(), Some(said));
    }
    line.same_period.as_mut().expect("last year").approximate = false;
    line.same_period_word = String::new();
    assert_eq!(content.same_period_words(&line).as_deref(), Some("98.765"));
    content.groups.clear();
    assert_eq!(content.same_period_words(&line).as_deref(), Some("98.765"));
}

/// How many said yes is no result that rises or falls.
#[test]
fn a_count_of_yes_is_compared_with_nothing() {
    let content = with(vec![]);
    let (_, line) = content.line("A02").expect("a yes or no");
    assert!(line.comparison.is_some() && line.compared().is_none() && line.compared_words().is_none());
    let (_, line) = content.line("B04").expect("a count");
    assert_eq!(line.compared(), line.comparison.as_ref());
}

#[test]
fn the_collector_speaks_for_itself_and_asks_only_those_above() {
    let own = "Công an tỉnh Bắc Giang";
    let found = composed(&with(vec![
        section("III", "Đánh giá", &[(own, "Đạt kết quả."), ("Sở Y tế", "Phối hợp tốt.")]),
        section(
            "IV",
            "Phương hướng, nhiệm vụ kỳ tới",
            &[("Sở Y tế", "Sẽ làm."), (own, "Tiếp tục.\nMở rộng.")],
        ),
        section(
            "V",
            "Đề xuất, kiến nghị",
            &[
                (own, "Đề nghị bố trí kinh phí."),
                ("Sở Y tế", "Đề nghị Công an tỉnh thông báo sớm."),
                ("Sở Tư pháp", "Đề nghị Bộ Công an hướng dẫn."),
            ],
        ),
        section("VI", "Kiến nghị", &[("Sở Y tế", "Đề nghị các huyện phối hợp.")]),
    ]));
    assert_eq!(found[0].text(), "- Đạt kết quả.\n- Sở Y tế: Phối hợp tốt.");
    assert_eq!((found[1].text().as_str(), found[1].shortened), ("Tiếp tục.\nMở rộng.", true));
    assert_eq!(
        found[2].text(),
        "- Đề nghị bố trí kinh phí.\n- Sở Tư pháp: Đề nghị Bộ Công an hướng dẫn.\n\
         Các đề xuất, kiến nghị khác của các đơn vị được nêu tại Phụ lục II."
    );
    assert_eq!(found[3].text(), "Các đề xuất, kiến nghị của các đơn vị được nêu tại Phụ lục II.");
    assert!(found[2].shortened && found[3].shortened);
    // One proposal and the pointer are two sentences and no list.
    let said = [(own, "Đề nghị bố trí kinh phí."), ("Sở Y tế", "Đề nghị các huyện phối hợp.")];
    let found = composed(&with(vec![section("V", "Đề xuất, kiến nghị", &said)])).remove(0);
    assert_eq!(
        found.text(),
        "Đề nghị bố trí kinh phí.\nCác đề xuất, kiến nghị khác của các đơn vị được nêu tại Phụ lục II."
    );
}

#[test]
fn a_rounded_total_is_said_with_three_digits_the_way_its_word_points() {
    let table = [
        (2_726_624, "hơn", Some(2_720_000)),
        (2_726_624, "gần", Some(2_730_000)),
        (2_726_624, "khoảng", Some(2_730_000)),
        (2_724_999, "khoảng", Some(2_720_000)),
        (999_600, "gần", Some(1_000_000)),
        (1_400, "gần", Some(1_400)),
        (1_400, "hơn", Some(1_400)),
        (999, "hơn", None),
        (0, "gần", None),
        (2_726_624, "ước", None),
        (2_726_624, "", None),
        (i64::MAX, "hơn", Some(9_220_000_000_000_000_000)),
        (i64::MAX, "gần", None),
    ];
    for (value, word, expected) in table {
        assert_eq!(spoken(value, word), expected, "{word} {value}");
    }
}

#[test]
fn who_reported_nothing_and_why_is_named() {
    let mut content = with(vec![]);
    content.outside.push(OutsideUnit {
        name: "Hội Cựu chiến binh tỉnh".to_owned(),
        progress: "Được miễn".to_owned(),
        reason: String::new(),
        uid: String::new(),
        consolidated: false,
    });
    let sent = |name: &str, progress: &str, requested| MissingUnit {
        name: name.to_owned(),
        progress: progress.to_owned(),
        requested,
        ..content.missing[0].clone()
    };
    let waiting = [
        sent("Sở Nội vụ", "Đã gửi, chờ tiếp nhận", false),
        sent("Liên đoàn Lao động tỉnh", "Đã gửi, chờ tiếp nhận", true),
        sent("Hội Nông dân tỉnh", "Đề nghị chỉnh lý", true),
    ];
    content.missing.extend(waiting);
    let said = coverage(&content);
    for words in [
        " Các đơn vị đã gửi, đang được kiểm tra: Sở Nội vụ; Liên đoàn Lao động tỉnh. ",
        " Đơn vị đã gửi, đang chỉnh lý theo đề nghị: Hội Nông dân tỉnh. ",
        " Đơn vị báo cáo không phát sinh: UBND huyện Lục Nam. ",
        " Đơn vị được miễn báo cáo: Hội Cựu chiến binh tỉnh",
        " Các đơn vị chưa gửi báo cáo: UBND các huyện Hiệp Hòa, Yên Thế",
        "được đề nghị phối hợp, chưa gửi báo cáo: Ủy ban MTTQ Việt Nam tỉnh",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(said.ends_with('.') && !said.contains(".."));
    assert_eq!(names(&["UBND thị xã Việt Yên", "Sở Y tế"]), "UBND thị xã Việt Yên; Sở Y tế");
}

proptest! {
    /// Whatever is typed: every line quotes words that stand where it says, and nobody is lost or named twice.
    #[test]
    fn every_unit_that_says_something_is_quoted_from_its_place(
        texts in prop::collection::vec("[A-ZĐa-zđ0-9ế. \n!]{0,40}", 0..12),
    ) {
        let said: Vec<(String, String)> =
            texts.iter().enumerate().map(|(at, text)| (format!("Đơn vị {at}"), text.clone())).collect();
        let said: Vec<(&str, &str)> = said.iter().map(|(unit, text)| (unit.as_str(), text.as_str())).collect();
        let found = composed(&with(vec![section("V", "Đề xuất", &said)])).remove(0);
        let mut seen: Vec<usize> = Vec::new();
        for line in &found.lines {
            for place in &line.places {
                let words = slice(said[place.paragraph].1, place.from, place.to);
                prop_assert!(!words.trim().is_empty() && !words.contains('\n'));
                seen.push(place.paragraph);
            }
        }
        seen.sort_unstable();
        let wanted: Vec<usize> =
            (0..said.len()).filter(|at| !said[*at].1.trim().is_empty()).collect();
        prop_assert_eq!(seen, wanted);
    }
}

/// What did not happen is a result; only who has nothing to propose or report has nothing to say.
#[test]
fn a_result_of_none_is_told_and_a_blank_line_leaves_nothing_out() {
    let said = [
        ("Sở Tư pháp", "Không có khó khăn, vướng mắc."),
        ("UBND huyện Lạng Giang", "Không có người tái phạm tội."),
    ];
    let found = composed(&with(vec![section("III", "Đánh giá", &said)])).remove(0);
    assert_eq!(found.text(), "UBND huyện Lạng Giang: Không có người tái phạm tội.");

    let text = "Đã họp giao ban.\n\nĐã phân công từng người.";
    let mut content = with(vec![section("I", "Công tác chỉ đạo", &[("Sở Y tế", text)])]);
    content.narrative[0].blocks =
        vec![NarrativeBlock { text: text.into(), sources: vec![], ..Default::default() }];
    let titles = |content: &EditionContent| -> Vec<String> {
        consolidated(content).annexes.into_iter().map(|annex| annex.title).collect()
    };
    let quoted = |titles: &[String]| titles.iter().any(|title| title.contains("Nội dung báo cáo"));
    assert!(!quoted(&titles(&content)), "every line of it stands in the report");
    content.narrative[0].blocks[0].text = "Đã họp giao ban.".into();
    assert!(quoted(&titles(&content)));
}
