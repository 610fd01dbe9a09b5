//! What one unit owes for one period, with the state of its report: two axes, progress and time, kept apart.
//! It stands between the rows and the tables of every first screen.

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::tally::Entry;
use super::{Progress, Standing, lock_day};
use crate::calendar::{DueDates, DueRule, Holidays, Now, Severity, Timing, parse_hour, timing, to_local};
use crate::db::ids::{FormId, ObligationId, PeriodId, ReportId, RevisionId, UnitId};
use crate::db::schema::{obligations, reports};
use crate::plans::Mode;
use crate::reports::ReportState;
use crate::vietnamese::day_month;

/// The obligation as taken down when its period was opened.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = obligations)]
pub struct Obligation {
    pub id: ObligationId,
    pub period_id: PeriodId,
    pub unit_id: UnitId,
    pub part: String,
    pub collector_id: UnitId,
    pub form_id: FormId,
    pub kind: String,
    pub mode: String,
    pub due_rule: String,
    pub stated_on: Option<NaiveDate>,
    /// "HH:MM" of the stated day; none: until its end.
    pub stated_time: Option<String>,
    pub standing: String,
    pub extended_to: Option<NaiveDate>,
    pub version: i32,
}

/// The state of the obligation's report.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = reports)]
pub struct ReportHead {
    pub id: ReportId,
    pub state: String,
    pub received_revision_id: Option<RevisionId>,
    pub last_revision: i32,
    pub first_sent_at: Option<NaiveDateTime>,
    pub first_due_on: Option<NaiveDate>,
    /// "HH:MM" of that day; none: until its end.
    pub first_due_time: Option<String>,
    pub amend_due_on: Option<NaiveDate>,
    pub version: i32,
}

/// An obligation with its report, and the moment of its "không phát sinh" where it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    pub obligation: Obligation,
    pub report: ReportHead,
    pub nil_at: Option<NaiveDateTime>,
}

/// Words of the "Thời hạn" column with how loudly to say them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub text: String,
    pub severity: Severity,
}

impl Due {
    /// The class of a `.tag` that carries the words.
    pub fn tag(&self) -> &'static str {
        match self.severity {
            Severity::Late => "late",
            Severity::Soon => "due",
            Severity::Good => "done",
            Severity::Neutral => "",
        }
    }
}

impl Duty {
    /// Where the unit stands; a code the schema would refuse reads as owed.
    pub fn standing(&self) -> Standing {
        Standing::from_code(&self.obligation.standing).unwrap_or(Standing::Owed)
    }

    pub fn state(&self) -> ReportState {
        ReportState::from_code(&self.report.state).unwrap_or(ReportState::NotBegun)
    }

    pub fn mode(&self) -> Mode {
        Mode::from_code(&self.obligation.mode).unwrap_or(Mode::Assign)
    }

    /// The report of a collecting unit on what it collected.
    pub fn is_consolidated(&self) -> bool {
        self.obligation.part == "consolidated"
    }

    pub fn is_request(&self) -> bool {
        self.mode() == Mode::Request
    }

    pub fn progress(&self) -> Progress {
        Progress::of(self.standing(), self.state())
    }

    /// The due words taken down for the unit.
    pub fn rule(&self) -> DueRule {
        DueRule::from_parts(&self.obligation.due_rule, self.obligation.stated_on)
            .unwrap_or(DueRule::Undated)
            .at(self.obligation.stated_time.as_deref().and_then(parse_hour))
    }

    /// The unit's dates: while open as they stand now, for a sent report as they were taken down at the first
    /// sending, so that a later notice never makes it late.
    pub fn dates(&self, rolling: bool, holidays: &Holidays) -> DueDates {
        if self.report.first_sent_at.is_some() {
            let taken = self.rule().at(self.report.first_due_time.as_deref().and_then(parse_hour));
            return DueDates {
                stated: self.rule().last_day(),
                effective: self.report.first_due_on,
                ..DueDates::new(&taken, false, None, holidays)
            };
        }
        DueDates::new(&self.rule(), rolling, self.obligation.extended_to, holidays)
    }

    /// Whether an extension still means anything: owed and not sent.
    pub fn waits_for_extension(&self) -> bool {
        self.standing() == Standing::Owed && self.answered_at().is_none()
    }

    /// When the unit did its part: its first sending, or its declaration of "không phát sinh". UTC.
    pub fn answered_at(&self) -> Option<NaiveDateTime> {
        self.report.first_sent_at.or(if self.standing() == Standing::Nil { self.nil_at } else { None })
    }

    /// Whether the unit works on a correction the collector asked for, with its leader included.
    pub fn is_correcting(&self) -> bool {
        self.standing() == Standing::Owed
            && self.report.first_sent_at.is_some()
            && !matches!(self.state(), ReportState::Sent | ReportState::Received)
    }

    /// The last day on which the unit may still send, under a lock of its period on `lock_on` and let in again until
    /// `unlocked`; none: never locked. A correction that was asked for is not held up by the lock.
    pub fn open_until(&self, lock_on: Option<NaiveDate>, unlocked: Option<NaiveDate>) -> Option<NaiveDate> {
        match self.is_correcting() {
            true => None,
            false => lock_day(lock_on, self.obligation.extended_to, unlocked),
        }
    }

    /// The day that presses the unit now: of the correction where one is asked, else of the report.
    pub fn pressing_day(&self, rolling: bool, holidays: &Holidays) -> Option<NaiveDate> {
        match self.is_correcting() {
            true => self.report.amend_due_on,
            false => self.dates(rolling, holidays).deadline(),
        }
    }

    /// Where it stands in time. None outside the denominator, of a correction, which has a day of its own, and of what was
    /// sent without a date: it was neither on time nor late.
    pub fn timing(&self, rolling: bool, holidays: &Holidays, now: impl Into<Now>) -> Option<Timing> {
        if !self.standing().counts() || self.is_correcting() {
            return None;
        }
        let dates = self.dates(rolling, holidays);
        let sent_on = self.answered_at().map(|at| dates.counted_day(to_local(at)));
        let timing = timing(&dates, self.is_request(), sent_on, now);
        (sent_on.is_none() || timing != Timing::Undated).then_some(timing)
    }

    /// The time axis in words. Outside the denominator there is no time to speak of.
    pub fn due(&self, rolling: bool, holidays: &Holidays, now: impl Into<Now>) -> Option<Due> {
        let now = now.into();
        if !self.standing().counts() {
            return None;
        }
        if self.is_correcting() {
            return self.report.amend_due_on.map(|day| correction(day, self.is_request(), now.today));
        }
        let timing = self.timing(rolling, holidays, now)?;
        let hour = self.dates(rolling, holidays).last_hour().filter(|_| timing == Timing::DueToday);
        let hour = hour.map(|hour| format!(", {}", hour.words())).unwrap_or_default();
        Some(Due { text: format!("{}{hour}", timing.text()), severity: timing.severity() })
    }

    /// Days past the deadline of an assigned body that has not sent; none for everybody else.
    pub fn overdue_days(&self, rolling: bool, holidays: &Holidays, now: impl Into<Now>) -> Option<i64> {
        if self.standing() != Standing::Owed || self.is_request() || self.answered_at().is_some() {
            return None;
        }
        self.dates(rolling, holidays).days_past(now.into()).filter(|days| *days > 0)
    }

    /// Days past the day the return named, of an assigned body that owes a correction; the time its report spent in review
    /// is not among them.
    pub fn correction_overdue_days(&self, today: NaiveDate) -> Option<i64> {
        if self.is_request() || !self.is_correcting() {
            return None;
        }
        let days = (today - self.report.amend_due_on?).num_days();
        (days > 0).then_some(days)
    }

    /// The row as the tally counts it.
    pub fn entry(&self, rolling: bool, holidays: &Holidays) -> Entry {
        let dates = self.dates(rolling, holidays);
        Entry {
            standing: self.standing(),
            state: self.state(),
            mode: self.mode(),
            first_sent_on: self.answered_at().map(|at| dates.counted_day(to_local(at))),
            deadline: dates.deadline(),
            hour: dates.last_hour(),
            amend_due: self.report.amend_due_on.filter(|_| self.is_correcting()),
        }
    }
}

/// A correction has its own date; a requested body is never said to be overdue.
fn correction(day: NaiveDate, requested: bool, today: NaiveDate) -> Due {
    let date = day_month(day.day(), day.month());
    let left = (day - today).num_days();
    match left {
        0.. => {
            let severity =
                if left <= crate::calendar::SOON_DAYS { Severity::Soon } else { Severity::Neutral };
            Due { text: format!("chỉnh lý đến hết {date}"), severity }
        }
        _ if requested => {
            Due { text: "chưa gửi bản chỉnh lý".to_owned(), severity: Severity::Neutral }
        }
        _ => Due { text: format!("quá hạn chỉnh lý {} ngày", -left), severity: Severity::Late },
    }
}
