//! A report that says next to nothing (a text of a few words, and figures that are the last ones again or none at all), or
//! whose figures are all the last ones again, whatever its text. It is told before it is sent, and the collector decides
//! whether to take it. Pure; asked by the check and by the receipt.

use super::{Content, Entry, Outline, Past, Reading};
use crate::indicators::PeriodRule;

/// Words of a report, all its texts together, below which it is looked at.
pub const FEW_WORDS: usize = 20;
/// Begins the key of its finding.
pub const KEY: &str = "trivial:";

/// Begins the key of the finding that all figures are the last ones.
pub const SAME: &str = "unchanged";
/// Fewer equal figures than this prove nothing.
const EQUAL_FIGURES: usize = 3;

/// What the collector decides about before a report of a unit's own is received, in a sentence.
pub fn to_decide(content: &Content, outline: &Outline, past: &Past) -> Option<String> {
    let nothing = trivial(content, outline, past).map(|found| found.message());
    nothing.or_else(|| unchanged(content, outline, past).map(|found| found.message()))
}

/// All figures are an earlier period's again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unchanged {
    pub again: &'static str,
    /// Stable while the figures stay.
    pub key: String,
}

impl Unchanged {
    /// "Toàn bộ số liệu giống kỳ trước."
    pub fn message(&self) -> String {
        format!("Toàn bộ số liệu giống {}.", self.again)
    }
}

/// Flows equal to an earlier period's in every line where both have a figure.
pub fn unchanged(content: &Content, outline: &Outline, past: &Past) -> Option<Unchanged> {
    let mut label = None;
    let mut key = String::from(SAME);
    let mut equal = 0;
    for asked in outline.typed().filter(|asked| asked.period_rule == PeriodRule::Flow) {
        let (Some(value), Some((before, words))) = (content.value(asked.id), past.nearest(asked.id)) else {
            continue;
        };
        if value != before {
            return None;
        }
        if value != 0 {
            equal += 1;
            label = Some(words);
            key.push_str(&format!(":{value}"));
        }
    }
    label.filter(|_| equal >= EQUAL_FIGURES).map(|again| Unchanged { again, key })
}

/// Why a report says next to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trivial {
    pub words: usize,
    /// The period whose figures stand there again; none: no figure but zero was given.
    pub again: Option<&'static str>,
}

impl Trivial {
    /// "Thuyết minh chỉ có 4 từ và mọi số liệu khác 0 đều giống kỳ trước."
    pub fn message(&self) -> String {
        let words = match self.words {
            0 => "Không có thuyết minh".to_owned(),
            words => format!("Thuyết minh chỉ có {words} từ"),
        };
        match self.again {
            Some(label) => format!("{words} và mọi số liệu khác 0 đều giống {label}."),
            None => format!("{words} và không có số liệu nào khác 0."),
        }
    }

    /// Stable while the report says as little.
    pub fn key(&self) -> String {
        format!("{KEY}{}:{}", self.words, self.again.unwrap_or_default())
    }
}

/// Whether a report of a unit's own says next to nothing; `None` where it says something.
pub fn trivial(content: &Content, outline: &Outline, past: &Past) -> Option<Trivial> {
    if content.is_blank() {
        return None;
    }
    let words = words(content);
    // A list, a link or a file may be all there is to say.
    let more = content.rows() > 0 || !content.evidence.is_empty() || !content.files.is_empty();
    if words >= FEW_WORDS || more {
        return None;
    }
    // Blank figures say nothing of either kind: what must be answered is asked for elsewhere.
    let (mut again, mut other, mut answered) = (None, false, false);
    for asked in outline.typed() {
        let blank = Entry::default();
        let entry = content.entries.get(&asked.id).unwrap_or(&blank);
        answered |= entry.reading.is_answer();
        match (&entry.reading, past.nearest(asked.id)) {
            (Reading::Value(value), Some((before, label))) if *value == before => {
                if *value != 0 {
                    again = Some(label);
                }
            }
            (Reading::Value(0) | Reading::Blank | Reading::NotApplicable, _) => {}
            _ => other = true,
        }
    }
    (answered && !other).then_some(Trivial { words, again })
}

/// Words of every text of a report: its sections, what it says of tasks, its notes.
fn words(content: &Content) -> usize {
    let sections = content.sections.values().map(String::as_str);
    let tasks = content.tasks.values().map(|task| task.body.as_str());
    let notes = content.entries.values().map(|entry| entry.note.as_str());
    sections.chain(tasks).chain(notes).map(|text| text.split_whitespace().count()).sum()
}
