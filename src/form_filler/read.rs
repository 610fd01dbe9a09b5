//! A form read: its sheets and the spots to fill.

use std::fmt;

use crate::ooxml::{Archive, PackageError};

use super::address::Cell;
use super::mark::{Piece, pieces};
use super::package::{marked_texts, sheets, workbook_part};
use super::sheet::{Sheet, text_of};

/// A form at most, in bytes: a ministry's with pictures stays far below.
pub const LARGEST: usize = 10 * 1024 * 1024;

/// A form as somebody made it.
#[derive(Debug, Clone)]
pub struct Form {
    pub(super) archive: Archive,
    pub(super) workbook: String,
    pub(super) sheets: Vec<Sheet>,
}

/// A cell that says what belongs in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    pub sheet: String,
    pub cell: Cell,
    /// The text of the cell as the form has it.
    pub text: String,
    /// The names in it, in their order.
    pub names: Vec<String>,
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
        let shared = marked_texts(&archive, &workbook)?;
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

    /// The file as it came.
    pub fn bytes(&self) -> &[u8] {
        self.archive.bytes()
    }

    /// Names of the sheets in the order of their tabs.
    pub fn sheet_names(&self) -> impl Iterator<Item = &str> {
        self.sheets.iter().map(|sheet| sheet.name.as_str())
    }

    /// The cells that carry marks, sheet by sheet, row by row.
    pub fn spots(&self) -> Vec<Spot> {
        let mut spots = Vec::new();
        for sheet in &self.sheets {
            for cell in sheet.rows.iter().flat_map(|row| &row.cells) {
                if let Some(marked) = &cell.marked {
                    let text = text_of(marked);
                    let names = pieces(&text)
                        .into_iter()
                        .filter_map(|piece| match piece {
                            Piece::Name(name) => Some(name),
                            _ => None,
                        })
                        .collect();
                    spots.push(Spot { sheet: sheet.name.clone(), cell: cell.cell, text, names });
                }
            }
        }
        spots
    }
}
