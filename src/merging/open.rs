//! Opens a workbook that came from outside. A few kilobytes can claim to be gigabytes, and a cell can claim to stand in
//! the last row of the last column: sizes are summed and tried before anything is parsed, and cells are read one by one,
//! never as a range.

use std::io::{Cursor, Read};

use calamine::{Reader, Xlsx, XlsxError};
use zip::ZipArchive;

use super::{Given, LARGEST};

/// Parts of a workbook at most; that of a province has some dozens.
const MOST_PARTS: usize = 1_000;
/// Bytes of all parts together, unpacked: four thousand units and sixty indicators take about a quarter of it.
const MOST_BYTES: u64 = 512 * 1024 * 1024;

/// A workbook whose size is known to be sane.
pub(super) type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Opens a workbook.
///
/// # Errors
/// In Vietnamese, what kind of file is taken.
pub(super) fn open(given: &Given) -> Result<Book<'_>, String> {
    let bytes = given.bytes.as_slice();
    if bytes.len() > LARGEST {
        return Err(format!("Tệp lớn quá {} MB.", LARGEST >> 20));
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err("Tệp .xls đời cũ hoặc có mật khẩu: cần tệp .xlsx do hệ thống của tỉnh xuất ra.".into());
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return Err("Không phải tệp .xlsx.".into());
    }
    measure(bytes)?;
    Xlsx::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))
}

/// Sums what the parts claim to be, then unpacks them into nothing: a part that is more than it claims is found here.
fn measure(bytes: &[u8]) -> Result<(), String> {
    let broken = |_| "Tệp hỏng, không mở được: tải lại hoặc xuất lại tệp.".to_owned();
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if zip.len() > MOST_PARTS {
        return Err(format!("Tệp có {} phần, nhiều hơn mọi tệp tổng hợp.", zip.len()));
    }
    let mut claimed = 0_u64;
    for index in 0..zip.len() {
        claimed = claimed.saturating_add(zip.by_index_raw(index).map_err(broken)?.size());
    }
    if claimed > MOST_BYTES {
        return Err(format!("Tệp giải nén ra {} MB, lớn hơn mọi tệp tổng hợp.", claimed >> 20));
    }
    for index in 0..zip.len() {
        let part = zip.by_index(index).map_err(broken)?;
        let size = part.size();
        // One byte more than claimed shows that it goes on.
        let read = std::io::copy(&mut part.take(size + 1), &mut std::io::sink())
            .map_err(|_| "Tệp hỏng, không giải nén được: tải lại hoặc xuất lại tệp.".to_owned())?;
        if read > size {
            return Err("Một phần của tệp lớn hơn kích thước nó khai: tệp không an toàn.".into());
        }
    }
    Ok(())
}

/// Whether a sheet is there.
pub(super) fn has_sheet(book: &Book<'_>, name: &str) -> bool {
    book.sheet_names().iter().any(|sheet| sheet == name)
}

/// Words for a workbook that cannot be read.
pub(super) fn unreadable(error: &XlsxError) -> String {
    log::info!("a workbook cannot be read: {error}");
    "Không đọc được bảng tính: xuất lại tệp từ hệ thống của tỉnh.".to_owned()
}
