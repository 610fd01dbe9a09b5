//! When holders of a task change: what was true stays true for its days, and from the day of the change others hold.
//! Pure; it stands between the form, which knows only who holds now, and the dated rows.

use chrono::NaiveDate;

use super::Assignment;
use crate::db::ids::AssignmentId;

/// What an edit of one task does to its rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changeover {
    /// Written down on the very day and dropped again: a slip of the pen, never in force for anybody.
    pub remove: Vec<AssignmentId>,
    /// Dropped: the day before the change is their last.
    pub close: Vec<AssignmentId>,
    /// First day of what is new; none: since the plan itself.
    pub from: Option<NaiveDate>,
}

impl Changeover {
    /// The change on `day`, of a task whose rows are `rows`: the current ones for which `stays` is false are dropped.
    /// While everything current was written down on that day the whole is still being entered, and what is new
    /// takes the place of what it corrects; otherwise it begins on `day`.
    pub fn on(day: NaiveDate, rows: &[Assignment], stays: impl Fn(&Assignment) -> bool) -> Changeover {
        let current: Vec<&Assignment> = rows.iter().filter(|row| row.holds_on(day)).collect();
        let fresh = |row: &Assignment| row.recorded_on == Some(day) || row.valid_from == Some(day);
        let being_entered = current.iter().all(|row| row.recorded_on == Some(day));
        let from = match current.iter().map(|row| row.valid_from).min() {
            Some(first) if being_entered => first,
            None if rows.is_empty() => None,
            _ => Some(day),
        };
        let mut change = Changeover { from, ..Changeover::default() };
        for row in current.into_iter().filter(|row| !stays(row)) {
            if fresh(row) { change.remove.push(row.id) } else { change.close.push(row.id) }
        }
        change
    }
}
