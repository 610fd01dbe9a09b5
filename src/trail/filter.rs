//! What a reader asks of the log: days, person, body, kind of step, object. Pure; whatever cannot be read is said at its
//! field, and nothing is shown as if it had been.

use chrono::{Days, NaiveDate, NaiveDateTime};
use serde::Deserialize;

use super::{step_words, subject_words};
use crate::calendar::Moment;
use crate::db::ids::{AuditId, PersonId, UnitId};
use crate::error::Problems;
use crate::vietnamese::{clean_line, parse_date};

/// The address as it came.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    pub from: String,
    pub to: String,
    pub person: String,
    pub unit: String,
    pub step: String,
    pub subject: String,
    pub id: String,
    /// Lines older than this one: the key of the page.
    pub before: String,
}

/// The same, understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// UTC, first instant in and first instant out.
    pub from: Option<NaiveDateTime>,
    pub to: Option<NaiveDateTime>,
    pub person: Option<PersonId>,
    pub unit: Option<UnitId>,
    pub step: Option<String>,
    pub subject: Option<String>,
    pub id: Option<i64>,
    pub before: Option<AuditId>,
}

impl Typed {
    /// What is asked, with what cannot be read.
    pub fn read(&self) -> (Filter, Problems) {
        let mut problems = Problems::default();
        let from = day(&self.from, "from", &mut problems);
        let to = day(&self.to, "to", &mut problems);
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            problems.add("to", "Ngày cuối phải từ ngày đầu trở đi.");
        }
        let start = |day: NaiveDate| Moment::local(day.and_time(chrono::NaiveTime::MIN)).at;
        let known = |code: &str, words: Option<&str>| words.map(|_| code.to_owned());
        for (field, typed, is_known) in [
            ("person", &self.person, self.person.parse::<PersonId>().is_ok()),
            ("unit", &self.unit, self.unit.parse::<UnitId>().is_ok()),
            ("step", &self.step, step_words(&self.step).is_some()),
            ("subject", &self.subject, subject_words(&self.subject).is_some()),
            ("subject", &self.id, self.id.parse::<i64>().is_ok()),
            ("subject", &self.before, self.before.parse::<AuditId>().is_ok()),
        ] {
            if !typed.is_empty() && !is_known && problems.at(field).is_none() {
                problems
                    .add(field, "Điều kiện lọc trong đường dẫn không đọc được. Chọn lại trong danh sách.");
            }
        }
        let filter = Filter {
            from: from.map(start),
            to: to.and_then(|day| day.checked_add_days(Days::new(1))).map(start),
            person: self.person.parse().ok(),
            unit: self.unit.parse().ok(),
            step: known(&self.step, step_words(&self.step)),
            subject: known(&self.subject, subject_words(&self.subject)),
            id: self.id.parse().ok(),
            before: self.before.parse().ok(),
        };
        (filter, problems)
    }

    /// The address of these filters, without a page's key.
    pub fn query(&self) -> String {
        let fields = [
            ("from", &self.from),
            ("to", &self.to),
            ("person", &self.person),
            ("unit", &self.unit),
            ("step", &self.step),
            ("subject", &self.subject),
            ("id", &self.id),
        ];
        let set = fields.iter().filter(|(_, value)| !value.is_empty());
        set.map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&")
    }
}

/// A value as it stands in an address.
fn encoded(value: &str) -> String {
    let byte = |b: u8| match b {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(b).to_string(),
        _ => format!("%{b:02X}"),
    };
    value.bytes().map(byte).collect()
}

fn day(typed: &str, field: &str, problems: &mut Problems) -> Option<NaiveDate> {
    let typed = clean_line(typed);
    if typed.is_empty() {
        return None;
    }
    let read = parse_date(&typed).ok();
    if read.is_none() {
        problems.add(field, "Nhập ngày/tháng/năm, ví dụ 05/6/2025.");
    }
    read
}
