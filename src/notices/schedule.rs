//! On which day each notice falls, and which of them is to be said on a day. Pure; decision 42 says why the rules are these.
//!
//! A notice comes on a working day. One for a day before the last day, or for that day itself, moves back to the last working
//! day before; one for a day after it moves on to the next. What says "còn n ngày" or "hôm nay" never comes when the time
//! is over.

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use super::Steps;
use crate::calendar::{Holidays, LastHour};

/// What presses: the last day in time with its hour, and what somebody has promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Press {
    pub deadline: NaiveDate,
    /// The hour of that day at which it is over; none: its end.
    pub hour: Option<LastHour>,
    /// "Hẹn gửi ngày 13/11": until the end of that day nothing is said.
    pub promised_until: Option<NaiveDate>,
}

impl Press {
    /// Presses at the end of a day, nothing promised.
    pub fn by(deadline: NaiveDate) -> Press {
        Press { deadline, hour: None, promised_until: None }
    }

    /// The last day on which a notice that comes at `opens` is still in time.
    fn last_useful(&self, opens: NaiveTime) -> NaiveDate {
        match self.hour {
            Some(hour) if hour.time() <= opens => self.deadline.pred_opt().unwrap_or(self.deadline),
            _ => self.deadline,
        }
    }

    /// The day on which the notice of one step comes, notices coming at `opens`; none when it could only come too late to
    /// be of use.
    pub fn day_of(&self, step: i32, opens: NaiveTime, holidays: &Holidays) -> Option<NaiveDate> {
        let nominal = self.deadline.checked_add_signed(TimeDelta::days(i64::from(step)))?;
        let last = self.last_useful(opens);
        let day = if step <= 0 {
            holidays.last_working_day_on_or_before(nominal.min(last))
        } else {
            holidays.next_working_day_on_or_after(nominal)
        };
        let Some(promised) = self.promised_until.filter(|promised| day <= *promised) else {
            return Some(day);
        };
        let moved = holidays.next_working_day_on_or_after(promised.succ_opt()?);
        (step > 0 || moved <= last).then_some(moved)
    }

    /// The step to be said on `today`: the latest of those that fall after the day `after` and up to today. Earlier ones
    /// that were missed meanwhile are folded into it; one that speaks of time left is not said when there is none.
    pub fn step_on(
        &self,
        steps: &Steps,
        (after, today): (NaiveDate, NaiveDate),
        opens: NaiveTime,
        holidays: &Holidays,
    ) -> Option<i32> {
        let fallen =
            |step: &i32| self.day_of(*step, opens, holidays).is_some_and(|day| after < day && day <= today);
        let latest = steps.all().iter().copied().filter(fallen).max()?;
        (latest > 0 || today <= self.last_useful(opens)).then_some(latest)
    }
}
