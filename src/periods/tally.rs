//! Counting a period: who owes, who has sent, who is late. Pure; it stands between the rows of a period and
//! every "12 / 19 đơn vị", so that no two pages count differently.
//!
//! Assigned and requested (đề nghị) bodies are counted apart; exempt and ended units are outside; no rate can
//! pass 100 %.

use chrono::NaiveDate;

use super::Standing;
use crate::calendar::{LastHour, Now};
use crate::plans::Mode;
use crate::reports::ReportState;

/// What counting needs of one obligation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub standing: Standing,
    pub state: ReportState,
    pub mode: Mode,
    /// The day the first sending counts as, or the declaration of "không phát sinh"
    /// ([`crate::calendar::DueDates::counted_day`]).
    pub first_sent_on: Option<NaiveDate>,
    /// Last day in time: effective or extended; none for an undated duty.
    pub deadline: Option<NaiveDate>,
    /// The hour at which that day is over; none: its end.
    pub hour: Option<LastHour>,
    /// Last day for the correction that is asked for; none where none is.
    pub amend_due: Option<NaiveDate>,
}

/// The counts of one group of bodies. `owed = sent + not_sent` and `sent = received + waiting + amend + nil`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// The denominator.
    pub owed: u32,
    /// First sendings and declarations of "không phát sinh"; a report being corrected stays sent.
    pub sent: u32,
    pub received: u32,
    /// Sent and not yet received ("chờ kiểm tra, tiếp nhận").
    pub waiting: u32,
    pub amend: u32,
    /// Of those being corrected: past the day the return named. The report itself stays sent, in time or late as it was;
    /// always 0 among requested bodies.
    pub amend_overdue: u32,
    pub nil: u32,
    pub not_sent: u32,
    /// Not sent and past the deadline; always 0 among requested bodies.
    pub overdue: u32,
    /// Sent on or before the deadline.
    pub on_time: u32,
    pub late: u32,
    /// In the denominator and with a deadline: what on-time rates are measured against.
    pub dated: u32,
}

impl Count {
    /// Whole percent of owed that was sent, as [`percent`]: 100 only when nobody is missing. None of nobody.
    pub fn sent_percent(&self) -> Option<u32> {
        percent(self.sent, self.owed)
    }

    /// Whole percent of the dated that came in time, as [`percent`].
    pub fn on_time_percent(&self) -> Option<u32> {
        percent(self.on_time, self.dated)
    }

    fn add(&mut self, entry: &Entry, now: Now) {
        let nil = entry.standing == Standing::Nil;
        let sent = nil
            || entry.first_sent_on.is_some()
            || matches!(entry.state, ReportState::Sent | ReportState::Amend | ReportState::Received);
        self.owed += 1;
        self.dated += u32::from(entry.deadline.is_some());
        if !sent {
            self.not_sent += 1;
            let passed = entry.deadline.is_some_and(|day| now.days_past(day, entry.hour) > 0);
            self.overdue += u32::from(passed && entry.mode == Mode::Assign);
            return;
        }
        self.sent += 1;
        match entry.state {
            _ if nil => self.nil += 1,
            ReportState::Received => self.received += 1,
            ReportState::Sent => self.waiting += 1,
            _ => {
                self.amend += 1;
                let passed = entry.amend_due.is_some_and(|day| day < now.today);
                self.amend_overdue += u32::from(passed && entry.mode == Mode::Assign);
            }
        }
        if let (Some(day), Some(deadline)) = (entry.first_sent_on, entry.deadline) {
            self.on_time += u32::from(day <= deadline);
            self.late += u32::from(day > deadline);
        }
    }
}

/// The counts of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    pub assigned: Count,
    /// Bodies that are asked and not assigned: never overdue.
    pub requested: Count,
    /// Exempt and ended, of either mode: outside both denominators.
    pub exempt: u32,
    pub ended: u32,
}

impl Tally {
    /// Counts some obligations as they stand `now`; their order does not matter.
    pub fn of(entries: impl IntoIterator<Item = Entry>, now: impl Into<Now>) -> Tally {
        let now = now.into();
        let mut tally = Tally::default();
        for entry in entries {
            match (entry.standing, entry.mode) {
                (Standing::Exempt, _) => tally.exempt += 1,
                (Standing::Ended, _) => tally.ended += 1,
                (_, Mode::Assign) => tally.assigned.add(&entry, now),
                (_, Mode::Request) => tally.requested.add(&entry, now),
            }
        }
        tally
    }

    /// Reports that wait for the collector, whoever sent them.
    pub fn waiting(&self) -> u32 {
        self.assigned.waiting + self.requested.waiting
    }
}

/// The nearest whole percent; never 100 of less than all, nor 0 of something. None of nothing.
pub fn percent(part: u32, whole: u32) -> Option<u32> {
    if whole == 0 {
        return None;
    }
    let (one, all) = (u64::from(part), u64::from(whole));
    let nearest = u32::try_from((one * 200 + all) / (all * 2)).unwrap_or(100);
    Some(if part == 0 || part >= whole { nearest } else { nearest.clamp(1, 99) })
}
