//! The table of figures as templates show it: each line with its earlier figures, its input, its word, its doubts.

use super::body::{Beside, LogLine, warnings_at};
use crate::db::ids::IndicatorId;
use crate::reports::{
    Aside, AskedIndicator, Content, Entry, Outline, Past, PastPeriod, Reading, shown, words, year,
};

pub struct FigureLine {
    pub code: String,
    pub name: String,
    pub measure: String,
    pub guidance: String,
    /// One text for each of the table's earlier periods.
    pub past: Vec<String>,
    /// What bodies reported that are not compared: "Sở …, 6 tháng đầu năm 2024: 14".
    pub asides: Vec<String>,
    /// The figure of the first half, to which the rest of the year is added while the year's is typed.
    pub half: Option<String>,
    /// What was typed for the rest of the year and is not added yet, and why.
    pub rest: String,
    pub rest_error: Option<String>,
    pub is_bool: bool,
    pub is_ratio: bool,
    /// Text of the input.
    pub input: String,
    /// Text to read: "gần 1.200", "chưa nhập".
    pub value: String,
    pub is_blank: bool,
    pub level: &'static str,
    pub note: String,
    pub counts: bool,
    pub required: bool,
    pub error: Option<String>,
    pub warnings: Vec<String>,
    pub other: Option<String>,
    /// What the log of work adds up to, while it is typed.
    pub log: Option<LogSum>,
}

/// The sum of the log of work beside its figure.
pub struct LogSum {
    pub indicator: IndicatorId,
    pub sum: String,
    pub entries: usize,
    /// The figure is blank or below the sum, which may be taken in its place.
    pub offered: bool,
    /// The entries whose posts may be taken as evidence with it.
    pub proofs: Vec<LogLine>,
}

pub struct FigureGroup {
    pub name: String,
    pub lines: Vec<FigureLine>,
}

/// The periods that stand beside the figures: none that has nothing, and one column where both earlier ones are the
/// same; the halves of a year last.
pub fn columns(past: &Past) -> Vec<(&'static str, &PastPeriod)> {
    let filled = |period: &&PastPeriod| !period.figures.is_empty();
    let last = past.last.as_ref().filter(filled).map(|period| ("Kỳ trước", period));
    let same =
        past.same.as_ref().filter(filled).filter(|same| last.is_none_or(|(_, last)| last.id != same.id));
    let earlier = last.into_iter().chain(same.map(|period| ("Cùng kỳ", period)));
    earlier.chain(past.halves.columns()).collect()
}

/// The lines of the table under the headings of their groups.
pub fn groups(
    outline: &Outline,
    content: &Content,
    beside: &Beside<'_>,
    past: &[(&'static str, &PastPeriod)],
) -> Vec<FigureGroup> {
    let mut groups: Vec<FigureGroup> = Vec::new();
    for asked in &outline.indicators {
        if groups.last().is_none_or(|group| group.name != asked.group_name) {
            groups.push(FigureGroup { name: asked.group_name.clone(), lines: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.lines.push(line(asked, outline, content, beside, past));
        }
    }
    groups
}

fn line(
    asked: &AskedIndicator,
    outline: &Outline,
    content: &Content,
    beside: &Beside<'_>,
    past: &[(&'static str, &PastPeriod)],
) -> FigureLine {
    let blank = Entry::default();
    let entry = content.entries.get(&asked.id).unwrap_or(&blank);
    let field = format!("figure.{}", asked.code);
    let earlier = |period: &PastPeriod| period.words(asked, outline).unwrap_or("–".to_owned());
    let blank_words = if asked.is_ratio() { "–" } else { "chưa nhập" };
    let said = |content: &Content| words(asked, outline, content).unwrap_or(blank_words.to_owned());
    let value = said(content);
    let other = beside.other.map(said).filter(|other| *other != value);
    FigureLine {
        code: asked.code.clone(),
        name: asked.name.clone(),
        measure: asked.measure_unit.clone(),
        guidance: asked.guidance.clone(),
        half: half(asked, beside),
        rest: String::new(),
        rest_error: None,
        past: past.iter().map(|(_, period)| earlier(period)).collect(),
        asides: asides(asked, beside),
        is_bool: asked.is_bool(),
        is_ratio: asked.is_ratio(),
        input: input(asked, entry),
        is_blank: entry.reading == Reading::Blank && !asked.is_ratio(),
        value,
        level: entry.level().code(),
        note: entry.note.clone(),
        counts: asked.counts,
        required: asked.required,
        error: match &entry.reading {
            Reading::Unreadable(message) => Some(message.clone()),
            _ => beside.problems.at(&field).map(str::to_owned),
        },
        warnings: warnings_at(beside.findings, &field),
        other,
        log: log(asked, entry, beside),
    }
}

fn log(asked: &AskedIndicator, entry: &Entry, beside: &Beside<'_>) -> Option<LogSum> {
    let (found, entries) = beside.past.ledger.figure(asked).filter(|_| beside.typing)?;
    Some(LogSum {
        indicator: asked.id,
        sum: shown(found, asked),
        entries,
        offered: entry.reading.value().is_none_or(|value| value < found),
        proofs: vec![],
    })
}

/// What stood in this line of bodies that are not compared, to be read.
fn asides(asked: &AskedIndicator, beside: &Beside<'_>) -> Vec<String> {
    let one = |aside: &Aside| {
        let figure = aside.figure(asked)?;
        Some(format!("{}, {}: {figure}", aside.name, aside.label.to_lowercase()))
    };
    beside.past.asides.iter().filter_map(one).collect()
}

/// The figure of the first half without its word, where the rest of the year can be typed beside it: the second half is
/// not there yet, and its figure adds up.
fn half(asked: &AskedIndicator, beside: &Beside<'_>) -> Option<String> {
    let halves = &beside.past.halves;
    let sent = |half: &Option<PastPeriod>| half.as_ref()?.figures.get(&asked.id).copied();
    let open = beside.typing && year::adds_up(asked) && sent(&halves.second).is_none();
    sent(&halves.first).filter(|_| open).map(|figure| shown(figure, asked))
}

/// What stands in the input: the figure in one spelling, or the very text where it could not be read for sure.
pub(super) fn input(asked: &AskedIndicator, entry: &Entry) -> String {
    match &entry.reading {
        Reading::Value(value) if asked.is_bool() => value.to_string(),
        Reading::Value(value) if !entry.ambiguous => shown(*value, asked),
        _ => entry.typed.clone(),
    }
}

/// A figure as people read it, with the word beside it, or that there is none.
pub fn said(asked: &AskedIndicator, outline: &Outline, content: &Content) -> String {
    let blank = if asked.is_ratio() { "–" } else { "chưa nhập" };
    words(asked, outline, content).unwrap_or_else(|| blank.to_owned())
}
