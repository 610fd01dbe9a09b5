//! What waits for a compiler, the most urgent first: answers to give, editions to mend, reports to check,
//! units to chase. Pure; it stands
//! between the open periods and the side of the compiler's first screen.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};

use super::queries::GivenBackEdition;
use super::summary::Summary;
use super::{Duty, ExtensionWord, Progress};
use crate::calendar::Holidays;
use crate::chasing::{Promise, promise};
use crate::db::ids::{EditionId, ObligationId, PeriodId, ReportId, UnitId};

/// What kind of thing waits; in this order where the days are the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// A unit promised a day, the day has passed, and nothing came: it is called before everything else.
    Broken { unit: UnitId, obligation: ObligationId, promised: NaiveDate },
    /// A unit asked for more time: it wants an answer before its own last day.
    Extension { unit: UnitId, obligation: ObligationId, until: String },
    /// The leader gave the draft edition back, and no newer one was made since.
    GivenBack { edition: EditionId, number: i32 },
    /// A report was sent and is to be received before the figures are locked.
    Receipt { unit: UnitId, report: ReportId, revision: i32 },
    /// Assigned units that are overdue and have promised no day that still runs, to be chased before the figures are locked.
    Overdue { units: u32, longest: i64 },
    /// Assigned units whose correction is overdue, counted from the day the return named.
    Uncorrected { units: u32, longest: i64 },
}

impl Matter {
    /// The one unit it is about.
    pub fn unit(&self) -> Option<UnitId> {
        match self {
            Matter::Broken { unit, .. } | Matter::Extension { unit, .. } | Matter::Receipt { unit, .. } => {
                Some(*unit)
            }
            Matter::GivenBack { .. } | Matter::Overdue { .. } | Matter::Uncorrected { .. } => None,
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

/// What the queue asks beside the periods themselves.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// When the reports that wait were sent.
    pub sent: &'a HashMap<ReportId, NaiveDateTime>,
    /// Requests for an extension that wait.
    pub asked: &'a HashMap<ObligationId, ExtensionWord>,
    /// The newest promised day of each unit ([`crate::chasing::queries::promises`]).
    pub promised: &'a HashMap<ObligationId, NaiveDate>,
    /// Draft editions given back that nobody has followed up ([`super::queries::given_back`]).
    pub given_back: &'a [GivenBackEdition],
    pub holidays: &'a Holidays,
    pub today: NaiveDate,
}

/// Everything that waits in some open periods: broken promises first, the longest broken before the others; then by the
/// day after which it is too late, what no day presses last; then by kind, then who has waited longest.
pub fn queue(open: &[Summary], known: &Known<'_>) -> Vec<Waiting> {
    let Known { sent, asked, promised, given_back, holidays, today } = *known;
    let mut all: Vec<Waiting> = Vec::new();
    for s in open {
        let waiting = |matter, day, since| Waiting {
            matter,
            period: s.period.id,
            label: s.period.label.clone(),
            day,
            since,
        };
        for back in given_back.iter().filter(|back| back.period == s.period.id) {
            let matter = Matter::GivenBack { edition: back.id, number: back.number };
            all.push(waiting(matter, s.period.lock_on, Some(back.at)));
        }
        let rolling = s.regime.rolling;
        let (mut late, mut uncorrected): (Vec<i64>, Vec<i64>) = (vec![], vec![]);
        for duty in &s.duties {
            let promise = promise(duty, promised.get(&duty.obligation.id).copied(), today);
            if let Some(Promise::Broken(day)) = promise {
                let (unit, obligation) = (duty.obligation.unit_id, duty.obligation.id);
                all.push(waiting(Matter::Broken { unit, obligation, promised: day }, Some(day), None));
            }
            if promise.is_none() {
                late.extend(duty.overdue_days(rolling, holidays, today));
                uncorrected.extend(duty.correction_overdue_days(today));
            }
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
        let chased = |days: &[i64]| {
            let longest = days.iter().copied().max()?;
            Some((u32::try_from(days.len()).unwrap_or(u32::MAX), longest))
        };
        if let Some((units, longest)) = chased(&late) {
            all.push(waiting(Matter::Overdue { units, longest }, s.period.lock_on, None));
        }
        if let Some((units, longest)) = chased(&uncorrected) {
            all.push(waiting(Matter::Uncorrected { units, longest }, s.period.lock_on, None));
        }
    }
    all.sort_by(|a, b| {
        let broken = |w: &Waiting| matches!(w.matter, Matter::Broken { .. });
        let key = |w: &Waiting| (!broken(w), w.day.is_none(), w.day);
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
        Matter::Broken { .. } => 0,
        Matter::Extension { .. } => 1,
        Matter::GivenBack { .. } => 2,
        Matter::Receipt { .. } => 3,
        Matter::Overdue { .. } => 4,
        Matter::Uncorrected { .. } => 5,
    }
}
