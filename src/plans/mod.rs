//! Plans as issued documents: clauses as a tree, tasks on clauses, who holds each, and what was done.
//! Stands between the documents people sign and everything that asks "whose work is this, on this day?".

pub mod assign;
mod changeover;
pub mod correct_entry;
pub mod counted;
pub mod deliverable;
mod document;
pub mod edit;
pub mod entry_form;
pub mod form;
mod holding;
pub mod log_work;
pub mod noted;
pub mod outline;
pub mod pages;
pub mod photos;
pub mod progress;
pub mod queries;
pub mod quick_log;
pub mod sight;
pub mod state;
pub mod task_form;
mod tree;

pub use changeover::Changeover;
pub use document::{BASIS_KINDS, BasisStanding, LegalBasis, PLAN_KINDS, Plan, reading_day};
pub use holding::{Assignment, HolderSpan, Landscape, held_on};
pub use tree::{Clause, DEEPEST, Task, height, level_under, reading_order, shortened};

use crate::db::ids::{ClauseId, PlanId, TaskId, UnitId};

/// A unit's part in a task: chủ trì or phối hợp. `Lead` sorts first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    Lead,
    Cooperating,
}

impl Part {
    pub const ALL: [Part; 2] = [Part::Lead, Part::Cooperating];

    /// The code stored in `assignments.part`.
    pub fn code(self) -> &'static str {
        match self {
            Part::Lead => "lead",
            Part::Cooperating => "cooperating",
        }
    }

    /// The part of a stored code.
    pub fn from_code(code: &str) -> Option<Part> {
        Part::ALL.into_iter().find(|part| part.code() == code)
    }

    /// The word of the documents.
    pub fn name(self) -> &'static str {
        match self {
            Part::Lead => "chủ trì",
            Part::Cooperating => "phối hợp",
        }
    }
}

/// Whether the document assigns the work (giao) or asks a body it does not command for it (đề nghị).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    Assign,
    Request,
}

impl Mode {
    pub const ALL: [Mode; 2] = [Mode::Assign, Mode::Request];

    /// The code stored in `assignments.mode`.
    pub fn code(self) -> &'static str {
        match self {
            Mode::Assign => "assign",
            Mode::Request => "request",
        }
    }

    /// The mode of a stored code.
    pub fn from_code(code: &str) -> Option<Mode> {
        Mode::ALL.into_iter().find(|mode| mode.code() == code)
    }

    /// The word of the documents.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Assign => "giao",
            Mode::Request => "đề nghị",
        }
    }
}

/// A task as held by one unit on the day asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldTask {
    pub task_id: TaskId,
    pub plan_id: PlanId,
    pub plan_short_name: String,
    pub clause_id: ClauseId,
    /// E.g. "III.2".
    pub clause_path: String,
    pub text: String,
    /// The target the document sets, as written; "" when it sets none.
    pub target: String,
    /// The last day it is to be done by; none where the document sets none.
    pub due_on: Option<chrono::NaiveDate>,
    pub part: Part,
    pub mode: Mode,
    /// The one of the units asked for that the document names, or that holds the function on the day.
    pub unit_id: UnitId,
}

/// One line per task, where several of the units asked for hold it: a lead part wins over a cooperating one.
/// For a unit asked for together with its predecessors, whose task is one task however many of them were named.
pub fn one_per_task(held: Vec<HeldTask>) -> Vec<HeldTask> {
    let mut kept: Vec<HeldTask> = Vec::with_capacity(held.len());
    let mut at = std::collections::HashMap::new();
    for task in held {
        match at.get(&task.task_id) {
            None => {
                at.insert(task.task_id, kept.len());
                kept.push(task);
            }
            Some(&index) => {
                let before: &mut HeldTask = &mut kept[index];
                if task.part < before.part {
                    *before = task;
                }
            }
        }
    }
    kept
}
