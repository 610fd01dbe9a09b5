//! Marks beside figures of units are in the format of a number and never in a text; what is for reference is in no total, whatever
//! the rule. Hand-made.

use calamine::Data;
use tonghop::consolidation::EditionCopy;
use tonghop::consolidation::content::EditionContent;
use tonghop::vietnamese::Qualifier;

use super::{Read, sample};

/// The sample with one figure of every rule for reference, each the one that would change its total most.
pub fn with_references() -> EditionContent {
    let mut edition = sample::edition();
    for (unit, indicator) in [("CAT", "A02"), ("CAT", "A11"), ("BG", "B04"), ("KHCN", "B15"), ("LN", "D05")] {
        let unit = edition.units.iter_mut().find(|one| one.code == unit).expect("a unit");
        let figure = unit.figures.iter_mut().find(|one| one.indicator == indicator).expect("a figure");
        figure.counts = false;
        if indicator == "B04" {
            figure.qualifier = Qualifier::Nearly;
        }
    }
    sample::total_up(&mut edition);
    edition
}

fn written(content: &EditionContent) -> Vec<u8> {
    tonghop::workbooks::write(content, EditionCopy::Ministry).expect("a workbook")
}

/// One part of the file as it is written.
fn part(bytes: &[u8], name: &str) -> String {
    use std::io::Read as _;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    archive.by_name(name).expect("a part").read_to_string(&mut text).expect("text");
    text
}

#[test]
fn a_mark_is_in_the_format_of_a_number() {
    let bytes = written(&with_references());
    let styles = part(&bytes, "xl/styles.xml").replace("&quot;", "\"");
    for format in
        ["\"gần \"#,##0", "\"gần \"#,##0\" *\"", "\"ước \"#,##0.0\" *\"", "\"Có *\";\"Có *\";\"Không *\""]
    {
        assert!(styles.contains(&format!("formatCode=\"{format}\"")), "{format}: {styles}");
    }
    let mut read = Read::open(bytes);
    for name in read.sheets().into_iter().filter(|name| name.starts_with("Theo đơn vị")) {
        let starred = read.values(&name);
        let texts = starred.used_cells().filter(|(.., cell)| cell.to_string().ends_with(" *"));
        assert_eq!(texts.count(), 0, "{name}: a number that is a text");
    }
    let row = read.row_of("Theo đơn vị - B", 1, "UBND thành phố Bắc Giang");
    assert_eq!(read.cell("Theo đơn vị - B", row, 3), Data::Float(57.0));
}

#[test]
fn what_is_for_reference_is_in_no_total() {
    let mut read = Read::of(&with_references());
    // Without CAT two of three said yes; 85 and 12,345678 of A11; 1.240, 100 and 0 of B04; the second largest of B15.
    for (sheet, column, total) in [
        ("Theo đơn vị - A", 3, 2.0),
        ("Theo đơn vị - A", 4, 97.345_678),
        ("Theo đơn vị - B", 3, 1_340.0),
        ("Theo đơn vị - B", 5, 640_000.0),
        ("Theo đơn vị - D", 3, 480.0 + 700.0),
        ("Theo đơn vị - D", 4, 500.0 + 750.0),
        ("Theo đơn vị - D", 5, 100.0 * 1_180.0 / 1_250.0),
    ] {
        let row = read.row_of(sheet, 1, "Tổng cộng");
        assert_eq!(read.cell(sheet, row, column), Data::Float(total), "{sheet} {column}");
        assert!(!read.formula(sheet, row, column).is_empty(), "{sheet} {column}: it is live");
    }
}

/// A number that does not fit its column is shown as hashes: a long one for reference makes room for itself.
#[test]
fn a_column_holds_its_longest_marked_figure() {
    let width = |value: i64| {
        let mut edition = sample::edition();
        let figures =
            edition.units.iter_mut().filter(|unit| unit.code == "CAT").flat_map(|unit| &mut unit.figures);
        for figure in figures.filter(|figure| figure.indicator == "B14") {
            (figure.now.value, figure.qualifier) = (Some(value), Qualifier::Nearly);
        }
        sample::total_up(&mut edition);
        let sheet = part(&written(&edition), "xl/worksheets/sheet3.xml");
        let number = |tag: &str, name: &str| -> f64 {
            let value = tag.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
            value.and_then(|value| value.parse().ok()).expect("a number")
        };
        let mut columns = sheet.split("<col ").skip(1).map(|tag| format!(" {tag}"));
        let own = columns.find(|tag| number(tag, "min") <= 5.0 && number(tag, "max") >= 5.0);
        number(&own.expect("the fifth column"), "width")
    };
    // "gần 123.456.789.012 *"
    assert!(width(123_456_789_012) >= 21.0 && width(123_456_789_012) > width(12), "{}", width(12));
}

/// A formula has an end: where every second unit is for reference the total is a bare number, and right.
#[test]
fn too_many_references_leave_a_bare_total() {
    let mut edition = sample::edition();
    let unit = edition.units[0].clone();
    for number in 0..60 {
        let mut one = unit.clone();
        (one.uid, one.code, one.name) =
            (format!("x-{number}"), format!("X{number}"), format!("Đơn vị {number}"));
        for figure in one.figures.iter_mut().filter(|figure| figure.indicator == "B04") {
            figure.counts = number % 2 == 0;
        }
        edition.units.insert(1, one);
    }
    sample::total_up(&mut edition);
    let mut read = Read::of(&edition);
    let row = read.row_of("Theo đơn vị - B", 1, "Tổng cộng");
    // 31 times the police's 1.240, and the others' 100, 57 and 0.
    assert_eq!(read.cell("Theo đơn vị - B", row, 3), Data::Float(31.0 * 1_240.0 + 157.0));
    assert_eq!(read.formula("Theo đơn vị - B", row, 3), "");
}

#[test]
fn the_first_printed_page_has_no_number() {
    for copy in EditionCopy::ALL {
        let bytes = tonghop::workbooks::write(sample::edition(), copy).expect("a workbook");
        let first = part(&bytes, "xl/worksheets/sheet1.xml");
        let header = |name: &str| {
            let from = first.split_once(&format!("<{name}>")).expect("a header").1;
            from.split_once(&format!("</{name}>")).expect("its end").0.to_owned()
        };
        assert_eq!(first.matches("differentFirst=\"1\"").count(), 1);
        assert!(header("oddHeader").contains("&amp;P") && !header("firstHeader").contains("&amp;P"));
        let inside = copy == EditionCopy::Internal;
        assert_eq!(header("firstHeader").contains("LƯU HÀNH NỘI BỘ"), inside, "its mark stays");
        assert!(!part(&bytes, "xl/worksheets/sheet2.xml").contains("differentFirst"));
    }
}
