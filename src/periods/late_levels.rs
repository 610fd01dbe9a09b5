//! The bodies that must collect anew when a running period is opened late for a unit that sends to them: found by today's
//! routes, dated so that each still has its working days to consolidate in. Pure; it stands between the levels of a period
//! as they were taken down and the rows that a late opening writes.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::levels::{Given, LEAD, Level, Upward, before, chain, dated};
use crate::calendar::{DueRule, Holidays};
use crate::db::ids::UnitId;

/// What a period and its regime say about levels today.
#[derive(Debug, Clone)]
pub struct Ladder {
    /// The regime's collector and its last day.
    pub top: UnitId,
    pub due: DueRule,
    /// The lower levels that collect in the period already, with the day of the units below each.
    pub known: HashMap<UnitId, DueRule>,
    pub upward: Vec<Upward>,
    /// Working days before its own last day that each lower collector wants reports.
    pub leads: HashMap<UnitId, i32>,
}

impl Ladder {
    /// Whether reports of units arrive at `collector`, and with it at the top.
    pub fn arrives(&self, collector: UnitId) -> bool {
        collector == self.top || self.known.contains_key(&collector) || self.way(collector).is_some()
    }

    /// The levels that do not collect in the period yet and would for a unit that sends to `collector`, upper ones first.
    /// `last` is the day the unit was given; none: as the levels' own leads give it.
    pub fn added(&self, collector: UnitId, last: Option<NaiveDate>, holidays: &Holidays) -> Vec<Level> {
        if collector == self.top || self.known.contains_key(&collector) {
            return vec![];
        }
        let Some(way) = self.way(collector) else { return vec![] };
        let mut given: HashMap<UnitId, Given> = self
            .known
            .iter()
            .map(|(id, due)| (*id, Given { day: due.last_day(), hour: due.hour() }))
            .collect();
        given.insert(collector, Given { day: last, hour: None });
        let mut levels = dated(way, self.due, &given, &self.leads, holidays);
        levels.retain(|level| !self.known.contains_key(&level.collector));
        // From the unit upwards: whoever is given a later day hands it on.
        let mut below: Option<NaiveDate> = None;
        for level in levels.iter_mut().rev() {
            if let Some(day) = below.filter(|day| level.due.last_day().is_some_and(|own| own < *day)) {
                level.due = DueRule::By(day);
            }
            let lead = self.leads.get(&level.collector).copied().unwrap_or(LEAD);
            level.above = above(level.above, level.due.last_day(), lead, holidays);
            below = level.above.last_day();
        }
        levels
    }

    /// The way upwards, upper ones first; none where it leads nowhere.
    fn way(&self, collector: UnitId) -> Option<Vec<(UnitId, Upward)>> {
        let (way, lost) = chain(self.top, &[(UnitId(0), collector)], &self.upward);
        lost.is_empty().then_some(way)
    }
}

/// The last day of a collector whose units have until `below`: the one it is told, or where that leaves it less than `lead`
/// working days, so many after `below`.
fn above(told: DueRule, below: Option<NaiveDate>, lead: i32, holidays: &Holidays) -> DueRule {
    match (told.last_day(), below) {
        (Some(last), Some(below)) if before(last, lead, holidays) < below => {
            let next = |day: NaiveDate| {
                day.succ_opt().map_or(day, |next| holidays.next_working_day_on_or_after(next))
            };
            DueRule::By((0..lead).fold(below, |day, _| next(day)))
        }
        _ => told,
    }
}
