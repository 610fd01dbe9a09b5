//! Reorganisations ("sắp xếp tổ chức") as dated events: what is decided, what follows from it row by row, and how
//! it is taken back. One plan stands behind the preview, the confirmation and the journal. See docs/decisions/0012.

pub mod apply;
pub mod effect;
pub mod facts;
pub mod form;
mod founding;
mod journal;
mod lines;
pub mod obstacle;
pub mod pages;
pub mod plan;
pub mod queries;
pub mod undo;

use std::str::FromStr;

use chrono::NaiveDate;

use crate::db::ids::{FunctionId, UnitId};

/// What kind of reorganisation. Codes are those of `unit_changes.kind`; `create` is not entered here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The same body under another name, kind, parent or order.
    Rename,
    /// One or several bodies pass whole into one.
    Merge,
    /// One body passes into several, of which it may itself be one.
    Split,
    /// A body ends; what it leaves may pass to a successor.
    Abolish,
    /// One function passes from a living body to another.
    Transfer,
}

impl Kind {
    pub const ALL: [Kind; 5] = [Kind::Rename, Kind::Merge, Kind::Split, Kind::Abolish, Kind::Transfer];

    pub fn code(self) -> &'static str {
        match self {
            Kind::Rename => "rename",
            Kind::Merge => "merge",
            Kind::Split => "split",
            Kind::Abolish => "abolish",
            Kind::Transfer => "transfer",
        }
    }

    /// The kind of a stored code.
    pub fn from_code(code: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// As documents name it.
    pub fn words(self) -> &'static str {
        match self {
            Kind::Rename => "Đổi tên, chuyển đổi",
            Kind::Merge => "Hợp nhất, sáp nhập",
            Kind::Split => "Chia, tách",
            Kind::Abolish => "Kết thúc hoạt động",
            Kind::Transfer => "Chuyển giao nhiệm vụ",
        }
    }
}

/// A body named in an event: one on record, or the n-th that the event founds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Body {
    Known(UnitId),
    New(usize),
}

impl Body {
    pub fn known(self) -> Option<UnitId> {
        match self {
            Body::Known(unit) => Some(unit),
            Body::New(_) => None,
        }
    }
}

/// As forms send it: "u7" or "n0".
impl std::fmt::Display for Body {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Body::Known(unit) => write!(f, "u{unit}"),
            Body::New(at) => write!(f, "n{at}"),
        }
    }
}

impl FromStr for Body {
    type Err = ();

    fn from_str(text: &str) -> Result<Body, ()> {
        let (kind, number) = text.split_at_checked(1).ok_or(())?;
        match kind {
            "u" => number.parse().map(Body::Known).map_err(|_| ()),
            "n" => number.parse().map(Body::New).map_err(|_| ()),
            _ => Err(()),
        }
    }
}

/// What a version of a unit says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub name: String,
    pub short_name: String,
    pub kind_code: String,
    pub parent: Option<UnitId>,
    pub protocol_order: i32,
    pub official_code: Option<String>,
}

/// A unit founded by the event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUnit {
    /// Its code on record; none lets one be made from the province and the short name.
    pub code: Option<String>,
    pub named: Named,
}

/// Who hands what to whom: the whole body, or one function of it; `to` none is "no successor".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Line {
    pub from: UnitId,
    pub to: Option<Body>,
    pub function: Option<FunctionId>,
}

/// A reorganisation as entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub kind: Kind,
    /// First day of the new order.
    pub effective_on: NaiveDate,
    /// "Quyết định số 12/QĐ-UBND ngày 05/6/2025 của UBND tỉnh".
    pub decision: String,
    pub note: String,
    pub new_units: Vec<NewUnit>,
    pub lines: Vec<Line>,
    /// What the units of a rename are from the day on, one for each line.
    pub renamed: Vec<Named>,
    /// Whether the other successors of a split owe the open periods too, beside the one named.
    pub others_owe: bool,
}

impl Event {
    /// Last day of the old order.
    pub fn eve(&self) -> NaiveDate {
        self.effective_on.pred_opt().unwrap_or(self.effective_on)
    }

    /// The bodies that give, each once, in the order they were named.
    pub fn froms(&self) -> Vec<UnitId> {
        let mut all = Vec::new();
        for line in &self.lines {
            if !all.contains(&line.from) {
                all.push(line.from);
            }
        }
        all
    }

    /// The bodies on record that take.
    pub fn known_takers(&self) -> Vec<UnitId> {
        let mut all: Vec<UnitId> =
            self.lines.iter().filter_map(|line| line.to.and_then(Body::known)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Whether the body has its last day on the eve: it passes whole, and is not one of its own successors.
    pub fn ends(&self, unit: UnitId) -> bool {
        let gives = |line: &&Line| line.from == unit && line.function.is_none();
        !matches!(self.kind, Kind::Rename | Kind::Transfer)
            && self.lines.iter().any(|line| gives(&line))
            && !self.lines.iter().filter(gives).any(|line| line.to == Some(Body::Known(unit)))
    }

    /// The bodies that end, in the order they were named.
    pub fn ended(&self) -> Vec<UnitId> {
        self.froms().into_iter().filter(|unit| self.ends(*unit)).collect()
    }

    /// Those that take the body over whole, in the order they were named; the first is the main one.
    pub fn heirs(&self, unit: UnitId) -> Vec<Body> {
        let mut heirs = Vec::new();
        for line in self.lines.iter().filter(|line| line.from == unit && line.function.is_none()) {
            let other = line.to.filter(|to| *to != Body::Known(unit));
            heirs.extend(other.filter(|to| !heirs.contains(to)));
        }
        heirs
    }

    /// Who takes one function of the body: the line that names it, else the main successor of a body that ends.
    pub fn heir_of(&self, unit: UnitId, function: FunctionId) -> Option<Body> {
        let named = self.lines.iter().find(|line| line.from == unit && line.function == Some(function));
        match named {
            Some(line) => line.to,
            None if self.ends(unit) => self.heirs(unit).first().copied(),
            None => None,
        }
    }
}
