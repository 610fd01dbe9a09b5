//! The sheet *Tình hình gửi* of the collector's own copy: who sent when, how late, and which revision the edition
//! was made from. The Ministry's copy does not have it: chasing is the collector's business.

use rust_xlsxwriter::{FormatAlign, Worksheet};

use super::cell_text::CellText;
use super::page::{self, Columns, in_vietnam};
use super::{WorkbookError, style};
use crate::consolidation::content::{EditionContent, Sending};
use crate::vietnamese::date_time;

/// Name of the sheet.
pub(super) const NAME: &str = "Tình hình gửi";

const HEADINGS: [(&str, f64); 8] = [
    ("TT", 5.0),
    ("Đơn vị", 40.0),
    ("Giao/đề nghị", 11.0),
    ("Tiến độ", 20.0),
    ("Gửi lần đầu lúc", 18.0),
    ("Số ngày muộn", 10.0),
    ("Lần gửi đưa vào tổng hợp", 13.0),
    ("Lần gửi đó lúc", 18.0),
];
const UNIT: usize = 1;
const FIRST_ROW: u32 = 4;

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, content: &EditionContent) -> Result<(), WorkbookError> {
    sheet.set_name(NAME)?;
    page::set_up(sheet);
    let columns = Columns(HEADINGS.iter().map(|(_, width)| *width).collect());
    columns.apply(sheet)?;
    let all = (0, columns.last());
    page::line(sheet, 0, all, "TÌNH HÌNH GỬI BÁO CÁO CỦA CÁC ĐƠN VỊ", &style::centred(14).set_bold())?;
    page::line(sheet, 1, all, &page::period_line(&content.identity), &style::centred(13).set_italic())?;
    for (column, (heading, _)) in (0_u16..).zip(HEADINGS) {
        sheet.words(3, column, heading, &style::header())?;
    }
    sheet.set_row_height(3, 34)?;
    sheet.set_freeze_panes(FIRST_ROW, 2)?;
    sheet.set_repeat_rows(3, 3)?;
    for (index, sending) in content.sendings.iter().enumerate() {
        let row = FIRST_ROW + u32::try_from(index).unwrap_or(u32::MAX - FIRST_ROW);
        one(sheet, row, index + 1, sending)?;
    }
    Ok(())
}

fn one(sheet: &mut Worksheet, row: u32, number: usize, sending: &Sending) -> Result<(), WorkbookError> {
    let at = |instant: Option<chrono::NaiveDateTime>| {
        instant.map(|instant| date_time(in_vietnam(instant))).unwrap_or_default()
    };
    let mode = if sending.requested { "đề nghị" } else { "giao" };
    let progress = match &sending.on_behalf {
        Some(typed) if !typed.from_table.is_empty() => format!("{} ({})", sending.progress, typed.words()),
        Some(typed) => format!("{} ({}, số đến {})", sending.progress, typed.words(), typed.arrived_number),
        None => sending.progress.clone(),
    };
    let texts = [
        (0, number.to_string()),
        (2, mode.to_owned()),
        (3, progress.clone()),
        (4, at(sending.sent_at)),
        (7, at(sending.revision_sent_at)),
    ];
    for (column, text) in &texts {
        sheet.words(row, *column, text, &style::text_centred())?;
    }
    sheet.words(row, 1, &sending.unit, &style::text())?;
    for (column, value) in [(5, sending.days_late), (6, sending.revision)] {
        let format = style::number("0").set_align(FormatAlign::Center);
        match value {
            Some(value) => sheet.write_number_with_format(row, column, f64::from(value), &format)?,
            None => sheet.write_blank(row, column, &style::empty())?,
        };
    }
    page::fit_row(sheet, row, &[(&sending.unit, HEADINGS[UNIT].1), (&progress, HEADINGS[3].1)])?;
    Ok(())
}
