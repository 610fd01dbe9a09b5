//! The three dates of one obligation: as stated, as effective, as extended.
//! They stand between the due rule and the timing, and a page shows all three: lateness must be
//! explainable to the unit that is late.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::{DueRule, Holidays, Now, hour_words};
use crate::vietnamese::weekday_date;

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

    /// Whether the last day is over at a time of that day.
    pub fn is_over(self, at: NaiveTime) -> bool {
        match self {
            LastHour::Before(hour) => at >= hour,
            LastHour::By(hour) => at > hour,
        }
    }

    /// "trước 16 giờ 00", "đến 16 giờ 00".
    pub fn words(self) -> String {
        match self {
            LastHour::Before(hour) => format!("trước {}", hour_words(hour)),
            LastHour::By(hour) => format!("đến {}", hour_words(hour)),
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

    /// "hết thứ Bảy, 20/12/2025", "trước 16 giờ 33, thứ Bảy, 20/12/2025": until when a report is in time; none without a day.
    pub fn until_words(&self) -> Option<String> {
        let day = weekday_date(self.deadline()?);
        Some(match self.last_hour() {
            Some(hour) => format!("{}, {day}", hour.words()),
            None => format!("hết {day}"),
        })
    }

    /// The last day without an extension, with its hour and why it was moved: "thứ Bảy, 20/12/2025, trước 16 giờ 33"; none
    /// without a day.
    pub fn last_day_words(&self) -> Option<String> {
        let hour = self.hour.map(|hour| format!(", {}", hour.words())).unwrap_or_default();
        let moved = self.moved_words().map(|words| format!(" ({words})")).unwrap_or_default();
        Some(format!("{}{hour}{moved}", weekday_date(self.effective?)))
    }

    /// "lùi từ thứ Bảy, 20/12/2025 là ngày nghỉ": why the last day is another than the document's words give; none where it is
    /// not.
    pub fn moved_words(&self) -> Option<String> {
        let stated = self.stated.filter(|stated| self.effective.is_some_and(|day| day != *stated))?;
        Some(format!("lùi từ {} là ngày nghỉ", weekday_date(stated)))
    }

    /// Days past the last day for what is not sent `now`; negative before it, none without a day.
    pub fn days_past(&self, now: Now) -> Option<i64> {
        Some(now.days_past(self.deadline()?, self.last_hour()))
    }

    /// The day a sending counts as, local time: its own, but on the last day past the hour already the next day, so
    /// that a sending an hour late is one day late and never in time.
    pub fn counted_day(&self, sent: NaiveDateTime) -> NaiveDate {
        let past = self.last_hour().is_some_and(|hour| hour.is_over(sent.time()));
        if past && self.deadline() == Some(sent.date()) {
            return sent.date().succ_opt().unwrap_or(sent.date());
        }
        sent.date()
    }
}
