//! What a file is, told by its content and never by its name: the first bytes, and for the two families of office files
//! the parts inside. Pure; stands between a finished upload and the rule of what is taken.

use std::io::{Read, Seek, SeekFrom};

use serde::{Deserialize, Serialize};

use super::{archive, compound};

/// The kinds that are taken. Codes are stored, and are the endings of file names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileKind {
    Pdf,
    Docx,
    Xlsx,
    Doc,
    Xls,
    Png,
    Jpg,
}

/// What the page that takes a file offers, in words.
pub const TAKEN: &str = "PDF, Word (.docx, .doc), Excel (.xlsx, .xls), ảnh PNG hoặc JPG";

impl FileKind {
    pub const ALL: [FileKind; 7] = [
        FileKind::Pdf,
        FileKind::Docx,
        FileKind::Xlsx,
        FileKind::Doc,
        FileKind::Xls,
        FileKind::Png,
        FileKind::Jpg,
    ];

    /// The stored code, which is the ending of the file's name.
    pub fn code(self) -> &'static str {
        match self {
            FileKind::Pdf => "pdf",
            FileKind::Docx => "docx",
            FileKind::Xlsx => "xlsx",
            FileKind::Doc => "doc",
            FileKind::Xls => "xls",
            FileKind::Png => "png",
            FileKind::Jpg => "jpg",
        }
    }

    /// The kind of a stored code.
    pub fn from_code(code: &str) -> Option<FileKind> {
        FileKind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The media type it is served as.
    pub fn content_type(self) -> &'static str {
        match self {
            FileKind::Pdf => "application/pdf",
            FileKind::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            FileKind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            FileKind::Doc => "application/msword",
            FileKind::Xls => "application/vnd.ms-excel",
            FileKind::Png => "image/png",
            FileKind::Jpg => "image/jpeg",
        }
    }

    pub fn words(self) -> &'static str {
        match self {
            FileKind::Pdf => "PDF",
            FileKind::Docx | FileKind::Doc => "Word",
            FileKind::Xlsx | FileKind::Xls => "Excel",
            FileKind::Png | FileKind::Jpg => "Ảnh",
        }
    }
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotTaken {
    /// None of the kinds.
    Unknown,
    /// An archive, or an office file of another program.
    Archive,
    /// An office file with macros.
    Macros,
    /// An office file that asks for a password.
    Locked,
    /// It begins as one of the kinds and does not go on as one.
    Broken,
}

impl NotTaken {
    /// What is wrong and how to mend it.
    pub fn words(self) -> String {
        match self {
            NotTaken::Unknown => {
                format!("Tệp này không thuộc loại được nhận: {TAKEN}. Lưu lại thành PDF rồi tải lên.")
            }
            NotTaken::Archive => format!(
                "Tệp nén và tệp của chương trình khác không được nhận. Giải nén, rồi tải lên từng tệp: {TAKEN}."
            ),
            NotTaken::Macros => {
                "Tệp có macro không được nhận. Lưu lại thành .docx hoặc .xlsx (không kèm macro) rồi tải lên."
                    .into()
            }
            NotTaken::Locked => {
                "Tệp có mật khẩu nên người nhận không mở được. Bỏ mật khẩu rồi tải lên.".into()
            }
            NotTaken::Broken => {
                "Tệp bị hỏng hoặc thiếu phần cuối. Mở lại, lưu thành tệp mới rồi tải lên.".into()
            }
        }
    }
}

/// What the first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Plain(FileKind),
    /// Parts in an archive: .docx, .xlsx.
    Zip,
    /// Streams in a compound file: .doc, .xls.
    Compound,
}

const SIGNATURES: [(&[u8], Family); 5] = [
    (b"%PDF-", Family::Plain(FileKind::Pdf)),
    (b"\x89PNG\r\n\x1a\n", Family::Plain(FileKind::Png)),
    (b"\xFF\xD8\xFF", Family::Plain(FileKind::Jpg)),
    (b"PK\x03\x04", Family::Zip),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Family::Compound),
];

fn family(first: &[u8]) -> Option<Family> {
    SIGNATURES.iter().find(|(signature, _)| first.starts_with(signature)).map(|(_, family)| *family)
}

/// Whether the first bytes (at least eight, unless the file is shorter) may begin a file that is taken: asked as soon
/// as they are there, so that a film is refused before it is sent whole.
pub fn may_begin(first: &[u8]) -> bool {
    family(first).is_some()
}

/// The kind of a whole file. Reads the beginning, and of office files the lists of what is inside.
///
/// # Errors
/// Why it is not taken; a failing reader counts as [`NotTaken::Broken`].
pub fn recognise(file: &mut (impl Read + Seek)) -> Result<FileKind, NotTaken> {
    let mut first = Vec::new();
    file.seek(SeekFrom::Start(0)).map_err(|_| NotTaken::Broken)?;
    file.by_ref().take(8).read_to_end(&mut first).map_err(|_| NotTaken::Broken)?;
    match family(&first).ok_or(NotTaken::Unknown)? {
        Family::Plain(kind) => Ok(kind),
        Family::Zip => archived(&archive::names(file).ok_or(NotTaken::Broken)?),
        Family::Compound => compounded(&compound::names(file).ok_or(NotTaken::Broken)?),
    }
}

fn archived(names: &[String]) -> Result<FileKind, NotTaken> {
    let has = |part: &str| names.iter().any(|name| name.trim_start_matches('/') == part);
    if !has("[Content_Types].xml") {
        return Err(NotTaken::Archive);
    }
    if names.iter().any(|name| name.to_lowercase().contains("vbaproject")) {
        return Err(NotTaken::Macros);
    }
    match (has("word/document.xml"), has("xl/workbook.xml")) {
        (true, false) => Ok(FileKind::Docx),
        (false, true) => Ok(FileKind::Xlsx),
        _ => Err(NotTaken::Archive),
    }
}

fn compounded(names: &[String]) -> Result<FileKind, NotTaken> {
    let has = |stream: &str| names.iter().any(|name| name == stream);
    if has("EncryptedPackage") {
        return Err(NotTaken::Locked);
    }
    if has("Macros") || has("_VBA_PROJECT_CUR") || has("_VBA_PROJECT") {
        return Err(NotTaken::Macros);
    }
    match (has("WordDocument"), has("Workbook") || has("Book")) {
        (true, false) => Ok(FileKind::Doc),
        (false, true) => Ok(FileKind::Xls),
        _ => Err(NotTaken::Unknown),
    }
}
