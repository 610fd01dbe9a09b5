//! How far one obligation has come: the progress axis. The time axis is `calendar::Timing`; the two are never
//! mixed in one word.

use crate::reports::ReportState;

/// Whether a unit owes at all. Codes are stored in `obligations.standing`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    Owed,
    /// The unit has declared "không phát sinh".
    Nil,
    /// Exempt with a reason; outside the denominator.
    Exempt,
    /// The unit ended before the period's reference day; outside the denominator.
    Ended,
}

impl Standing {
    pub fn code(self) -> &'static str {
        match self {
            Standing::Owed => "owed",
            Standing::Nil => "nil",
            Standing::Exempt => "exempt",
            Standing::Ended => "ended",
        }
    }

    /// The standing of a stored code.
    pub fn from_code(code: &str) -> Option<Standing> {
        [Standing::Owed, Standing::Nil, Standing::Exempt, Standing::Ended]
            .into_iter()
            .find(|s| s.code() == code)
    }

    /// Whether the unit is in the denominator.
    pub fn counts(self) -> bool {
        matches!(self, Standing::Owed | Standing::Nil)
    }
}

/// One word per obligation, as tables show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Progress {
    NotBegun,
    Draft,
    WithLeader,
    Sent,
    Amend,
    Received,
    Nil,
    Exempt,
    Ended,
}

impl Progress {
    /// From the obligation's standing and its report's state.
    pub fn of(standing: Standing, state: ReportState) -> Progress {
        match (standing, state) {
            (Standing::Nil, _) => Progress::Nil,
            (Standing::Exempt, _) => Progress::Exempt,
            (Standing::Ended, _) => Progress::Ended,
            (Standing::Owed, ReportState::NotBegun) => Progress::NotBegun,
            (Standing::Owed, ReportState::Draft) => Progress::Draft,
            (Standing::Owed, ReportState::WithLeader) => Progress::WithLeader,
            (Standing::Owed, ReportState::Sent) => Progress::Sent,
            (Standing::Owed, ReportState::Amend) => Progress::Amend,
            (Standing::Owed, ReportState::Received) => Progress::Received,
        }
    }

    /// The words of the pages.
    pub fn words(self) -> &'static str {
        match self {
            Progress::NotBegun => "Chưa soạn",
            Progress::Draft => "Đang soạn",
            Progress::WithLeader => "Chờ lãnh đạo",
            Progress::Sent => "Đã gửi",
            Progress::Amend => "Đề nghị chỉnh lý",
            Progress::Received => "Đã tiếp nhận",
            Progress::Nil => "Không phát sinh",
            Progress::Exempt => "Được miễn",
            Progress::Ended => "Đã kết thúc hoạt động",
        }
    }

    /// Whether the unit has done its part: a first sending stands even while it is being amended.
    pub fn has_sent(self) -> bool {
        matches!(self, Progress::Sent | Progress::Amend | Progress::Received | Progress::Nil)
    }

    /// The class of the `.tag` that shows it; see docs/pages.md.
    pub fn tag(self) -> &'static str {
        match self {
            Progress::NotBegun => "due",
            Progress::Draft => "go",
            Progress::WithLeader | Progress::Sent => "wait",
            Progress::Amend => "late",
            Progress::Received | Progress::Nil => "done",
            Progress::Exempt | Progress::Ended => "",
        }
    }
}
