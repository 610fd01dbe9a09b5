//! The workbook of one unit and period, prefilled with its draft. Stands between a draft and the program it is filled in:
//! the same draft gives the same bytes. What people typed is written as text, never as a formula; only inputs are unlocked,
//! and no password guards the rest.

mod figures;
mod guide;
mod looks;
mod prose;
mod tables;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, Formula, Note, Workbook,
    Worksheet,
};

use self::looks::Looks;
use super::layout::{self, COLUMN_MARK, GUIDE_SHEET, IDENTITY_SHEET, TABLE_MARK, UNIT_LINE};
use super::{Fields, Identity};
use crate::reports::{Content, Outline, Past, TaskStatus, platforms};
use crate::vietnamese::Level;
use crate::workbooks::cell_text::{CellText, as_text};
use crate::workbooks::schema::letters;
use crate::workbooks::sheet_name::Names;
use crate::workbooks::{WorkbookError, page, style};

/// What stands around the inputs, in words.
#[derive(Debug, Clone)]
pub struct Around {
    pub unit: String,
    pub collector: String,
    /// "Báo cáo 6 tháng đầu năm 2025".
    pub title: String,
    /// "Kỳ báo cáo: …"; blank for a document.
    pub period: String,
    /// A day that belongs to the period, for the document's properties.
    pub day: NaiveDate,
}

/// Everything a workbook is made of.
#[derive(Debug, Clone, Copy)]
pub struct Sheets<'a> {
    pub identity: &'a Identity,
    pub around: &'a Around,
    pub outline: &'a Outline,
    pub content: &'a Content,
    pub past: &'a Past,
    /// What is to be said in the cells of fields: of an upload that could not be applied.
    pub marks: &'a BTreeMap<String, Vec<String>>,
    /// What stood in the cells of choices there, and is none.
    pub refused: &'a Fields,
}

impl Sheets<'_> {
    /// What is to stand in the cell of a choice.
    fn choice<'b>(&'b self, field: &str, chosen: &'b str) -> &'b str {
        self.refused.get(field).map_or(chosen, String::as_str)
    }
}

/// Writes the workbook.
///
/// # Errors
/// What the writer of the format refuses: nothing a form or a draft can hold.
pub fn write(sheets: &Sheets<'_>) -> Result<Vec<u8>, WorkbookError> {
    let looks = Looks::new();
    let mut workbook = Workbook::new();
    let base = Format::new().set_font_name(style::FONT).set_font_size(12);
    workbook.set_default_format(&base, 21, 72)?;
    workbook.set_properties(&properties(sheets)?);
    guide::write(workbook.add_worksheet(), sheets, &looks)?;
    if !sheets.outline.indicators.is_empty() {
        figures::write(workbook.add_worksheet(), sheets, &looks)?;
    }
    if !sheets.outline.sections.is_empty() {
        prose::sections(workbook.add_worksheet(), sheets, &looks)?;
    }
    if !sheets.outline.tasks.is_empty() {
        prose::tasks(workbook.add_worksheet(), sheets, &looks)?;
    }
    let taken = [
        GUIDE_SHEET,
        layout::FIGURES_SHEET,
        layout::SECTIONS_SHEET,
        layout::TASKS_SHEET,
        layout::EVIDENCE_SHEET,
        IDENTITY_SHEET,
    ];
    let mut names = Names::starting_with(&taken);
    for list in &sheets.outline.lists {
        let name = names.for_list(&list.title);
        tables::list(workbook.add_worksheet(), &name, list, sheets, &looks)?;
    }
    tables::evidence(workbook.add_worksheet(), sheets, &looks)?;
    identity(workbook.add_worksheet(), sheets)?;
    let first = usize::from(!sheets.outline.indicators.is_empty() && sheets.marks.is_empty());
    workbook.worksheet_from_index(first)?.set_active(true);
    Ok(workbook.save_to_buffer()?)
}

fn properties(sheets: &Sheets<'_>) -> Result<DocProperties, WorkbookError> {
    let day = sheets.around.day;
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let created = ExcelDateTime::from_ymd(
        u16::try_from(day.year()).unwrap_or(2000),
        part(day.month()),
        part(day.day()),
    )?;
    let named = DocProperties::new()
        .set_title(format!("{}, {}", sheets.around.title, sheets.around.unit))
        .set_author(&sheets.around.unit)
        .set_creation_datetime(&created);
    let pairs = sheets.identity.pairs().into_iter();
    Ok(pairs.fold(named, |properties, (key, value)| properties.set_custom_property(key, value.as_str())))
}

/// The hidden sheet: who and what, and beside it the choices that inputs offer. A choice may hold a comma, which would
/// part it in two if they were listed in the input itself.
fn identity(sheet: &mut Worksheet, sheets: &Sheets<'_>) -> Result<(), WorkbookError> {
    sheet.set_name(IDENTITY_SHEET)?.set_hidden(true);
    for (row, (key, value)) in (0..).zip(sheets.identity.pairs()) {
        sheet.write_string(row, 0, key)?;
        sheet.write_string(row, 1, as_text(&value))?;
    }
    for (column, (_, choices)) in (FIRST_CHOICES..).zip(choices(sheets.outline)) {
        for (row, choice) in (0..).zip(choices) {
            sheet.write_string(row, column, as_text(&choice))?;
        }
    }
    sheet.protect();
    Ok(())
}

/// Column of the first choices on the hidden sheet.
const FIRST_CHOICES: u16 = 3;
const YES_NO: &str = "yes-no";

/// The choices of inputs by what they are for.
fn choices(outline: &Outline) -> Vec<(String, Vec<String>)> {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let mut all = vec![
        (layout::LEVEL.to_owned(), Level::ALL.iter().map(|level| level.label().to_owned()).collect()),
        (layout::STATUS.to_owned(), TaskStatus::ALL.iter().map(|status| status.words().to_owned()).collect()),
        (YES_NO.to_owned(), owned(&["có", "không", "không áp dụng"])),
        (format!("{}.platform", tables::EVIDENCE_FIELD), owned(&platforms())),
    ];
    for list in &outline.lists {
        for column in list.columns.iter().filter(|column| !column.choices.is_empty()) {
            all.push((format!("{}.{}", list.code, column.code), column.choices.clone()));
        }
    }
    all
}

/// An input that offers choices; others can be typed after a warning where they may be read.
fn offered(outline: &Outline, name: &str) -> Option<DataValidation> {
    let all = choices(outline);
    let at = all.iter().position(|(found, choices)| found == name && !choices.is_empty())?;
    let column = letters(FIRST_CHOICES + u16::try_from(at).ok()?);
    let range = format!("='{IDENTITY_SHEET}'!${column}$1:${column}${}", all[at].1.len());
    let rule = DataValidation::new().allow_list_formula(Formula::new(range));
    Some(rule.set_error_style(DataValidationErrorStyle::Warning))
}

/// The names of a table and its columns, in a hidden row; that of the table in its first cell.
fn mark(
    sheet: &mut Worksheet,
    row: u32,
    table: &layout::Table,
    columns: &[(u16, &str)],
) -> Result<(), WorkbookError> {
    let name = format!("{TABLE_MARK}{}", table.code);
    let mut first = name.clone();
    for (column, code) in columns {
        let code = format!("{COLUMN_MARK}{code}");
        match column {
            0 => first = format!("{name} {code}"),
            column => {
                sheet.write_string(row, *column, code)?;
            }
        }
    }
    sheet.write_string(row, 0, first)?;
    sheet.set_row_hidden(row)?;
    Ok(())
}

/// Title and period at the head of a sheet, centred over its columns without merging them.
fn head(
    sheet: &mut Worksheet,
    sheets: &Sheets<'_>,
    title: &str,
    last: u16,
    looks: &Looks,
) -> Result<u32, WorkbookError> {
    let around = sheets.around;
    sheet.words(0, 0, format!("{UNIT_LINE}{}", around.unit), &looks.line)?;
    sheet.words(1, 0, format!("Đơn vị nhận báo cáo: {}", around.collector), &looks.line)?;
    for (row, text, format) in [(2, title, &looks.title), (3, around.period.as_str(), &looks.period)] {
        sheet.words(row, 0, text, format)?;
        for column in 1..=last {
            sheet.write_blank(row, column, format)?;
        }
    }
    Ok(4)
}

/// What is said at a field, as a note in its cell; and whether anything is.
fn noted(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    sheets: &Sheets<'_>,
    field: &str,
) -> Result<bool, WorkbookError> {
    let Some(words) = sheets.marks.get(field) else { return Ok(false) };
    let note = Note::new(words.join("\n"))
        .add_author_prefix(false)
        .set_author("Tổng Hợp")
        .set_width(320)
        .set_height(120);
    sheet.insert_note(row, column, &note)?;
    Ok(true)
}

/// Paper, margins, repeated headings.
fn set_up(sheet: &mut Worksheet, widths: &[f64]) -> Result<(), WorkbookError> {
    page::set_up(sheet);
    for (column, width) in (0..).zip(widths) {
        sheet.set_column_width(column, *width)?;
    }
    Ok(())
}
