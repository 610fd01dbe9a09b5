//! The sheet *Minh chứng* of the collector's own copy: links and files the reports came with.

use rust_xlsxwriter::Worksheet;

use super::WorkbookError;
use super::table::{Heading, Table};
use crate::consolidation::content::EditionContent;
use crate::vietnamese::{group_thousands, short_date};

/// Name of the sheet.
pub(super) const NAME: &str = "Minh chứng";

const HEADINGS: [Heading; 9] = [
    ("TT", 5.0, true),
    ("Đơn vị", 28.0, false),
    ("Loại", 14.0, true),
    ("Tiêu đề hoặc tên tệp", 34.0, false),
    ("Đường dẫn", 34.0, false),
    ("Nơi đăng", 13.0, true),
    ("Ngày đăng", 11.0, true),
    ("Lượt tiếp cận", 11.0, true),
    ("SHA-256 của tệp", 20.0, false),
];

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, content: &EditionContent) -> Result<(), WorkbookError> {
    let mut table = Table::begin(sheet, NAME, "MINH CHỨNG KÈM BÁO CÁO CỦA CÁC ĐƠN VỊ", content, &HEADINGS)?;
    for (number, proof) in (1_usize..).zip(&content.evidence) {
        table.row(&[
            number.to_string(),
            proof.unit.clone(),
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
