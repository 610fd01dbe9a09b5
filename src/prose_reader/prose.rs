//! What is read out of a report. Every item carries the lines it was read from, counted from 1; every line has a letter for what
//! it was taken for.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::plan_reader::{Role, Sure};
use crate::vietnamese::{Level, Qualifier};

/// Lines an item points at, at most.
pub(super) const LINES: usize = 100;
/// Figures of a report, at most, and as many other numbers: a page with more helps nobody.
pub const MOST_NUMBERS: usize = 400;

/// The head and the signature, "" where the text does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub kind: String,
    pub number: String,
    pub symbol: String,
    /// A whole day.
    pub date: Option<NaiveDate>,
    /// "2024-05-??": blank parts as "??".
    pub written_date: String,
    pub issuer: String,
    pub subject: String,
    pub capacity: String,
    pub title: String,
    pub name: String,
}

impl Head {
    /// "412/KH-STP", or as much of it as is said.
    pub fn full_number(&self) -> String {
        let symbol = if self.symbol.is_empty() { String::new() } else { format!("/{}", self.symbol) };
        format!("{}{symbol}", self.number)
    }
}

/// The period a report says it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedPeriod {
    /// A code of [`crate::calendar::Cycle`].
    pub cycle: String,
    pub year: Option<i32>,
    /// As written.
    pub words: String,
    pub lines: Vec<usize>,
}

/// A part of the text, with the section of the form it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// "3. Phương hướng, nhiệm vụ"; "" for paragraphs without one.
    pub heading: String,
    /// A paragraph a line.
    pub body: String,
    pub lines: Vec<usize>,
    /// The code of its section; none where nothing fits.
    pub section: Option<String>,
    pub sure: Sure,
    /// It tells what is to come.
    pub ahead: bool,
}

/// What a number of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FigureKind {
    /// Something that was counted in the period.
    Counted,
    /// By how much something grew or shrank.
    Change,
    /// A figure of an earlier period, beside this one's.
    Earlier,
    /// What is aimed at.
    Goal,
    /// A share of a hundred.
    Share,
}

impl FigureKind {
    /// Whether it may be a figure of the report.
    pub fn is_value(self) -> bool {
        self == FigureKind::Counted
    }

    pub fn words(self) -> &'static str {
        match self {
            FigureKind::Counted => "số liệu",
            FigureKind::Change => "mức tăng, giảm",
            FigureKind::Earlier => "số của kỳ khác",
            FigureKind::Goal => "chỉ tiêu, dự kiến",
            FigureKind::Share => "tỷ lệ",
        }
    }
}

/// Why a person has to look at a figure before it is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FigureDoubt {
    /// "30-40": the lower of two.
    Range,
    /// "48k".
    Shortened,
    /// "trên 24 fanpage": how many places something stands on, or more than that.
    Place,
}

impl FigureDoubt {
    pub fn words(self) -> &'static str {
        match self {
            FigureDoubt::Range => "Văn bản ghi một khoảng; đây là số nhỏ. Kiểm tra trước khi nhận.",
            FigureDoubt::Shortened => "Văn bản viết tắt hàng nghìn, hàng triệu. Kiểm tra trước khi nhận.",
            FigureDoubt::Place => {
                "“Trên” ở đây hiểu là nơi đăng, phát, không phải “hơn”. Kiểm tra trước khi nhận."
            }
        }
    }
}

/// A number of the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// As a cell takes it: "100", "2 tỷ 350 triệu đồng".
    pub typed: String,
    pub estimate: bool,
    pub qualifier: Qualifier,
    pub kind: FigureKind,
    /// The words after it: "lượt tin, bài".
    pub measure: String,
    /// The sentence it stands in, of a very long one the words around it.
    pub sentence: String,
    /// Which piece it stands in.
    pub piece: usize,
    pub lines: Vec<usize>,
    /// Bytes of the sentence it takes.
    pub from: usize,
    pub to: usize,
    /// Codes of the figures of the form it may answer, the likeliest first.
    pub candidates: Vec<String>,
    /// The one it is proposed for.
    pub proposed: Option<String>,
    pub sure: Sure,
    #[serde(default)]
    pub doubt: Option<FigureDoubt>,
}

impl Figure {
    pub fn level(&self) -> Level {
        Level { estimate: self.estimate, qualifier: self.qualifier }
    }

    /// "gần 100 lượt tin, bài".
    pub fn words(&self) -> String {
        let measure = if self.kind == FigureKind::Share || self.measure.starts_with('%') {
            self.measure.clone()
        } else {
            format!(" {}", self.measure)
        };
        format!("{} {}{}", self.level().before_figure(), self.typed, measure.trim_end()).trim().to_owned()
    }
}

/// A number that is no figure: it names a day, a document, a clause, or stands in a title or in the row of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// "Điều 5", "ngày 20/01/2025".
    pub text: String,
    /// How often the text has it.
    pub times: usize,
    /// The sentence it stands in first, of a very long one the words around it.
    pub sentence: String,
    pub lines: Vec<usize>,
}

/// What the text says of a task the unit holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The code of the task.
    pub task: String,
    /// A paragraph a line.
    pub text: String,
    pub lines: Vec<usize>,
    pub sure: Sure,
}

/// A table of the text that answers a list table of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The code of the list table.
    pub list: String,
    /// Cells by the code of their column.
    pub rows: Vec<BTreeMap<String, String>>,
    /// Rows that do not have the cells of the others: they stay text.
    pub unread: usize,
    /// Columns that the list does not have and that hold something.
    pub left: Vec<String>,
    /// Of the head and of the rows that were read.
    pub lines: Vec<usize>,
    pub sure: Sure,
}

/// A title of an article, a clip or a programme that shows work was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    pub text: String,
    /// "" where the text gives none.
    pub url: String,
    pub lines: Vec<usize>,
    pub sure: Sure,
}

/// A report as read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prose {
    pub head: Head,
    /// Citations of the documents it rests on.
    pub bases: Vec<String>,
    pub period: Option<NamedPeriod>,
    /// The period its last sentence names: "Trên đây là báo cáo …".
    #[serde(default)]
    pub closing: Option<NamedPeriod>,
    pub pieces: Vec<Piece>,
    pub figures: Vec<Figure>,
    /// In the order of the text.
    #[serde(default)]
    pub named: Vec<Named>,
    pub titles: Vec<Title>,
    #[serde(default)]
    pub told: Vec<Told>,
    #[serde(default)]
    pub tables: Vec<Table>,
    /// A letter for each line.
    pub roles: String,
}

impl Prose {
    /// Lines that hold anything.
    pub fn lines(&self) -> usize {
        self.roles.chars().filter(|letter| *letter != '_').count()
    }

    /// Lines that could not be placed.
    pub fn unread(&self) -> usize {
        self.roles.chars().filter(|letter| *letter == 'u').count()
    }

    /// What a line was taken for, from 1.
    pub fn role(&self, line: usize) -> Role {
        let found = line.checked_sub(1).and_then(|at| self.roles.chars().nth(at)).unwrap_or('u');
        Role::from_letter(found)
    }
}
