//! The draft as it would be once a document is the unit's plan: the sections and lists it fills, as decided; the facts of its paper, and
//! one sentence where the first section says nothing yet. Pure.

use super::kept::Kept;
use crate::db::ids::TaskId;
use crate::prose_reader::Head;
use crate::prose_reports::outcome as prose;
use crate::reports::{Content, Outline, Paper, TypedDay};
use crate::vietnamese::short_date;

/// What using it would do.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    pub filled: prose::Outcome,
    /// Tasks that are answered, of all the unit has.
    pub answered: usize,
    pub of: usize,
}

impl Outcome {
    /// "trả lời 4/5 nhiệm vụ của đơn vị"; "" where the unit has none.
    pub fn words(&self) -> String {
        match self.of {
            0 => String::new(),
            of => format!("trả lời {}/{of} nhiệm vụ của đơn vị", self.answered),
        }
    }

    /// "ghi 3 phần, 1 dòng danh sách"; "" where the form is filled with nothing.
    pub fn filled_words(&self) -> String {
        let words = self.filled.words();
        if words.is_empty() { words } else { format!("ghi {words}") }
    }
}

pub fn outcome(kept: &Kept, tasks: &[TaskId], outline: &Outline, before: &Content) -> Outcome {
    let mut made = Outcome {
        filled: prose::outcome(&kept.filling, outline, before),
        answered: tasks.iter().filter(|task| !kept.is_open(**task)).count(),
        of: tasks.len(),
    };
    made.filled.content.paper = paper(&kept.document.head, &before.paper);
    if let Some(first) = outline.sections.first()
        && made.filled.content.section(&first.code).trim().is_empty()
    {
        let sentence = sentence(kept, &made);
        made.filled.content.sections.insert(first.code.clone(), sentence);
    }
    made
}

/// "Đơn vị đã ban hành Kế hoạch số 412/KH-STP ngày 13/02/2025 “Tuyên truyền …”, trả lời 4/5 nhiệm vụ của đơn vị."
fn sentence(kept: &Kept, made: &Outcome) -> String {
    let subject = kept.document.head.subject.trim();
    let subject = if subject.is_empty() { String::new() } else { format!(" “{subject}”") };
    let answers = made.words();
    let answers = if answers.is_empty() { answers } else { format!(", {answers}") };
    format!("Đơn vị đã ban hành {}{subject}{answers}.", kept.document.name())
}

/// The facts there are, with what they leave blank taken from the document. Number and symbol are of one paper, as are the three of who
/// signs.
pub fn paper(head: &Head, before: &Paper) -> Paper {
    let mut paper = before.clone();
    if before.number.is_empty() {
        head.number.clone_into(&mut paper.number);
        if !head.number.is_empty() || before.symbol.is_empty() {
            head.symbol.clone_into(&mut paper.symbol);
        }
    }
    if before.date.typed.is_empty()
        && let Some(date) = head.date
    {
        paper.date = TypedDay::read(&short_date(date));
    }
    if before.name.is_empty() && !head.name.is_empty() {
        head.capacity.clone_into(&mut paper.capacity);
        head.title.clone_into(&mut paper.title);
        head.name.clone_into(&mut paper.name);
    }
    paper
}
