//! Who is given tasks and would report on none of them: the document has them work and asks others for reports. Named before a plan is
//! adopted, while a duty can still be added. Pure.

use std::collections::HashSet;

use super::ground::Ground;
use super::outcome::Outcome;
use super::regimes_made::RegimeMade;
use crate::db::ids::UnitId;
use crate::periods::RegimeKind;
use crate::plans::Part;
use crate::plans::deliverable::is_of_plans;
use crate::plans::task_form::Who;
use crate::units::UnitOn;

/// Bodies that lead tasks and owe no report, in protocol order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unreported {
    pub names: Vec<String>,
    /// Nobody owes one.
    pub all: bool,
    /// How many of them only send a plan of their own.
    pub plans_only: usize,
}

impl Unreported {
    /// Their names in one line.
    pub fn words(&self) -> String {
        self.names.join("; ")
    }
}

/// Of the bodies there are today: whoever was merged since is told by the one it is part of. A paper asked once is a report, unless it is
/// the body's own plan.
pub fn unreported(outcome: &Outcome, ground: &Ground) -> Unreported {
    let of_plans = |regime: &&RegimeMade| {
        regime.charter.kind == RegimeKind::Document && is_of_plans(&regime.charter.name)
    };
    let owed = |plans: bool| -> HashSet<UnitId> {
        let of = outcome.regimes.iter().filter(|regime| of_plans(regime) == plans);
        of.flat_map(|regime| regime.units.iter().copied()).collect()
    };
    let (owing, sending) = (owed(false), owed(true));
    let leads = outcome.tasks.iter().flat_map(|(_, task)| &task.holders).filter(|row| row.part == Part::Lead);
    let leads: HashSet<&Who> = leads.filter_map(|row| row.who.as_ref()).collect();
    let there: HashSet<UnitId> = ground.now.iter().map(|unit| unit.id).collect();
    let is_led_by = |unit: &&UnitOn| {
        leads.contains(&Who::Unit(unit.id)) || leads.contains(&Who::Group(unit.kind_code.clone()))
    };
    let owes_none = |unit: &&UnitOn| unit.id != ground.collector && !owing.contains(&unit.id);
    let given = ground.bodies.units.iter().filter(is_led_by).filter(owes_none);
    let given: Vec<&UnitOn> = given.filter(|unit| there.contains(&unit.id)).collect();
    Unreported {
        names: given.iter().map(|unit| unit.name.clone()).collect(),
        all: owing.is_empty(),
        plans_only: given.iter().filter(|unit| sending.contains(&unit.id)).count(),
    }
}
