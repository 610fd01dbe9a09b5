//! Whose work for a plan a person reads: who collects what is reported of it and who oversees the province every unit's,
//! a unit's people their own. Pure; it stands between the plan and its boards and traces.

use std::collections::HashSet;

use super::Plan;
use super::log_work::{reads_all, units_that_log};
use super::queries::Entry;
use crate::access::Actor;
use crate::db::ids::{IndicatorId, UnitId};
use crate::error::Error;

/// Told to whoever neither collects, oversees nor works for plans.
const WHO_READS: &str = "Tiến độ nhiệm vụ của các đơn vị chỉ đơn vị tổng hợp báo cáo theo kế hoạch này và lãnh đạo tỉnh xem; đơn vị được giao nhiệm vụ xem phần của mình.";

/// What a person reads of the work for a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sight {
    /// Every unit's.
    All,
    /// That of these units; of nobody when there are none.
    Own(Vec<UnitId>),
}

impl Sight {
    /// Of an actor to whose provinces the plan belongs; `keepers` are the bodies that collect what is reported of it.
    pub fn of(actor: &Actor, plan: &Plan, keepers: &[UnitId]) -> Sight {
        if reads_all(actor, plan, keepers) { Sight::All } else { Sight::Own(units_that_log(actor)) }
    }

    pub fn shows(&self, unit: UnitId) -> bool {
        match self {
            Sight::All => true,
            Sight::Own(units) => units.contains(&unit),
        }
    }

    /// For a query: of these units only, or of all.
    pub fn only(&self) -> Option<&[UnitId]> {
        match self {
            Sight::All => None,
            Sight::Own(units) => Some(units),
        }
    }

    pub fn is_all(&self) -> bool {
        *self == Sight::All
    }

    /// Whether there is nobody's work to read.
    pub fn is_none(&self) -> bool {
        matches!(self, Sight::Own(units) if units.is_empty())
    }

    /// # Errors
    /// `Forbidden` for who reads nobody's.
    pub fn some(self) -> Result<Sight, Error> {
        if self.is_none() { Err(Error::Forbidden(WHO_READS.into())) } else { Ok(self) }
    }
}

/// Takes out of others' entries the quantities that count toward classified indicators: single units' figures of these are for
/// the unit and who collects them. `hidden` are those indicators, `own` the reader's units.
pub fn withhold(entries: &mut [Entry], hidden: &HashSet<IndicatorId>, own: &[UnitId]) {
    let closed = |entry: &&mut Entry| entry.indicator_id.is_some_and(|id| hidden.contains(&id));
    for entry in entries.iter_mut().filter(|entry| !own.contains(&entry.unit_id)).filter(closed) {
        (entry.quantity, entry.indicator_id) = (None, None);
    }
}
