//! The clock: which day it is for deadlines, and which instant it is for everything else.
//! The demo fixes the day so that its reports stand in every state; instants (sessions, locks, audit)
//! always come from the system. Days are those of Asia/Ho_Chi_Minh, instants are stored in UTC.

use chrono::{NaiveDate, NaiveDateTime, SubsecRound, TimeDelta, Utc};

/// Asia/Ho_Chi_Minh is UTC+7 all year round; there has been no summer time in the years we hold.
const OFFSET: TimeDelta = TimeDelta::hours(7);

/// Tells the day and the instant; passed to whoever needs it, never global.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    fixed: Option<NaiveDate>,
}

impl Clock {
    /// Follows the system.
    pub fn system() -> Clock {
        Clock { fixed: None }
    }

    /// Stands still at a day, for the demo and the tests; instants still come from the system.
    pub fn fixed(today: NaiveDate) -> Clock {
        Clock { fixed: Some(today) }
    }

    /// The fixed day, if there is one, for the banner that must say so.
    pub fn fixed_day(&self) -> Option<NaiveDate> {
        self.fixed
    }

    /// The local day deadlines are measured from.
    pub fn today(&self) -> NaiveDate {
        self.moment().today
    }

    /// The system's instant in UTC, whatever day is fixed.
    pub fn now_utc(&self) -> NaiveDateTime {
        // Microseconds: what both databases keep.
        Utc::now().naive_utc().trunc_subsecs(6)
    }
}

/// Local time in Vietnam of an instant stored in UTC. Past the end of the calendar the instant is
/// given back as it is.
pub fn to_local(utc: NaiveDateTime) -> NaiveDateTime {
    utc.checked_add_signed(OFFSET).unwrap_or(utc)
}

/// When a step is taken: one value handed to every use case, so that none asks the clock itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The local day deadlines are measured from.
    pub today: NaiveDate,
    /// The instant of the step in UTC; on a fixed day, that day with the system's time of day.
    pub at: NaiveDateTime,
    /// The system's instant in UTC, for the audit log.
    pub recorded: NaiveDateTime,
}

impl Moment {
    /// The moment of a step taken at a local time that is told later, as the demo's past is.
    pub fn local(taken: NaiveDateTime) -> Moment {
        let at = taken.checked_sub_signed(OFFSET).unwrap_or(taken);
        Moment { today: taken.date(), at, recorded: at }
    }
}

impl Clock {
    /// This moment.
    pub fn moment(&self) -> Moment {
        self.moment_at(self.now_utc())
    }

    /// The moment of an instant in UTC. The day comes from the instant, never from asking the system again: a
    /// step taken just before midnight would be stored on the next day.
    pub fn moment_at(&self, recorded: NaiveDateTime) -> Moment {
        let local = to_local(recorded);
        let today = self.fixed.unwrap_or_else(|| local.date());
        let taken = today.and_time(local.time());
        Moment { today, at: taken.checked_sub_signed(OFFSET).unwrap_or(taken), recorded }
    }
}
