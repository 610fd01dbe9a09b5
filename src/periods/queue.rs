//! What waits for a compiler, the most urgent first: answers to give, reports to check, units to chase. Pure; it stands
//! between the open periods and the side of the compiler's first screen.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};

use super::summary::Summary;
use super::{Duty, ExtensionWord, Progress};
use crate::calendar::Holidays;
use crate::db::ids::{ObligationId, PeriodId, ReportId, UnitId};

/// What kind of thing waits; in this order where the days are the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// A unit asked for more time: it wants an answer before its own last day.
    Extension { unit: UnitId, obligation: ObligationId, until: String },
    /// A report was sent and is to be received before the figures are locked.
    Receipt { unit: UnitId, report: ReportId, revision: i32 },
    /// Assigned units that are overdue, to be chased before the figures are locked.
    Overdue { units: u32, longest: i64 },
}

impl Matter {
    /// The one unit it is about.
    pub fn unit(&self) -> Option<UnitId> {
        match self {
            Matter::Extension { unit, .. } | Matter::Receipt { unit, .. } => Some(*unit),
            Matter::Overdue { .. } => None,
        }
    }
}

/// One thing that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub matter: Matter,
    pub period: PeriodId,
    pub label: String,
    /// After this day it is too late; none where no day presses.
    pub day: Option<NaiveDate>,
    /// Since when it waits, UTC.
    pub since: Option<NaiveDateTime>,
}

/// Everything that waits in some open periods: by the day after which it is too late, what no day presses last; then by
/// kind, then who has waited longest.
pub fn queue(
    open: &[Summary],
    sent: &HashMap<ReportId, NaiveDateTime>,
    asked: &HashMap<ObligationId, ExtensionWord>,
    holidays: &Holidays,
) -> Vec<Waiting> {
    let mut all: Vec<Waiting> = Vec::new();
    for s in open {
        let waiting = |matter, day, since| Waiting {
            matter,
            period: s.period.id,
            label: s.period.label.clone(),
            day,
            since,
        };
        for duty in &s.duties {
            if let Some(word) = asked.get(&duty.obligation.id) {
                let matter = Matter::Extension {
                    unit: duty.obligation.unit_id,
                    obligation: duty.obligation.id,
                    until: word.day(),
                };
                let last = duty.dates(s.regime.rolling, holidays).deadline();
                all.push(waiting(matter, last, Some(word.at)));
            }
            if duty.progress() == Progress::Sent {
                all.push(waiting(receipt(duty), s.period.lock_on, sent.get(&duty.report.id).copied()));
            }
        }
        if s.tally.assigned.overdue > 0 {
            let matter = Matter::Overdue { units: s.tally.assigned.overdue, longest: s.longest_overdue };
            all.push(waiting(matter, s.period.lock_on, None));
        }
    }
    all.sort_by(|a, b| {
        let key = |w: &Waiting| (w.day.is_none(), w.day);
        key(a)
            .cmp(&key(b))
            .then_with(|| order(&a.matter).cmp(&order(&b.matter)))
            .then_with(|| (a.since.is_none(), a.since).cmp(&(b.since.is_none(), b.since)))
            .then_with(|| (a.period, &a.matter).cmp(&(b.period, &b.matter)))
    });
    all
}

fn receipt(duty: &Duty) -> Matter {
    Matter::Receipt {
        unit: duty.obligation.unit_id,
        report: duty.report.id,
        revision: duty.report.last_revision,
    }
}

fn order(matter: &Matter) -> u8 {
    match matter {
        Matter::Extension { .. } => 0,
        Matter::Receipt { .. } => 1,
        Matter::Overdue { .. } => 2,
    }
}
