//! Workbooks filled by other programs: openpyxl with the traps people set (fill.py, which says on its own what should be
//! found), and LibreOffice, which opens and saves one anew.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

use tonghop::reports::form::{Fields, parse};
use tonghop::reports::{Content, Outline, Reading as Read};
use tonghop::unit_workbook::{self, Reading};

use super::round_trip::back;
use super::sample::{filled, outline};
use crate::support::app::TempDir;

/// A figure, and the word beside it, by code; "?" where the cell must be mended.
fn told(reading: &Reading, outline: &Outline) -> HashMap<String, (String, String)> {
    let fields: HashMap<String, String> = reading.fields(false).into_iter().collect();
    let content = parse(&Fields(fields), outline, Content::default());
    let of = |code: &str| format!("figure.{code}");
    let figure = |asked: &tonghop::reports::AskedIndicator| {
        let entry = content.entries.get(&asked.id).cloned().unwrap_or_default();
        let blocked = reading.findings.iter().any(|found| found.blocks && found.field == of(&asked.code));
        let said = match &entry.reading {
            Read::Value(value) if !blocked => value.to_string(),
            Read::Blank if !blocked => "-".to_owned(),
            _ => "?".to_owned(),
        };
        let level =
            if matches!(entry.reading, Read::Value(_)) && !blocked { entry.level().code() } else { "exact" };
        (asked.code.clone(), (said, level.to_owned()))
    };
    outline.typed().map(figure).collect()
}

/// What a reader should find in each workbook, by code.
type Expected = HashMap<String, (String, String)>;

/// Workbooks by openpyxl, each with what it says is in it; a cell that has to be mended says no word.
fn filled_by_openpyxl(bytes: &[u8], count: usize, folder: &Path) -> Vec<(Vec<u8>, Expected)> {
    let source = folder.join("in.xlsx");
    std::fs::write(&source, bytes).unwrap();
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/unit_workbook/fill.py");
    let output = Command::new("python3")
        .arg(program)
        .args([&source, folder])
        .arg(count.to_string())
        .env("PYTHONIOENCODING", "utf-8")
        .output()
        .unwrap_or_else(|e| panic!("this test needs python3 with openpyxl: {e}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut expected: Vec<Expected> = vec![Expected::new(); count];
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let number: usize = cells[0].parse().unwrap();
        let said = if matches!(cells[2], "?" | "-") { "exact" } else { cells[3] };
        expected[number].insert(cells[1].to_owned(), (cells[2].to_owned(), said.to_owned()));
    }
    let read = |number: usize| std::fs::read(folder.join(format!("{number}.xlsx"))).unwrap();
    (0..count).map(read).zip(expected).collect()
}

/// Each workbook has traps of its own; another program in another language says what is in it.
#[test]
fn forty_workbooks_filled_by_openpyxl_are_read_as_their_oracle_says() {
    let folder = TempDir::new();
    let outline = outline_of_counts();
    let books = filled_by_openpyxl(&book_of(&outline), 40, &folder.0);
    for (number, (bytes, expected)) in books.iter().enumerate() {
        let reading = unit_workbook::read(bytes, &outline).unwrap_or_else(|why| panic!("{number}: {why}"));
        let found = told(&reading, &outline);
        assert_eq!(expected.len(), outline.indicators.len(), "{number}");
        for (code, expected) in expected {
            assert_eq!(&found[code], expected, "{code} of {number}");
        }
    }
}

/// Counts, money and answers enough for every trap.
fn outline_of_counts() -> Outline {
    use tonghop::indicators::ValueType;
    let mut made = outline();
    made.indicators = (1..=30)
        .map(|number| {
            super::sample::asked(number, &format!("B{number:02}"), ValueType::Int, 0, 0, "tin, bài")
        })
        .chain(
            (31..=36)
                .map(|n| super::sample::asked(n, &format!("A{n}"), ValueType::Money, 0, 6, "triệu đồng")),
        )
        .chain(
            (37..=40).map(|n| super::sample::asked(n, &format!("C{n}"), ValueType::Bool, 0, 0, "có/không")),
        )
        .collect();
    made
}

fn book_of(outline: &Outline) -> Vec<u8> {
    use std::collections::BTreeMap;
    use tonghop::reports::Past;
    use tonghop::unit_workbook::{Around, Sheets, write};
    let around = Around {
        unit: "Sở Khoa học và Công nghệ".into(),
        collector: "Công an tỉnh Bắc Giang".into(),
        title: "Báo cáo".into(),
        period: String::new(),
        day: chrono::NaiveDate::from_ymd_opt(2025, 6, 14).unwrap(),
    };
    let (identity, past, marks) = (super::sample::identity(), Past::default(), BTreeMap::new());
    let content = Content::default();
    write(&Sheets {
        identity: &identity,
        around: &around,
        outline,
        content: &content,
        past: &past,
        marks: &marks,
        refused: &BTreeMap::new(),
    })
    .unwrap()
}

/// By LibreOffice, with a home of its own.
pub fn saved_by_libreoffice(bytes: &[u8], to: &str) -> Vec<u8> {
    let folder = TempDir::new();
    let (source, made) = (folder.0.join("book.xlsx"), folder.0.join("made"));
    std::fs::write(&source, bytes).unwrap();
    let run = Command::new("soffice")
        .env("HOME", &folder.0)
        .arg(format!("-env:UserInstallation=file://{}", folder.0.join("profile").display()))
        .args(["--headless", "--convert-to", to, "--outdir"])
        .args([&made, &source])
        .output()
        .unwrap_or_else(|e| panic!("LibreOffice (soffice) is needed for this test: {e}"));
    let file = made.join(format!("book.{}", to.split(':').next().unwrap()));
    std::fs::read(&file).unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&run.stderr)))
}

#[test]
fn what_libreoffice_saves_anew_says_the_same() {
    let before = back(&filled());
    let after = back(&saved_by_libreoffice(&filled(), "xlsx:Calc MS Excel 2007 XML"));
    assert_eq!(after.identity, before.identity);
    assert_eq!(after.fields, before.fields);
    assert_eq!(after.findings, before.findings);
}

/// The pages LibreOffice prints: A4, and the headings again on each.
#[test]
fn libreoffice_prints_the_figures_on_a4() {
    let pdf = saved_by_libreoffice(&book_of(&outline_of_counts()), "pdf");
    let folder = TempDir::new();
    let path = folder.0.join("book.pdf");
    std::fs::write(&path, pdf).unwrap();
    let run = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).arg(&path).arg("-").output();
        let output =
            output.unwrap_or_else(|e| panic!("{program} (poppler-utils) is needed for this test: {e}"));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let text = run("pdftotext", &["-layout"]);
    let pages: Vec<&str> = text.split('\u{c}').filter(|page| page.contains("Nhập kỳ này")).collect();
    assert!(pages.len() >= 2, "two pages of figures at least, each with its headings: {}", pages.len());
    assert!(pages[0].contains("Đơn vị báo cáo: Sở Khoa học và Công nghệ"));
}
