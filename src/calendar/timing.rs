//! The time axis of an obligation: days left, due today, overdue, sent on time, sent late, extended.
//! Computed, never stored; kept apart from progress, so that one tag never mixes the two. It stands
//! between the dates of an obligation and the "Thời hạn" column of every page.

use chrono::{Datelike, NaiveDate};

use super::{DueDates, Now};
use crate::vietnamese::day_month;

/// With this many days left or fewer, a page begins to warn: the reminders of the last week.
pub const SOON_DAYS: i64 = 7;

/// Where an obligation stands in time. Counts of days are calendar days and at least 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Timing {
    /// No date was given; never overdue, and never on time either.
    Undated,
    /// Not sent, this many days before the deadline.
    DaysLeft(i64),
    /// Not sent, and today is the last day.
    DueToday,
    /// Not sent, this many days after the deadline.
    Overdue(i64),
    /// First sent on or before the deadline.
    OnTime,
    /// First sent this many days after the deadline.
    SentLate(i64),
    /// Not sent, with an extension still running.
    Extended { until: NaiveDate, days_left: i64 },
    /// Not sent and past the date, by a body that is requested (đề nghị) and not assigned: counted
    /// apart, never called overdue.
    NotSentYet,
}

/// How a page colours a timing; the words always stand beside the colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Overdue or sent late.
    Late,
    /// Due today or within [`SOON_DAYS`].
    Soon,
    /// Nothing to say.
    Neutral,
    /// Sent on time.
    Good,
}

/// Where an obligation stands `now`; of a day alone, at its beginning.
///
/// `requested`: the body is asked (đề nghị), not assigned. `first_sent_on`: the day the first sending counts as
/// ([`DueDates::counted_day`]), or, for a report typed in or imported on a unit's behalf, the recorded day of receipt. Time
/// that a report spends in review is thereby never charged to the unit. For a sent report `due` must be
/// the dates as taken down at that sending.
pub fn timing(
    due: &DueDates,
    requested: bool,
    first_sent_on: Option<NaiveDate>,
    now: impl Into<Now>,
) -> Timing {
    let Some(deadline) = due.deadline() else { return Timing::Undated };
    if let Some(sent_on) = first_sent_on {
        let late = (sent_on - deadline).num_days();
        return if late > 0 { Timing::SentLate(late) } else { Timing::OnTime };
    }
    match (-now.into().days_past(deadline, due.last_hour()), due.extended) {
        (0, _) => Timing::DueToday,
        (days_left @ 1.., Some(until)) => Timing::Extended { until, days_left },
        (days_left @ 1.., None) => Timing::DaysLeft(days_left),
        _ if requested => Timing::NotSentYet,
        (days, _) => Timing::Overdue(-days),
    }
}

impl Timing {
    /// The words of the "Thời hạn" column: "còn 7 ngày", "đến hạn hôm nay", "quá hạn 3 ngày",
    /// "gửi đúng hạn", "gửi muộn 2 ngày", "gia hạn đến 20/6", "chưa gửi", "chưa ấn định".
    pub fn text(&self) -> String {
        match self {
            Timing::Undated => "chưa ấn định".to_owned(),
            Timing::DaysLeft(days) => format!("còn {days} ngày"),
            Timing::DueToday => "đến hạn hôm nay".to_owned(),
            Timing::Overdue(days) => format!("quá hạn {days} ngày"),
            Timing::OnTime => "gửi đúng hạn".to_owned(),
            Timing::SentLate(days) => format!("gửi muộn {days} ngày"),
            Timing::Extended { until, .. } => {
                format!("gia hạn đến {}", day_month(until.day(), until.month()))
            }
            Timing::NotSentYet => "chưa gửi".to_owned(),
        }
    }

    /// How loudly a page says it.
    pub fn severity(&self) -> Severity {
        match *self {
            Timing::Overdue(_) | Timing::SentLate(_) => Severity::Late,
            Timing::DueToday => Severity::Soon,
            Timing::DaysLeft(days) | Timing::Extended { days_left: days, .. } if days <= SOON_DAYS => {
                Severity::Soon
            }
            Timing::OnTime => Severity::Good,
            Timing::Undated | Timing::DaysLeft(_) | Timing::Extended { .. } | Timing::NotSentYet => {
                Severity::Neutral
            }
        }
    }
}
