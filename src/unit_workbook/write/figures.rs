//! The sheet of figures: one line per indicator with what was reported before, the input, the word beside it, the note.

use chrono::Datelike;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Format, Worksheet,
};

use super::{Looks, Sheets, YES_NO, head, mark, noted, offered, set_up};
use crate::reports::{AskedIndicator, Entry, PastPeriod, Reading, TypedDay, shown};
use crate::unit_workbook::figures::takes;
use crate::unit_workbook::layout::{self, CODE, DAY_LINE, FIGURES_SHEET, INPUT, LEVEL, NOTE};
use crate::unit_workbook::values::Takes;
use crate::vietnamese::Level;
use crate::vietnamese::limits::{DIGITS, is_exact};
use crate::workbooks::cell_text::CellText;
use crate::workbooks::{WorkbookError, page};

const WIDTHS: [f64; 8] = [8.0, 42.0, 12.0, 13.0, 13.0, 16.0, 13.0, 30.0];
const HEADINGS: [&str; 8] = [
    "Mã",
    "Chỉ tiêu",
    "Đơn vị tính",
    "Kỳ trước",
    "Cùng kỳ năm trước",
    "Nhập kỳ này",
    "Ước/gần/hơn",
    "Ghi chú",
];
const LAST: u16 = 7;
const INPUT_AT: u16 = 5;
const LEVEL_AT: u16 = 6;
const NOTE_AT: u16 = 7;

pub(super) fn write(sheet: &mut Worksheet, sheets: &Sheets<'_>, looks: &Looks) -> Result<(), WorkbookError> {
    sheet.set_name(FIGURES_SHEET)?;
    set_up(sheet, &WIDTHS)?;
    let mut row = head(sheet, sheets, "SỐ LIỆU BÁO CÁO", LAST, looks)?;
    let columns = [(0, CODE), (INPUT_AT, INPUT), (LEVEL_AT, LEVEL), (NOTE_AT, NOTE)];
    mark(sheet, row, &layout::figures(), &columns)?;
    row += 1;
    for (column, heading) in (0..).zip(HEADINGS) {
        sheet.words(row, column, heading, &looks.header)?;
        sheet.words(row + 1, column, format!("({})", column + 1), &looks.header_small)?;
    }
    sheet.set_row_height(row, 34)?;
    sheet.set_repeat_rows(row, row + 1)?.set_freeze_panes(row + 2, 2)?;
    row += 2;
    let first = row;
    let mut group = "";
    for asked in &sheets.outline.indicators {
        if group != asked.group_name {
            group = &asked.group_name;
            for column in 0..=LAST {
                let words = if column == 1 { group } else { "" };
                sheet.words(row, column, words, &looks.group)?;
            }
            row += 1;
        }
        line(sheet, row, asked, sheets, looks)?;
        row += 1;
    }
    day_line(sheet, row, sheets, looks)?;
    if let Some(levels) = offered(sheets.outline, LEVEL) {
        sheet.add_data_validation(first, LEVEL_AT, row - 1, LEVEL_AT, &levels)?;
    }
    row += 2;
    // Not in the column of inputs: whatever stands there without a code is pointed out.
    sheet.words(row, 1, "NGƯỜI LẬP BIỂU", &looks.line.clone().set_bold())?;
    sheet.words(row, LEVEL_AT, "THỦ TRƯỞNG ĐƠN VỊ", &looks.line.clone().set_bold())?;
    sheet.words(row + 1, 1, "(Ký, ghi rõ họ tên)", &looks.hint)?;
    sheet.words(row + 1, LEVEL_AT, "(Ký, ghi rõ họ tên)", &looks.hint)?;
    sheet.protect_with_options(&super::tables::growing());
    Ok(())
}

fn line(
    sheet: &mut Worksheet,
    row: u32,
    asked: &AskedIndicator,
    sheets: &Sheets<'_>,
    looks: &Looks,
) -> Result<(), WorkbookError> {
    let blank = Entry::default();
    let entry = sheets.content.entries.get(&asked.id).unwrap_or(&blank);
    sheet.words(row, 0, &asked.code, &looks.centred)?;
    let mut name = asked.name.clone();
    if !asked.counts {
        name.push_str(" (tham khảo, không cộng)");
    }
    if asked.required {
        name.push_str(" (bắt buộc)");
    }
    sheet.words(row, 1, &name, &looks.text)?;
    sheet.words(row, 2, &asked.measure_unit, &looks.centred)?;
    for (column, period) in [(3, &sheets.past.last), (4, &sheets.past.same)] {
        let words = period.as_ref().and_then(|period: &PastPeriod| period.words(asked, sheets.outline));
        sheet.words(row, column, words.unwrap_or_default(), &looks.past)?;
    }
    page::fit_row(sheet, row, &[(name.as_str(), WIDTHS[1]), (entry.note.as_str(), WIDTHS[7])])?;
    if asked.is_ratio() {
        sheet.words(row, INPUT_AT, "tự tính", &looks.past)?;
        for column in [LEVEL_AT, NOTE_AT] {
            sheet.write_blank(row, column, &looks.closed)?;
        }
        return Ok(());
    }
    let field = format!("figure.{}", asked.code);
    let faulty = noted(sheet, (row, INPUT_AT), sheets, &field)?;
    figure(sheet, row, asked, entry, faulty, looks)?;
    rules(sheet, row, asked, sheets)?;
    let level = if entry.level() == Level::default() { "" } else { entry.level().label() };
    let field = format!("level.{}", asked.code);
    let faulty = noted(sheet, (row, LEVEL_AT), sheets, &field)?;
    sheet.words(
        row,
        LEVEL_AT,
        sheets.choice(&field, level),
        if faulty { &looks.fault } else { &looks.choice },
    )?;
    let faulty = noted(sheet, (row, NOTE_AT), sheets, &format!("note.{}", asked.code))?;
    sheet.words(row, NOTE_AT, &entry.note, if faulty { &looks.fault } else { &looks.words })?;
    Ok(())
}

fn figure(
    sheet: &mut Worksheet,
    row: u32,
    asked: &AskedIndicator,
    entry: &Entry,
    faulty: bool,
    looks: &Looks,
) -> Result<(), WorkbookError> {
    let kind = takes(asked);
    let format: &Format = match (kind, faulty) {
        (Takes::YesNo, false) => &looks.choice,
        (Takes::Whole, false) => &looks.whole,
        (_, false) => &looks.number,
        (Takes::Whole, true) => &looks.fault_whole,
        (_, true) => &looks.fault,
    };
    match &entry.reading {
        Reading::Blank if entry.typed.is_empty() => sheet.write_blank(row, INPUT_AT, format)?,
        // What is doubted stands as it was typed: handed back unchanged it is asked about again.
        Reading::Value(_) if faulty && entry.ambiguous => sheet.words(row, INPUT_AT, &entry.typed, format)?,
        Reading::Value(value) if !asked.is_bool() && is_exact(*value) => sheet.write_number_with_format(
            row,
            INPUT_AT,
            number(*value, asked.scale + asked.exponent),
            format,
        )?,
        Reading::Value(value) => sheet.words(row, INPUT_AT, shown(*value, asked), format)?,
        Reading::NotApplicable => sheet.words(row, INPUT_AT, "không áp dụng", format)?,
        Reading::Blank | Reading::Unreadable(_) => sheet.words(row, INPUT_AT, &entry.typed, format)?,
    };
    Ok(())
}

/// A figure of [`DIGITS`] digits at most as the nearest double of its decimal text.
pub(super) fn number(value: i64, decimals: u32) -> f64 {
    debug_assert!(value.unsigned_abs().to_string().len() <= DIGITS);
    format!("{value}e-{decimals}").parse().unwrap_or(f64::NAN)
}

/// What the input offers and warns of; what it takes all the same is said on the first sheet.
fn rules(
    sheet: &mut Worksheet,
    row: u32,
    asked: &AskedIndicator,
    sheets: &Sheets<'_>,
) -> Result<(), WorkbookError> {
    let numbers = "Ô này nhận số không âm. Vẫn ghi được “gần 100”, “1,3 nghìn”, “không áp dụng”.";
    let (rule, words) = match takes(asked) {
        Takes::YesNo => (offered(sheets.outline, YES_NO), "Chọn có, không hoặc không áp dụng."),
        Takes::Whole => {
            let rule = DataValidationRule::GreaterThanOrEqualTo(0);
            (Some(DataValidation::new().allow_whole_number(rule)), numbers)
        }
        _ => {
            let rule = DataValidationRule::GreaterThanOrEqualTo(0.0);
            (Some(DataValidation::new().allow_decimal_number(rule)), numbers)
        }
    };
    let Some(rule) = rule else { return Ok(()) };
    let mut rule = rule
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("Kiểm tra lại")?
        .set_error_message(words)?;
    if !asked.guidance.is_empty() {
        // A message holds 255 characters.
        rule = rule.set_input_message(asked.guidance.chars().take(250).collect::<String>())?;
    }
    sheet.add_data_validation(row, INPUT_AT, row, INPUT_AT, &rule)?;
    Ok(())
}

/// The day until which figures are actual, as a line of its own.
fn day_line(
    sheet: &mut Worksheet,
    row: u32,
    sheets: &Sheets<'_>,
    looks: &Looks,
) -> Result<(), WorkbookError> {
    sheet.words(row, 0, DAY_LINE, &looks.centred)?;
    sheet.words(row, 1, "Số liệu thực tế đến ngày (ngày/tháng/năm)", &looks.text)?;
    // The column is as wide as a unit of measure.
    sheet.words(row, 2, "ngày", &looks.centred)?;
    for column in [3, 4, LEVEL_AT, NOTE_AT] {
        sheet.write_blank(row, column, &looks.closed)?;
    }
    let faulty = noted(sheet, (row, INPUT_AT), sheets, "actual_to")?;
    day(sheet, (row, INPUT_AT), &sheets.content.actual_to, if faulty { &looks.fault_day } else { &looks.day })
}

/// A day as a spreadsheet holds it; one it cannot hold, and what is no day, as text.
pub(super) fn day(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    day: &TypedDay,
    format: &Format,
) -> Result<(), WorkbookError> {
    let held = day.date.filter(|day| (1901..=9999).contains(&day.year())).and_then(|day| {
        let part = |number: u32| u8::try_from(number).ok();
        ExcelDateTime::from_ymd(u16::try_from(day.year()).ok()?, part(day.month())?, part(day.day())?).ok()
    });
    match held {
        Some(held) => sheet.write_datetime_with_format(row, column, &held, format)?,
        None if day.typed.is_empty() => sheet.write_blank(row, column, format)?,
        None => sheet.words(row, column, &day.typed, format)?,
    };
    Ok(())
}
