//! The days that differ from an ordinary week, year by year: what the law proposes, what the year's official notice
//! decided, who entered it. Stands between the pure calendar, which counts with them, and the administrator who keeps
//! them; a date that rolls is worked out from here while its report is open.

pub mod keep;
pub mod pages;
pub mod queries;

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use crate::calendar::{DayKind, ProposedDay, public_holidays};

/// Years whose days can be kept: those of the lunar calendar that still matter to reports.
pub const YEARS: std::ops::RangeInclusive<i32> = 2020..=2099;

/// A day on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDay {
    pub day: NaiveDate,
    pub kind: DayKind,
    pub name: String,
    /// The law or notice it rests on.
    pub source: String,
    /// False while it is only what the law leads one to expect.
    pub confirmed: bool,
}

/// The official notice of a year's days off, as entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub document: String,
    pub noted_at: NaiveDateTime,
    pub by: String,
}

/// What is on record for a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearOfDays {
    pub year: i32,
    pub days: Vec<KeptDay>,
    pub notice: Option<Notice>,
}

impl YearOfDays {
    /// Days the law names or leads one to expect that are not on record.
    pub fn missing(&self) -> Vec<ProposedDay> {
        let kept = |one: &ProposedDay| self.days.iter().any(|day| day.day == one.day);
        public_holidays(self.year).into_iter().filter(|one| !kept(one)).collect()
    }
}

/// A sentence for pages that name working days of a year whose notice is not entered; none where it is.
pub fn caution(noticed: &[i64], day: NaiveDate) -> Option<String> {
    (!noticed.contains(&i64::from(day.year()))).then(|| {
        format!(
            "Chưa nhập thông báo nghỉ lễ, tết và hoán đổi ngày làm việc năm {}: ngày làm việc trong năm này có thể thay đổi.",
            day.year()
        )
    })
}
