//! A report with the unit's plan it sends: each task asked of the unit beside the clauses that answer it.

use super::queries::{self, Answer, Shown};
use crate::db::Conn;
use crate::db::ids::TaskId;
use crate::error::Error;
use crate::reports::{self, AskedTask, Case};

/// A task of the unit with what answers it.
#[derive(Debug, Clone)]
pub struct LinkedTask {
    pub id: TaskId,
    pub clause: String,
    pub text: String,
    pub answers: Vec<Answer>,
}

/// The unit's plan of a report.
#[derive(Debug, Clone)]
pub struct Linked {
    pub plan: Shown,
    pub tasks: Vec<LinkedTask>,
}

impl Linked {
    pub fn answered(&self) -> usize {
        self.tasks.iter().filter(|task| !task.answers.is_empty()).count()
    }

    pub fn is_whole(&self) -> bool {
        self.answered() == self.tasks.len()
    }

    /// The unit's plan as a revision has it, the draft's without one; none where there is none. Its tasks are those the unit held on
    /// the reference day, as when it was read. Twelve queries at most.
    ///
    /// # Errors
    /// The queries' own.
    pub fn of(conn: &mut Conn, case: &Case, revision: Option<i32>) -> Result<Option<Linked>, Error> {
        if !case.is_document() {
            return Ok(None);
        }
        let of = (case.report.id, case.obligation.unit_id);
        let Some(plan) = queries::as_sent(conn, of, revision)? else { return Ok(None) };
        let links = queries::links_of(conn, &[plan.id])?;
        let task = |task: AskedTask| LinkedTask {
            answers: links.iter().filter(|link| link.task == task.id).cloned().collect(),
            id: task.id,
            clause: task.clause,
            text: task.text,
        };
        let tasks = reports::queries::tasks_of(conn, case)?;
        Ok(Some(Linked { tasks: tasks.into_iter().map(task).collect(), plan }))
    }
}
