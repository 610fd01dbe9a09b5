//! All SQL about plans, their clauses and tasks, and the log of work. Plain functions over one connection;
//! each runs a fixed number of queries whatever the size of the province.

mod counted;
mod documents;
mod editing;
mod entries;
mod held;
mod papers;
mod photos;
mod states;
mod trace;

pub use counted::{codes_of, countable, counted};
pub use documents::{
    all_bases, all_functions, answering, assignments_of, bases_for, bases_of, clause, clauses_of, find,
    keepers, landscape, of_provinces, task, tasks_of,
};
pub use editing::{
    NewAssignment, NewClause, NewTask, PlanColumns, add_assignments, add_basis, add_clause, add_plan,
    add_task, claim, close_assignments, group_kinds, has_history, put_bases, put_clause, put_clause_place,
    put_plan, put_task, put_withdrawal, remove_assignments, remove_clause, remove_task,
};
pub use entries::{
    Entry, EntryText, Latest, NewEntry, add_entry, any_entry, entries_in_window, entries_of_task,
    entries_of_tasks, entry, hold_entry, latest_entries, put_entry, remove_entry,
};
pub use held::tasks_held;
pub use papers::asked_in;
pub use photos::{Photo, add_photo, photos, remove_photos};
pub use states::{keepers_of, records};
pub use trace::{Place, Said, places_of, said_of};
