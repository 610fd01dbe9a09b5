//! Notices about what is due and overdue: which fall on a day, for whom, in what words; what was sent is kept. Stands between
//! the obligations (`periods`), the daily run on the runner of jobs, and the ways a person is told: the page "Thông báo" and
//! `mail`.

pub mod change_steps;
pub mod digest;
pub mod facts;
pub mod pages;
pub mod plan;
pub mod queries;
pub mod read;
pub mod release;
pub mod run;
pub mod schedule;
mod steps;
mod words;

pub use steps::{FURTHEST, Steps};
pub use words::{Line, line};

/// What of an obligation a notice is about. Codes are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aim {
    /// The report itself.
    Report,
    /// The correction that was asked for, with a day of its own.
    Correction,
}

impl Aim {
    pub fn code(self) -> &'static str {
        match self {
            Aim::Report => "report",
            Aim::Correction => "correction",
        }
    }

    /// The aim of a stored code; the schema allows no other.
    pub fn from_code(code: &str) -> Aim {
        if code == Aim::Correction.code() { Aim::Correction } else { Aim::Report }
    }
}

/// In which capacity somebody is told. Codes are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Of the unit that owes: it is their own report.
    Own,
    /// The leader of the unit that owes, once it is overdue and a clerk has let it go.
    UnitLeader,
    /// The leader of the body that collects, the same.
    CompilingLeader,
}

impl Level {
    pub fn code(self) -> &'static str {
        match self {
            Level::Own => "own",
            Level::UnitLeader => "unit_leader",
            Level::CompilingLeader => "compiling_leader",
        }
    }

    /// The level of a stored code; the schema allows no other.
    pub fn from_code(code: &str) -> Level {
        [Level::UnitLeader, Level::CompilingLeader]
            .into_iter()
            .find(|level| level.code() == code)
            .unwrap_or(Level::Own)
    }

    /// As the list of prepared words names it.
    pub fn name(self) -> &'static str {
        match self {
            Level::Own => "đơn vị",
            Level::UnitLeader => "lãnh đạo đơn vị",
            Level::CompilingLeader => "lãnh đạo đơn vị tổng hợp",
        }
    }
}
