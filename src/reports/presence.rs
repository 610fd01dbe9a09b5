//! Who has a draft open now. Stands between two people who type into one report: the second is told who and since when.
//! Kept in memory: a courtesy, not a lock; what guards the text is the merging of every save. After a restart people
//! are known again with their next autosave.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{NaiveDateTime, TimeDelta};

use crate::db::ids::{PersonId, ReportId};

/// Who has opened or saved nothing for so long is taken to be gone.
pub const QUIET: TimeDelta = TimeDelta::minutes(30);

/// One person before an open draft. Instants are UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    pub person: PersonId,
    pub name: String,
    pub since: NaiveDateTime,
    /// The last opening or save.
    pub seen: NaiveDateTime,
}

/// Everybody before an open draft, by report.
#[derive(Debug, Default)]
pub struct Presence(Mutex<HashMap<ReportId, Vec<Present>>>);

impl Presence {
    /// Notes that a person has the draft open at this instant, and gives back the others, who came first first.
    pub fn enter(&self, report: ReportId, person: PersonId, name: &str, at: NaiveDateTime) -> Vec<Present> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, people| {
            people.retain(|one| at - one.seen < QUIET);
            !people.is_empty()
        });
        let people = open.entry(report).or_default();
        match people.iter_mut().find(|one| one.person == person) {
            Some(one) => one.seen = at,
            None => people.push(Present { person, name: name.to_owned(), since: at, seen: at }),
        }
        people.iter().filter(|one| one.person != person).cloned().collect()
    }

    /// Notes that a person has closed the draft.
    pub fn leave(&self, report: ReportId, person: PersonId) {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(people) = open.get_mut(&report) {
            people.retain(|one| one.person != person);
        }
    }
}
