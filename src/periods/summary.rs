//! One period at a glance: who owes, who has sent, how it stands in time, which edition it has come to.
//! It stands between the queries and the first screens of compilers and leaders, which show the same numbers.

use std::cmp::Reverse;

use chrono::NaiveDate;
use diesel::QueryResult;

use super::bar::Bar;
use super::queries::{self, EditionHead};
use super::tally::{Count, Tally};
use super::tops::tops;
use super::{Due, Duty, Period, Regime, RegimeKind};
use crate::access::Scope;
use crate::calendar::{Cycle, DueDates, DueRule, Holidays, Now, SOON_DAYS, Severity, hour_words, to_local};
use crate::db::Conn;
use crate::db::ids::UnitId;
use crate::vietnamese::{short_date, weekday_date};

/// A period with its counts as they stand today.
#[derive(Debug, Clone)]
pub struct Summary {
    pub period: Period,
    pub regime: Regime,
    pub dates: DueDates,
    pub tally: Tally,
    /// Days of the longest overdue assigned body; 0 when none is.
    pub longest_overdue: i64,
    pub duties: Vec<Duty>,
    pub edition: Option<EditionHead>,
    /// The due words for this reader's level.
    pub rule: DueRule,
}

/// The periods of a collector or leader: those still running, and the newest of the others.
#[derive(Debug, Clone, Default)]
pub struct Summaries {
    /// By deadline, undated last.
    pub open: Vec<Summary>,
    /// Locked, or complete with nothing to lock; newest first.
    pub finished: Vec<Summary>,
    pub holidays: Holidays,
}

impl Summaries {
    /// The open ones, then the others.
    pub fn every(&self) -> impl Iterator<Item = &Summary> {
        self.open.iter().chain(&self.finished)
    }
}

impl Summary {
    /// Counts the duties of one period.
    pub fn new(
        (period, regime): (Period, Regime),
        duties: Vec<Duty>,
        edition: Option<EditionHead>,
        holidays: &Holidays,
        now: impl Into<Now>,
    ) -> Summary {
        let now = now.into();
        let dates = period.due_dates(regime.rolling, holidays);
        let tally = Tally::of(duties.iter().map(|d| d.entry(regime.rolling, holidays)), now);
        let longest_overdue =
            duties.iter().filter_map(|d| d.overdue_days(regime.rolling, holidays, now)).max().unwrap_or(0);
        let rule = period.due();
        Summary { period, regime, dates, tally, longest_overdue, duties, edition, rule }
    }

    /// The same period as a lower level sees it, which has its own last day.
    pub fn at_level(mut self, rule: Option<DueRule>, holidays: &Holidays) -> Summary {
        if let Some(rule) = rule {
            self.dates = DueDates::new(&rule, self.regime.rolling, None, holidays);
            self.rule = rule;
        }
        self
    }

    /// The bodies the headline counts: the assigned, or where nobody is assigned the requested.
    pub fn count(&self) -> &Count {
        if self.tally.assigned.owed > 0 { &self.tally.assigned } else { &self.tally.requested }
    }

    pub fn bar(&self) -> Bar {
        Bar::of(self.count())
    }

    /// What the headline leaves out: "được đề nghị: 3/5 đã gửi · 1 được miễn (ngoài mẫu số)".
    pub fn apart(&self) -> String {
        let mut words = Vec::new();
        // Right behind the count of the same bodies; who is asked is never overdue.
        if self.tally.assigned.amend_overdue > 0 {
            words.push(format!("{} quá hạn chỉnh lý", self.tally.assigned.amend_overdue));
        }
        if self.tally.assigned.owed > 0 && self.tally.requested.owed > 0 {
            let requested = &self.tally.requested;
            words.push(format!("được đề nghị: {}/{} đã gửi", requested.sent, requested.owed));
        }
        if self.tally.exempt > 0 {
            words.push(format!("{} được miễn (ngoài mẫu số)", self.tally.exempt));
        }
        if self.tally.ended > 0 {
            words.push(format!("{} đã kết thúc hoạt động (ngoài mẫu số)", self.tally.ended));
        }
        words.join(" · ")
    }

    /// The last day in time for units without an extension.
    pub fn deadline(&self) -> Option<NaiveDate> {
        self.dates.deadline()
    }

    pub fn is_report(&self) -> bool {
        self.regime.kind() == RegimeKind::Report
    }

    /// How the period as a whole stands in time: one light with its words.
    pub fn light(&self, now: impl Into<Now>) -> Due {
        let now = now.into();
        let today = now.today;
        let due = |text: String, severity| Due { text, severity };
        let count = self.count();
        if count.overdue > 0 {
            let text = format!("{} đơn vị quá hạn, lâu nhất {} ngày", count.overdue, self.longest_overdue);
            return due(text, Severity::Late);
        }
        if count.amend_overdue > 0 {
            return due(format!("{} đơn vị quá hạn chỉnh lý", count.amend_overdue), Severity::Late);
        }
        if count.owed > 0 && count.not_sent == 0 {
            return due("Đã gửi đủ".to_owned(), Severity::Good);
        }
        match self.dates.days_past(now).map(|days| -days) {
            None => match self.period.window().filter(|window| window.to < today) {
                Some(_) => due("Đã hết kỳ số liệu, chưa ấn định thời hạn".to_owned(), Severity::Soon),
                None => due("Chưa ấn định thời hạn".to_owned(), Severity::Neutral),
            },
            Some(0) => {
                let hour = self.dates.last_hour().map(|hour| format!(", {}", hour.words()));
                due(format!("Đến hạn hôm nay{}", hour.unwrap_or_default()), Severity::Soon)
            }
            Some(days @ 1..=SOON_DAYS) => due(format!("Còn {days} ngày"), Severity::Soon),
            Some(days @ 1..) => due(format!("Còn {days} ngày"), Severity::Neutral),
            // Past the date, and every body that has not sent is requested or has an extension.
            Some(_) => due("Đã hết thời hạn".to_owned(), Severity::Neutral),
        }
    }

    /// The label under a bar of a chart: "6T 2024", "Năm 2024".
    pub fn short_label(&self) -> String {
        let year = self.period.year;
        match Cycle::from_code(&self.period.cycle) {
            Some(Cycle::FirstHalf) => format!("6T đầu {year}"),
            Some(Cycle::SecondHalf) => format!("6T cuối {year}"),
            Some(Cycle::NineMonths) => format!("9T {year}"),
            Some(Cycle::Year) => format!("Năm {year}"),
            Some(Cycle::Quarter(number)) => format!("Quý {number}/{year}"),
            Some(Cycle::Month(number)) => format!("T{number}/{year}"),
            Some(Cycle::OneOff) => format!("Một lần {year}"),
            Some(Cycle::AdHoc) | None => format!("Đột xuất {year}"),
        }
    }

    /// The stated day of the deadline for a table: "17/6/2025", or "chưa ấn định".
    pub fn deadline_words(&self) -> String {
        let hour = self.dates.last_hour().map(|hour| format!("{} ngày ", hour_words(hour.time())));
        self.deadline().map_or_else(
            || "chưa ấn định".to_owned(),
            |day| format!("{}{}", hour.unwrap_or_default(), short_date(day)),
        )
    }

    /// The same for a leader, with the day of the week: "16 giờ 00 thứ Ba, 17/6/2025".
    pub fn deadline_weekday(&self) -> String {
        let hour = self.dates.last_hour().map(|hour| format!("{}, ", hour.words()));
        self.deadline().map_or_else(
            || "chưa ấn định".to_owned(),
            |day| format!("{}{}", hour.unwrap_or_default(), weekday_date(day)),
        )
    }

    /// "ngày làm việc cuối cùng trước đó: thứ Sáu, 13/11/2026", where the last day is to come and no office is open on it.
    pub fn last_worked(&self, holidays: &Holidays, today: NaiveDate) -> Option<String> {
        let day = self.deadline().filter(|day| today <= *day && !holidays.is_working_day(*day))?;
        let worked = holidays.last_working_day_before(day);
        Some(format!("ngày làm việc cuối cùng trước đó: {}", weekday_date(worked)))
    }

    /// The day on which the figures were locked, where it has passed, units have reported and nobody has made an edition
    /// since. A period opened on the day of its lock or after holds what was before the system, and was consolidated elsewhere: so
    /// does one made for a table of the past, which is opened and locked on the last day of its window.
    pub fn unconsolidated_since(&self, today: NaiveDate) -> Option<NaiveDate> {
        let locked_on = self.period.lock_on.filter(|_| self.period.is_locked(today))?;
        let reported = self.duties.iter().any(|duty| duty.progress().has_sent());
        let here = to_local(self.period.opened_at).date() < locked_on;
        (here && reported && self.is_report() && self.edition.is_none()).then_some(locked_on)
    }

    fn is_open(&self, today: NaiveDate) -> bool {
        match self.period.lock_on {
            Some(_) => !self.period.is_locked(today),
            None => {
                let count = self.count();
                let passed = self.deadline().is_some_and(|day| day < today);
                !passed || count.not_sent + count.waiting + count.amend > 0
            }
        }
    }
}

/// For which collector somebody reads a period: whoever collects all of it, or the lower one they belong to.
pub fn reads_for(scope: &Scope, regime: &Regime, duties: &[Duty]) -> UnitId {
    if whole(scope, regime) {
        return collects_all(regime, duties);
    }
    let top = regime.collector_id;
    let lower = duties.iter().map(|duty| duty.obligation.collector_id);
    lower.into_iter().find(|id| scope.collector_units.contains(id)).unwrap_or(top)
}

/// Whether somebody reads the whole of a regime's periods, and not a lower collector's part.
pub fn whole(scope: &Scope, regime: &Regime) -> bool {
    scope.collector_units.contains(&regime.collector_id)
        || scope.overseen_provinces.contains(&regime.province_id)
}

/// The regime's collector; of a period that stayed with the body which passed into it, that body: the one most units send
/// to, itself under none of the others.
pub fn collects_all(regime: &Regime, duties: &[Duty]) -> UnitId {
    let tops = tops(&owed(duties));
    let own = tops.is_empty() || duties.iter().any(|d| d.obligation.collector_id == regime.collector_id);
    tops.first().copied().filter(|_| !own).unwrap_or(regime.collector_id)
}

fn owed(duties: &[Duty]) -> Vec<(UnitId, UnitId)> {
    duties.iter().map(|duty| (duty.obligation.unit_id, duty.obligation.collector_id)).collect()
}

/// The periods within scope: every one not locked, and the `keep` newest of the locked. Seven queries.
///
/// # Errors
/// The query's own.
pub fn summaries(conn: &mut Conn, scope: &Scope, now: impl Into<Now>, keep: usize) -> QueryResult<Summaries> {
    let now = now.into();
    let today = now.today;
    let holidays = queries::holidays(conn)?;
    let all = queries::periods(conn, scope)?;
    let (mut locked, mut wanted): (Vec<_>, Vec<_>) = all.into_iter().partition(|(p, _)| p.is_locked(today));
    locked.sort_by_key(|(p, _)| Reverse((p.lock_on, p.id)));
    locked.truncate(keep);
    wanted.append(&mut locked);
    let ids: Vec<_> = wanted.iter().map(|(p, _)| p.id).collect();
    let mut by_period: std::collections::HashMap<_, Vec<Duty>> = std::collections::HashMap::new();
    for duty in queries::duties_of_periods(conn, scope, &ids)? {
        by_period.entry(duty.obligation.period_id).or_default().push(duty);
    }
    let none = Vec::new();
    let keys: Vec<_> = wanted
        .iter()
        .map(|(p, regime)| (p.id, reads_for(scope, regime, by_period.get(&p.id).unwrap_or(&none))))
        .collect();
    let mut editions = queries::newest_editions(conn, &keys)?;
    let readers: std::collections::HashMap<_, _> = keys.into_iter().collect();
    let dues = queries::level_dues(conn, &ids)?;
    let (mut open, mut finished): (Vec<Summary>, Vec<Summary>) = wanted
        .into_iter()
        .map(|(period, regime)| {
            let id = period.id;
            let duties = by_period.remove(&id).unwrap_or_default();
            let level = readers.get(&id).and_then(|reader| dues.get(&(id, *reader))).copied();
            Summary::new((period, regime), duties, editions.remove(&id), &holidays, now)
                .at_level(level, &holidays)
        })
        .partition(|summary| summary.is_open(today));
    open.sort_by_key(|s| (s.deadline().is_none(), s.deadline(), s.period.id));
    finished.sort_by_key(|s| Reverse((s.period.reference_on, s.period.id)));
    finished.truncate(keep);
    Ok(Summaries { open, finished, holidays })
}
