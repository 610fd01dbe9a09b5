//! The due rule of a regime, before it has a year: "trước ngày 15/11 hằng năm".
//! It stands between the regime, which repeats, and the period, which has one dated [`DueRule`].

use chrono::{Datelike, NaiveDate};

use super::{DueRule, Holidays, Window, Within};
use crate::vietnamese::day_month;

/// When a recurring report is owed. `month` is 1..=12 and `day` a day that month has every year
/// (29/02 is refused by [`DueTemplate::is_possible`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DueTemplate {
    /// "Trước ngày 15/11 hằng năm".
    Before { month: u32, day: u32 },
    /// "Chậm nhất ngày 05/6 hằng năm".
    By { month: u32, day: u32 },
    /// Within this many calendar days after the window closes; the closing day itself is not counted
    /// (Bộ luật Dân sự 2015 Điều 147 khoản 2).
    DaysAfterWindow(u16),
    /// Within this many working days after the window closes, counted in the same way.
    WorkingDaysAfterWindow(u16),
    /// "Theo quy định".
    Undated,
}

impl DueTemplate {
    /// Whether the day exists in every year.
    pub fn is_possible(&self) -> bool {
        match *self {
            DueTemplate::Before { month, day } | DueTemplate::By { month, day } => {
                // 2025 is not a leap year: what exists in it exists in every year.
                NaiveDate::from_ymd_opt(2025, month, day).is_some()
            }
            DueTemplate::DaysAfterWindow(_)
            | DueTemplate::WorkingDaysAfterWindow(_)
            | DueTemplate::Undated => true,
        }
    }

    /// The dated rule for the period that counts `window`.
    ///
    /// A day of the year is taken in the year that brings it nearest to the end of the window: a year
    /// closing on 14/12/2025 and due before 15/11 is due in 2025, due by 05/01 it is due in 2026.
    /// `None` when the day does not exist or leaves the range of dates.
    pub fn for_window(&self, window: &Window, holidays: &Holidays) -> Option<DueRule> {
        match *self {
            DueTemplate::Before { month, day } => self.nearest(window.to, month, day).map(DueRule::Before),
            DueTemplate::By { month, day } => self.nearest(window.to, month, day).map(DueRule::By),
            DueTemplate::DaysAfterWindow(days) => {
                Within { days, working: false, from: window.to }.last_day(holidays).map(DueRule::By)
            }
            DueTemplate::WorkingDaysAfterWindow(days) => {
                Within { days, working: true, from: window.to }.last_day(holidays).map(DueRule::By)
            }
            DueTemplate::Undated => Some(DueRule::Undated),
        }
    }

    /// The dated rule in a given calendar year, for a regime without a window.
    /// `None` for days after a window, which have no meaning there, and for an impossible day.
    pub fn for_year(&self, year: i32) -> Option<DueRule> {
        if !self.is_possible() {
            return None;
        }
        match *self {
            DueTemplate::Before { month, day } => {
                NaiveDate::from_ymd_opt(year, month, day).map(DueRule::Before)
            }
            DueTemplate::By { month, day } => NaiveDate::from_ymd_opt(year, month, day).map(DueRule::By),
            DueTemplate::DaysAfterWindow(_) | DueTemplate::WorkingDaysAfterWindow(_) => None,
            DueTemplate::Undated => Some(DueRule::Undated),
        }
    }

    fn nearest(&self, end: NaiveDate, month: u32, day: u32) -> Option<NaiveDate> {
        if !self.is_possible() {
            return None;
        }
        (-1..=1)
            .filter_map(|shift| NaiveDate::from_ymd_opt(end.year() + shift, month, day))
            .min_by_key(|date| (*date - end).num_days().abs())
    }

    /// Stable text code of the kind of rule, stored beside its numbers.
    pub fn code(&self) -> &'static str {
        match self {
            DueTemplate::Before { .. } => "before",
            DueTemplate::By { .. } => "by",
            DueTemplate::DaysAfterWindow(_) => "days_after_window",
            DueTemplate::WorkingDaysAfterWindow(_) => "working_days_after_window",
            DueTemplate::Undated => "undated",
        }
    }

    /// Month and day as written in the document, for storage.
    pub fn month_and_day(&self) -> Option<(u32, u32)> {
        match *self {
            DueTemplate::Before { month, day } | DueTemplate::By { month, day } => Some((month, day)),
            DueTemplate::DaysAfterWindow(_)
            | DueTemplate::WorkingDaysAfterWindow(_)
            | DueTemplate::Undated => None,
        }
    }

    /// Days after the window closes, for storage.
    pub fn days(&self) -> Option<u16> {
        match *self {
            DueTemplate::DaysAfterWindow(days) | DueTemplate::WorkingDaysAfterWindow(days) => Some(days),
            _ => None,
        }
    }

    /// Puts a stored template together again; `None` when the parts do not belong together or the day
    /// does not exist in every year.
    pub fn from_parts(
        code: &str,
        month_and_day: Option<(u32, u32)>,
        days: Option<u16>,
    ) -> Option<DueTemplate> {
        let template = match (code, month_and_day, days) {
            ("before", Some((month, day)), None) => DueTemplate::Before { month, day },
            ("by", Some((month, day)), None) => DueTemplate::By { month, day },
            ("days_after_window", None, Some(days)) => DueTemplate::DaysAfterWindow(days),
            ("working_days_after_window", None, Some(days)) => DueTemplate::WorkingDaysAfterWindow(days),
            ("undated", None, None) => DueTemplate::Undated,
            _ => return None,
        };
        template.is_possible().then_some(template)
    }

    /// The rule in Vietnamese: "trước ngày 15/11 hằng năm", "chậm nhất ngày 05/6 hằng năm",
    /// "trong 10 ngày kể từ ngày chốt số liệu", "trong 5 ngày làm việc kể từ ngày chốt số liệu", "theo quy định, chưa ấn
    /// định ngày".
    pub fn text(&self) -> String {
        match *self {
            DueTemplate::Before { month, day } => format!("trước ngày {} hằng năm", day_month(day, month)),
            DueTemplate::By { month, day } => format!("chậm nhất ngày {} hằng năm", day_month(day, month)),
            DueTemplate::DaysAfterWindow(days) => format!("trong {days} ngày kể từ ngày chốt số liệu"),
            DueTemplate::WorkingDaysAfterWindow(days) => {
                format!("trong {days} ngày làm việc kể từ ngày chốt số liệu")
            }
            DueTemplate::Undated => DueRule::Undated.text(),
        }
    }
}
