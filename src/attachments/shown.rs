//! A file as pages show it, ready to print: the list beside a draft, under a report, on a confirmation.

use super::{Attached, Purpose, size_words};
use crate::calendar::to_local;
use crate::vietnamese::date_time;

/// One line of a list of files.
pub struct FileView {
    pub id: String,
    pub name: String,
    pub purpose: Purpose,
    /// What it is for, in words.
    purpose_words: &'static str,
    /// "PDF, 1,2 MB"
    pub what: String,
    pub sha256: String,
    pub who: String,
    pub at: String,
}

impl FileView {
    pub fn of(file: &Attached) -> FileView {
        FileView {
            id: file.id.to_string(),
            name: file.name.clone(),
            purpose: file.purpose,
            purpose_words: file.purpose.words_for(file.kind),
            what: format!("{}, {}", file.kind.words(), size_words(file.size)),
            sha256: file.sha256.clone(),
            who: file.adder.clone(),
            at: date_time(to_local(file.added_at)),
        }
    }

    /// What it is for, in words.
    pub fn purpose_words(&self) -> &'static str {
        self.purpose_words
    }

    pub fn is_scan(&self) -> bool {
        self.purpose == Purpose::Incoming
    }

    pub fn is_signed(&self) -> bool {
        self.purpose == Purpose::Signed
    }

    /// Every file of a list.
    pub fn all(files: &[Attached]) -> Vec<FileView> {
        files.iter().map(FileView::of).collect()
    }
}
