//! What is drawn, and over which units. Of the sample A11 and B04 are compared over three units, fewer than their totals; B14
//! is one owner's in both years; B15 is compared over two units, B99 over one; A02 counts yes. B04 and B14 share a chart where they
//! are counted in one unit of measure; alone neither has one. Numbers added up by hand.

use calamine::Data;
use tonghop::consolidation::EditionCopy;
use tonghop::consolidation::content::EditionContent;

use super::{Read, sample};

const SHEET: &str = "Biểu đồ";

/// The charts of a workbook as they are written.
fn charts(content: &EditionContent) -> Vec<String> {
    use std::io::Read as _;
    let bytes = tonghop::workbooks::write(content, EditionCopy::Ministry).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.to_string()).collect();
    let of_chart = names.iter().filter(|name| name.starts_with("xl/charts/chart"));
    let mut texts = Vec::new();
    for name in of_chart {
        let mut text = String::new();
        archive.by_name(name.as_str()).unwrap().read_to_string(&mut text).unwrap();
        texts.push(text);
    }
    texts
}

#[test]
fn a_chart_sets_what_is_compared_side_by_side() {
    let mut read = Read::of(&sample::with_a_chart());
    // Both bars are over CAT, KHCN and LN: 1.240 + 100 + 0 against 1.000 + 80 + 12, where the totals are 1.397 and 1.092.
    let row = read.row_of(SHEET, 0, "B04 Tin, bài đăng trên cổng/trang thông tin điện tử");
    let cells = [1, 2, 3].map(|column| read.cell(SHEET, row, column));
    assert_eq!(cells, [Data::Float(1_092.0), Data::Float(1_340.0), Data::Float(3.0)]);
    // They are the two sides of the difference on the annex.
    let annex = read.row_of("Tổng hợp", 1, "B04");
    assert_eq!(read.cell("Tổng hợp", annex, 6), Data::Float(1_340.0 - 1_092.0));
    let (then, now) = (read.formula(SHEET, row, 1), read.formula(SHEET, row, 2));
    let code = format!("'Tổng hợp'!$B{}", annex + 1);
    assert!(now.starts_with("SUMIFS(") && now.contains(&code) && then.contains(&code), "{now} {then}");
    // One owner in both years: the two totals.
    let row = read.row_of(SHEET, 0, "B14 Tin nhắn cảnh báo thủ đoạn đã gửi");
    let annex = read.row_of("Tổng hợp", 1, "B14") + 1;
    let formulas = [1, 2].map(|column| read.formula(SHEET, row, column));
    assert_eq!(formulas, [format!("'Tổng hợp'!E{annex}"), format!("'Tổng hợp'!F{annex}")]);
    assert_eq!(read.cell(SHEET, row, 2), Data::Float(1_250_000.0));
}

#[test]
fn what_is_compared_with_nothing_or_over_too_few_is_not_drawn() {
    let mut read = Read::of(&sample::with_a_chart());
    let values = read.values(SHEET);
    let drawn: Vec<String> = ["A02", "A11", "B04", "B14", "B15", "B99", "D05"]
        .into_iter()
        .filter(|code| {
            values.used_cells().any(|(.., cell)| cell.to_string().starts_with(&format!("{code} ")))
        })
        .map(str::to_owned)
        .collect();
    // A11 is alone in its group: a chart of one pair of bars says no more than its row.
    assert_eq!(drawn, ["B04", "B14"]);
    assert_eq!(charts(&sample::with_a_chart()).len(), 1);
    // Units of measure never share an axis: three indicators that stand alone have no chart, and no sheet.
    assert!(charts(&sample::edition()).is_empty());
    assert!(!Read::of(&sample::edition()).sheets().contains(&SHEET.to_owned()));
    let mut edition = sample::with_a_chart();
    for line in edition.groups.iter_mut().flat_map(|group| &mut group.indicators) {
        (line.same_period, line.comparison) = (None, None);
    }
    assert!(!Read::of(&edition).sheets().contains(&SHEET.to_owned()), "without last year there is no chart");
}

#[test]
fn indicators_over_different_units_share_a_chart_that_says_so() {
    let charts = charts(&sample::with_a_chart());
    assert!(charts.iter().any(|chart| chart.contains("so sánh trên 1 đến 3 đơn vị")), "{charts:?}");
}

/// Two of one unit of measure, and three of another: the three are drawn, and nothing beside them.
#[test]
fn a_group_has_one_chart_of_the_measure_most_are_counted_in() {
    let mut edition = sample::with_a_chart();
    let group = &mut edition.groups[1];
    for (number, of) in [(1, 0), (2, 0), (3, 0), (4, 1)] {
        let mut line = group.indicators[of].clone();
        (line.code, line.name) = (format!("B2{number}"), format!("Thêm {number}"));
        let measure = if number < 4 { "lượt" } else { "cuộc" };
        line.measure_unit = measure.to_owned();
        group.indicators.push(line);
    }
    let drawn = charts_of(edition);
    assert_eq!(drawn.len(), 1);
    assert!(drawn[0].contains("Nhóm B (lượt)"), "{}", drawn[0]);
}

/// The charts where the new indicators have the figures of those they were made of.
fn charts_of(mut edition: EditionContent) -> Vec<String> {
    for unit in &mut edition.units {
        let own = |code: &str| unit.figures.iter().find(|figure| figure.indicator == code).cloned();
        let copies = [("B21", "B04"), ("B22", "B04"), ("B23", "B04"), ("B24", "B14")].map(|(new, of)| {
            own(of).map(|mut figure| {
                figure.indicator = new.into();
                figure
            })
        });
        unit.figures.extend(copies.into_iter().flatten());
    }
    sample::total_up(&mut edition);
    charts(&edition)
}
