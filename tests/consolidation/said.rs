//! How a figure is said in a sentence and in a table: its word, its digits, what it is compared with. Hand-made.

use tonghop::consolidation::Total;
use tonghop::consolidation::composed::composed;
use tonghop::consolidation::content::{
    EditionContent, FigureStatus, IndicatorLine, NarrativeParagraph, NarrativeSection, OnBehalf, Reading,
    Sending, UnitFigure,
};
use tonghop::consolidation::coverage::{Absence, absent, coverage, standings};
use tonghop::consolidation::qualified::percent;
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

/// A name that ends with a parenthesis takes what it is compared with into it; turns are told in turns.
#[test]
fn a_difference_is_told_in_the_words_of_the_name() {
    let given = [("CAT", 60, Some(53), false, EXACT)];
    let mut content = with_posts(&given);
    let mut named = |name: &str, measure: &str| {
        let line = &mut content.groups[1].indicators[0];
        (line.name, line.measure_unit) = (name.to_owned(), measure.to_owned());
        said(&content)
    };
    assert_eq!(
        named("Người đang cư trú (cuối kỳ)", "người"),
        "60 người đang cư trú (cuối kỳ; tăng 7 người so với cùng kỳ năm trước, tương đương 13,21%)"
    );
    assert_eq!(
        named("Lượt khách hàng vay trong kỳ", "khách hàng"),
        "60 lượt khách hàng vay trong kỳ (tăng 7 lượt khách hàng so với cùng kỳ năm trước, tương đương 13,21%)"
    );
    assert_eq!(
        named("Khách hàng vay trong kỳ", "khách hàng"),
        "60 khách hàng vay trong kỳ (tăng 7 khách hàng so với cùng kỳ năm trước, tương đương 13,21%)"
    );
}

/// 2.345.678 said as "gần" against 1.236.678: 1.109.000 more, 89,68 of a hundred.
#[test]
fn a_percentage_beside_a_rounded_figure_is_rounded_too() {
    let nearly = ("CAT", 2_345_678, Some(1_236_678), false, Qualifier::Nearly);
    let content = with_posts(&[nearly]);
    let text = said(&content);
    let rise = "(tăng khoảng 1.110.000 tin, bài so với cùng kỳ năm trước, tương đương khoảng 89,7%)";
    assert!(text.starts_with("Gần 2.350.000 tin, bài đăng") && text.ends_with(rise), "{text}");
    let rows = consolidated(&content).annexes.remove(0).tables.remove(0).rows;
    let row = rows.into_iter().find_map(|row| match row {
        Row::Cells(cells) if cells[1].starts_with("Tin, bài đăng") => Some(cells.join("|")),
        _ => None,
    });
    assert!(row.as_deref().is_some_and(|row| row.contains("|+1.110.000|+89,7|")), "{row:?}");
    // An exact figure keeps both decimals; so does what one would leave nothing of.
    for (hundredths, rounded, words) in [
        (8_968, true, "89,7"),
        (8_968, false, "89,68"),
        (-8_964, true, "-89,6"),
        (-8_964, false, "-89,64"),
        (4, true, "0,04"),
        (5, true, "0,1"),
        (0, true, "0,00"),
    ] {
        assert_eq!(percent(hundredths, rounded), words, "{hundredths} {rounded}");
    }
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

/// How a unit sent: its report is in the edition, typed in from a paper of this number, or not.
fn sending(unit: &str, here: bool, number: &str) -> Sending {
    let at = chrono::NaiveDate::from_ymd_opt(2025, 6, 13).expect("a day");
    let typed = OnBehalf {
        arrived_number: number.into(),
        arrived_on: at,
        typist: "Lê Văn A, cán bộ".into(),
        self_received: false,
        scanned: true,
        from_table: String::new(),
    };
    Sending {
        unit: unit.into(),
        requested: false,
        progress: String::new(),
        sent_at: None,
        days_late: None,
        revision: here.then_some(1),
        revision_sent_at: None,
        sha256: String::new(),
        on_behalf: Some(typed).filter(|typed| !typed.arrived_number.is_empty()),
        below: None,
    }
}

/// The sample's three missing units, and four that are in it.
fn four_of_seven() -> EditionContent {
    let here = ["Công an tỉnh", "Sở Khoa học và Công nghệ", "UBND thành phố Bắc Giang", "UBND huyện Lục Nam"];
    let mut content = sample::edition();
    content.sendings = here.iter().map(|unit| sending(unit, true, "")).collect();
    let missing = content.missing.iter().map(|unit| sending(&unit.name, false, ""));
    content.sendings.extend(missing);
    content
}

#[test]
fn a_report_of_some_units_says_so_before_its_first_chapter() {
    let last = |content: &EditionContent| {
        let opening = consolidated(content).opening;
        opening.lines().last().unwrap_or_default().to_owned()
    };
    let mut content = four_of_seven();
    content.narrative = vec![section("III", "Đánh giá")];
    let begins = "Báo cáo tổng hợp số liệu của 4/7 cơ quan, đơn vị; các đơn vị chưa có số liệu nêu ở đầu";
    assert_eq!(last(&content), format!("{begins} Phụ lục I."), "the workbook is the second");
    let unit = "Sở Y tế".to_owned();
    content.narrative[0].paragraphs = vec![NarrativeParagraph {
        unit,
        text: "Phối hợp tốt. Câu thứ hai.".to_owned(),
        ..NarrativeParagraph::default()
    }];
    assert_eq!(last(&content), format!("{begins} Phụ lục I."), "whatever stands behind it");
    assert!(!consolidated(&content).chapters[0].text.contains("4/7"));
    // Without figures the text says it in its own way, and once; where all are in there is nothing to say.
    let bare = EditionContent { groups: vec![], ..content.clone() };
    assert!(!consolidated(&bare).opening.contains("4/7"));
    assert_eq!(format!("{:?}", consolidated(&bare)).matches("4/7").count(), 1);
    content.missing.clear();
    assert!(!consolidated(&content).opening.contains('\n'));
}

#[test]
fn figures_typed_in_from_paper_are_said_to_be() {
    let mut content = four_of_seven();
    let told = |content: &EditionContent| consolidated(content).annexes[0].notes[1].clone();
    assert!(!told(&content).contains("văn bản giấy"));
    content.sendings[2] = sending("UBND thành phố Bắc Giang", true, "412");
    // Of a report that is not in it there is nothing to say.
    content.sendings[4] = sending("UBND huyện Hiệp Hòa", false, "413");
    assert_eq!(
        told(&content),
        "Số liệu của UBND thành phố Bắc Giang do Công an tỉnh Bắc Giang nhập từ văn bản giấy (số đến 412 ngày 13/6/2025)."
    );
    let mut read = crate::workbooks::Read::of(&content);
    for (unit, progress) in [
        ("UBND thành phố Bắc Giang", "Đã tiếp nhận (nhập từ văn bản giấy)"),
        ("UBND huyện Hiệp Hòa", "Chưa gửi"),
        ("Công an tỉnh", "Đã tiếp nhận"),
    ] {
        let row = read.row_of("Theo đơn vị - B", 1, unit);
        assert_eq!(read.cell("Theo đơn vị - B", row, 2).to_string(), progress, "{unit}");
    }
    content.sendings[3] = sending("UBND huyện Lục Nam", true, "415");
    assert_eq!(
        told(&content),
        "Số liệu của các đơn vị sau do Công an tỉnh Bắc Giang nhập từ văn bản giấy: UBND thành phố Bắc Giang (số đến 412 ngày \
         13/6/2025); UBND huyện Lục Nam (số đến 415 ngày 13/6/2025)."
    );
}

#[test]
fn units_with_nothing_to_say_share_a_row_of_the_annex() {
    let paragraph = |unit: &str, text: &str| NarrativeParagraph {
        unit: unit.into(),
        text: text.into(),
        ..NarrativeParagraph::default()
    };
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
