//! Remarks: what the collector says to a place of a sent report, and what the unit answers while it mends.
//! Pure; stands between the stored codes of places and the pages that show each remark where it belongs.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::{Content, Outline};
use crate::db::ids::{DraftRemarkId, RemarkId, TaskId};

/// What a remark is about. Codes are stored, in the words of the fields of the draft page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    Whole,
    Section(String),
    /// A line of the table of figures.
    Figure(String),
    FigureValue(String),
    FigureNote(String),
    Task(TaskId),
    List(String),
    /// A row of a list as it was sent, counted from 1.
    Row(String, usize),
    Evidence,
}

impl Place {
    pub fn code(&self) -> String {
        match self {
            Place::Whole => "whole".to_owned(),
            Place::Section(code) => format!("section.{code}"),
            Place::Figure(code) => format!("figure.{code}"),
            Place::FigureValue(code) => format!("figure.{code}.value"),
            Place::FigureNote(code) => format!("figure.{code}.note"),
            Place::Task(id) => format!("task.{id}"),
            Place::List(code) => format!("list.{code}"),
            Place::Row(code, number) => format!("list.{code}.{number}"),
            Place::Evidence => "evidence".to_owned(),
        }
    }

    /// The place of a stored code.
    pub fn from_code(code: &str) -> Option<Place> {
        let Some((kind, rest)) = code.split_once('.') else {
            return match code {
                "whole" => Some(Place::Whole),
                "evidence" => Some(Place::Evidence),
                _ => None,
            };
        };
        if rest.is_empty() {
            return None;
        }
        match (kind, rest.rsplit_once('.')) {
            ("section", _) => Some(Place::Section(rest.to_owned())),
            ("figure", Some((figure, "value"))) => Some(Place::FigureValue(figure.to_owned())),
            ("figure", Some((figure, "note"))) => Some(Place::FigureNote(figure.to_owned())),
            ("figure", None) => Some(Place::Figure(rest.to_owned())),
            ("task", None) => rest.parse().ok().map(Place::Task),
            ("list", Some((list, number))) => {
                number.parse().ok().filter(|n| *n > 0).map(|n| Place::Row(list.to_owned(), n))
            }
            ("list", None) => Some(Place::List(rest.to_owned())),
            _ => None,
        }
    }

    /// The part of a page it is shown at: its cells at their figure, rows at their list.
    pub fn spot(&self) -> Place {
        match self {
            Place::FigureValue(code) | Place::FigureNote(code) => Place::Figure(code.clone()),
            Place::Row(code, _) => Place::List(code.clone()),
            other => other.clone(),
        }
    }

    /// The anchor of that part on the pages of a report.
    pub fn anchor(&self) -> String {
        match self.spot() {
            Place::Section(code) => format!("f-section.{code}"),
            Place::Figure(code) => format!("f-figure.{code}"),
            Place::Task(_) => "tasks".to_owned(),
            Place::List(code) => format!("list-{code}"),
            Place::Evidence => "list-evidence".to_owned(),
            _ => "main".to_owned(),
        }
    }

    /// Whether this content has it, as asked by this outline.
    pub fn exists(&self, outline: &Outline, content: &Content) -> bool {
        match self {
            Place::Whole | Place::Evidence => true,
            Place::Section(code) => outline.sections.iter().any(|section| &section.code == code),
            Place::Figure(code) | Place::FigureValue(code) | Place::FigureNote(code) => {
                outline.typed().any(|asked| &asked.code == code)
            }
            Place::Task(id) => outline.tasks.iter().any(|task| &task.id == id),
            Place::List(code) => outline.lists.iter().any(|list| &list.code == code),
            Place::Row(code, number) => content.lists.get(code).is_some_and(|rows| *number <= rows.len()),
        }
    }

    /// "B04. Tin, bài đã đăng, ghi chú": how people call it. What the outline does not ask keeps its code.
    pub fn words(&self, outline: &Outline) -> String {
        let figure = |code: &str| {
            let asked = outline.indicators.iter().find(|asked| asked.code == code);
            asked.map_or(code.to_owned(), |asked| format!("{code}. {}", asked.name))
        };
        let list = |code: &str| {
            let asked = outline.lists.iter().find(|list| list.code == code);
            asked.map_or(code.to_owned(), |list| list.title.clone())
        };
        match self {
            Place::Whole => "Cả báo cáo".to_owned(),
            Place::Section(code) => {
                let asked = outline.sections.iter().find(|section| &section.code == code);
                asked.map_or(format!("Phần {code}"), |s| format!("Phần {}. {}", s.label, s.title))
            }
            Place::Figure(code) => figure(code),
            Place::FigureValue(code) => format!("{}, số liệu", figure(code)),
            Place::FigureNote(code) => format!("{}, ghi chú", figure(code)),
            Place::Task(id) => {
                let asked = outline.tasks.iter().find(|task| &task.id == id);
                asked.map_or("Kết quả nhiệm vụ".to_owned(), |t| {
                    format!("Kết quả nhiệm vụ {} ({})", t.clause, t.plan)
                })
            }
            Place::List(code) => list(code),
            Place::Row(code, number) => format!("{}, dòng {number}", list(code)),
            Place::Evidence => "Minh chứng".to_owned(),
        }
    }

    /// Where it comes on the page of a report, first to last.
    fn rank(&self, outline: &Outline) -> (u8, usize, usize) {
        let at = |found: Option<usize>| found.unwrap_or(usize::MAX);
        let figure = |code: &str| at(outline.indicators.iter().position(|asked| asked.code == code));
        match self {
            Place::Whole => (0, 0, 0),
            Place::Figure(code) => (1, figure(code), 0),
            Place::FigureValue(code) => (1, figure(code), 1),
            Place::FigureNote(code) => (1, figure(code), 2),
            Place::Section(code) => (2, at(outline.sections.iter().position(|s| &s.code == code)), 0),
            Place::Task(id) => (3, at(outline.tasks.iter().position(|task| &task.id == id)), 0),
            Place::List(code) => (4, at(outline.lists.iter().position(|l| &l.code == code)), 0),
            Place::Row(code, number) => (4, at(outline.lists.iter().position(|l| &l.code == code)), *number),
            Place::Evidence => (5, 0, 0),
        }
    }
}

/// A remark the unit has been given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    pub id: RemarkId,
    /// Its lasting name, in the canonical bytes of the correction.
    pub uid: String,
    pub place: Place,
    pub body: String,
    pub author_name: String,
    pub author_title: String,
    /// UTC.
    pub issued_at: NaiveDateTime,
}

/// A remark the collector still keeps to itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRemark {
    pub id: DraftRemarkId,
    pub place: Place,
    pub body: String,
    pub author_name: String,
    pub author_title: String,
    pub version: i32,
}

/// What the unit says to a remark.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Answer {
    /// Ticked "Đã sửa".
    pub done: bool,
    pub text: String,
}

/// Puts remarks in the order of the page.
pub fn in_page_order(remarks: &mut [Remark], outline: &Outline) {
    remarks.sort_by_key(|remark| (remark.place.rank(outline), remark.id));
}

/// The same for unsent ones.
pub fn drafts_in_page_order(remarks: &mut [DraftRemark], outline: &Outline) {
    remarks.sort_by_key(|remark| (remark.place.rank(outline), remark.id));
}
