//! Through which eyes a reorganised unit's past is read: as the body itself reported, or as its work stands today, with
//! what it took over. Pure; it stands between the lines of reorganisations and the page of a unit's history.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::db::ids::UnitId;

/// Two ways to read the past of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lens {
    /// Its own obligations only.
    #[default]
    AsReported,
    /// With those of the bodies it took over whole. A body that was divided is shown whole with each of its successors,
    /// never apportioned.
    Today,
}

impl Lens {
    pub fn code(self) -> &'static str {
        match self {
            Lens::AsReported => "then",
            Lens::Today => "now",
        }
    }

    /// The lens of an address; anything else is the first.
    pub fn from_code(code: &str) -> Lens {
        if code == Lens::Today.code() { Lens::Today } else { Lens::AsReported }
    }
}

/// A whole body that passed to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    pub from: UnitId,
    pub to: UnitId,
    /// First day of the new order.
    pub on: NaiveDate,
}

/// The bodies among `predecessors` that went to more than one other: their past belongs to all of these together.
pub fn divided(predecessors: &[UnitId], passages: &[Passage]) -> BTreeSet<UnitId> {
    let takers = |unit: UnitId| -> BTreeSet<UnitId> {
        passages.iter().filter(|p| p.from == unit && p.to != unit).map(|p| p.to).collect()
    };
    predecessors.iter().copied().filter(|unit| takers(*unit).len() > 1).collect()
}
