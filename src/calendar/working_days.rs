//! Working days: weekends, holidays, made-up days and swapped Saturdays.
//! It stands between the table of calendar days, which an administrator keeps, and every date that may
//! roll. No holiday is written in code: the five days of Tết and the swaps are decided year by year.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};

/// Why a day differs from an ordinary day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayKind {
    /// Public holiday (Bộ luật Lao động 2019 Điều 112).
    Holiday,
    /// Nghỉ bù: the weekday off after a holiday that fell on a rest day (Điều 111 khoản 3).
    Compensatory,
    /// Nghỉ hoán đổi: a weekday off, made up on a rest day.
    SwappedOff,
    /// Làm bù: the rest day worked in exchange.
    SwappedWork,
}

impl DayKind {
    /// Every kind, in the order a form offers them.
    pub const ALL: [DayKind; 4] =
        [DayKind::Holiday, DayKind::Compensatory, DayKind::SwappedOff, DayKind::SwappedWork];

    /// Stable text code, for storage.
    pub fn code(self) -> &'static str {
        match self {
            DayKind::Holiday => "holiday",
            DayKind::Compensatory => "compensatory",
            DayKind::SwappedOff => "swapped_off",
            DayKind::SwappedWork => "swapped_work",
        }
    }

    /// Reads [`DayKind::code`].
    pub fn from_code(code: &str) -> Option<DayKind> {
        DayKind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Name in a list of choices.
    pub fn label(self) -> &'static str {
        match self {
            DayKind::Holiday => "Ngày lễ, tết",
            DayKind::Compensatory => "Nghỉ bù",
            DayKind::SwappedOff => "Nghỉ hoán đổi",
            DayKind::SwappedWork => "Làm bù",
        }
    }
}

/// The days that differ from an ordinary week. Without rows, Monday to Friday are worked; what is read from the table of days
/// has those that the law fixes ([`super::in_force`]).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holidays {
    days: BTreeMap<NaiveDate, DayKind>,
}

impl FromIterator<(NaiveDate, DayKind)> for Holidays {
    /// Of two rows for one day the later wins.
    fn from_iter<I: IntoIterator<Item = (NaiveDate, DayKind)>>(rows: I) -> Holidays {
        Holidays { days: rows.into_iter().collect() }
    }
}

impl Holidays {
    /// Whether offices are open that day.
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        match self.days.get(&day) {
            Some(DayKind::SwappedWork) => true,
            Some(DayKind::Holiday | DayKind::Compensatory | DayKind::SwappedOff) => false,
            None => !matches!(day.weekday(), Weekday::Sat | Weekday::Sun),
        }
    }

    /// The days that differ from an ordinary week, from one day to another, both included, in order.
    pub fn between(&self, from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = (NaiveDate, DayKind)> + '_ {
        self.days
            .iter()
            .skip_while(move |(day, _)| **day < from)
            .take_while(move |(day, _)| **day <= to)
            .map(|(d, k)| (*d, *k))
    }

    /// The day itself when it is worked, else the next one that is
    /// (Bộ luật Dân sự 2015 Điều 148 khoản 5).
    pub fn next_working_day_on_or_after(&self, day: NaiveDate) -> NaiveDate {
        self.walk(day, |day| day.succ_opt())
    }

    /// The day itself when it is worked, else the last one before it that is. For a deadline this is the
    /// day a reminder names: a superior expects the report by then even if the deadline rolls.
    pub fn last_working_day_on_or_before(&self, day: NaiveDate) -> NaiveDate {
        self.walk(day, |day| day.pred_opt())
    }

    /// The last worked day strictly before this one.
    pub fn last_working_day_before(&self, day: NaiveDate) -> NaiveDate {
        self.last_working_day_on_or_before(day.pred_opt().unwrap_or(day))
    }

    /// The last of so many worked days after this one, which is not counted (Bộ luật Dân sự 2015 Điều 147 khoản 2); the
    /// day itself for none.
    pub fn worked_days_after(&self, day: NaiveDate, count: u16) -> NaiveDate {
        (0..count).fold(day, |day, _| self.next_working_day_on_or_after(day.succ_opt().unwrap_or(day)))
    }

    /// Steps until a worked day. The rows are finite, so only the ends of the calendar (years ±262,000)
    /// stop it early; the day it began with is then as good as any.
    fn walk(&self, start: NaiveDate, step: impl Fn(NaiveDate) -> Option<NaiveDate>) -> NaiveDate {
        let mut day = start;
        while !self.is_working_day(day) {
            match step(day) {
                Some(next) => day = next,
                None => return start,
            }
        }
        day
    }
}
