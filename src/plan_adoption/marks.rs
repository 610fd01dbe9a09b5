//! How each line of the document is marked on the page: what it was taken for, and how sure the reader is of what came of it. Pure.

use super::draft::Draft;
use crate::plan_reader::{Reading, Role, Sure};

/// A line of the document with its mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// From 1.
    pub number: usize,
    pub text: String,
    pub role: Role,
    /// Of the least sure item that came of it; none where nothing did.
    pub sure: Option<Sure>,
}

/// A letter for each line, to be kept.
pub fn letters(reading: &Reading) -> String {
    reading.roles.iter().map(|role| role.letter()).collect()
}

/// The lines of a document under review that are not blank.
pub fn lines(text: &str, draft: &Draft) -> Vec<Line> {
    let bases = draft.bases.iter().map(|item| (item.lines.as_slice(), item.sure));
    let clauses = draft.clauses.iter().map(|item| (item.lines.as_slice(), item.sure));
    let tasks = draft.tasks.iter().map(|item| (item.lines.as_slice(), item.sure));
    let duties = draft.duties.iter().map(|item| (item.lines.as_slice(), item.sure));
    marked(text, &draft.roles, bases.chain(clauses).chain(tasks).chain(duties))
}

/// The lines of a text that are not blank, by a letter for each and the items that came of them.
pub fn marked<'i>(text: &str, letters: &str, items: impl Iterator<Item = (&'i [usize], Sure)>) -> Vec<Line> {
    let count = text.split('\n').count();
    let mut sure: Vec<Option<Sure>> = vec![None; count + 1];
    for (lines, of) in items {
        for line in lines {
            if let Some(known) = sure.get_mut(*line) {
                *known = Some(known.map_or(of, |known| known.min(of)));
            }
        }
    }
    let letters = letters.chars().chain(std::iter::repeat('u'));
    text.split('\n')
        .zip(letters)
        .enumerate()
        .map(|(at, (text, letter))| Line {
            number: at + 1,
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            role: Role::from_letter(letter),
            sure: sure.get(at + 1).copied().flatten(),
        })
        .filter(|line| !line.text.is_empty())
        .collect()
}

/// "chắc chắn", as pages and `read-plan` say it.
pub fn sure_words(sure: Sure) -> &'static str {
    match sure {
        Sure::Certain => "chắc chắn",
        Sure::Likely => "khá chắc",
        Sure::Guess => "chưa rõ",
    }
}

impl Line {
    /// "tiêu đề", "đã đọc, chắc chắn", "chưa đọc được".
    pub fn words(&self) -> String {
        let role = match self.role {
            Role::Heading => "tiêu đề",
            Role::Read | Role::Blank => "đã đọc",
            Role::Boilerplate => return "phần mẫu, bỏ qua".to_owned(),
            Role::Unread => return "chưa đọc được".to_owned(),
        };
        self.sure.map_or_else(|| role.to_owned(), |sure| format!("{role}, {}", sure_words(sure)))
    }

    /// The class of its row.
    pub fn class(&self) -> &'static str {
        match (self.role, self.sure) {
            (Role::Unread, _) => "late",
            (Role::Boilerplate, _) => "muted",
            (_, Some(Sure::Guess)) => "due",
            (Role::Heading, _) => "strong",
            _ => "",
        }
    }
}

/// "dòng 12–14", "dòng 3, 7"; "" without lines.
pub fn place(lines: &[usize]) -> String {
    match lines {
        [] => String::new(),
        [one] => format!("dòng {one}"),
        [first, .., last] => format!("dòng {first}–{last}"),
    }
}
