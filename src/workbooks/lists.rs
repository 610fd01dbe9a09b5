//! A sheet *Danh sách*: the rows of one list table of all units, each with the name of its unit, so that the sheet can
//! be sorted and filtered. Days and numbers are days and numbers of the spreadsheet; what people typed is text.

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{ExcelDateTime, FormatAlign, Worksheet};

use super::cell_text::CellText;
use super::page::{self, Columns};
use super::{WorkbookError, style};
use crate::consolidation::content::{EditionContent, StackedList};
use crate::lists::{Cell, Column, ColumnKind};

const HEADING_ROW: u32 = 3;
const NUMBER_WIDTH: f64 = 6.0;
const UNIT_WIDTH: f64 = 28.0;
/// What is left of a landscape page for the columns of the list.
const LIST_WIDTH: f64 = 98.0;
/// Digits a spreadsheet keeps of a number.
const DIGITS: usize = 15;

/// Writes the sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    name: &str,
    content: &EditionContent,
    list: &StackedList,
) -> Result<(), WorkbookError> {
    sheet.set_name(name)?;
    page::set_up(sheet);
    let widths = widths(list);
    let columns = Columns([NUMBER_WIDTH, UNIT_WIDTH].into_iter().chain(widths.iter().copied()).collect());
    columns.apply(sheet)?;
    let all = (0, columns.last());
    let title = format!("Danh sách: {}", list.title).to_uppercase();
    page::line(sheet, 0, all, &title, &style::centred(14).set_bold())?;
    page::line(sheet, 1, all, &page::period_line(&content.identity), &style::centred(13).set_italic())?;
    let headings: Vec<&str> =
        ["TT", "Đơn vị"].into_iter().chain(list.columns.iter().map(|c| c.title.as_str())).collect();
    for (column, heading) in (0_u16..).zip(&headings) {
        sheet.words(HEADING_ROW, column, heading, &style::header())?;
    }
    sheet.set_row_height(HEADING_ROW, page::heading_height(headings.into_iter().zip(&columns.0)))?;
    sheet.set_freeze_panes(HEADING_ROW + 1, 2)?;
    sheet.set_repeat_rows(HEADING_ROW, HEADING_ROW)?;
    let mut row = HEADING_ROW;
    for (unit, cells) in list.rows() {
        row += 1;
        let number = f64::from(row - HEADING_ROW);
        let centred = style::number("0").set_align(FormatAlign::Center).set_align(FormatAlign::Top);
        sheet.write_number_with_format(row, 0, number, &centred)?;
        sheet.words(row, 1, unit, &style::text().set_align(FormatAlign::Top))?;
        let mut texts: Vec<(String, f64)> = vec![(unit.to_owned(), UNIT_WIDTH)];
        for ((at, column), width) in (2_u16..).zip(&list.columns).zip(&widths) {
            let cell = cells.get(&column.code).and_then(|stored| column.cell(stored));
            texts.extend(cell.as_ref().map(|cell| (cell.shown(), *width)));
            one(sheet, (row, at), cell.as_ref())?;
        }
        let texts: Vec<(&str, f64)> = texts.iter().map(|(text, width)| (text.as_str(), *width)).collect();
        page::fit_row(sheet, row, &texts)?;
    }
    sheet.autofilter(HEADING_ROW, 0, row, columns.last())?;
    Ok(())
}

fn one(sheet: &mut Worksheet, (row, at): (u32, u16), cell: Option<&Cell>) -> Result<(), WorkbookError> {
    let text = style::text().set_align(FormatAlign::Top);
    match cell {
        None => sheet.write_blank(row, at, &style::empty())?,
        Some(Cell::Date(day)) => {
            let format =
                style::number("dd/mm/yyyy").set_align(FormatAlign::Center).set_align(FormatAlign::Top);
            sheet.write_datetime_with_format(row, at, &excel_day(*day)?, &format)?
        }
        Some(cell @ Cell::Number { value, decimals }) => match number(*value, *decimals) {
            Some(number) => {
                // As many decimals as the number has.
                let places = cell.shown().split_once(',').map_or(0, |(_, decimals)| decimals.len());
                let point = if places > 0 { "." } else { "" };
                let format = format!("#,##0{point}{}", "0".repeat(places));
                let format = style::number(&format).set_align(FormatAlign::Top);
                sheet.write_number_with_format(row, at, number, &format)?
            }
            None => sheet.words(row, at, cell.shown(), &text)?,
        },
        Some(cell) => sheet.words(row, at, cell.shown(), &text)?,
    };
    Ok(())
}

/// The number as a spreadsheet holds it; none where it has more digits than that keeps.
fn number(value: i64, decimals: u32) -> Option<f64> {
    let digits = value.unsigned_abs().to_string();
    // The nearest double of the decimal text, not a division that rounds twice.
    let kept = digits.trim_end_matches('0').len() <= DIGITS;
    kept.then(|| format!("{value}e-{decimals}").parse().ok()).flatten()
}

fn excel_day(day: NaiveDate) -> Result<ExcelDateTime, WorkbookError> {
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(day.year()).unwrap_or_default();
    Ok(ExcelDateTime::from_ymd(year, small(day.month()), small(day.day()))?)
}

/// Widths of the list's columns in characters, as wide together as the page leaves them: words as wide as the longest
/// that stands there asks, within bounds.
fn widths(list: &StackedList) -> Vec<f64> {
    let share = |column: &Column| match column.kind {
        ColumnKind::Date | ColumnKind::Number => 12,
        ColumnKind::Text | ColumnKind::Link | ColumnKind::Choice => {
            let cells = list.rows().filter_map(|(_, row)| row.get(&column.code));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0).clamp(14, 48)
        }
    };
    // Small whole numbers: exact as doubles.
    let shares: Vec<f64> = list.columns.iter().map(|column| share(column) as f64).collect();
    let all: f64 = shares.iter().sum();
    shares.iter().map(|share| (LIST_WIDTH * share / all).max(11.0)).collect()
}
