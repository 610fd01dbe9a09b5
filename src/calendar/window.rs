//! Data windows (thời gian chốt số liệu): the days whose figures a period counts.
//! Three presets stand between a regime and its periods: NĐ 09/2019, the police year, the judgment year.
//! A window is not a due date: a report may be owed before its window closes (its end is then estimated).

use std::fmt;

use chrono::{Days, NaiveDate};

use super::Cycle;
use crate::vietnamese::short_date;

/// A span of days, both ends included; `from` is not after `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Window {
    /// First day counted.
    pub from: NaiveDate,
    /// Last day counted.
    pub to: NaiveDate,
}

impl Window {
    /// A window typed by hand; `None` when it would end before it begins.
    pub fn new(from: NaiveDate, to: NaiveDate) -> Option<Window> {
        (from <= to).then_some(Window { from, to })
    }

    /// Whether the day is counted.
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// Whether two windows share at least one day, so that their flows would be counted twice.
    pub fn overlaps(&self, other: &Window) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    /// Length in days, at least 1.
    pub fn days(&self) -> i64 {
        (self.to - self.from).num_days() + 1
    }
}

/// "từ ngày 15/12/2024 đến ngày 14/6/2025".
impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "từ ngày {} đến ngày {}", short_date(self.from), short_date(self.to))
    }
}

/// Where a regime's windows come from; each regime chooses one, none is global.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Preset {
    /// Nghị định 09/2019/NĐ-CP Điều 12: the month closes on day 14, the year on 14/12.
    Nd09,
    /// The police year, 15/11 of the year before to 14/11, halves meeting at 14/5. Also the window of
    /// every yearly report asked for "trước ngày 15/11".
    Police,
    /// Judgment execution, as reported to the National Assembly: 01/10 of the year before to 30/9.
    Judgments,
}

impl Window {
    /// Whether every day of the other lies in this one.
    pub fn encloses(self, other: Window) -> bool {
        self.from <= other.from && other.to <= self.to
    }
}

impl Preset {
    /// Every preset, in the order a form offers them.
    pub const ALL: [Preset; 3] = [Preset::Nd09, Preset::Police, Preset::Judgments];

    /// Stable text code, for storage.
    pub fn code(self) -> &'static str {
        match self {
            Preset::Nd09 => "nd09",
            Preset::Police => "police",
            Preset::Judgments => "judgments",
        }
    }

    /// Reads [`Preset::code`].
    pub fn from_code(code: &str) -> Option<Preset> {
        Preset::ALL.into_iter().find(|preset| preset.code() == code)
    }

    /// Name in a list of choices.
    pub fn label(self) -> &'static str {
        match self {
            Preset::Nd09 => "Theo Nghị định 09/2019/NĐ-CP (15/12 – 14/12)",
            Preset::Police => "Theo Công an (15/11 – 14/11)",
            Preset::Judgments => "Theo thi hành án (01/10 – 30/9)",
        }
    }

    /// First and last month that a cycle covers, counted from January of the period's year as 1
    /// (December of the year before is 0, November -1, October -2).
    fn months(self, cycle: Cycle) -> Option<(i32, i32)> {
        // The first month of this preset's year; the other months follow from it.
        let start = match self {
            Preset::Nd09 => 1,
            Preset::Police => 0,
            Preset::Judgments => -2,
        };
        match (self, cycle) {
            (_, Cycle::Year) => Some((start, start + 11)),
            (_, Cycle::FirstHalf) => Some((start, start + 5)),
            (_, Cycle::SecondHalf) => Some((start + 6, start + 11)),
            (Preset::Nd09, Cycle::NineMonths) => Some((1, 9)),
            (Preset::Nd09, Cycle::Quarter(number @ 1..=4)) => {
                let last = i32::from(number) * 3;
                Some((last - 2, last))
            }
            (Preset::Nd09, Cycle::Month(number @ 1..=12)) => Some((i32::from(number), i32::from(number))),
            _ => None,
        }
    }
}

/// The data window of a period; `year` is the year the period is named after.
///
/// NĐ 09/2019 Điều 12 gives months, quarters, halves and the year (nine months: by local rule, 15/12 to
/// 14/9). For the police and judgment years only halves and the year are known. `None` for what a preset
/// does not define: the window is then typed by hand.
pub fn window(preset: Preset, cycle: Cycle, year: i32) -> Option<Window> {
    let (first, last) = preset.months(cycle)?;
    let (from, to) = match preset {
        // "Month n" runs from day 15 of the month before to day 14 of month n.
        Preset::Nd09 | Preset::Police => (day_of(year, first - 1, 15)?, day_of(year, last, 14)?),
        Preset::Judgments => {
            (day_of(year, first, 1)?, day_of(year, last + 1, 1)?.checked_sub_days(Days::new(1))?)
        }
    };
    Window::new(from, to)
}

/// A day in a month counted from January of `year` as 1; zero and negative months lie in the year before.
fn day_of(year: i32, month: i32, day: u32) -> Option<NaiveDate> {
    let index = month - 1;
    let year = year.checked_add(index.div_euclid(12))?;
    let month = u32::try_from(index.rem_euclid(12)).ok()? + 1;
    NaiveDate::from_ymd_opt(year, month, day)
}
