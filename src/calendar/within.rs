//! A time told in days from an event: "trong 05 ngày làm việc kể từ ngày nhận văn bản".
//! It stands between what a document says and the last day it leaves, which is what is kept.

use chrono::{Days, NaiveDate};

use super::Holidays;
use crate::vietnamese::{capital, parse_date, short_date};

/// So many days after a day. The day itself is not counted (Bộ luật Dân sự 2015 Điều 147 khoản 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Within {
    pub days: u16,
    /// Only days on which offices are open are counted.
    pub working: bool,
    pub from: NaiveDate,
}

impl Within {
    /// The last day in time; `None` past the range of dates. Of days of the calendar it may be a rest day.
    pub fn last_day(&self, holidays: &Holidays) -> Option<NaiveDate> {
        match self.working {
            true => Some(holidays.worked_days_after(self.from, self.days)),
            false => self.from.checked_add_days(Days::new(u64::from(self.days))),
        }
    }

    /// "trong 5 ngày làm việc kể từ ngày 12/5/2026".
    pub fn text(&self) -> String {
        let kind = if self.working { "ngày làm việc" } else { "ngày" };
        format!("trong {} {kind} kể từ ngày {}", self.days, short_date(self.from))
    }

    /// The time told in brackets behind a document, and the document: what [`Within::beside`] wrote, read again.
    pub fn told(basis: &str) -> Option<(Within, &str)> {
        let (document, told) = basis.rsplit_once(" (trong ")?;
        let (days, told) = told.strip_suffix(')')?.split_once(' ')?;
        let (working, from) = match told.strip_prefix("ngày làm việc kể từ ngày ") {
            Some(from) => (true, from),
            None => (false, told.strip_prefix("ngày kể từ ngày ")?),
        };
        let within = Within { days: days.parse().ok()?, working, from: parse_date(from).ok()? };
        Some((within, document))
    }

    /// The document of a last day with these words behind it, in the place of others that stand there:
    /// "Công văn số 12/CV (trong 5 ngày làm việc kể từ ngày 12/5/2026)".
    pub fn beside(&self, basis: &str) -> String {
        let basis = Within::told(basis).map_or(basis, |(_, document)| document);
        if basis.is_empty() {
            return capital(&self.text());
        }
        format!("{basis} ({})", self.text())
    }
}
