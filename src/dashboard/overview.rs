//! What the leader's screen lists besides the periods themselves: the longest overdue, the days to come, the
//! past deadlines a chart compares. Pure; it stands between summaries and the page.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::chart::Point;
use crate::calendar::{DueDates, Holidays, Now};
use crate::chasing::owes;
use crate::db::ids::{ObligationId, UnitId};
use crate::periods::summary::Summary;

/// How many rows each list shows, and how far ahead the days to come reach.
pub(super) const OVERDUE: usize = 10;
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

/// Everybody overdue, longest first.
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

/// Ends of data, deadlines and locks of the next 90 days, today included, in order, with the days that only some bodies go by.
pub fn coming<'a>(
    periods: impl IntoIterator<Item = &'a Summary>,
    holidays: &Holidays,
    today: NaiveDate,
) -> Vec<Event> {
    let end = today.checked_add_days(Days::new(AHEAD)).unwrap_or(today);
    let mut events: Vec<Event> = Vec::new();
    for s in periods {
        let event = |day, what: &str| Event {
            day,
            words: format!("{what}: {}", s.period.label),
            href: format!("/periods/{}", s.period.id),
        };
        events.extend(s.period.window().map(|window| event(window.to, "chốt số liệu")));
        events.extend(s.deadline().map(|day| event(day, &due_words(&s.dates))));
        events.extend(s.period.lock_on.map(|day| event(day, "khóa số liệu")));
        for ((day, what), bodies) in own_days(s, holidays) {
            events.push(event(day, &format!("{what} của {bodies} đơn vị")));
        }
    }
    events.retain(|event| today <= event.day && event.day <= end);
    events.sort_by(|a, b| (a.day, &a.words).cmp(&(b.day, &b.words)));
    events
}

/// How many bodies that still owe go by which other day than the period's, and what day that is.
fn own_days(s: &Summary, holidays: &Holidays) -> BTreeMap<(NaiveDate, &'static str), u32> {
    let mut days = BTreeMap::new();
    for duty in s.duties.iter().filter(|duty| owes(duty)) {
        let Some(day) = duty.pressing_day(s.regime.rolling, holidays) else { continue };
        let what = match (duty.is_correcting(), duty.obligation.extended_to) {
            (true, _) => "hạn chỉnh lý",
            (false, Some(_)) => "hạn đã gia hạn",
            (false, None) if Some(day) != s.deadline() => "thời hạn riêng",
            (false, None) => continue,
        };
        *days.entry((day, what)).or_insert(0) += 1;
    }
    days
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
