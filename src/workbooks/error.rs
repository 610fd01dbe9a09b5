//! Why a workbook could not be written, in words a compiler can act on.

use std::fmt;

use rust_xlsxwriter::XlsxError;

use crate::consolidation::FoldError;

/// Why a workbook could not be written.
#[derive(Debug)]
pub enum WorkbookError {
    /// A number has more significant digits than the 15 a spreadsheet keeps.
    TooManyDigits {
        /// Code of the indicator.
        indicator: String,
        /// The number and whose it is, in words; blank where it is not known.
        whose: String,
    },
    /// The total of the edition is not what the figures of its units give.
    TotalDisagrees {
        /// Code of the indicator.
        indicator: String,
    },
    /// The figures of the units do not fold.
    Fold(FoldError),
    /// The writer of the file format refused something.
    Format(XlsxError),
}

impl fmt::Display for WorkbookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WorkbookError::TooManyDigits { indicator, whose } => {
                write!(f, "Chỉ tiêu {indicator}: số có trên 15 chữ số, Excel không giữ được chính xác")?;
                if whose.is_empty() { Ok(()) } else { write!(f, " ({whose})") }
            }
            WorkbookError::TotalDisagrees { indicator } => {
                write!(f, "Chỉ tiêu {indicator}: số tổng hợp không khớp với số liệu của các đơn vị")
            }
            WorkbookError::Fold(error) => error.fmt(f),
            WorkbookError::Format(XlsxError::MaxStringLengthExceeded) => {
                f.write_str("Có nội dung dài quá 32.767 ký tự, không vừa một ô của tệp Excel")
            }
            WorkbookError::Format(error) => {
                log::error!("workbook: {error}");
                f.write_str("Phần ghi tệp Excel từ chối một nội dung của bản tổng hợp")
            }
        }
    }
}

impl std::error::Error for WorkbookError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            WorkbookError::Fold(error) => Some(error),
            WorkbookError::Format(error) => Some(error),
            WorkbookError::TooManyDigits { .. } | WorkbookError::TotalDisagrees { .. } => None,
        }
    }
}

impl From<XlsxError> for WorkbookError {
    fn from(error: XlsxError) -> WorkbookError {
        WorkbookError::Format(error)
    }
}

impl From<zip::result::ZipError> for WorkbookError {
    fn from(error: zip::result::ZipError) -> WorkbookError {
        WorkbookError::Format(error.into())
    }
}

impl From<std::io::Error> for WorkbookError {
    fn from(error: std::io::Error) -> WorkbookError {
        WorkbookError::Format(error.into())
    }
}

impl From<FoldError> for WorkbookError {
    fn from(error: FoldError) -> WorkbookError {
        WorkbookError::Fold(error)
    }
}
