//! The unit's workbook, measured: reading and checking one against a bare read of its cells, making one against a bare loop
//! that writes the same cells, and the memory of the worst file that is let in. It prints; whoever reads judges.
//! `cargo bench --bench unit_workbook`

#[path = "../../tests/unit_workbook/sample.rs"]
mod sample;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::io::Cursor;
use std::process::Command;
use std::time::{Duration, Instant};

use calamine::{DataRef, Reader, Xlsx};
use rust_xlsxwriter::{Format, FormatBorder, Workbook};
use tonghop::indicators::ValueType;
use tonghop::reports::{Content, Outline, Past, read};
use tonghop::unit_workbook::{self, Around, Sheets};
use tonghop::vietnamese::Level;

const ROUNDS: u32 = 200;
const INDICATORS: i64 = 60;

fn main() {
    let mut arguments = std::env::args().skip(1);
    // The worst file in a process of its own, so that its memory is nobody else's.
    if arguments.next().as_deref() == Some("read-once") {
        read_once(&arguments.next().expect("a path"));
        return;
    }
    let (outline, content) = report();
    let bytes = make(&outline, &content);
    println!("one unit's workbook: {} indicators, {} KB", INDICATORS, bytes.len() / 1024);
    let bare = time(|| drop(black_box(bare_read(&bytes))));
    let ours = time(|| drop(black_box(unit_workbook::read(&bytes, &outline))));
    told("read and checked", ours, bare, 2.0);
    let cells = bare_read(&bytes);
    let bare = time(|| drop(black_box(bare_write(&cells))));
    let ours = time(|| drop(black_box(make(&outline, &content))));
    told("made", ours, bare, 1.3);
    memory();
}

fn told(what: &str, ours: Duration, bare: Duration, bar: f64) {
    let times = ours.as_secs_f64() / bare.as_secs_f64();
    println!("{what} in {ours:.2?}, bare {bare:.2?}: {times:.2} times (bar: {bar})");
}

fn time(mut work: impl FnMut()) -> Duration {
    let mut all: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            work();
            begun.elapsed()
        })
        .collect();
    all.sort_unstable();
    all[all.len() / 2]
}

/// A report of a police province's size, filled.
fn report() -> (Outline, Content) {
    let (mut outline, mut content) = (sample::outline(), sample::content());
    outline.indicators = (1..=INDICATORS)
        .map(|number| sample::asked(number, &format!("B{number:02}"), ValueType::Int, 0, 0, "tin, bài"))
        .collect();
    content.entries = outline
        .indicators
        .iter()
        .map(|asked| {
            (asked.id, read(&(asked.id.0 * 137).to_string(), Level::default(), "đã đối chiếu", asked))
        })
        .collect();
    let row = content.lists["documents"][0].clone();
    content.lists.insert("documents".into(), vec![row; 40]);
    content.sections.insert("II.1".into(), "Một đoạn văn dài vừa phải của báo cáo. ".repeat(12));
    (outline, content)
}

fn make(outline: &Outline, content: &Content) -> Vec<u8> {
    let around = Around {
        unit: "Sở Khoa học và Công nghệ".into(),
        collector: "Công an tỉnh Bắc Giang".into(),
        title: "Báo cáo".into(),
        period: "Kỳ báo cáo: 6 tháng đầu năm 2025".into(),
        day: chrono::NaiveDate::from_ymd_opt(2025, 6, 14).expect("a day"),
    };
    let (identity, past, marks) = (sample::identity(), Past::default(), BTreeMap::new());
    let refused = BTreeMap::new();
    let sheets = Sheets {
        identity: &identity,
        around: &around,
        outline,
        content,
        past: &past,
        marks: &marks,
        refused: &refused,
    };
    unit_workbook::write(&sheets).expect("a workbook")
}

enum Value {
    Blank,
    Number(f64),
    Text(String),
}

/// Every cell of every sheet, and nothing else.
fn bare_read(bytes: &[u8]) -> Vec<Vec<(u32, u16, usize, Value)>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let (mut cells, mut reader) = (Vec::new(), book.worksheet_cells_reader(&name).expect("a sheet"));
        while let Some((cell, style)) = reader.next_cell_with_style_id().expect("a cell") {
            let (row, column) = cell.get_position();
            let value = match cell.get_value() {
                DataRef::Float(number) => Value::Number(*number),
                DataRef::String(text) => Value::Text(text.clone()),
                DataRef::SharedString(text) => Value::Text((*text).to_owned()),
                _ => Value::Blank,
            };
            cells.push((row, u16::try_from(column).expect("a column"), style, value));
        }
        sheets.push(cells);
    }
    sheets
}

/// The same cells with as many formats, and nothing else.
fn bare_write(sheets: &[Vec<(u32, u16, usize, Value)>]) -> Vec<u8> {
    let most = sheets.iter().flatten().map(|(_, _, style, _)| *style).max().unwrap_or(0);
    let format = |style: usize| {
        let shown = format!("#,##0;-#,##0;\"{style}\"");
        Format::new().set_font_name("Times New Roman").set_border(FormatBorder::Thin).set_num_format(shown)
    };
    let formats: Vec<Format> = (0..=most).map(format).collect();
    let mut book = Workbook::new();
    for cells in sheets {
        let sheet = book.add_worksheet();
        for (row, column, style, value) in cells {
            let format = &formats[*style];
            let written = match value {
                Value::Number(number) => sheet.write_number_with_format(*row, *column, *number, format),
                Value::Text(text) => sheet.write_string_with_format(*row, *column, text, format),
                Value::Blank => sheet.write_blank(*row, *column, format),
            };
            written.expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// Texts of one letter, as many as the table of texts may hold: each takes far more room in memory than in the file.
fn memory() {
    let short = "<si><t>a</t></si>".repeat(23 * 1024 * 1024 / 17);
    let bytes = sample::with_part(&sample::filled(), "xl/sharedStrings.xml", |xml| {
        xml.replacen("</sst>", &format!("{short}</sst>"), 1)
    });
    let path = std::env::temp_dir().join(format!("tonghop-largest-{}.xlsx", std::process::id()));
    std::fs::write(&path, bytes).expect("a file");
    let own = std::env::current_exe().expect("this program");
    let run = Command::new(own).arg("read-once").arg(&path).output().expect("a process");
    print!("the worst file let in: {}", String::from_utf8_lossy(&run.stdout));
    std::fs::remove_file(path).expect("the file goes");
}

fn read_once(path: &str) {
    let bytes = std::fs::read(path).expect("the file");
    let size = bytes.len();
    let taken = unit_workbook::read(&bytes, &sample::outline()).is_ok();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    println!("{} KB, read: {taken}, {peak} (bar: at most 300 MB)", size / 1024);
}
