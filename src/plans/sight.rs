//! Whose work for a plan a person reads: who collects what is reported of it and who oversees the province every unit's,
//! a unit's people their own. Pure; it stands between the plan and its boards and traces.

use super::Plan;
use super::edit::editor_among;
use super::log_work::units_that_log;
use crate::access::Actor;
use crate::db::ids::UnitId;
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
        let collects = editor_among(actor, plan.province_id, keepers).is_some();
        if collects || actor.scope().overseen_provinces.contains(&plan.province_id) {
            return Sight::All;
        }
        Sight::Own(units_that_log(actor))
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
