//! Which periods there are and how each unit fares in each: pure, so that a test can say by itself which reports
//! must have been received.

use chrono::{Days, NaiveDate};

use super::random::Random;
use super::{LAST_YEAR, Size};
use crate::calendar::{Cycle, DueTemplate, Holidays, Preset, Window, window};

/// Days after the end of the window in which a report is in time.
pub const DUE_DAYS: u16 = 3;
/// Days after the due day on which a period takes no more changes.
pub const LOCK_DAYS: u16 = 30;

/// One period: two a year, with the windows of NĐ 09/2019 Điều 12.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub year: i32,
    pub cycle: Cycle,
    pub window: Window,
    /// Last day in time.
    pub due_on: NaiveDate,
}

/// How far a report has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Nothing was begun.
    Missing,
    Draft,
    /// Sent, and waits.
    Sent,
    Received,
    /// Sent, asked to amend, sent again and received.
    Corrected,
}

impl Fate {
    /// Whether its figures count.
    pub fn is_received(self) -> bool {
        matches!(self, Fate::Received | Fate::Corrected)
    }

    /// Revisions it leaves.
    pub fn revisions(self) -> i32 {
        match self {
            Fate::Missing | Fate::Draft => 0,
            Fate::Sent | Fate::Received => 1,
            Fate::Corrected => 2,
        }
    }
}

/// How one unit fares in one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    pub fate: Fate,
    /// Days from the last day in time to the first sending; above 0 is late.
    pub days_late: i32,
}

/// The periods, the earliest first.
pub fn periods(size: Size) -> Vec<Span> {
    let mut all = Vec::new();
    for year in size.years() {
        for cycle in [Cycle::FirstHalf, Cycle::Year] {
            let Some(window) = window(Preset::Nd09, cycle, year) else { continue };
            let rule = DueTemplate::DaysAfterWindow(DUE_DAYS).for_window(&window, &Holidays::default());
            let Some(due_on) = rule.and_then(|rule| rule.last_day()) else { continue };
            all.push(Span { year, cycle, window, due_on });
        }
    }
    all
}

/// How unit `unit` fares in period `period`. The last period of all is still running.
pub fn course(size: Size, unit: u32, period: usize, span: &Span) -> Course {
    let mut random = Random::of(size.seed, &[2, unit.into(), period as u64]);
    let running = span.year == LAST_YEAR && span.cycle == Cycle::Year;
    let at = random.below(100);
    let fate = match (running, at) {
        (false, 0..=3) => Fate::Missing,
        (false, 4..=5) => Fate::Sent,
        (false, 6..=9) | (true, 55..=59) => Fate::Corrected,
        (true, 0..=19) => Fate::Missing,
        (true, 20..=34) => Fate::Draft,
        (true, 35..=54) => Fate::Sent,
        _ => Fate::Received,
    };
    let late = random.chance(8);
    let days = i32::try_from(random.below(if late { 15 } else { 6 })).unwrap_or(0);
    Course { fate, days_late: if late { days + 1 } else { -days } }
}

/// A day some days away; the same day past the end of the calendar.
pub fn shifted(day: NaiveDate, days: i32) -> NaiveDate {
    let distance = Days::new(u64::from(days.unsigned_abs()));
    let moved = if days < 0 { day.checked_sub_days(distance) } else { day.checked_add_days(distance) };
    moved.unwrap_or(day)
}
