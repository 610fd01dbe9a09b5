//! Why a file was not read, in words for the person who has it.

use std::fmt;

use crate::ooxml::PackageError;

/// Why a file was not read; `Display` says in Vietnamese what to do instead.
#[derive(Debug)]
pub enum Refusal {
    /// Pictures of pages: a PDF without a text layer, or a picture itself.
    Scanned,
    /// Protected by a password.
    Encrypted,
    /// An old Word file, and LibreOffice is not installed here.
    NoOffice,
    /// LibreOffice could not open it.
    OfficeFailed,
    /// So many files are being converted that this one could not wait for its turn.
    OfficeBusy,
    /// A file of LibreOffice itself (.odt, .ods).
    OpenDocument,
    /// An Office file that is no Word document.
    NotWord,
    /// Neither a known kind nor text in Unicode.
    NotText,
    /// A broken PDF.
    BrokenPdf,
    /// A PDF without a page.
    NoPages,
    /// A broken Word file.
    BrokenWord(PackageError),
    TooLarge,
    Empty,
    /// This machine could not keep a file for the conversion.
    Disk(std::io::Error),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Scanned => f.write_str(
                "Tệp là ảnh quét, không có lớp chữ. Dùng bản Word, bản PDF xuất từ phần mềm soạn thảo, hoặc dán nội dung văn bản.",
            ),
            Refusal::Encrypted => f.write_str("Tệp được đặt mật khẩu. Bỏ mật khẩu rồi chọn lại tệp."),
            Refusal::NoOffice => f.write_str(
                "Máy chủ chưa cài LibreOffice nên không đọc được tệp .doc, .rtf. Lưu lại thành .docx rồi chọn lại tệp.",
            ),
            Refusal::OfficeFailed => {
                f.write_str("Không chuyển được tệp này. Mở bằng Word, lưu lại thành .docx rồi chọn lại tệp.")
            }
            Refusal::OfficeBusy => f.write_str(
                "Máy chủ đang chuyển nhiều tệp .doc, .rtf khác. Chờ vài phút rồi gửi lại, hoặc lưu tệp thành .docx rồi chọn lại.",
            ),
            Refusal::OpenDocument => {
                f.write_str("Tệp LibreOffice (.odt) không đọc được. Lưu lại thành .docx rồi chọn lại tệp.")
            }
            Refusal::NotWord => {
                f.write_str("Tệp không phải văn bản Word. Chọn tệp .docx, .pdf, .txt hoặc dán nội dung văn bản.")
            }
            Refusal::NotText => f.write_str(
                "Không đọc được chữ trong tệp. Chọn tệp .docx, .pdf, .txt (Unicode) hoặc dán nội dung văn bản.",
            ),
            Refusal::BrokenPdf => f.write_str("Tệp PDF bị hỏng. Xuất lại tệp PDF rồi chọn lại."),
            Refusal::NoPages => {
                f.write_str("Tệp PDF không có trang nào. Xuất lại tệp PDF rồi chọn lại.")
            }
            Refusal::BrokenWord(error) => write!(f, "{error}."),
            Refusal::TooLarge => f.write_str(
                "Tệp quá lớn, hoặc mở ra có nhiều nội dung hơn mức đọc được. Chọn tệp nhỏ hơn hoặc dán nội dung văn bản.",
            ),
            Refusal::Empty => f.write_str("Tệp không có chữ nào."),
            Refusal::Disk(_) => f.write_str(
                "Máy chủ không ghi được tệp tạm. Báo quản trị hệ thống, hoặc lưu tệp thành .docx rồi chọn lại.",
            ),
        }
    }
}

impl std::error::Error for Refusal {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Refusal::BrokenWord(error) => Some(error),
            Refusal::Disk(error) => Some(error),
            _ => None,
        }
    }
}

impl From<PackageError> for Refusal {
    fn from(error: PackageError) -> Refusal {
        match error {
            PackageError::TooLarge => Refusal::TooLarge,
            error => Refusal::BrokenWord(error),
        }
    }
}
