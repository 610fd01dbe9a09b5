//! What the leader's screen lists besides the periods themselves: the longest overdue, the days to come, the
//! past deadlines a chart compares. Pure; it stands between summaries and the page.

use chrono::{Days, NaiveDate};

use super::chart::Point;
use crate::calendar::{DueDates, Holidays, Now};
use crate::db::ids::{ObligationId, UnitId};
use crate::periods::summary::Summary;

/// How many rows each list shows, and how far ahead the days to come reach.
const OVERDUE: usize = 10;
const COMPARED: usize = 6;
pub(super) const AHEAD: u64 = 90;

/// An assigned body that has not sent after its deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overdue {
    pub unit: UnitId,
    pub obligation: ObligationId,
    pub period: String,
    pub days: i64,
}

/// The longest overdue, longest first.
pub fn longest_overdue(open: &[Summary], holidays: &Holidays, now: Now) -> Vec<Overdue> {
    let mut all: Vec<Overdue> = open
        .iter()
        .flat_map(|s| {
            s.duties.iter().filter_map(move |d| {
                let days = d.overdue_days(s.regime.rolling, holidays, now)?;
                let period = s.period.label.clone();
                Some(Overdue { unit: d.obligation.unit_id, obligation: d.obligation.id, period, days })
            })
        })
        .collect();
    all.sort_by_key(|o| (std::cmp::Reverse(o.days), o.obligation));
    all.truncate(OVERDUE);
    all
}

/// A day to come, with what happens on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub day: NaiveDate,
    pub words: String,
    pub href: String,
}

/// "thời hạn gửi", with the hour where the last day ends at one.
pub(super) fn due_words(dates: &DueDates) -> String {
    let hour = dates.last_hour().map(|hour| format!(" {}", hour.words()));
    format!("thời hạn gửi{}", hour.unwrap_or_default())
}

/// Deadlines and locks of the next 90 days, today included, in order.
pub fn coming(open: &[Summary], today: NaiveDate) -> Vec<Event> {
    let end = today.checked_add_days(Days::new(AHEAD)).unwrap_or(today);
    let mut events: Vec<Event> = open
        .iter()
        .flat_map(|s| {
            let event = |day, what: &str| Event {
                day,
                words: format!("{what}: {}", s.period.label),
                href: format!("/periods/{}", s.period.id),
            };
            let due = s.deadline().map(|day| event(day, &due_words(&s.dates)));
            due.into_iter().chain(s.period.lock_on.map(|day| event(day, "khóa số liệu"))).collect::<Vec<_>>()
        })
        .filter(|event| today <= event.day && event.day <= end)
        .collect();
    events.sort_by(|a, b| (a.day, &a.words).cmp(&(b.day, &b.words)));
    events
}

/// The newest periods whose deadline has passed, oldest first: their completeness and timeliness can be compared.
pub fn compared<'a>(all: impl Iterator<Item = &'a Summary>, today: NaiveDate) -> Vec<&'a Summary> {
    let mut past: Vec<&Summary> =
        all.filter(|s| s.deadline().is_some_and(|day| day < today) && s.count().owed > 0).collect();
    past.sort_by_key(|s| (s.deadline(), s.period.id));
    past.split_off(past.len().saturating_sub(COMPARED))
}

/// A period as the chart draws it.
pub fn point(summary: &Summary) -> Point {
    let count = summary.count();
    Point { label: summary.short_label(), sent: count.sent_percent(), on_time: count.on_time_percent() }
}
