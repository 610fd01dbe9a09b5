//! What a unit has written into a report, exactly as typed, with what could be read of it.
//! The one shape of drafts, revisions and posted forms: pages, checks and the canonical bytes are made from it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::link_key::link_key;
use super::reach::TypedReach;
use crate::attachments::Attached;
use crate::db::ids::{IndicatorId, RemarkId, TaskId};
use crate::error::Problems;
use crate::lists::{Row, link_problem};
use crate::vietnamese::{Level, Qualifier, clean_line, parse_date, short_date};

use super::{Answer, Outline};

/// What could be read of a typed figure. Blank is not zero.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Reading {
    #[default]
    Blank,
    /// Scaled by the indicator's decimals; money in đồng.
    Value(i64),
    NotApplicable,
    /// Kept as typed, with what is wrong.
    Unreadable(String),
}

impl Reading {
    pub fn value(&self) -> Option<i64> {
        match self {
            Reading::Value(value) => Some(*value),
            _ => None,
        }
    }

    /// Whether the unit has answered: a number, or that the question does not apply.
    pub fn is_answer(&self) -> bool {
        matches!(self, Reading::Value(_) | Reading::NotApplicable)
    }
}

/// One figure of a report.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Entry {
    pub typed: String,
    pub reading: Reading,
    /// "Ước": part of the period was still to come, or nobody counted.
    pub estimate: bool,
    pub qualifier: Qualifier,
    pub note: String,
    /// A separator could have been read the other way.
    pub ambiguous: bool,
}

impl Entry {
    /// What is said beside the number, as a form offers it.
    pub fn level(&self) -> Level {
        Level { estimate: self.estimate, qualifier: self.qualifier }
    }
}

/// How far a task has come by the unit's own account. Codes are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum TaskStatus {
    #[default]
    Unsaid,
    NotStarted,
    GoingOn,
    Done,
}

impl TaskStatus {
    pub const ALL: [TaskStatus; 4] =
        [TaskStatus::Unsaid, TaskStatus::NotStarted, TaskStatus::GoingOn, TaskStatus::Done];

    pub fn code(self) -> &'static str {
        match self {
            TaskStatus::Unsaid => "",
            TaskStatus::NotStarted => "not_started",
            TaskStatus::GoingOn => "going_on",
            TaskStatus::Done => "done",
        }
    }

    /// The status of a stored code; an unknown one says nothing.
    pub fn from_code(code: &str) -> TaskStatus {
        TaskStatus::ALL.into_iter().find(|s| s.code() == code).unwrap_or_default()
    }

    pub fn words(self) -> &'static str {
        match self {
            TaskStatus::Unsaid => "chưa nhập",
            TaskStatus::NotStarted => "chưa triển khai",
            TaskStatus::GoingOn => "đang triển khai",
            TaskStatus::Done => "đã hoàn thành",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TaskResult {
    pub status: TaskStatus,
    pub body: String,
}

impl TaskResult {
    pub fn is_blank(&self) -> bool {
        self.status == TaskStatus::Unsaid && self.body.trim().is_empty()
    }
}

/// A day as typed; `date` is what could be read of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TypedDay {
    pub typed: String,
    pub date: Option<NaiveDate>,
}

impl TypedDay {
    pub fn read(typed: &str) -> TypedDay {
        let typed = clean_line(typed);
        TypedDay { date: parse_date(&typed).ok(), typed }
    }

    pub fn of(date: Option<NaiveDate>) -> TypedDay {
        TypedDay { typed: date.map(short_date).unwrap_or_default(), date }
    }

    /// The day as documents write it (NĐ 30/2020), or what was typed.
    pub fn words(&self) -> String {
        self.date.map_or_else(|| self.typed.clone(), short_date)
    }

    /// What is wrong with it; a blank is not wrong.
    pub fn problem(&self) -> Option<String> {
        if self.typed.is_empty() {
            return None;
        }
        parse_date(&self.typed).err().map(|e| e.to_string())
    }
}

/// The signed paper that goes with the report.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Paper {
    pub number: String,
    pub symbol: String,
    pub date: TypedDay,
    /// "KT. GIÁM ĐỐC"; may be blank.
    pub capacity: String,
    pub title: String,
    pub name: String,
}

impl Paper {
    pub fn is_blank(&self) -> bool {
        self == &Paper::default()
    }

    /// Whether there is no paper yet: who would sign it may be known before it has number and day.
    pub fn is_to_come(&self) -> bool {
        self.number.is_empty() && self.date.typed.is_empty()
    }

    /// "45/BC-SKHCN" typed as the number is number and symbol of the paper.
    #[must_use]
    pub fn split(mut self) -> Paper {
        if let Some((number, symbol)) = self.number.split_once('/') {
            let (number, symbol) = (number.trim().to_owned(), symbol.trim().to_owned());
            self.number = number;
            if !symbol.is_empty() {
                self.symbol = symbol;
            }
        }
        self
    }

    /// "05/BC-SKHCN" (NĐ 30/2020: numbers under 10 take a zero); blank without a number.
    pub fn reference(&self) -> String {
        let number = match self.number.as_str() {
            one if one.len() == 1 && one.bytes().all(|byte| byte.is_ascii_digit()) => format!("0{one}"),
            number => number.to_owned(),
        };
        match (number.is_empty(), self.symbol.is_empty()) {
            (true, _) => String::new(),
            (false, true) => number,
            (false, false) => format!("{number}/{}", self.symbol),
        }
    }

    /// "78/BC-SKHCN, ngày 09/6/2025"; blank without a number.
    pub fn words(&self) -> String {
        match self.reference() {
            blank if blank.is_empty() => blank,
            reference => format!("{reference}{}", super::signed::dated(self)),
        }
    }

    /// What a signed paper lacks, at the fields of the page (NĐ 30/2020 Điều 8: number, date, signatory).
    pub fn lacking(&self, problems: &mut Problems) {
        if self.number.is_empty() {
            problems.add("doc_number", "Nhập số của văn bản lãnh đạo đã ký.");
        }
        if self.date.typed.is_empty() {
            problems.add("doc_date", "Nhập ngày của văn bản lãnh đạo đã ký.");
        }
        if self.name.is_empty() {
            problems.add("signatory_name", "Nhập họ tên người ký văn bản.");
        }
    }

    /// Whether it is said to be signed on a day that has not come, in words.
    pub fn untimely_words(&self, today: NaiveDate) -> Option<String> {
        let day = self.date.date.filter(|day| *day > today)?;
        let (day, today) = (short_date(day), short_date(today));
        Some(format!("Ngày ký {day} chưa tới. Nhập ngày đã ghi trên văn bản, đến hôm nay ({today})."))
    }

    /// [`Paper::untimely_words`], at its field.
    pub fn untimely(&self, today: NaiveDate, problems: &mut Problems) {
        problems.add_fault("doc_date", self.untimely_words(today));
    }
}

/// A link that shows work was done.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Evidence {
    pub title: String,
    pub url: String,
    pub platform: String,
    pub published: TypedDay,
    /// Views or people reached.
    #[serde(default)]
    pub reach: TypedReach,
}

impl Evidence {
    pub fn is_blank(&self) -> bool {
        self == &Evidence::default()
    }

    /// What is wrong with the address.
    pub fn url_problem(&self) -> Option<&'static str> {
        link_problem(&self.url)
    }

    /// Whether it can be stored as evidence.
    pub fn is_sound(&self) -> bool {
        self.url_problem().is_none() && self.published.problem().is_none() && self.reach.problem().is_none()
    }

    /// By which the same post is recognised, see [`link_key`]; "" of a blank address.
    pub fn url_key(&self) -> String {
        if self.url.is_empty() { String::new() } else { link_key(&self.url) }
    }
}

/// Everything a report holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Content {
    /// Bodies by section code.
    pub sections: BTreeMap<String, String>,
    pub entries: BTreeMap<IndicatorId, Entry>,
    /// Rows by list code.
    pub lists: BTreeMap<String, Vec<Row>>,
    pub tasks: BTreeMap<TaskId, TaskResult>,
    pub evidence: Vec<Evidence>,
    /// "Số liệu thực tế đến ngày …": what lies after it is estimated.
    pub actual_to: TypedDay,
    pub paper: Paper,
    /// Keys of the warnings the unit has confirmed; a key names the figures it was given for.
    pub confirmed: BTreeSet<String>,
    /// What the unit says to the remarks it was given.
    pub answers: BTreeMap<RemarkId, Answer>,
    /// Files that go with it, in the order they came.
    #[serde(default)]
    pub files: Vec<Attached>,
}

impl Content {
    pub fn section(&self, code: &str) -> &str {
        self.sections.get(code).map_or("", String::as_str)
    }

    pub fn value(&self, id: IndicatorId) -> Option<i64> {
        self.entries.get(&id).and_then(|entry| entry.reading.value())
    }

    /// Figures answered, and figures asked for.
    pub fn figures_filled(&self, outline: &Outline) -> (usize, usize) {
        let answered = |id| self.entries.get(id).is_some_and(|entry| entry.reading.is_answer());
        let filled = outline.typed().filter(|asked| answered(&asked.id)).count();
        (filled, outline.typed().count())
    }

    /// Sections written, and sections asked for.
    pub fn sections_filled(&self, outline: &Outline) -> (usize, usize) {
        let written = |code: &str| !self.section(code).trim().is_empty();
        (outline.sections.iter().filter(|s| written(&s.code)).count(), outline.sections.len())
    }

    /// Tasks answered, and tasks held.
    pub fn tasks_filled(&self, outline: &Outline) -> (usize, usize) {
        let answered = |id| self.tasks.get(id).is_some_and(|result| !result.is_blank());
        (outline.tasks.iter().filter(|task| answered(&task.id)).count(), outline.tasks.len())
    }

    /// The same with the rows of lists as they are sent: a day typed is the day stored.
    #[must_use]
    pub fn settled(&self, outline: &Outline) -> Content {
        let mut settled = self.clone();
        for list in &outline.lists {
            for row in settled.lists.get_mut(&list.code).into_iter().flatten() {
                *row = list.settled(row);
            }
        }
        settled
    }

    /// Rows of all list tables.
    pub fn rows(&self) -> usize {
        self.lists.values().map(Vec::len).sum()
    }

    /// Whether nothing at all was written.
    pub fn is_blank(&self) -> bool {
        self.sections.values().all(|body| body.trim().is_empty())
            && self.entries.values().all(|entry| entry.reading == Reading::Blank)
            && self.rows() == 0
            && self.tasks.values().all(TaskResult::is_blank)
            && self.evidence.is_empty()
            && self.files.is_empty()
    }
}
