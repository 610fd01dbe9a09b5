//! The pages of plans and of the work done for them. Each file holds one page and the steps taken from it.

mod bases;
mod board;
mod clauses;
mod editor;
mod entry;
mod entry_fields;
mod facts;
mod list;
mod outline_view;
mod show;
mod task_edit;
mod trace;
mod work;

pub use bases::{bases, save_bases};
pub use board::board;
pub use clauses::{add_clause, clause_form, move_clause, new_clause, outline, remove_clause, save_clause};
pub use entry::{correct, entry, remove};
pub use facts::{create, edit_form, new_form, save};
pub use list::list;
pub use show::{by_unit, show};
pub use task_edit::{add_task, new_task, save_task, task_form, withdraw_task, withdrawal};
pub use trace::trace;
pub use work::{add_entry, add_quick_entry, my_tasks, task};
