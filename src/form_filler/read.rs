//! A form read: its sheets, or why a file cannot be one.

use std::fmt;

use crate::ooxml::{Archive, PackageError};

use super::address::Cell;
use super::package::{shared_texts, sheets, workbook_part};
use super::sheet::Sheet;

/// A form at most, in bytes: a ministry's with pictures stays far below.
pub const LARGEST: usize = 10 * 1024 * 1024;

/// A form as somebody made it.
#[derive(Debug, Clone)]
pub struct Form {
    pub(super) archive: Archive,
    pub(super) workbook: String,
    pub(super) sheets: Vec<Sheet>,
}

/// A cell bound from outside the form: what its own text does not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    pub sheet: String,
    pub cell: Cell,
    /// A name, as it would stand between `{{` and `}}`.
    pub name: String,
}

/// Why a file cannot be a form.
#[derive(Debug)]
pub enum FormError {
    /// Longer than [`LARGEST`].
    TooLong,
    /// An old .xls, or one locked by a password.
    OldOrLocked,
    /// No workbook at all.
    NoWorkbook,
    /// It holds macros, which would go on to everybody who gets the filled form.
    Macros,
    Package(PackageError),
}

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FormError::TooLong => {
                write!(f, "Tệp lớn quá {} MB; xóa bớt hình ảnh trong biểu mẫu.", LARGEST >> 20)
            }
            FormError::OldOrLocked => f.write_str(
                "Tệp .xls đời cũ hoặc có mật khẩu: mở bằng Excel, bỏ mật khẩu, lưu lại thành .xlsx.",
            ),
            FormError::NoWorkbook => f.write_str("Không phải bảng tính .xlsx."),
            FormError::Macros => {
                f.write_str("Bảng tính có macro: lưu lại thành .xlsx không có macro rồi tải lên.")
            }
            FormError::Package(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for FormError {}

impl From<PackageError> for FormError {
    fn from(error: PackageError) -> FormError {
        FormError::Package(error)
    }
}

impl Form {
    /// Reads a form. Sizes are bounded before anything is unpacked.
    ///
    /// # Errors
    /// [`FormError`], in words for the person who has the file.
    pub fn read(bytes: Vec<u8>) -> Result<Form, FormError> {
        if bytes.len() > LARGEST {
            return Err(FormError::TooLong);
        }
        if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Err(FormError::OldOrLocked);
        }
        if !bytes.starts_with(b"PK\x03\x04") {
            return Err(FormError::NoWorkbook);
        }
        let archive = Archive::read(bytes)?;
        if archive.names().any(|name| name.ends_with("vbaProject.bin")) {
            return Err(FormError::Macros);
        }
        let workbook = workbook_part(&archive)?;
        if !workbook.starts_with("xl/") && archive.part("word/document.xml").is_some() {
            return Err(FormError::NoWorkbook);
        }
        let marked = |_, text: &str| text.contains("{{") || text.contains("{<");
        let shared = shared_texts(&archive, &workbook, marked)?;
        let found = sheets(&archive, &workbook)?;
        if found.is_empty() {
            return Err(FormError::NoWorkbook);
        }
        let mut all = Vec::with_capacity(found.len());
        for (name, part) in found {
            all.push(Sheet::read(&archive, &name, &part, &shared)?);
        }
        Ok(Form { archive, workbook, sheets: all })
    }
}
