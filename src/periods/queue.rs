//! What waits for a compiler, the most urgent first: answers to give, editions to mend, reports to check,
//! units to chase. Pure; it stands
//! between the open periods and the side of the compiler's first screen.

use std::collections::{BTreeMap, HashMap};

use chrono::{NaiveDate, NaiveDateTime};

use super::queries::GivenBackEdition;
use super::summary::Summary;
use super::{Duty, ExtensionWord, Progress};
use crate::calendar::{Holidays, Now, to_local};
use crate::chasing::{Promise, days_past, owes, promise};
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
    /// Bodies, those assigned and those asked apart, whose last day is today or the next one, or comes before an office opens
    /// again.
    Due { units: u32, asked: u32, on: NaiveDate },
    /// Bodies that are asked, past their day, which are never overdue.
    Asked { units: u32 },
    /// Bodies that are asked, past the day of their correction.
    AskedCorrection { units: u32 },
    /// Reports that came before the lock of their period, are locked now and were never received.
    Unreceived { reports: u32 },
    /// The figures are locked, units have reported, and nobody has made an edition.
    Unconsolidated { locked_on: NaiveDate },
}

impl Matter {
    /// The one unit it is about.
    pub fn unit(&self) -> Option<UnitId> {
        match self {
            Matter::Broken { unit, .. } | Matter::Extension { unit, .. } | Matter::Receipt { unit, .. } => {
                Some(*unit)
            }
            Matter::GivenBack { .. }
            | Matter::Overdue { .. }
            | Matter::Uncorrected { .. }
            | Matter::Due { .. }
            | Matter::Asked { .. }
            | Matter::AskedCorrection { .. }
            | Matter::Unreceived { .. }
            | Matter::Unconsolidated { .. } => None,
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
    /// To which day units were let in again after the lock ([`super::queries::unlocked`]).
    pub unlocked: &'a HashMap<ObligationId, NaiveDate>,
    pub holidays: &'a Holidays,
    pub now: Now,
}

/// What is counted over the bodies of one period.
#[derive(Default)]
struct Chased {
    late: Vec<i64>,
    uncorrected: Vec<i64>,
    /// Assigned and asked, by their last day.
    due: BTreeMap<NaiveDate, (u32, u32)>,
    asked: u32,
    asked_correction: u32,
    unreceived: u32,
}

impl Chased {
    /// Counts a body that owes, has promised no day that still runs and can send.
    fn add(&mut self, duty: &Duty, rolling: bool, holidays: &Holidays, now: Now) {
        let Some(last) = duty.pressing_day(rolling, holidays) else { return };
        let past = days_past(duty, rolling, holidays, now).unwrap_or_default();
        match (past, duty.is_request(), duty.is_correcting()) {
            (0, asked, _) if is_near(last, holidays, now.today) => {
                let due = self.due.entry(last).or_default();
                *if asked { &mut due.1 } else { &mut due.0 } += 1;
            }
            (0, ..) => {}
            (_, true, false) => self.asked += 1,
            (_, true, true) => self.asked_correction += 1,
            (days, false, false) => self.late.push(days),
            (days, false, true) => self.uncorrected.push(days),
        }
    }

    /// What is to be chased, with the day that presses where it is not the lock.
    fn matters(&self) -> Vec<(Matter, Option<NaiveDate>)> {
        let counted = |days: &[i64]| {
            let longest = days.iter().copied().max()?;
            Some((u32::try_from(days.len()).unwrap_or(u32::MAX), longest))
        };
        let some = |units: u32| (units > 0).then_some(units);
        let late = counted(&self.late).map(|(units, longest)| Matter::Overdue { units, longest });
        let uncorrected =
            counted(&self.uncorrected).map(|(units, longest)| Matter::Uncorrected { units, longest });
        let asked = some(self.asked).map(|units| Matter::Asked { units });
        let correction = some(self.asked_correction).map(|units| Matter::AskedCorrection { units });
        let unreceived = some(self.unreceived).map(|reports| Matter::Unreceived { reports });
        let due = self.due.iter().map(|(&on, &(units, asked))| (Matter::Due { units, asked, on }, Some(on)));
        let rest = [late, uncorrected, asked, correction, unreceived];
        rest.into_iter().flatten().map(|matter| (matter, None)).chain(due).collect()
    }
}

/// Whether a last day is today or tomorrow, or no office opens any more before it is over.
fn is_near(last: NaiveDate, holidays: &Holidays, today: NaiveDate) -> bool {
    last <= today.succ_opt().unwrap_or(today) || holidays.last_working_day_on_or_before(last) <= today
}

/// Everything that waits in some periods, open or locked: broken promises first, the longest broken before the others; then
/// by the day after which it is too late, what no day presses last; then by kind, then who has waited longest. After the
/// lock nobody is chased who can send no more; what came and what is asked for still waits.
pub fn queue<'a>(periods: impl IntoIterator<Item = &'a Summary>, known: &Known<'_>) -> Vec<Waiting> {
    let Known { sent, asked, promised, given_back, unlocked, holidays, now } = *known;
    let today = now.today;
    let mut all: Vec<Waiting> = Vec::new();
    for s in periods {
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
        let mut chased = Chased::default();
        for duty in &s.duties {
            let id = duty.obligation.id;
            let lock = duty.open_until(s.period.lock_on, unlocked.get(&id).copied());
            let shut = lock.is_some_and(|day| day < today);
            match promise(duty, promised.get(&id).copied(), today) {
                _ if shut => {}
                Some(Promise::Broken(day)) => {
                    let matter =
                        Matter::Broken { unit: duty.obligation.unit_id, obligation: id, promised: day };
                    all.push(waiting(matter, Some(day), None));
                }
                None if owes(duty) => chased.add(duty, rolling, holidays, now),
                Some(Promise::Runs(_)) | None => {}
            }
            if let Some(word) = asked.get(&id) {
                let matter =
                    Matter::Extension { unit: duty.obligation.unit_id, obligation: id, until: word.day() };
                let last = duty.dates(rolling, holidays).deadline();
                all.push(waiting(matter, last, Some(word.at)));
            }
            if duty.progress() == Progress::Sent {
                let at = sent.get(&duty.report.id).copied();
                let before_lock = at.zip(s.period.lock_on).is_some_and(|(at, on)| to_local(at).date() <= on);
                match s.period.is_locked(today) && before_lock {
                    true => chased.unreceived += 1,
                    false => all.push(waiting(receipt(duty), lock, at)),
                }
            }
        }
        let matters = chased.matters().into_iter();
        all.extend(matters.map(|(matter, day)| waiting(matter, day.or(s.period.lock_on), None)));
        // It is late already, and no day presses any more: after what can still be too late.
        let forgotten = s.unconsolidated_since(today).map(|locked_on| Matter::Unconsolidated { locked_on });
        all.extend(forgotten.map(|matter| waiting(matter, None, None)));
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
        Matter::Due { .. } => 6,
        Matter::Asked { .. } => 7,
        Matter::AskedCorrection { .. } => 8,
        Matter::Unreceived { .. } => 9,
        Matter::Unconsolidated { .. } => 10,
    }
}
