//! What passed whole from body to body, for the page of a unit's history. Pure; it stands between the lines of
//! reorganisations and that page.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::db::ids::UnitId;

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
