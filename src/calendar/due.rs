//! The due rule as a document words it (thời hạn gửi), and the last day it leaves.
//! "Trước ngày 15/11" and "chậm nhất ngày 15/11" are a day apart; "theo quy định" names no day at all; "trước 16 giờ
//! 00 ngày 15/11" ends within its day.

use chrono::{NaiveDate, NaiveTime};

use super::hour::{hour_code, hour_words};
use crate::vietnamese::short_date;

/// When one report is owed, in the document's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DueRule {
    /// "Trước ngày X": the last day is the day before X.
    Before(NaiveDate),
    /// "Chậm nhất ngày X", "đến hết ngày X": the last day is X, until 24:00
    /// (Bộ luật Dân sự 2015 Điều 148 khoản 6).
    By(NaiveDate),
    /// "Trước 16 giờ 00 ngày X": the last day is X, and at that hour it is over.
    BeforeHour(NaiveDate, NaiveTime),
    /// "Chậm nhất 16 giờ 00 ngày X": the last day is X, that hour included.
    ByHour(NaiveDate, NaiveTime),
    /// "Theo quy định": no date is given, and nothing can be overdue.
    Undated,
}

impl DueRule {
    /// Last day on which the report is in time by the words alone; `None` when there is no date.
    pub fn last_day(&self) -> Option<NaiveDate> {
        match *self {
            DueRule::Before(date) => date.pred_opt(),
            DueRule::By(date) | DueRule::BeforeHour(date, _) | DueRule::ByHour(date, _) => Some(date),
            DueRule::Undated => None,
        }
    }

    /// Stable text code of the kind of rule, stored beside [`DueRule::date`].
    pub fn code(&self) -> &'static str {
        match self {
            DueRule::Before(_) | DueRule::BeforeHour(..) => "before",
            DueRule::By(_) | DueRule::ByHour(..) => "by",
            DueRule::Undated => "undated",
        }
    }

    /// The date as written in the document, which for `Before` is the day after the last day.
    pub fn date(&self) -> Option<NaiveDate> {
        match *self {
            DueRule::Before(date)
            | DueRule::By(date)
            | DueRule::BeforeHour(date, _)
            | DueRule::ByHour(date, _) => Some(date),
            DueRule::Undated => None,
        }
    }

    /// The hour as written in the document, local time; `None`: until the end of the day.
    pub fn hour(&self) -> Option<NaiveTime> {
        match *self {
            DueRule::BeforeHour(_, hour) | DueRule::ByHour(_, hour) => Some(hour),
            DueRule::Before(_) | DueRule::By(_) | DueRule::Undated => None,
        }
    }

    /// The hour for storage, "HH:MM".
    pub fn hour_code(&self) -> Option<String> {
        self.hour().map(hour_code)
    }

    /// The same words with an hour of the day named, or with none. What has no date takes no hour.
    pub fn at(self, hour: Option<NaiveTime>) -> DueRule {
        match (self, hour) {
            (DueRule::Before(date) | DueRule::BeforeHour(date, _), Some(hour)) => {
                DueRule::BeforeHour(date, hour)
            }
            (DueRule::By(date) | DueRule::ByHour(date, _), Some(hour)) => DueRule::ByHour(date, hour),
            (DueRule::Before(date) | DueRule::BeforeHour(date, _), None) => DueRule::Before(date),
            (DueRule::By(date) | DueRule::ByHour(date, _), None) => DueRule::By(date),
            (DueRule::Undated, _) => DueRule::Undated,
        }
    }

    /// Puts a stored rule together again; `None` when the parts do not belong together.
    pub fn from_parts(code: &str, date: Option<NaiveDate>) -> Option<DueRule> {
        match (code, date) {
            ("before", Some(date)) => Some(DueRule::Before(date)),
            ("by", Some(date)) => Some(DueRule::By(date)),
            ("undated", None) => Some(DueRule::Undated),
            _ => None,
        }
    }

    /// The rule in Vietnamese: "trước ngày 15/11/2025", "chậm nhất ngày 17/6/2025",
    /// "trước 16 giờ 00 ngày 15/11/2025", "theo quy định, chưa ấn định ngày".
    pub fn text(&self) -> String {
        match *self {
            DueRule::Before(date) => format!("trước ngày {}", short_date(date)),
            DueRule::By(date) => format!("chậm nhất ngày {}", short_date(date)),
            DueRule::BeforeHour(date, hour) => {
                format!("trước {} ngày {}", hour_words(hour), short_date(date))
            }
            DueRule::ByHour(date, hour) => {
                format!("chậm nhất {} ngày {}", hour_words(hour), short_date(date))
            }
            DueRule::Undated => "theo quy định, chưa ấn định ngày".to_owned(),
        }
    }
}
