//! The sheet *Nhiệm vụ* of the collector's own copy: what each unit says of the tasks it was given.

use rust_xlsxwriter::Worksheet;

use super::WorkbookError;
use super::table::{Heading, Table};
use crate::consolidation::content::EditionContent;

/// Name of the sheet.
pub(super) const NAME: &str = "Nhiệm vụ";

const HEADINGS: [Heading; 7] = [
    ("TT", 5.0, true),
    ("Đơn vị", 28.0, false),
    ("Văn bản giao", 17.0, true),
    ("Mục", 8.0, true),
    ("Nhiệm vụ", 38.0, false),
    ("Tiến độ", 14.0, true),
    ("Kết quả", 40.0, false),
];

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, content: &EditionContent) -> Result<(), WorkbookError> {
    let title = "KẾT QUẢ THỰC HIỆN NHIỆM VỤ ĐƯỢC GIAO";
    let mut table = Table::begin(sheet, NAME, title, content, &HEADINGS)?;
    for (number, task) in (1_usize..).zip(&content.tasks) {
        table.row(&[
            number.to_string(),
            task.unit.clone(),
            task.plan.clone(),
            task.clause.clone(),
            task.text.clone(),
            task.status.clone(),
            task.result.clone(),
        ])?;
    }
    if content.tasks.is_empty() {
        table.nothing("Báo cáo của các đơn vị trong bản tổng hợp không có kết quả theo nhiệm vụ.")?;
    }
    Ok(())
}
