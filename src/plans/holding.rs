//! Who answers for an assignment on a day, and who did before. Pure: the facts are loaded once for a whole plan.
//! The work follows the function; a body named alone is followed by those that took it over as a whole.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::state::Held;
use super::{Mode, Part, Task};
use crate::db::ids::{AssignmentId, FunctionId, TaskId, UnitId};
use crate::units::UnitOn;

/// A body or a function named for a task; a group is named as one assignment per member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    pub id: AssignmentId,
    pub task_id: TaskId,
    pub unit_id: Option<UnitId>,
    pub function_id: Option<FunctionId>,
    /// The kind of units, when the document named them as a group.
    pub group_kind: Option<String>,
    pub part: Part,
    pub mode: Mode,
    /// First and last day, both inclusive; none is open.
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
    /// The day it was written down by hand; none: it came with the plan.
    pub recorded_on: Option<NaiveDate>,
}

/// Which body of a province holds a function, from the first to the last day (both inclusive; none is open).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolderSpan {
    pub function_id: FunctionId,
    pub province_id: UnitId,
    pub unit_id: UnitId,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
}

fn covers(from: Option<NaiveDate>, to: Option<NaiveDate>, day: NaiveDate) -> bool {
    from.is_none_or(|d| d <= day) && to.is_none_or(|d| day <= d)
}

impl Assignment {
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        covers(self.valid_from, self.valid_to, day)
    }
}

/// What is needed to say who answers: holders of the functions, successors of the bodies, names.
#[derive(Debug, Clone, Default)]
pub struct Landscape {
    pub spans: Vec<HolderSpan>,
    /// From a body that ended to those that took it over as a whole.
    pub successors: HashMap<UnitId, Vec<UnitId>>,
    pub units: HashMap<UnitId, UnitOn>,
    pub functions: HashMap<FunctionId, String>,
    pub kinds: HashMap<String, String>,
}

impl Landscape {
    /// The units that answer for `assignment` on `day`; at least the body named, even when it ended with no heir.
    pub fn answering(&self, assignment: &Assignment, province: UnitId, day: NaiveDate) -> Vec<UnitId> {
        if let Some(function) = assignment.function_id {
            let holders: Vec<UnitId> = self
                .of_function(function, province)
                .filter(|span| covers(span.valid_from, span.valid_to, day))
                .map(|span| span.unit_id)
                .collect();
            if !holders.is_empty() {
                return holders;
            }
        }
        let Some(unit) = assignment.unit_id else { return vec![] };
        if self.exists(unit, day) {
            return vec![unit];
        }
        let heirs: Vec<UnitId> = self
            .successors
            .get(&unit)
            .into_iter()
            .flatten()
            .copied()
            .filter(|heir| self.exists(*heir, day))
            .collect();
        if heirs.is_empty() { vec![unit] } else { heirs }
    }

    /// Who answered before those that answer on `day`: the body the document names, or the last holder of the
    /// function whose time was over by then, with its last day. None when nothing changed hands.
    pub fn before(
        &self,
        assignment: &Assignment,
        province: UnitId,
        day: NaiveDate,
    ) -> Option<(UnitId, Option<NaiveDate>)> {
        let now = self.answering(assignment, province, day);
        let past = assignment.function_id.and_then(|function| {
            self.of_function(function, province)
                .filter(|span| span.valid_to.is_some_and(|to| to < day) && !now.contains(&span.unit_id))
                .max_by_key(|span| span.valid_to)
                .map(|span| (span.unit_id, span.valid_to))
        });
        let named = assignment
            .unit_id
            .filter(|unit| !now.contains(unit))
            .map(|unit| (unit, self.units.get(&unit).and_then(|u| u.existed_to)));
        past.or(named)
    }

    /// The name of a unit as last known; "" for one that was not loaded.
    pub fn name(&self, unit: UnitId) -> &str {
        self.units.get(&unit).map_or("", |u| &u.name)
    }

    fn exists(&self, unit: UnitId, day: NaiveDate) -> bool {
        self.units.get(&unit).is_some_and(|u| u.existed_on(day))
    }

    fn of_function(&self, function: FunctionId, province: UnitId) -> impl Iterator<Item = &HolderSpan> {
        self.spans.iter().filter(move |span| span.function_id == function && span.province_id == province)
    }
}

/// Each of some tasks of one plan with each unit that answers for it on `day`, once, the lead part winning: in the order
/// of the tasks. Assignments come lead before cooperating; a task that was withdrawn by then is nobody's.
pub fn held_on<'a>(
    tasks: impl IntoIterator<Item = &'a Task>,
    assignments: &[Assignment],
    landscape: &Landscape,
    province: UnitId,
    day: NaiveDate,
) -> Vec<Held> {
    let mut by_task: HashMap<TaskId, Vec<&Assignment>> = HashMap::new();
    for assignment in assignments.iter().filter(|a| a.holds_on(day)) {
        by_task.entry(assignment.task_id).or_default().push(assignment);
    }
    let mut found = Vec::new();
    for task in tasks.into_iter().filter(|task| task.withdrawn_on.is_none_or(|since| day < since)) {
        let mut had: HashSet<UnitId> = HashSet::new();
        for a in by_task.get(&task.id).into_iter().flatten() {
            for unit in landscape.answering(a, province, day) {
                if had.insert(unit) {
                    let (part, mode, due_on) = (a.part, a.mode, task.due_on);
                    found.push(Held { task: task.id, unit, part, mode, due_on });
                }
            }
        }
    }
    found
}
