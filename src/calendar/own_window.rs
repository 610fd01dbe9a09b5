//! A data window of a regime's own, where no preset fits: two days of the year, repeated every year.
//! It stands between what an administrator types ("15/12" to "14/6") and the dated [`Window`] of a period.

use chrono::{Days, NaiveDate};

use super::Window;
use crate::vietnamese::day_month;

/// A day that a window begins or ends on: `month` 1..=12, `day` one that month can have in some year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayOfYear {
    pub day: u32,
    pub month: u32,
}

impl DayOfYear {
    /// None for a day the month never has.
    pub fn new(day: u32, month: u32) -> Option<DayOfYear> {
        // 2024 is a leap year: what exists in some year exists in it.
        NaiveDate::from_ymd_opt(2024, month, day).map(|_| DayOfYear { day, month })
    }

    /// Reads "15/12".
    pub fn parse(text: &str) -> Option<DayOfYear> {
        let (day, month) = text.trim().split_once('/')?;
        DayOfYear::new(day.trim().parse().ok()?, month.trim().parse().ok()?)
    }

    /// The day as the last one of a window: 29/02 is the 28th where there is no 29th.
    fn last_in(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
            .or_else(|| NaiveDate::from_ymd_opt(year, self.month, self.day.checked_sub(1)?))
    }

    /// The day as the first one of a window: 29/02 is 01/3 where there is no 29th.
    fn first_in(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
            .or_else(|| NaiveDate::from_ymd_opt(year, self.month + 1, 1))
    }

    /// "15/12", "05/6".
    pub fn text(self) -> String {
        day_month(self.day, self.month)
    }
}

/// From a day of the year to another, both counted; a window that would end before it begins begins the year before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnWindow {
    pub from: DayOfYear,
    pub to: DayOfYear,
}

impl OwnWindow {
    /// Reads the stored "15/12-14/06".
    pub fn from_code(code: &str) -> Option<OwnWindow> {
        let (from, to) = code.split_once('-')?;
        Some(OwnWindow { from: DayOfYear::parse(from)?, to: DayOfYear::parse(to)? })
    }

    /// The opposite of [`OwnWindow::from_code`].
    pub fn code(self) -> String {
        format!("{:02}/{:02}-{:02}/{:02}", self.from.day, self.from.month, self.to.day, self.to.month)
    }

    /// The days of a window, which repeat: the opposite of [`OwnWindow::in_year`] for windows up to a year long.
    pub fn of(window: &Window) -> Option<OwnWindow> {
        use chrono::Datelike;
        Some(OwnWindow {
            from: DayOfYear::new(window.from.day(), window.from.month())?,
            to: DayOfYear::new(window.to.day(), window.to.month())?,
        })
    }

    /// The window of the period named after `year`, which is the year it ends in.
    pub fn in_year(self, year: i32) -> Option<Window> {
        let to = self.to.last_in(year)?;
        Window::new(self.from.first_in(year)?, to)
            .or_else(|| Window::new(self.from.first_in(year.checked_sub(1)?)?, to))
    }

    /// The window of every month `month` or quarter ending with it that closes on day `closing` of its last month and
    /// begins the day after the closing of the part before; `length` is 1 or 3 months. A closing day past the end of
    /// a month is its last day. None unless `month` is 1..=12 and `closing` 1..=31.
    pub fn closing(closing: u32, month: u32, length: u32) -> Option<OwnWindow> {
        if !(1..=12).contains(&month) || !(1..=31).contains(&closing) {
            return None;
        }
        let closes = |month: u32| {
            let last = (28..=31).rev().find(|day| DayOfYear::new(*day, month).is_some())?;
            DayOfYear::new(closing.min(last), month)
        };
        let before = (month + 11 - length) % 12 + 1;
        let to = closes(month)?;
        let end_before = closes(before)?;
        // In a leap year: 29/02 stands for the last day of February.
        let next = NaiveDate::from_ymd_opt(2024, end_before.month, end_before.day)?
            .checked_add_days(Days::new(1))?;
        let from = OwnWindow::of(&Window { from: next, to: next })?.from;
        Some(OwnWindow { from, to })
    }

    /// "15/12 – 14/6".
    pub fn text(self) -> String {
        format!("{} – {}", self.from.text(), self.to.text())
    }
}
