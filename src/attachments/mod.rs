//! Files that go with a report: what may be attached, how large, for what. The bytes lie in the database in blocks.
//! Stands between the upload and the report it belongs to, which alone says who may see a file.

mod archive;
mod compound;
pub mod find;
pub mod kind;
pub mod name;
pub mod pages;
pub mod photo;
pub mod picture;
pub mod queries;
pub mod receive;
pub mod remove;
mod shown;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use crate::db::ids::FileId;
use crate::vietnamese::format_scaled;

pub use kind::FileKind;
pub use shown::FileView;

/// Bytes of one block; only the last of a file is shorter.
pub const BLOCK: usize = 256 * 1024;
/// Files of one draft at most.
pub const MOST_FILES: usize = 50;

/// How much is taken; nothing by default.
#[derive(Debug, Clone, Copy, Default)]
pub struct Limits {
    /// Bytes of one file at most.
    pub largest: i64,
    /// Bytes of all files of one unit at most.
    pub quota: i64,
}

impl Limits {
    /// From the settings, which count in MiB.
    pub fn of_mib(largest: u32, quota: u32) -> Limits {
        Limits { largest: i64::from(largest) << 20, quota: i64::from(quota) << 20 }
    }
}

/// What a file is for. Codes are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Purpose {
    /// Shows that what the report says was done.
    Evidence,
    /// The scan of the paper a report is typed in from by its collector, or the document the unit sent.
    Incoming,
    /// The report's own paper, signed and stamped.
    Signed,
}

impl Purpose {
    pub const ALL: [Purpose; 3] = [Purpose::Evidence, Purpose::Incoming, Purpose::Signed];

    /// The code stored in the database.
    pub fn code(self) -> &'static str {
        match self {
            Purpose::Evidence => "evidence",
            Purpose::Incoming => "incoming",
            Purpose::Signed => "signed",
        }
    }

    /// The purpose of a stored code.
    pub fn from_code(code: &str) -> Option<Purpose> {
        Purpose::ALL.into_iter().find(|purpose| purpose.code() == code)
    }

    pub fn words(self) -> &'static str {
        match self {
            Purpose::Evidence => "Minh chứng",
            Purpose::Incoming => "Bản chụp văn bản giấy",
            Purpose::Signed => "Bản đã ký, đóng dấu",
        }
    }

    /// What a file of it is, of this kind: a Word document shows what the unit wrote, and no signature.
    pub fn words_for(self, kind: FileKind) -> &'static str {
        match (self, kind) {
            (Purpose::Incoming, FileKind::Docx | FileKind::Doc) => "Văn bản đơn vị gửi (Word)",
            _ => self.words(),
        }
    }

    /// Whether a file of this kind shows the signed paper.
    pub fn shows_paper(self, kind: FileKind) -> bool {
        match self {
            Purpose::Evidence => false,
            Purpose::Signed => true,
            Purpose::Incoming => !matches!(kind, FileKind::Docx | FileKind::Doc),
        }
    }

    /// The kinds of file taken for it.
    pub fn takes(self) -> &'static [FileKind] {
        match self {
            Purpose::Evidence => &FileKind::ALL,
            Purpose::Incoming => {
                &[FileKind::Pdf, FileKind::Png, FileKind::Jpg, FileKind::Docx, FileKind::Doc]
            }
            Purpose::Signed => &[FileKind::Pdf],
        }
    }
}

/// A file as it belongs to a draft or a revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    pub id: FileId,
    pub purpose: Purpose,
    /// With the ending of its kind.
    pub name: String,
    pub kind: FileKind,
    /// In bytes.
    pub size: i64,
    pub sha256: String,
    /// Who added it, with title.
    pub adder: String,
    /// UTC.
    pub added_at: NaiveDateTime,
}

/// "340 KB", "1,2 MB": a size in bytes, rounded up.
pub fn size_words(bytes: i64) -> String {
    const KB: i64 = 1024;
    const MB: i64 = 1024 * KB;
    let up = |value: i64, by: i64| value.max(0) / by + i64::from(value.max(0) % by > 0);
    match bytes {
        ..KB => format!("{} byte", bytes.max(0)),
        KB..MB => format!("{} KB", up(bytes, KB)),
        _ => match up(bytes.saturating_mul(10), MB) {
            tenths if tenths % 10 == 0 => format!("{} MB", tenths / 10),
            tenths => format!("{} MB", format_scaled(tenths, 1)),
        },
    }
}
