//! The day deadlines are measured from, with the time of day where it is known: a deadline may end within its day.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::{LastHour, Moment, to_local};

/// A day, and the local time of that day; from a day alone, its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Now {
    pub today: NaiveDate,
    at: NaiveDateTime,
}

impl From<NaiveDate> for Now {
    fn from(today: NaiveDate) -> Now {
        Now { today, at: today.and_time(NaiveTime::MIN) }
    }
}

impl From<Moment> for Now {
    fn from(moment: Moment) -> Now {
        Now { today: moment.today, at: moment.today.and_time(to_local(moment.at).time()) }
    }
}

impl Now {
    /// Days past a last day that may end at an hour; negative before it, 0 on it while it runs. What is not sent now is
    /// late by exactly the days that a sending of this minute would be.
    pub fn days_past(self, last: NaiveDate, hour: Option<LastHour>) -> i64 {
        let over = self.today == last && hour.is_some_and(|hour| hour.is_over(self.at.time()));
        (self.today - last).num_days() + i64::from(over)
    }
}
