//! What of a reading can answer a task: each clause with words of its own, with its lines. Pure.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::plan_adoption::marks;
use crate::plan_reader::{Clause, Reading, Sure};
use crate::prose_reader::{Head, head_of};
use crate::vietnamese::search_key;

/// Items of a document at most, and bytes of one: no plan of a unit says more.
const MOST_ITEMS: usize = 400;
const MOST_BYTES: usize = 2_000;

/// The path of the document as a whole.
const WHOLE: &str = "toàn văn";

/// A clause that says something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// "II.1.a", as the reader counts.
    pub path: String,
    /// The title it stands under; "" without one.
    pub heading: String,
    pub text: String,
    /// Lines of the document, from 1.
    pub lines: Vec<usize>,
    pub sure: Sure,
    /// It says what the plan is for, not what is done.
    pub aim: bool,
}

impl Item {
    /// "mục II.1.a", "mục III.2, gạch đầu dòng 3", "Điều 2.1".
    pub fn place(&self) -> String {
        place(&self.path)
    }

    /// It stands for the whole document.
    pub fn is_whole(&self) -> bool {
        self.path == WHOLE
    }
}

/// A path in words.
pub fn place(path: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut head = String::new();
    for part in path.split('.') {
        let listed = [('-', "gạch đầu dòng"), ('+', "dấu cộng")];
        match listed.iter().find_map(|(sign, name)| Some(format!("{name} {}", part.strip_prefix(*sign)?))) {
            Some(name) => words.push(name),
            None if words.is_empty() => {
                let dot = if head.is_empty() { "" } else { "." };
                head = format!("{head}{dot}{part}");
            }
            None => words.push(part.to_owned()),
        }
    }
    let named =
        ["đoạn ", "mở đầu ", "Điều ", "Phần ", "Chương ", WHOLE].iter().any(|name| head.starts_with(name));
    let head = if named || head.is_empty() { head } else { format!("mục {head}") };
    Some(head).filter(|head| !head.is_empty()).into_iter().chain(words).collect::<Vec<_>>().join(", ")
}

/// A document as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Document {
    pub head: Head,
    /// A letter for each line.
    pub roles: String,
    pub items: Vec<Item>,
}

impl Document {
    pub fn of(reading: &Reading) -> Document {
        Document { head: head_of(reading), roles: marks::letters(reading), items: items(reading) }
    }

    /// The document as a whole, as one more item; its place among them.
    pub fn add_whole(&mut self) -> usize {
        let last = self.roles.chars().count();
        let whole = Item {
            path: WHOLE.to_owned(),
            heading: String::new(),
            text: self.name(),
            lines: if last > 1 { vec![1, last] } else { vec![1] },
            sure: Sure::Certain,
            aim: false,
        };
        self.items.push(whole);
        self.items.len() - 1
    }

    /// Lines that could not be placed.
    pub fn unread(&self) -> usize {
        self.roles.chars().filter(|letter| *letter == 'u').count()
    }

    /// "Kế hoạch số 412/KH-STP ngày 13/02/2025", as much of it as the document says.
    pub fn name(&self) -> String {
        let head = &self.head;
        let kind = if head.kind.is_empty() { "Kế hoạch" } else { &head.kind };
        name(kind, (&head.number, &head.symbol), head.date)
    }
}

/// A document by its kind, number, symbol and day.
pub fn name(kind: &str, (number, symbol): (&str, &str), date: Option<chrono::NaiveDate>) -> String {
    let mut words = kind.to_owned();
    match (number.is_empty(), symbol.is_empty()) {
        (true, _) => {}
        (false, true) => words = format!("{words} số {number}"),
        (false, false) => words = format!("{words} số {number}/{symbol}"),
    }
    match date {
        Some(date) => format!("{words} ngày {}", crate::vietnamese::short_date(date)),
        None => words,
    }
}

fn items(reading: &Reading) -> Vec<Item> {
    let tree = Tree::of(&reading.clauses);
    let told = reading.clauses.iter().filter(|clause| !clause.path.starts_with("mở đầu "));
    let said = told.filter_map(|clause| {
        let title = clause.title.as_deref().unwrap_or_default();
        // A heading over others says what they are, and nothing itself.
        let text = match tree.parents.contains(clause.path.as_str()) {
            true => clause.text.strip_prefix(title).unwrap_or(&clause.text),
            false => &clause.text,
        };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let blank = text.trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
        (!blank && !only_ends(&text)).then(|| Item {
            path: clause.path.clone(),
            heading: above(&clause.path).find_map(|path| tree.titles.get(path)).cloned().unwrap_or_default(),
            text: cut(&text),
            lines: clause.lines.clone(),
            sure: clause.sure,
            aim: std::iter::once(clause.path.as_str())
                .chain(above(&clause.path))
                .any(|path| tree.aims.contains(path)),
        })
    });
    said.take(MOST_ITEMS).collect()
}

/// What the clauses are to each other, by their paths.
#[derive(Default)]
struct Tree<'r> {
    /// Those over others.
    parents: HashSet<&'r str>,
    titles: HashMap<&'r str, String>,
    aims: HashSet<&'r str>,
}

impl<'r> Tree<'r> {
    fn of(clauses: &'r [Clause]) -> Tree<'r> {
        let mut tree = Tree::default();
        for clause in clauses {
            tree.parents.extend(above(&clause.path));
            if let Some(title) = &clause.title {
                let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
                if is_aim(&title) {
                    tree.aims.insert(&clause.path);
                }
                tree.titles.insert(&clause.path, title);
            }
        }
        tree
    }
}

/// The paths above one, the nearest first: "II.1" and "II" of "II.1.a".
fn above(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('.'), |(above, _)| above.rsplit_once('.')).map(|(above, _)| above)
}

/// "Trên đây là Kế hoạch của Sở Tư pháp./.": says that the document ends, and nothing else.
fn only_ends(text: &str) -> bool {
    let said = text.trim_end_matches(['.', '/', ' ']);
    search_key(said).starts_with("tren day la ") && !said.contains(". ")
}

/// "Mục đích, yêu cầu", "Mục tiêu", "Quan điểm chỉ đạo".
fn is_aim(title: &str) -> bool {
    let title = search_key(title);
    ["muc dich", "muc tieu", "yeu cau", "quan diem"].iter().any(|word| title.starts_with(word))
}

fn cut(text: &str) -> String {
    let end = (0..=MOST_BYTES.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text[..end].to_owned()
}
