//! Opens the workbook of a province, within the bounds of one. How is `sheets`' business; what is said to a person whose
//! file is not taken is ours.

use calamine::{Reader, XlsxError};

use super::cells::{MOST_CELLS, MOST_ROWS};
use super::{Given, LARGEST};
use crate::sheets::{self, Bounds, Refusal};

pub(super) use crate::sheets::Book;

/// Four thousand units and sixty indicators take about a quarter of what is unpacked at most; the workbook of a province
/// has some dozens of parts.
const BOUNDS: Bounds = Bounds {
    file: LARGEST,
    parts: 1_000,
    unpacked: 512 * 1024 * 1024,
    rows: MOST_ROWS as u64,
    cells: MOST_CELLS as u64,
};

/// Opens a workbook.
///
/// # Errors
/// In Vietnamese, what kind of file is taken.
pub(super) fn open(given: &Given) -> Result<Book<'_>, String> {
    sheets::open(&given.bytes, BOUNDS).map_err(|refusal| match refusal {
        Refusal::TooLarge(_) => format!("Tệp lớn quá {} MB.", LARGEST >> 20),
        Refusal::Compound => {
            "Tệp .xls đời cũ hoặc có mật khẩu: cần tệp .xlsx do hệ thống của tỉnh xuất ra.".into()
        }
        Refusal::NotZip => "Không phải tệp .xlsx.".into(),
        Refusal::Broken => "Tệp hỏng, không mở được: tải lại hoặc xuất lại tệp.".into(),
        Refusal::Torn => "Tệp hỏng, không giải nén được: tải lại hoặc xuất lại tệp.".into(),
        Refusal::TooManyParts(parts) => format!("Tệp có {parts} phần, nhiều hơn mọi tệp tổng hợp."),
        Refusal::TooMuch(bytes) => {
            format!("Tệp giải nén ra {} MB, lớn hơn mọi tệp tổng hợp.", bytes >> 20)
        }
        Refusal::TooManyCells => "Tệp có nhiều dòng hoặc nhiều ô hơn mọi tệp tổng hợp.".into(),
        Refusal::Lying => "Một phần của tệp lớn hơn kích thước nó khai: tệp không an toàn.".into(),
        Refusal::Unreadable(error) => said(&error),
    })
}

/// Whether a sheet is there.
pub(super) fn has_sheet(book: &Book<'_>, name: &str) -> bool {
    book.sheet_names().iter().any(|sheet| sheet == name)
}

/// Words for a workbook that cannot be read.
pub(super) fn unreadable(error: &XlsxError) -> String {
    said(&error.to_string())
}

fn said(error: &str) -> String {
    log::info!("a workbook cannot be read: {error}");
    "Không đọc được bảng tính: xuất lại tệp từ hệ thống của tỉnh.".to_owned()
}
