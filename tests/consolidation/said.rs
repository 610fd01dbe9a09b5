//! How a figure is said in a sentence and in a table: its word, its digits, what it is compared with. Hand-made.

use tonghop::consolidation::Total;
use tonghop::consolidation::composed::composed;
use tonghop::consolidation::content::{
    EditionContent, FigureStatus, IndicatorLine, NarrativeParagraph, NarrativeSection, Reading, UnitFigure,
};
use tonghop::consolidation::coverage::{Absence, absent, coverage, standings};
use tonghop::documents::Row;
use tonghop::reports::printed::consolidated;
use tonghop::vietnamese::Qualifier;

use crate::workbooks::sample;

fn section(code: &str, heading: &str) -> NarrativeSection {
    NarrativeSection { code: code.into(), heading: heading.into(), ..NarrativeSection::default() }
}

/// The sample with B04, alone in its group, as these units give it: now, and a year ago.
fn with_posts(given: &[(&str, i64, Option<i64>, bool, Qualifier)]) -> EditionContent {
    let mut content = sample::edition();
    content.narrative = vec![section("II.1", "Kết quả tuyên truyền trên không gian mạng")];
    content.groups[1].indicators.truncate(1);
    for unit in &mut content.units {
        unit.figures.retain(|figure| figure.indicator != "B04");
        for (_, now, before, estimate, qualifier) in given.iter().filter(|(code, ..)| *code == unit.code) {
            let reading = |value| Reading { value, ..Reading::default() };
            unit.figures.push(UnitFigure {
                indicator: "B04".into(),
                state: FigureStatus::Given,
                counts: true,
                now: reading(Some(*now)),
                same_period: reading(*before),
                cumulative: Reading::default(),
                estimate: *estimate,
                qualifier: *qualifier,
                note: String::new(),
                total: None,
                compared: None,
            });
        }
    }
    sample::total_up(&mut content);
    content
}

fn line(content: &EditionContent) -> &IndicatorLine {
    content.line("B04").expect("a line").1
}

/// What the proposed text says of it.
fn said(content: &EditionContent) -> String {
    let only = EditionContent { groups: vec![content.groups[1].clone()], ..content.clone() };
    composed(&only).remove(0).text().trim_end_matches('.').to_owned()
}

const EXACT: Qualifier = Qualifier::Exact;

#[test]
fn a_rise_is_said_where_nearly_all_rose() {
    // CAT and LN have both years, 900 of 1.000 now and all of 100 then.
    let most = with_posts(&[
        ("CAT", 900, Some(90), false, EXACT),
        ("BG", 100, None, false, EXACT),
        ("LN", 0, Some(10), false, EXACT),
    ]);
    assert!(line(&most).compares_nearly_all());
    let whole = "1.000 tin, bài đăng trên cổng/trang thông tin điện tử";
    let rise = "tăng 800 tin, bài so với cùng kỳ năm trước, tương đương 800,00%; so sánh trên 2 đơn vị";
    assert_eq!(said(&most), format!("{whole} ({rise})"));
    // One less now, or one less then, and the rise is that of a few.
    for (now, before) in [(899, 90), (900, 89)] {
        let mut few =
            with_posts(&[("CAT", now, Some(before), false, EXACT), ("BG", 1_000 - now, None, false, EXACT)]);
        let same = few.groups[1].indicators[0].same_period.as_mut().expect("last year");
        *same = Total { value: Some(100), n: 2, ..*same };
        assert!(!line(&few).compares_nearly_all(), "{now} {before}");
        assert_eq!(said(&few), whole);
        // The annex has the two numbers all the same.
        let paper = consolidated(&few);
        let row = paper.annexes[0].tables[0].rows.iter().find_map(|row| match row {
            Row::Cells(cells) if cells[1].starts_with("Tin, bài đăng") => Some(cells.join("|")),
            _ => None,
        });
        let pair = format!("so sánh trên 1 đơn vị: kỳ này {now}, cùng kỳ {before}");
        assert!(row.as_deref().is_some_and(|row| row.contains(&pair)), "{row:?}");
    }
    // Without last year there is nothing to compare with.
    let mut first = with_posts(&[("CAT", 5, None, false, EXACT)]);
    first.groups[1].indicators[0].same_period = None;
    assert!(!line(&first).compares_nearly_all());
}

#[test]
fn an_estimate_does_not_keep_a_rounded_figure_from_rounding() {
    // "gần 1.239.300" and an estimate: 2.348.728 and not more than three digits of it.
    let rounded = ("CAT", 1_239_300, None, false, Qualifier::Nearly);
    let content = with_posts(&[rounded, ("BG", 1_109_428, None, true, EXACT)]);
    assert_eq!(content.total_spoken(line(&content)), Some(("khoảng 2.350.000".to_owned(), true)));
    let remark = |content: &EditionContent, paper| content.precision_remark(line(content), paper);
    assert_eq!(
        remark(&content, true).as_deref(),
        Some("có số ước, số làm tròn, báo cáo ghi khoảng 2.350.000")
    );
    assert_eq!(remark(&content, false).as_deref(), Some("có số ước, số làm tròn"));
    // Estimates alone keep their digits; a rounded figure alone has its own word.
    let content = with_posts(&[("CAT", 9_700, None, false, EXACT), ("BG", 21, None, true, EXACT)]);
    assert_eq!(content.total_spoken(line(&content)), Some(("ước 9.721".to_owned(), false)));
    assert_eq!(remark(&content, true).as_deref(), Some("có số ước"));
    let over = ("CAT", 2_720_000, None, false, Qualifier::Over);
    let mut content = with_posts(&[over, ("BG", 6_624, None, false, EXACT)]);
    // The fold of the sample knows of "gần" only.
    content.groups[1].indicators[0].total.approximate = true;
    assert_eq!(content.total_spoken(line(&content)), Some(("hơn 2.720.000".to_owned(), true)));
    assert_eq!(remark(&content, true).as_deref(), Some("có số làm tròn, báo cáo ghi hơn 2.720.000"));
    let content = with_posts(&[("CAT", 9_721, None, false, EXACT)]);
    assert_eq!((remark(&content, true), said(&content).contains("9.721")), (None, true));
}

#[test]
fn zero_is_nobodys_estimate() {
    let content =
        with_posts(&[("CAT", 0, Some(0), true, EXACT), ("BG", 0, Some(0), false, Qualifier::Nearly)]);
    assert_eq!(content.total_spoken(line(&content)), Some(("0".to_owned(), false)));
    assert_eq!(content.precision_remark(line(&content), true), None);
    assert_eq!(content.same_period_words(line(&content)).as_deref(), Some("0"));
    let mut read = crate::workbooks::Read::of(&content);
    let row = read.row_of("Tổng hợp", 1, "B04");
    assert!(!read.cell("Tổng hợp", row, 10).to_string().contains("ước"));
}

#[test]
fn a_total_of_many_names_the_units_and_counts_of_yes_are_units() {
    let mut content = sample::with_parts();
    content.narrative = vec![section("II.3", "Kết quả tuyên truyền trực tiếp")];
    content.groups[2].indicators[1].name = "Tổng số cán bộ của đơn vị".to_owned();
    let text = composed(&content).remove(0).text();
    assert!(text.contains("tổng số cán bộ của các đơn vị: 1.450 người"), "{text}");
    let (_, yes) = content.line("A02").expect("a yes or no");
    assert_eq!((yes.total_unit(), line(&content).total_unit()), ("đơn vị", "tin, bài"));
}

/// Models and examples are counted in a group no section names: they are told where a section names them, and nowhere else.
#[test]
fn a_figure_is_told_once() {
    let mut content = sample::edition();
    content.narrative = vec![
        section("II", "Kết quả thực hiện"),
        section("II.1", "Kết quả tuyên truyền trên không gian mạng"),
        section("II.5", "Mô hình, điển hình"),
    ];
    let mut group = content.groups[1].clone();
    group.name = "Tình hình người trở về".to_owned();
    let one = |code: &str, name: &str, of: &IndicatorLine| IndicatorLine {
        code: code.to_owned(),
        name: name.to_owned(),
        ..of.clone()
    };
    let of = content.groups[1].indicators[0].clone();
    group.indicators = vec![
        one("E01", "Người đang cư trú", &of),
        one("E12", "Mô hình đang hoạt động", &of),
        one("E15", "Gương, điển hình được nêu", &of),
    ];
    content.groups = vec![content.groups[1].clone(), group];
    let said: Vec<String> = composed(&content).iter().map(|one| one.text().to_lowercase()).collect();
    for (name, at) in
        [("người đang cư trú", 0), ("mô hình đang hoạt động", 2), ("gương, điển hình được nêu", 2)]
    {
        let told: Vec<usize> = (0..3).filter(|section| said[*section].contains(name)).collect();
        assert_eq!(told, [at], "{name}: {said:?}");
    }
}

#[test]
fn who_is_missing_stands_at_the_head_of_the_annex() {
    let content = sample::edition();
    assert_eq!(absent(&content, Absence::NotSentOnRequest), ["Ủy ban MTTQ Việt Nam tỉnh"]);
    assert_eq!(absent(&content, Absence::Amending), Vec::<&str>::new());
    let paper = consolidated(&content);
    assert!(!paper.chapters[0].text.contains("Báo cáo được tổng hợp"), "{}", paper.chapters[0].text);
    let figures = &paper.annexes[0];
    assert_eq!(figures.notes[0], standings(&content));
    assert!(figures.notes[0].contains("Các đơn vị chưa gửi báo cáo: UBND các huyện Hiệp Hòa, Yên Thế."));
    assert!(figures.across, "before the table");
    // Without figures there is no such annex, and the text begins with it.
    let bare = EditionContent { groups: vec![], ..content };
    let text = &consolidated(&bare).chapters[0].text;
    assert!(text.starts_with(&coverage(&bare)) && text.starts_with("Báo cáo được tổng hợp"), "{text}");
}

#[test]
fn units_with_nothing_to_say_share_a_row_of_the_annex() {
    let paragraph = |unit: &str, text: &str| NarrativeParagraph { unit: unit.into(), text: text.into() };
    let mut section = section("V", "Đề xuất, kiến nghị");
    section.paragraphs = vec![
        paragraph("Sở Y tế", "Không có đề xuất, kiến nghị."),
        paragraph("Sở Tư pháp", "Đề nghị các huyện phối hợp."),
        paragraph("UBND huyện Lục Nam", "Không có."),
        paragraph("UBND huyện Yên Thế", "Không có đề xuất, kiến nghị"),
    ];
    let content = EditionContent { narrative: vec![section], ..sample::edition() };
    let paper = consolidated(&content);
    let rows: Vec<String> = paper.annexes[1].tables[0]
        .rows
        .iter()
        .filter_map(|row| match row {
            Row::Cells(cells) => Some(cells.join("|").replace('\u{a0}', " ")),
            Row::Group { .. } => None,
        })
        .collect();
    assert_eq!(
        rows,
        [
            "1|Sở Tư pháp|Đề nghị các huyện phối hợp.",
            "2|Sở Y tế; UBND các huyện Lục Nam, Yên Thế|Không có đề xuất, kiến nghị.",
        ]
    );
}
