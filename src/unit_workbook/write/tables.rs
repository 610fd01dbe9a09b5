//! The sheets of rows: one per list of the form, and the links that show work was done. Rows can be added in place and below.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, Format, Formula, ProtectionOptions,
    Worksheet,
};

use super::figures::{day, number};
use super::{Looks, Sheets, head, mark, noted, offered, set_up};
use crate::lists::{Cell, Column, ColumnKind, ListTable, MOST_ROWS, Row};
use crate::reports::TypedDay;
use crate::unit_workbook::layout::{self, EVIDENCE_SHEET};
use crate::unit_workbook::lists::doubt;
use crate::vietnamese::limits::is_exact;
use crate::workbooks::cell_text::CellText;
use crate::workbooks::{WorkbookError, page};

/// The field of the links.
pub(super) const EVIDENCE_FIELD: &str = "evidence";
/// Blank rows beyond those that are filled, and rows of a blank table.
const SPARE: usize = 15;
const FEWEST: usize = 25;
/// What the columns of a page share, in characters.
const PAGE: f64 = 128.0;

/// What a protected sheet still lets people do: rows grow with their text, and are put in and taken out.
pub(super) fn growing() -> ProtectionOptions {
    ProtectionOptions {
        format_rows: true,
        format_columns: true,
        insert_rows: true,
        delete_rows: true,
        ..ProtectionOptions::new()
    }
}

pub(super) fn list(
    sheet: &mut Worksheet,
    name: &str,
    list: &ListTable,
    sheets: &Sheets<'_>,
    looks: &Looks,
) -> Result<(), WorkbookError> {
    let rows = sheets.content.lists.get(&list.code).map_or(&[][..], Vec::as_slice);
    let field = format!("list.{}", list.code);
    table(sheet, name, (&list.title, &layout::list(list)), (&list.columns, rows), &field, sheets, looks)
}

/// The links, as a list of columns of their own.
pub(super) fn evidence(
    sheet: &mut Worksheet,
    sheets: &Sheets<'_>,
    looks: &Looks,
) -> Result<(), WorkbookError> {
    let table_layout = layout::evidence();
    let kind = |code: &str| match code {
        "date" => ColumnKind::Date,
        "url" => ColumnKind::Link,
        "reach" => ColumnKind::Number,
        _ => ColumnKind::Text,
    };
    let column = |(code, title): &(String, String)| Column {
        code: code.clone(),
        title: title.clone(),
        kind: kind(code),
        ..Column::default()
    };
    let columns: Vec<Column> = table_layout.columns.iter().map(column).collect();
    let row = |link: &crate::reports::Evidence| -> Row {
        let cells = [&link.title, &link.url, &link.platform, &link.published.typed, &link.reach.typed];
        columns.iter().map(|column| column.code.clone()).zip(cells.map(Clone::clone)).collect()
    };
    let rows: Vec<Row> = sheets.content.evidence.iter().map(row).collect();
    let named = ("Minh chứng: đường dẫn tin, bài, tài liệu", &table_layout);
    table(sheet, EVIDENCE_SHEET, named, (&columns, &rows), EVIDENCE_FIELD, sheets, looks)
}

fn table(
    sheet: &mut Worksheet,
    name: &str,
    (title, table): (&str, &layout::Table),
    (columns, rows): (&[Column], &[Row]),
    field: &str,
    sheets: &Sheets<'_>,
    looks: &Looks,
) -> Result<(), WorkbookError> {
    sheet.set_name(name)?;
    let widths = widths(columns, rows);
    set_up(sheet, &widths)?;
    // The first column counts the rows.
    let last = u16::try_from(columns.len()).unwrap_or(u16::MAX);
    let places: Vec<(u16, &str)> =
        (1..).zip(columns).map(|(at, column)| (at, column.code.as_str())).collect();
    let mut at = head(sheet, sheets, &title.to_uppercase(), last, looks)?;
    mark(sheet, at, table, &places)?;
    at += 1;
    sheet.words(at, 0, "TT", &looks.header)?;
    for (column, asked) in (1..).zip(columns) {
        sheet.words(at, column, &asked.title, &looks.header)?;
    }
    sheet.set_row_height(at, 34)?.set_repeat_rows(at, at)?.set_freeze_panes(at + 1, 1)?;
    let first = at + 1;
    let count = (rows.len() + SPARE).max(FEWEST).min(MOST_ROWS.max(rows.len()));
    let blank = Row::new();
    for (number, at) in (0..count).zip(first..) {
        let row = rows.get(number).unwrap_or(&blank);
        sheet.words(at, 0, (number + 1).to_string(), &looks.centred)?;
        for (column, asked) in (1..).zip(columns) {
            // Of a workbook without faults no field has to be named.
            let faulty = !sheets.marks.is_empty()
                && noted(sheet, (at, column), sheets, &format!("{field}.{number}.{}", asked.code))?;
            cell(sheet, (at, column), asked, row.get(&asked.code).map_or("", String::as_str), faulty, looks)?;
        }
        let texts: Vec<(&str, f64)> = columns
            .iter()
            .zip(&widths[1..])
            .map(|(c, width)| (row.get(&c.code).map_or("", String::as_str), *width))
            .collect();
        page::fit_row(sheet, at, &texts)?;
    }
    let end = first + u32::try_from(count.max(1) - 1).unwrap_or(u32::MAX);
    for (column, asked) in (1..).zip(columns) {
        if let Some(rule) =
            offered(sheets.outline, &format!("{}.{}", field.trim_start_matches("list."), asked.code))
        {
            sheet.add_data_validation(first, column, end, column, &rule)?;
        } else if field == EVIDENCE_FIELD
            && let Some(rule) = of_links(asked.kind)?
        {
            sheet.add_data_validation(first, column, end, column, &rule)?;
        }
    }
    sheet.protect_with_options(&growing());
    Ok(())
}

/// What the cells of a link warn of: a day that has not come, a count that is none.
fn of_links(kind: ColumnKind) -> Result<Option<DataValidation>, WorkbookError> {
    let (rule, words) = match kind {
        ColumnKind::Date => {
            let rule = DataValidationRule::LessThanOrEqualTo(Formula::new("=TODAY()"));
            let words = "Nhập ngày dạng ngày/tháng/năm, đến hôm nay, ví dụ 05/6/2025.";
            (DataValidation::new().allow_date_formula(rule), words)
        }
        ColumnKind::Number => {
            let rule = DataValidationRule::GreaterThanOrEqualTo(0);
            let words = "Nhập số lượt đếm được, ví dụ 1245; không ghi “gần”, “hơn”, “nhiều”.";
            (DataValidation::new().allow_whole_number(rule), words)
        }
        _ => return Ok(None),
    };
    let rule = rule.set_error_style(DataValidationErrorStyle::Warning);
    Ok(Some(rule.set_error_title("Kiểm tra lại")?.set_error_message(words)?))
}

/// A cell by the type of its column: numbers and days as such, so that the program knows them; what cannot be read as typed.
fn cell(
    sheet: &mut Worksheet,
    place: (u32, u16),
    column: &Column,
    typed: &str,
    faulty: bool,
    looks: &Looks,
) -> Result<(), WorkbookError> {
    let format: &Format = match (column.kind, faulty) {
        (ColumnKind::Date, false) => &looks.day,
        (ColumnKind::Date, true) => &looks.fault_day,
        (ColumnKind::Number, false) => &looks.number,
        (_, false) => &looks.words,
        (_, true) => &looks.fault,
    };
    if typed.is_empty() {
        sheet.write_blank(place.0, place.1, format)?;
        return Ok(());
    }
    match column.read(typed) {
        Ok(Some(Cell::Date(date))) => day(sheet, place, &TypedDay::of(Some(date)), format)?,
        // What is doubted stands as it was typed: handed back unchanged it is asked about again.
        Ok(Some(Cell::Number { decimals, .. })) if faulty && doubt(typed, decimals).is_some() => {
            sheet.words(place.0, place.1, typed, format)?;
        }
        Ok(Some(Cell::Number { value, decimals })) if is_exact(value) => {
            sheet.write_number_with_format(place.0, place.1, number(value, decimals), format)?;
        }
        _ => {
            sheet.words(place.0, place.1, typed, format)?;
        }
    }
    Ok(())
}

/// Widths in characters: the count, then what the page leaves, by kind and by the longest text that stands there.
fn widths(columns: &[Column], rows: &[Row]) -> Vec<f64> {
    let share = |column: &Column| match column.kind {
        ColumnKind::Date | ColumnKind::Number => 14,
        _ => {
            let cells = rows.iter().filter_map(|row| row.get(&column.code));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0).clamp(20, 48)
        }
    };
    // Small whole numbers: exact as doubles.
    let shares: Vec<f64> = columns.iter().map(|column| share(column) as f64).collect();
    let all: f64 = shares.iter().sum();
    std::iter::once(6.0).chain(shares.iter().map(|share| (PAGE * share / all).max(12.0))).collect()
}
