//! Many units' workbooks at once: dropped by whoever collects them, each finding its report, entered on the unit's behalf. Stands
//! between a heap of files and the verbs a paper is typed in by (`reports::workbook_entry`); kept, so that it can be left and come
//! back to.

pub mod apply;
pub mod archive;
pub mod confirmed;
pub mod decide;
pub mod form;
pub mod import;
pub mod pages;
pub mod queries;
pub mod read;
pub mod receive;
mod turn;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::access::{Action, Actor, Membership};
use crate::db::ids::{DropFileId, ReportId, UnitId};
use crate::error::Error;
use crate::jobs::Work;
use crate::reports::TypedDay;
use crate::reports::behalf::{Arrived, Begin};

use queries::FileRow;

/// Files of one drop at most, those of an archive among them.
pub const MOST_FILES: usize = 100;
/// Bytes of one drop at most, as it comes and unpacked.
pub const LARGEST_DROP: usize = 64 * 1024 * 1024;
/// Files that a step reads or enters together, at most.
pub const AT_ONCE: usize = 25;
/// Times a file may be begun with before it is set aside: whatever it is, it stops a server.
pub const MOST_TRIES: i32 = 3;

/// The job that reads what waits in a drop.
pub const READ: &str = "drop.read";
/// The job that enters what was chosen of a drop.
pub const APPLY: &str = "drop.apply";

/// Of a unit the reader does not collect from, and of one that does not exist: the same words for both.
pub const FOREIGN: &str = "Không có báo cáo nào của đơn vị và kỳ ghi trong tệp mà bạn được nhập thay.";

/// How far a file of a drop has come. Codes are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileState {
    /// To be read.
    Waiting,
    /// Without identity: somebody says whose it is.
    ToAssign,
    /// Something in it is to be mended.
    Faulty,
    /// Can be entered.
    Ready,
    /// Was chosen, and is about to be entered.
    Applying,
    Applied,
    /// Not for its report, or for nobody's here.
    Refused,
    /// Nobody wants it.
    LeftOut,
}

impl FileState {
    pub const ALL: [FileState; 8] = [
        FileState::Waiting,
        FileState::ToAssign,
        FileState::Faulty,
        FileState::Ready,
        FileState::Applying,
        FileState::Applied,
        FileState::Refused,
        FileState::LeftOut,
    ];

    /// The code stored in the database.
    pub fn code(self) -> &'static str {
        match self {
            FileState::Waiting => "waiting",
            FileState::ToAssign => "to_assign",
            FileState::Faulty => "faulty",
            FileState::Ready => "ready",
            FileState::Applying => "applying",
            FileState::Applied => "applied",
            FileState::Refused => "refused",
            FileState::LeftOut => "left_out",
        }
    }

    /// The state of a stored code; the schema allows no other.
    pub fn from_code(code: &str) -> FileState {
        FileState::ALL.into_iter().find(|state| state.code() == code).unwrap_or(FileState::Refused)
    }

    pub fn words(self) -> &'static str {
        match self {
            FileState::Waiting => "chờ đọc",
            FileState::ToAssign => "chưa rõ đơn vị",
            FileState::Faulty => "phải sửa",
            FileState::Ready => "đạt",
            FileState::Applying => "đang nhận",
            FileState::Applied => "đã nhận",
            FileState::Refused => "không nhận",
            FileState::LeftOut => "bỏ qua",
        }
    }

    /// The class of its tag.
    pub fn tag(self) -> &'static str {
        match self {
            FileState::Applied => "done",
            FileState::Ready | FileState::Applying => "go",
            FileState::Waiting => "wait",
            FileState::ToAssign => "due",
            FileState::Faulty | FileState::Refused => "late",
            FileState::LeftOut => "",
        }
    }

    /// Whether it still wants its report.
    fn wants(self) -> bool {
        matches!(self, FileState::Faulty | FileState::Ready | FileState::Applying)
    }

    /// Whether it can be read again.
    pub fn can_be_read_again(self) -> bool {
        matches!(self, FileState::Faulty | FileState::Refused | FileState::ToAssign | FileState::Ready)
    }
}

/// Number and day a file was received under, in the book of incoming documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    pub number: String,
    pub on: NaiveDate,
}

impl Receipt {
    /// "số đến 215, ngày 12/6/2025".
    pub fn words(&self) -> String {
        Arrived { number: self.number.clone(), on: self.on }.words()
    }

    /// What typing in begins with.
    pub fn begin(&self) -> Begin {
        Begin {
            version: 0,
            number: self.number.clone(),
            arrived: TypedDay::of(Some(self.on)),
            put_aside: true,
            from_file: true,
        }
    }
}

/// The reports that more than one file of a drop wants: none of those is entered until one is left.
pub fn rivals(files: &[FileRow]) -> HashSet<ReportId> {
    let mut wanted: HashMap<ReportId, usize> = HashMap::new();
    for file in files.iter().filter(|file| file.state().wants()) {
        if let Some(report) = file.report_id {
            *wanted.entry(report).or_default() += 1;
        }
    }
    wanted.into_iter().filter(|(_, files)| *files > 1).map(|(report, _)| report).collect()
}

/// What one press takes beside the files nobody has to look at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Press {
    /// The warnings of files were read.
    pub with_warnings: bool,
    /// Files that were opened and confirmed each by itself.
    pub looked_at: Vec<DropFileId>,
}

/// The files that one press enters: those that can be, those with warnings only when these were read, and those that are
/// looked at alone only when they were.
pub fn chosen<'a>(files: &'a [FileRow], press: &Press) -> Vec<&'a FileRow> {
    let twice = rivals(files);
    let seen = |file: &FileRow| {
        let with_others = file.alone.is_empty() && (press.with_warnings || file.warnings == 0);
        with_others || press.looked_at.contains(&file.id)
    };
    let can = |file: &&FileRow| {
        file.state() == FileState::Ready
            && seen(file)
            && file.report_id.is_some_and(|report| !twice.contains(&report))
    };
    files.iter().filter(can).collect()
}

/// What a server's runner does for drops.
pub fn works() -> Vec<Box<dyn Work>> {
    vec![Box::new(read::ReadDrop { at_once: AT_ONCE }), Box::new(apply::ApplyDrop { at_once: AT_ONCE })]
}

/// The membership under which somebody drops files for a body they enter reports to.
///
/// # Errors
/// [`Error::NotFound`] where the drop is another body's.
pub fn of_unit(actor: &Actor, unit: UnitId) -> Result<&Membership, Error> {
    actor.for_unit(unit, Action::TypeOnBehalf).ok_or(Error::NotFound)
}
