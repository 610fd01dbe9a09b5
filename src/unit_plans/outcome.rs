//! The draft as it would be once a document is the unit's plan: the facts of its paper and one sentence, each only where the draft has
//! nothing yet. Pure.

use super::kept::Kept;
use crate::prose_reader::Head;
use crate::reports::{AskedTask, Content, Outline, Paper, TypedDay};
use crate::vietnamese::short_date;

/// What using it would do.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    pub content: Content,
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
}

pub fn outcome(kept: &Kept, outline: &Outline, before: &Content) -> Outcome {
    let answered = |task: &&AskedTask| !kept.is_open(task.id);
    let mut made = Outcome {
        content: before.clone(),
        answered: outline.tasks.iter().filter(answered).count(),
        of: outline.tasks.len(),
    };
    made.content.paper = paper(&kept.document.head, &before.paper);
    if let Some(first) = outline.sections.first()
        && before.section(&first.code).trim().is_empty()
    {
        made.content.sections.insert(first.code.clone(), sentence(kept, &made));
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
