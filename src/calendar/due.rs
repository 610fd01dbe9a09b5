//! The due rule as a document words it (thời hạn gửi), and the last day it leaves.
//! "Trước ngày 15/11" and "chậm nhất ngày 15/11" are a day apart; "theo quy định" names no day at all.

use chrono::NaiveDate;

use crate::vietnamese::short_date;

/// When one report is owed, in the document's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DueRule {
    /// "Trước ngày X": the last day is the day before X.
    Before(NaiveDate),
    /// "Chậm nhất ngày X", "đến hết ngày X": the last day is X, until 24:00
    /// (Bộ luật Dân sự 2015 Điều 148 khoản 6).
    By(NaiveDate),
    /// "Theo quy định": no date is given, and nothing can be overdue.
    Undated,
}

impl DueRule {
    /// Last day on which the report is in time by the words alone; `None` when there is no date.
    pub fn last_day(&self) -> Option<NaiveDate> {
        match *self {
            DueRule::Before(date) => date.pred_opt(),
            DueRule::By(date) => Some(date),
            DueRule::Undated => None,
        }
    }

    /// Stable text code of the kind of rule, stored beside [`DueRule::date`].
    pub fn code(&self) -> &'static str {
        match self {
            DueRule::Before(_) => "before",
            DueRule::By(_) => "by",
            DueRule::Undated => "undated",
        }
    }

    /// The date as written in the document, which for `Before` is the day after the last day.
    pub fn date(&self) -> Option<NaiveDate> {
        match *self {
            DueRule::Before(date) | DueRule::By(date) => Some(date),
            DueRule::Undated => None,
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
    /// "theo quy định, chưa ấn định ngày".
    pub fn text(&self) -> String {
        match *self {
            DueRule::Before(date) => format!("trước ngày {}", short_date(date)),
            DueRule::By(date) => format!("chậm nhất ngày {}", short_date(date)),
            DueRule::Undated => "theo quy định, chưa ấn định ngày".to_owned(),
        }
    }
}
