//! What the leader's screen lists besides the periods themselves: the longest overdue, the days to come, the
//! past deadlines a chart compares. Pure; it stands between summaries and the page.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::chart::Point;
use crate::calendar::{DayKind, Holidays};
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
pub fn longest_overdue(open: &[Summary], holidays: &Holidays, today: NaiveDate) -> Vec<Overdue> {
    let mut all: Vec<Overdue> = open
        .iter()
        .flat_map(|s| {
            s.duties.iter().filter_map(move |d| {
                let days = d.overdue_days(s.regime.rolling, holidays, today)?;
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

/// What falls on one day for some of a period's bodies and not for all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Apart {
    Correction,
    Extended,
    /// Opened later, or sending to a lower collector.
    Own,
}

/// The days that hold for single bodies of a period, each with how many.
fn apart(summary: &Summary, holidays: &Holidays) -> BTreeMap<(NaiveDate, Apart), u32> {
    let mut days = BTreeMap::new();
    let rolling = summary.regime.rolling;
    for duty in summary.duties.iter().filter(|d| d.is_correcting() || d.waits_for_extension()) {
        let Some(day) = duty.pressing_day(rolling, holidays) else { continue };
        let kind = match (duty.is_correcting(), duty.obligation.extended_to) {
            (true, _) => Apart::Correction,
            (false, Some(_)) => Apart::Extended,
            (false, None) if Some(day) != summary.deadline() => Apart::Own,
            (false, None) => continue,
        };
        *days.entry((day, kind)).or_default() += 1;
    }
    days
}

/// The days off and made up of the next 90 days, in order; a run of days of one kind is one line.
pub fn days_off(holidays: &Holidays, today: NaiveDate) -> Vec<(NaiveDate, NaiveDate, DayKind)> {
    let end = today.checked_add_days(Days::new(AHEAD)).unwrap_or(today);
    let mut runs: Vec<(NaiveDate, NaiveDate, DayKind)> = Vec::new();
    for (day, kind) in holidays.between(today, end) {
        match runs.last_mut() {
            Some((_, last, of)) if *of == kind && last.succ_opt() == Some(day) => *last = day,
            _ => runs.push((day, day, kind)),
        }
    }
    runs
}

/// Deadlines and locks of the next 90 days, the days of single bodies among them, today included, in order.
pub fn coming(open: &[Summary], holidays: &Holidays, today: NaiveDate) -> Vec<Event> {
    let end = today.checked_add_days(Days::new(AHEAD)).unwrap_or(today);
    let mut events: Vec<Event> = open
        .iter()
        .flat_map(|s| {
            let event = |day, what: &str| Event {
                day,
                words: format!("{what}: {}", s.period.label),
                href: format!("/periods/{}", s.period.id),
            };
            let due = s.deadline().map(|day| event(day, "thời hạn gửi"));
            let apart = apart(s, holidays).into_iter().map(|((day, kind), units)| match kind {
                Apart::Correction => event(day, &format!("{units} đơn vị gửi bản chỉnh lý")),
                Apart::Extended => event(day, &format!("{units} đơn vị được gia hạn")),
                Apart::Own => event(day, &format!("{units} đơn vị có thời hạn riêng")),
            });
            due.into_iter()
                .chain(apart)
                .chain(s.period.lock_on.map(|day| event(day, "khóa số liệu")))
                .collect::<Vec<_>>()
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
