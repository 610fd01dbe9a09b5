//! What changed between two contents of one report: figures, words, rows, results, facts of the paper.
//! Pure; stands between two revisions and the page that shows a correction. Nothing changed gives nothing.

use std::collections::BTreeSet;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::wording::{self, Stretch};
use super::{Content, Entry, Evidence, Outline, Reading, Row, TaskResult};
use crate::attachments::{Attached, size_words};
use crate::db::ids::{IndicatorId, TaskId};
use crate::evidence::Platform;
use crate::vietnamese::Level;

/// A figure as it is read: what was typed for it does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    pub reading: Reading,
    pub level: Level,
    pub note: String,
}

impl Said {
    /// What an entry says; none says nothing.
    pub fn of(entry: Option<&Entry>) -> Said {
        let Some(entry) = entry else { return Said::default() };
        let level = entry.reading.value().map_or(Level::default(), |_| entry.level());
        Said { reading: entry.reading.clone(), level, note: entry.note.clone() }
    }
}

/// Something that was one thing and is another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change<T> {
    pub old: T,
    pub new: T,
}

impl<T: PartialEq> Change<T> {
    fn of(old: T, new: T) -> Option<Change<T>> {
        (old != new).then_some(Change { old, new })
    }
}

/// A row of a list taken out, put in, or changed. Positions count from 0, in the old list and in the new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowChange {
    Removed { was: usize, row: Row },
    Added { is: usize, row: Row },
    Changed { was: usize, is: usize, row: Change<Row> },
}

/// One line of the heading or the foot of the paper, or the day until which figures are actual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    ActualTo,
    Number,
    Symbol,
    Date,
    Capacity,
    Title,
    Name,
}

impl Fact {
    pub const ALL: [Fact; 7] =
        [Fact::ActualTo, Fact::Number, Fact::Symbol, Fact::Date, Fact::Capacity, Fact::Title, Fact::Name];

    pub fn words(self) -> &'static str {
        match self {
            Fact::ActualTo => "Số liệu thực tế đến ngày",
            Fact::Number => "Số văn bản",
            Fact::Symbol => "Ký hiệu",
            Fact::Date => "Ngày ký",
            Fact::Capacity => "Quyền hạn ký",
            Fact::Title => "Chức vụ người ký",
            Fact::Name => "Họ và tên người ký",
        }
    }

    /// Whether only capitals changed in the lines over a name, which a paper prints in capitals anyway.
    fn is_spelling(self, change: &Change<String>) -> bool {
        let lines = matches!(self, Fact::Capacity | Fact::Title);
        lines && change.old.to_lowercase() == change.new.to_lowercase()
    }

    /// What a content says of it, as documents write it; may be blank.
    pub fn of(self, content: &Content) -> String {
        let paper = &content.paper;
        match self {
            Fact::ActualTo => content.actual_to.words(),
            Fact::Number => paper.number.clone(),
            Fact::Symbol => paper.symbol.clone(),
            Fact::Date => paper.date.words(),
            Fact::Capacity => paper.capacity.clone(),
            Fact::Title => paper.title.clone(),
            Fact::Name => paper.name.clone(),
        }
    }
}

/// Everything that changed. Sections and lists by their codes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    pub figures: Vec<(IndicatorId, Change<Said>)>,
    pub sections: Vec<(String, Vec<Stretch>)>,
    pub lists: Vec<(String, Vec<RowChange>)>,
    pub tasks: Vec<(TaskId, Change<TaskResult>)>,
    /// Links as rows of the columns title, url, platform, published and reach.
    pub evidence: Vec<RowChange>,
    /// Files as rows of the columns name, purpose, size and sha256.
    pub files: Vec<RowChange>,
    pub facts: Vec<(Fact, Change<String>)>,
}

impl Difference {
    /// What changed from one content to another.
    pub fn between(old: &Content, new: &Content) -> Difference {
        let figures = union(old.entries.keys(), new.entries.keys()).into_iter().filter_map(|id| {
            let change = Change::of(Said::of(old.entries.get(&id)), Said::of(new.entries.get(&id)))?;
            Some((id, change))
        });
        let sections = union(old.sections.keys(), new.sections.keys()).into_iter().filter_map(|code| {
            let stretches = wording::compare(old.section(&code), new.section(&code));
            let changed = stretches.iter().any(|stretch| matches!(stretch, Stretch::Changed { .. }));
            changed.then_some((code, stretches))
        });
        let lists = union(old.lists.keys(), new.lists.keys()).into_iter().filter_map(|code| {
            let rows = |content: &Content| content.lists.get(&code).cloned().unwrap_or_default();
            let changes = row_changes(&rows(old), &rows(new));
            (!changes.is_empty()).then_some((code, changes))
        });
        let tasks = union(old.tasks.keys(), new.tasks.keys()).into_iter().filter_map(|id| {
            let result = |content: &Content| content.tasks.get(&id).cloned().unwrap_or_default();
            Some((id, Change::of(result(old), result(new))?))
        });
        let facts = Fact::ALL.into_iter();
        Difference {
            figures: figures.collect(),
            sections: sections.collect(),
            lists: lists.collect(),
            tasks: tasks.collect(),
            evidence: row_changes(&links(old), &links(new)),
            files: row_changes(&files(old), &files(new)),
            facts: facts
                .filter_map(|f| Some((f, Change::of(f.of(old), f.of(new))?)))
                .filter(|(fact, change)| !fact.is_spelling(change))
                .collect(),
        }
    }

    /// What changed from what was sent to what is being written.
    pub fn to_draft(sent: &Content, draft: &Content, outline: &Outline) -> Difference {
        Difference::between(sent, &draft.settled(outline))
    }

    /// How many places of the report itself changed: figures, sections, rows, results, links.
    pub fn places(&self) -> usize {
        self.figures.len()
            + self.sections.len()
            + self.lists.iter().map(|(_, rows)| rows.len()).sum::<usize>()
            + self.tasks.len()
            + self.evidence.len()
            + self.files.len()
    }
}

fn union<'a, K: Ord + Clone + 'a>(
    old: impl Iterator<Item = &'a K>,
    new: impl Iterator<Item = &'a K>,
) -> BTreeSet<K> {
    old.chain(new).cloned().collect()
}

/// The changes from one sequence of rows to another. Rows that share a cell and stand in each other's place are one
/// row changed.
fn row_changes(old: &[Row], new: &[Row]) -> Vec<RowChange> {
    let mut changes = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        let (was, is) = match op {
            DiffOp::Equal { .. } => continue,
            other => (other.old_range(), other.new_range()),
        };
        let paired = was.len().min(is.len());
        for at in 0..was.len().max(is.len()) {
            let (was, is) = (was.start + at, is.start + at);
            if at < paired && akin(&old[was], &new[is]) {
                let row = Change { old: old[was].clone(), new: new[is].clone() };
                changes.push(RowChange::Changed { was, is, row });
                continue;
            }
            if at < op.old_range().len() {
                changes.push(RowChange::Removed { was, row: old[was].clone() });
            }
            if at < op.new_range().len() {
                changes.push(RowChange::Added { is, row: new[is].clone() });
            }
        }
    }
    changes
}

/// Whether two rows have a cell in common.
fn akin(old: &Row, new: &Row) -> bool {
    old.iter().any(|(column, cell)| new.get(column) == Some(cell))
}

/// The columns of evidence, as its table has them.
pub const LINK_COLUMNS: [(&str, &str); 5] = [
    ("title", "Tiêu đề"),
    ("url", "Địa chỉ"),
    ("platform", "Nền tảng"),
    ("published", "Ngày đăng"),
    ("reach", "Lượt tiếp cận"),
];

fn links(content: &Content) -> Vec<Row> {
    let row = |link: &Evidence| {
        let words = [&link.published.words(), &link.reach.words()];
        // What was sent before calls some platforms by other words: that is no change.
        let platform = Platform::spelt(link.platform.clone());
        let cells = [&link.title, &link.url, &platform].into_iter().chain(words).cloned();
        let named = LINK_COLUMNS.iter().map(|(code, _)| (*code).to_owned()).zip(cells);
        named.filter(|(_, cell)| !cell.is_empty()).collect()
    };
    content.evidence.iter().map(row).collect()
}

/// What is said of a file; its bytes are known by the last column.
pub const FILE_COLUMNS: [(&str, &str); 4] =
    [("name", "Tên tệp"), ("purpose", "Dùng làm"), ("size", "Dung lượng"), ("sha256", "SHA-256")];

fn files(content: &Content) -> Vec<Row> {
    let row = |file: &Attached| {
        let cells =
            [file.name.clone(), file.purpose.words().to_owned(), size_words(file.size), file.sha256.clone()];
        FILE_COLUMNS.iter().map(|(code, _)| (*code).to_owned()).zip(cells).collect()
    };
    content.files.iter().map(row).collect()
}
