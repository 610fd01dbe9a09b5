//! The one-line form "Ghi nhanh": stands between the tasks a unit holds and any page that offers to note work,
//! which sets a field `quick` beside its `page` and includes the template.

use super::{HeldTask, shortened};
use crate::db::ids::TaskId;
use crate::error::Problems;

/// The one-line form "Ghi nhanh" (`templates/tasks/quick.html`), on the first page and beside the list of tasks.
pub struct QuickLog {
    /// (task, what it is called) in the order of the list.
    pub tasks: Vec<(TaskId, String)>,
    /// Where to come back to: "/my" or "/tasks".
    pub back: &'static str,
    /// The task chosen and the text typed before, when something is to mend.
    pub chosen: String,
    pub text: String,
    pub problems: Problems,
}

impl QuickLog {
    /// An empty form over the tasks held.
    pub fn over(held: &[HeldTask], back: &'static str) -> QuickLog {
        let tasks = held
            .iter()
            .map(|task| (task.task_id, format!("{} – {}", task.clause_path, shortened(&task.text, 70))))
            .collect();
        QuickLog { tasks, back, chosen: String::new(), text: String::new(), problems: Problems::default() }
    }
}
