//! The three dates of one obligation: as stated, as effective, as extended.
//! They stand between the due rule and the timing, and a page shows all three: lateness must be
//! explainable to the unit that is late.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::{DueRule, Holidays};

/// The hour at which the last day is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastHour {
    /// "Trước 16 giờ 00": at that hour it is too late.
    Before(NaiveTime),
    /// "Chậm nhất 16 giờ 00": at that hour it is in time.
    By(NaiveTime),
}

impl LastHour {
    pub fn time(self) -> NaiveTime {
        match self {
            LastHour::Before(hour) | LastHour::By(hour) => hour,
        }
    }
}

/// Last days on which a report is in time. All `None` for an undated duty that was never extended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DueDates {
    /// Last day by the document's words alone ("trước ngày 15/11" → 14/11).
    pub stated: Option<NaiveDate>,
    /// The stated day, rolled to the next working day where the regime says so.
    pub effective: Option<NaiveDate>,
    /// The last day granted by an extension, taken as granted, never rolled.
    pub extended: Option<NaiveDate>,
    /// The hour of the effective day; none: until its end. An extension is granted to the end of a day.
    pub hour: Option<LastHour>,
}

impl DueDates {
    /// The dates of a rule. `rolling` is the regime's setting, off by default: a superior who wrote
    /// "trước ngày 15/11" does not accept the 16th because the 14th was a Saturday, and Bộ luật Dân sự
    /// 2015 Điều 148 khoản 5 is civil law, applied to administrative dates by analogy only.
    pub fn new(rule: &DueRule, rolling: bool, extended: Option<NaiveDate>, holidays: &Holidays) -> DueDates {
        let stated = rule.last_day();
        let effective =
            stated.map(|day| if rolling { holidays.next_working_day_on_or_after(day) } else { day });
        let hour = match *rule {
            DueRule::BeforeHour(_, hour) => Some(LastHour::Before(hour)),
            DueRule::ByHour(_, hour) => Some(LastHour::By(hour)),
            DueRule::Before(_) | DueRule::By(_) | DueRule::Undated => None,
        };
        DueDates { stated, effective, extended, hour }
    }

    /// The last day lateness is measured from: the extended day, else the effective one.
    pub fn deadline(&self) -> Option<NaiveDate> {
        self.extended.or(self.effective)
    }

    /// The hour of [`DueDates::deadline`]; none: until the end of the day.
    pub fn last_hour(&self) -> Option<LastHour> {
        self.hour.filter(|_| self.extended.is_none())
    }

    /// The day a sending counts as, local time: its own, but on the last day past the hour already the next day, so
    /// that a sending an hour late is one day late and never in time.
    pub fn counted_day(&self, sent: NaiveDateTime) -> NaiveDate {
        let past = match self.last_hour() {
            Some(LastHour::Before(hour)) => sent.time() >= hour,
            Some(LastHour::By(hour)) => sent.time() > hour,
            None => false,
        };
        if past && self.deadline() == Some(sent.date()) {
            return sent.date().succ_opt().unwrap_or(sent.date());
        }
        sent.date()
    }
}
