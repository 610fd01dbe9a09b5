//! The sheet *Minh chứng* of the collector's own copy: links and files the reports came with, each with the unit's code and
//! the revision as *Dữ liệu* has them, and the task it was noted for, so that a figure can be followed to its proof.

use rust_xlsxwriter::Worksheet;

use super::WorkbookError;
use super::table::{Heading, Table};
use crate::consolidation::content::EditionContent;
use crate::vietnamese::{group_thousands, short_date};

/// Name of the sheet.
pub(super) const NAME: &str = "Minh chứng";

const HEADINGS: [Heading; 14] = [
    ("TT", 5.0, true),
    ("Đơn vị", 24.0, false),
    ("Mã đơn vị", 11.0, true),
    ("Báo cáo", 15.0, true),
    ("Lần gửi", 6.0, true),
    ("Kế hoạch, mục, nhiệm vụ", 30.0, false),
    ("Chỉ tiêu", 8.0, true),
    ("Loại", 11.0, true),
    ("Tiêu đề hoặc tên tệp", 28.0, false),
    ("Đường dẫn", 30.0, false),
    ("Nơi đăng", 12.0, true),
    ("Ngày đăng", 11.0, true),
    ("Lượt tiếp cận", 10.0, true),
    ("SHA-256 của tệp", 18.0, false),
];

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, content: &EditionContent) -> Result<(), WorkbookError> {
    let mut table = Table::begin(sheet, NAME, "MINH CHỨNG KÈM BÁO CÁO CỦA CÁC ĐƠN VỊ", content, &HEADINGS)?;
    for (number, proof) in (1_usize..).zip(&content.evidence) {
        table.row(&[
            number.to_string(),
            proof.unit.clone(),
            proof.unit_code.clone(),
            proof.report.clone(),
            proof.revision.map(|number| number.to_string()).unwrap_or_default(),
            proof.task.clone(),
            proof.indicator.clone(),
            proof.kind.clone(),
            proof.title.clone(),
            proof.url.clone(),
            proof.platform.clone(),
            proof.published_on.map(short_date).unwrap_or_default(),
            proof.reach.map(group_thousands).unwrap_or_default(),
            proof.sha256.clone(),
        ])?;
    }
    if content.evidence.is_empty() {
        table.nothing("Báo cáo của các đơn vị trong bản tổng hợp không kèm đường dẫn hay tệp.")?;
    }
    Ok(())
}
