//! The log of steps as a workbook: plain lines in, one sheet out, every cell text. Stands between the page of the log
//! and whoever inspects it in Excel.

use chrono::{Datelike, NaiveDateTime, Timelike};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook};

use super::cell_text::CellText;
use super::page::Columns;
use super::{WorkbookError, style};

/// One step, in words.
#[derive(Debug, Clone)]
pub struct Line {
    pub at: String,
    pub who: String,
    pub title: String,
    pub step: &'static str,
    pub subject: &'static str,
    pub label: String,
    pub unit: String,
    pub changes: String,
    /// Of the row as it was written.
    pub sha256: String,
}

const HEADINGS: [(&str, f64); 9] = [
    ("Thời điểm", 17.0),
    ("Người thực hiện", 24.0),
    ("Chức vụ, đơn vị của người thực hiện", 38.0),
    ("Việc", 30.0),
    ("Đối tượng", 18.0),
    ("Tên đối tượng", 50.0),
    ("Đơn vị liên quan", 34.0),
    ("Trước → sau", 70.0),
    ("Mã kiểm chứng (SHA-256)", 68.0),
];
const HEAD: u32 = 2;

/// Writes the workbook; `made_at` is local time, and the file's own.
///
/// # Errors
/// [`WorkbookError::Format`] when the writer refuses.
pub fn write(lines: &[Line], note: &str, made_at: NaiveDateTime) -> Result<Vec<u8>, WorkbookError> {
    let mut workbook = Workbook::new();
    let base = Format::new().set_font_name(style::FONT).set_font_size(12);
    workbook.set_default_format(&base, 21, 72)?;
    let year = u16::try_from(made_at.year()).unwrap_or_default();
    let (month, day) = (u8::try_from(made_at.month()), u8::try_from(made_at.day()));
    let (hour, minute) = (u16::try_from(made_at.hour()), u8::try_from(made_at.minute()));
    let created = ExcelDateTime::from_ymd(year, month.unwrap_or(1), day.unwrap_or(1))?.and_hms(
        hour.unwrap_or_default(),
        minute.unwrap_or_default(),
        made_at.second(),
    )?;
    workbook
        .set_properties(&DocProperties::new().set_title("Nhật ký hệ thống").set_creation_datetime(&created));
    let sheet = workbook.add_worksheet();
    sheet.set_name("Nhật ký")?;
    // On paper the lines stay whole: A4 across, as wide as one page.
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(HEAD, HEAD)?;
    Columns(HEADINGS.iter().map(|(_, width)| *width).collect()).apply(sheet)?;
    sheet.words(0, 0, "NHẬT KÝ HỆ THỐNG", &style::plain(14).set_bold())?;
    sheet.words(1, 0, note, &style::plain(12).set_italic())?;
    for (column, (heading, _)) in (0_u16..).zip(HEADINGS) {
        sheet.words(HEAD, column, heading, &style::machine_header())?;
    }
    let text = style::machine_text().set_text_wrap();
    let mut last = HEAD;
    for (row, line) in (HEAD + 1..).zip(lines) {
        let cells: [&str; 9] = [
            &line.at,
            &line.who,
            &line.title,
            line.step,
            line.subject,
            &line.label,
            &line.unit,
            &line.changes,
            &line.sha256,
        ];
        for (column, cell) in (0_u16..).zip(cells) {
            sheet.words(row, column, cell, &text)?;
        }
        last = row;
    }
    sheet.set_freeze_panes(HEAD + 1, 1)?;
    sheet.autofilter(HEAD, 0, last, u16::try_from(HEADINGS.len() - 1).unwrap_or_default())?;
    Ok(workbook.save_to_buffer()?)
}
