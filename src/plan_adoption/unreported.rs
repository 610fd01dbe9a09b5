//! Who is given tasks and would report on none of them: the document has them work and asks others for reports. Named before a plan is
//! adopted, while a duty can still be added. Pure.

use std::collections::HashSet;

use super::ground::Ground;
use super::outcome::Outcome;
use crate::db::ids::UnitId;
use crate::periods::RegimeKind;
use crate::plans::Part;
use crate::plans::task_form::Who;
use crate::units::UnitOn;

/// Bodies that lead tasks and owe no report, in protocol order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unreported {
    pub names: Vec<String>,
    /// Nobody owes one.
    pub all: bool,
}

impl Unreported {
    /// Their names in one line.
    pub fn words(&self) -> String {
        self.names.join("; ")
    }
}

/// Of the bodies there are today: whoever was merged since is told by the one it is part of.
pub fn unreported(outcome: &Outcome, ground: &Ground) -> Unreported {
    let owing: HashSet<UnitId> = outcome
        .regimes
        .iter()
        .filter(|regime| regime.charter.kind == RegimeKind::Report)
        .flat_map(|regime| regime.units.iter().copied())
        .collect();
    let leads = outcome.tasks.iter().flat_map(|(_, task)| &task.holders).filter(|row| row.part == Part::Lead);
    let leads: HashSet<&Who> = leads.filter_map(|row| row.who.as_ref()).collect();
    let there: HashSet<UnitId> = ground.now.iter().map(|unit| unit.id).collect();
    let is_led_by = |unit: &&UnitOn| {
        leads.contains(&Who::Unit(unit.id)) || leads.contains(&Who::Group(unit.kind_code.clone()))
    };
    let owes_none = |unit: &&UnitOn| unit.id != ground.collector && !owing.contains(&unit.id);
    let given = ground.bodies.units.iter().filter(is_led_by).filter(owes_none);
    let given = given.filter(|unit| there.contains(&unit.id));
    Unreported { names: given.map(|unit| unit.name.clone()).collect(), all: owing.is_empty() }
}
