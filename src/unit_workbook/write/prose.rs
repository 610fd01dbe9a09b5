//! The sheets of texts: one block of cells per section, a paragraph each; the results of tasks.

use rust_xlsxwriter::Worksheet;

use super::{Looks, Sheets, head, mark, noted, offered, set_up};
use crate::reports::TaskStatus;
use crate::unit_workbook::layout::{
    self, CELL, CODE, CONTINUED, RESULT, SECTIONS_SHEET, STATUS, TASK_CODE, TASKS_SHEET, TEXT,
};
use crate::workbooks::cell_text::CellText;
use crate::workbooks::{WorkbookError, page};

const SECTION_WIDTHS: [f64; 2] = [9.0, 120.0];
/// Cells of a block beyond those that are filled, and of a blank one.
const SPARE: usize = 4;
const FEWEST: usize = 6;

pub(super) fn sections(
    sheet: &mut Worksheet,
    sheets: &Sheets<'_>,
    looks: &Looks,
) -> Result<(), WorkbookError> {
    sheet.set_name(SECTIONS_SHEET)?;
    set_up(sheet, &SECTION_WIDTHS)?;
    let mut row = head(sheet, sheets, "THUYẾT MINH", 1, looks)?;
    mark(sheet, row, &layout::sections(), &[(0, CODE), (1, TEXT)])?;
    for (column, heading) in [(0, "Mã"), (1, "Nội dung")] {
        sheet.words(row + 1, column, heading, &looks.header)?;
    }
    sheet.set_repeat_rows(row + 1, row + 1)?.set_freeze_panes(row + 2, 0)?;
    row += 2;
    for section in &sheets.outline.sections {
        let mut title = format!("{}. {}", section.label, section.title);
        if section.required {
            title.push_str(" (bắt buộc)");
        }
        if !section.hint.is_empty() {
            title.push_str(&format!("\nGợi ý: {}", section.hint));
        }
        sheet.words(row, 0, &section.code, &looks.group)?;
        sheet.words(row, 1, &title, &looks.group.clone().set_text_wrap())?;
        page::fit_row(sheet, row, &[(title.as_str(), SECTION_WIDTHS[1])])?;
        row += 1;
        let field = format!("section.{}", section.code);
        let faulty = noted(sheet, (row, 1), sheets, &field)?;
        let input = if faulty { &looks.fault } else { &looks.words };
        let cells = cells(sheets.content.section(&section.code));
        let mut line = 0;
        for (at, (text, goes_on)) in cells.iter().enumerate() {
            line += usize::from(at > 0 && !goes_on);
            let own = !goes_on && noted(sheet, (row, 1), sheets, &format!("{field}/{line}"))?;
            let input = if own { &looks.fault } else { input };
            sheet.words(row, 0, if *goes_on { CONTINUED } else { "" }, &looks.past)?;
            sheet.words(row, 1, text, input)?;
            page::fit_row(sheet, row, &[(text.as_str(), SECTION_WIDTHS[1])])?;
            row += 1;
        }
        for _ in 0..SPARE.max(FEWEST.saturating_sub(cells.len())) {
            sheet.write_blank(row, 0, &looks.past)?;
            sheet.write_blank(row, 1, input)?;
            row += 1;
        }
    }
    sheet.protect_with_options(&super::tables::growing());
    Ok(())
}

/// The lines of a text, each in a cell or, where a cell does not hold it, in several; whether one goes on from the last.
fn cells(body: &str) -> Vec<(String, bool)> {
    let mut cells = Vec::new();
    for line in body.trim_end().lines() {
        let (mut piece, mut length, mut goes_on) = (String::new(), 0, false);
        for c in line.chars() {
            if length + c.len_utf16() > CELL {
                cells.push((std::mem::take(&mut piece), goes_on));
                (length, goes_on) = (0, true);
            }
            length += c.len_utf16();
            piece.push(c);
        }
        cells.push((piece, goes_on));
    }
    cells
}

const TASK_HEADINGS: [(&str, f64); 6] = [
    ("Mã", 9.0),
    ("Văn bản, mục", 24.0),
    ("Nhiệm vụ", 46.0),
    ("Phân công", 11.0),
    ("Tình hình", 16.0),
    ("Kết quả thực hiện", 50.0),
];
const STATUS_AT: u16 = 4;
const RESULT_AT: u16 = 5;

pub(super) fn tasks(sheet: &mut Worksheet, sheets: &Sheets<'_>, looks: &Looks) -> Result<(), WorkbookError> {
    sheet.set_name(TASKS_SHEET)?;
    set_up(sheet, &TASK_HEADINGS.map(|(_, width)| width))?;
    let mut row = head(sheet, sheets, "KẾT QUẢ THỰC HIỆN NHIỆM VỤ", RESULT_AT, looks)?;
    mark(sheet, row, &layout::tasks(), &[(0, CODE), (STATUS_AT, STATUS), (RESULT_AT, RESULT)])?;
    row += 1;
    for (column, (heading, _)) in (0..).zip(TASK_HEADINGS) {
        sheet.words(row, column, heading, &looks.header)?;
    }
    sheet.set_repeat_rows(row, row)?.set_freeze_panes(row + 1, 2)?;
    row += 1;
    let first = row;
    for task in &sheets.outline.tasks {
        let result = sheets.content.tasks.get(&task.id).cloned().unwrap_or_default();
        let of = format!("{}, mục {}", task.plan, task.clause);
        sheet.words(row, 0, format!("{TASK_CODE}{}", task.id), &looks.centred)?;
        sheet.words(row, 1, &of, &looks.text)?;
        sheet.words(row, 2, &task.text, &looks.text)?;
        sheet.words(row, 3, task.part, &looks.centred)?;
        let said = if result.status == TaskStatus::Unsaid { "" } else { result.status.words() };
        let field = format!("task.{}.status", task.id);
        let faulty = noted(sheet, (row, STATUS_AT), sheets, &field)?;
        sheet.words(
            row,
            STATUS_AT,
            sheets.choice(&field, said),
            if faulty { &looks.fault } else { &looks.choice },
        )?;
        let faulty = noted(sheet, (row, RESULT_AT), sheets, &format!("task.{}.body", task.id))?;
        let input = if faulty { &looks.fault } else { &looks.words };
        sheet.words(row, RESULT_AT, result.body.trim_end(), input)?;
        let texts = [(of.as_str(), 24.0), (task.text.as_str(), 46.0), (result.body.as_str(), 50.0)];
        page::fit_row(sheet, row, &texts)?;
        row += 1;
    }
    if let Some(statuses) = offered(sheets.outline, STATUS) {
        sheet.add_data_validation(first, STATUS_AT, row - 1, STATUS_AT, &statuses)?;
    }
    sheet.protect();
    Ok(())
}
