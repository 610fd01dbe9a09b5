//! The cycles of a regime as a form groups them: "tháng" is twelve rows of one due rule, "6 tháng đầu năm" is one.
//! Pure; it stands between the groups people tick and the rows of `regime_cycles`.

use chrono::NaiveTime;
use serde::{Serialize, Serializer};

use crate::calendar::{Cycle, DueTemplate, OwnWindow, Preset, hour_code, window};
use crate::db::ids::RegimeId;
use crate::periods::RegimeCycle;

/// One line of the form: cycles that share their due words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    Month,
    Quarter,
    FirstHalf,
    SecondHalf,
    NineMonths,
    Year,
    Once,
}

impl Group {
    /// In the order of the form.
    pub const ALL: [Group; 7] = [
        Group::Month,
        Group::Quarter,
        Group::FirstHalf,
        Group::SecondHalf,
        Group::NineMonths,
        Group::Year,
        Group::Once,
    ];

    /// The name of its fields.
    pub fn field(self) -> &'static str {
        match self {
            Group::Month => "month",
            Group::Quarter => "quarter",
            Group::FirstHalf => "half",
            Group::SecondHalf => "half2",
            Group::NineMonths => "nine",
            Group::Year => "year",
            Group::Once => "once",
        }
    }

    /// As the form calls it.
    pub fn words(self) -> &'static str {
        match self {
            Group::Month => "Tháng",
            Group::Quarter => "Quý",
            Group::FirstHalf => "6 tháng đầu năm",
            Group::SecondHalf => "6 tháng cuối năm",
            Group::NineMonths => "9 tháng",
            Group::Year => "Năm",
            Group::Once => "Một lần",
        }
    }

    /// Its cycles, in the order of the year.
    pub fn cycles(self) -> Vec<Cycle> {
        match self {
            Group::Month => (1..=12).map(Cycle::Month).collect(),
            Group::Quarter => (1..=4).map(Cycle::Quarter).collect(),
            Group::FirstHalf => vec![Cycle::FirstHalf],
            Group::SecondHalf => vec![Cycle::SecondHalf],
            Group::NineMonths => vec![Cycle::NineMonths],
            Group::Year => vec![Cycle::Year],
            Group::Once => vec![Cycle::OneOff],
        }
    }

    /// Whether it stands for several cycles, which are told by the day of their last month.
    pub fn is_many(self) -> bool {
        matches!(self, Group::Month | Group::Quarter)
    }

    /// The months each of its cycles lasts, for windows closed by a day of the month.
    pub fn length(self) -> u32 {
        if self == Group::Month { 1 } else { 3 }
    }
}

/// The last month of a part of the year, 1..=12; none for what is no part of many.
pub fn last_month(cycle: Cycle) -> Option<u32> {
    match cycle {
        Cycle::Month(number) => Some(u32::from(number)),
        Cycle::Quarter(number) => Some(u32::from(number) * 3),
        _ => None,
    }
}

/// Where the window of a cycle comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Preset(Preset),
    Own(OwnWindow),
    /// Typed when the period is opened.
    AtOpening,
}

impl Source {
    /// The code stored in `regime_cycles.preset`.
    pub fn code(self) -> &'static str {
        match self {
            Source::Preset(preset) => preset.code(),
            Source::Own(_) => "own",
            Source::AtOpening => "none",
        }
    }

    /// Whether the preset knows the cycle; the other sources always do.
    pub fn defines(self, cycle: Cycle) -> bool {
        match self {
            Source::Preset(preset) => window(preset, cycle, 2025).is_some(),
            Source::Own(_) | Source::AtOpening => true,
        }
    }
}

/// One cycle of a regime about to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CyclePlan {
    pub cycle: Cycle,
    pub source: Source,
    pub due: DueTemplate,
    /// The hour of the due day; none: until its end.
    pub hour: Option<NaiveTime>,
    /// Days from the last day in time to the lock; none: no lock is proposed.
    pub lock_days: Option<u16>,
}

impl CyclePlan {
    /// As it will be stored, to propose from before it is.
    pub fn row(&self) -> RegimeCycle {
        let day = self.due.month_and_day();
        let small = |n: u32| i32::try_from(n).ok();
        RegimeCycle {
            regime_id: RegimeId(0),
            cycle: self.cycle.code(),
            preset: self.source.code().to_owned(),
            due_rule: self.due.code().to_owned(),
            due_month: day.and_then(|(month, _)| small(month)),
            due_day: day.and_then(|(_, day)| small(day)),
            due_days: self.due.days().map(i32::from),
            stated_time: self.hour.map(hour_code),
            lock_days: self.lock_days.map(i32::from),
            own_window: match self.source {
                Source::Own(own) => Some(own.code()),
                _ => None,
            },
        }
    }

    /// A stored cycle, where it is one a form can show.
    pub fn of(row: &RegimeCycle) -> Option<CyclePlan> {
        let source = match (row.preset(), row.own_window()) {
            (Some(preset), _) => Source::Preset(preset),
            (None, Some(own)) => Source::Own(own),
            (None, None) => Source::AtOpening,
        };
        Some(CyclePlan {
            cycle: row.cycle()?,
            source,
            due: row.template(),
            hour: row.hour(),
            lock_days: row.lock_days.and_then(|days| u16::try_from(days).ok()),
        })
    }
}

/// For the audit row: what would be stored.
impl Serialize for CyclePlan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let row = self.row();
        let window = row.own_window.clone().unwrap_or_else(|| row.preset.clone());
        (row.cycle.clone(), window, row.due_words(), row.lock_days).serialize(serializer)
    }
}
