//! The body of a report as templates show it, typed or read: sections, figures beside earlier ones, tasks,
//! lists, evidence, paper. One shape for the draft page, the check page and the review.

use super::figures::{FigureGroup, columns, groups};
use super::list_tables::{ListView, lists};
use super::marks::{Mark, marks};
use super::remarks::Remarks;
use crate::attachments::FileView;
use crate::error::Problems;
use crate::reports::finding::Findings;
use crate::reports::{Aside, Content, Evidence, Outline, Paper, Past, PastPeriod, TaskStatus, wording};

/// Blank rows offered below those of a list.
pub const SPARE_ROWS: usize = 3;

pub struct SectionView {
    pub code: String,
    pub label: String,
    pub title: String,
    pub hint: String,
    pub required: bool,
    pub text: String,
    /// Label of the earlier period, and what stood there.
    pub past: Option<(String, String)>,
    pub warnings: Vec<String>,
    /// What the other text said: the conflicting save, or the revision before.
    pub other: Option<String>,
}

impl SectionView {
    /// What changed against the other text, word by word.
    pub fn changes(&self) -> Vec<Mark> {
        self.other.as_ref().map_or(vec![], |other| marks(&wording::compare(other, &self.text), true))
    }
}

pub struct TaskView {
    pub id: String,
    pub plan: String,
    pub clause: String,
    pub text: String,
    pub part: &'static str,
    pub status: &'static str,
    pub status_words: &'static str,
    pub is_blank: bool,
    pub body: String,
    /// What the log of work holds of it for the period, where it can still be told.
    pub log: Vec<LogLine>,
}

/// One entry of the log of work.
pub struct LogLine {
    pub id: String,
    pub text: String,
    pub link: String,
    /// The report tells it already.
    pub told: bool,
}

pub struct LinkView {
    pub title: String,
    pub url: String,
    pub platform: String,
    pub published: String,
    /// The day to read.
    pub published_words: String,
    /// Whether the address may be a link on a page.
    pub is_sound: bool,
    pub url_error: Option<String>,
    pub date_error: Option<String>,
    /// Views or people reached, to read and to type.
    pub reach: String,
    pub reach_error: Option<String>,
}

impl LinkView {
    /// Whether the platform is none of those offered, so that the page must offer it as it is.
    pub fn is_other_platform(&self, offered: &[&str]) -> bool {
        !self.platform.is_empty() && !offered.contains(&self.platform.as_str())
    }
}

/// Everything a template needs to show one report.
pub struct Body {
    pub sections: Vec<SectionView>,
    /// Heading and label of each earlier period.
    pub past: Vec<(&'static str, String)>,
    /// Which of them is the first half of the year reported on.
    pub half_at: Option<usize>,
    /// The second half was sent too.
    pub both_halves: bool,
    /// Bodies whose figures stand in the lines to be read, not compared: "Sở …, đã chia cho 2 đơn vị".
    pub asides: Vec<String>,
    pub groups: Vec<FigureGroup>,
    pub filled: usize,
    pub asked: usize,
    pub tasks: Vec<TaskView>,
    pub tasks_filled: usize,
    pub lists: Vec<ListView>,
    pub links: Vec<LinkView>,
    pub links_filled: usize,
    /// Files that go with it.
    pub files: Vec<FileView>,
    pub actual_to: String,
    /// The day to read.
    pub actual_words: String,
    pub actual_error: Option<String>,
    pub paper: Paper,
    pub paper_date_error: Option<String>,
    /// The remarks at their places; whoever makes the page says which it shows.
    pub remarks: Remarks,
    /// Where the entries of an indicator are read, up to its id; whoever makes the page says so.
    pub log_at: String,
}

/// What a body is made from beside its content.
pub struct Beside<'a> {
    pub past: &'a Past,
    pub findings: &'a Findings,
    pub problems: &'a Problems,
    /// The other content to hold it against, if there is one.
    pub other: Option<&'a Content>,
    /// Adds blank rows for typing.
    pub typing: bool,
}

impl Body {
    /// Whether the scan of the paper it is typed in from goes with it.
    pub fn has_scan(&self) -> bool {
        self.files.iter().any(FileView::is_scan)
    }

    /// The signed papers among the files.
    pub fn signed(&self) -> Vec<&FileView> {
        self.files.iter().filter(|file| file.is_signed()).collect()
    }

    pub fn new(outline: &Outline, content: &Content, beside: &Beside<'_>) -> Body {
        let (filled, asked) = content.figures_filled(outline);
        let past = columns(beside.past);
        Body {
            sections: sections(outline, content, beside),
            groups: groups(outline, content, beside, &past),
            asides: asides(beside.past),
            half_at: half_at(beside.past, &past),
            both_halves: beside.past.halves.columns().count() == 2,
            past: past.into_iter().map(|(heading, period)| (heading, period.label.clone())).collect(),
            filled,
            asked,
            tasks: tasks(outline, content),
            tasks_filled: content.tasks_filled(outline).0,
            lists: lists(outline, content, beside),
            links: links(content, beside.typing),
            links_filled: content.evidence.len(),
            files: FileView::all(&content.files),
            actual_to: content.actual_to.typed.clone(),
            actual_words: content.actual_to.words(),
            actual_error: content.actual_to.problem(),
            paper: content.paper.clone(),
            paper_date_error: content.paper.date.problem(),
            remarks: Remarks::default(),
            log_at: String::new(),
        }
    }
}

impl Body {
    /// Says of blanks that the paper typed in from does not speak of them, where that was confirmed.
    pub fn mark_silent(&mut self, findings: &Findings) {
        for field in findings.silent() {
            let Some(code) = field.strip_prefix("figure.") else { continue };
            let mut lines = self.groups.iter_mut().flat_map(|group| &mut group.lines);
            if let Some(line) = lines.find(|line| line.code == code && line.is_blank) {
                "văn bản không nêu".clone_into(&mut line.value);
            }
        }
    }

    /// Whether a column beside the figures is the first half of the year.
    pub fn is_half(&self, column: &usize) -> bool {
        self.half_at == Some(*column)
    }
}

/// Each body once.
fn asides(past: &Past) -> Vec<String> {
    let mut asides: Vec<String> = past.asides.iter().map(Aside::who).collect();
    asides.dedup();
    asides
}

fn half_at(past: &Past, columns: &[(&'static str, &PastPeriod)]) -> Option<usize> {
    let first = past.halves.first.as_ref()?;
    columns.iter().position(|(_, period)| period.id == first.id)
}

/// The messages of the warnings at one field.
pub fn warnings_at(findings: &Findings, field: &str) -> Vec<String> {
    findings.warnings.iter().filter(|w| w.field == field).map(|w| w.message.clone()).collect()
}

fn sections(outline: &Outline, content: &Content, beside: &Beside<'_>) -> Vec<SectionView> {
    let view = |section: &crate::reports::AskedSection| {
        let text = content.section(&section.code).to_owned();
        let other = beside.other.map(|other| other.section(&section.code).to_owned());
        let other = other.filter(|other| other.trim() != text.trim());
        let past = beside.past.section(&section.code);
        SectionView {
            code: section.code.clone(),
            label: section.label.clone(),
            title: section.title.clone(),
            hint: section.hint.clone(),
            required: section.required,
            past: past.map(|(label, body)| (label.to_owned(), body.to_owned())),
            warnings: warnings_at(beside.findings, &format!("section.{}", section.code)),
            other,
            text,
        }
    };
    outline.sections.iter().map(view).collect()
}

fn tasks(outline: &Outline, content: &Content) -> Vec<TaskView> {
    let view = |task: &crate::reports::AskedTask| {
        let result = content.tasks.get(&task.id).cloned().unwrap_or_default();
        TaskView {
            id: task.id.to_string(),
            plan: task.plan.clone(),
            clause: task.clause.clone(),
            text: task.text.clone(),
            part: task.part,
            status: result.status.code(),
            // A result without a word on how far it has come says so by itself.
            status_words: match result.status {
                TaskStatus::Unsaid if !result.body.trim().is_empty() => "–",
                status => status.words(),
            },
            is_blank: result.is_blank(),
            log: Vec::new(),
            body: result.body,
        }
    };
    outline.tasks.iter().map(view).collect()
}

fn links(content: &Content, typing: bool) -> Vec<LinkView> {
    let blank = Evidence::default();
    let spare = std::iter::repeat_n(&blank, if typing { SPARE_ROWS } else { 0 });
    let view = |link: &Evidence| LinkView {
        title: link.title.clone(),
        url: link.url.clone(),
        platform: link.platform.clone(),
        published: link.published.typed.clone(),
        published_words: link.published.words(),
        is_sound: link.url_problem().is_none(),
        url_error: if link.is_blank() { None } else { link.url_problem().map(str::to_owned) },
        date_error: link.published.problem(),
        reach: link.reach.words(),
        reach_error: link.reach.problem(),
    };
    content.evidence.iter().chain(spare).map(view).collect()
}
