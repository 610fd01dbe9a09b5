//! The clauses of the plan reader as a report needs them: heading, paragraphs with their signs, who stands above. Stands between
//! paths ("II.1.-2") and running text.

use std::collections::HashSet;

use super::origins::shared_out;
use crate::plan_reader::Clause;

/// A clause of the report.
pub(super) struct Part {
    pub path: String,
    /// The path of the clause above.
    pub parent: Option<String>,
    /// "II.1" of a clause that counts, else "".
    pub label: String,
    /// Its title, "" where its first line is text.
    pub heading: String,
    /// What it is called: its title, or the words before the colon its text begins with.
    pub named: String,
    pub heading_lines: Vec<usize>,
    /// Its own paragraphs, the first with its sign.
    pub paragraphs: Vec<(String, Vec<usize>)>,
    pub text: String,
    pub lines: Vec<usize>,
    sign: String,
}

impl Part {
    /// "II. Kết quả".
    pub fn shown_heading(&self) -> String {
        match (self.heading.is_empty(), self.sign.is_empty()) {
            (true, _) => String::new(),
            (false, true) => self.heading.clone(),
            (false, false) => format!("{} {}", self.sign, self.heading),
        }
    }
}

pub(super) fn parts_of(clauses: &[Clause], all: &[&str]) -> Vec<Part> {
    let mut known: HashSet<String> = HashSet::new();
    let mut parts = Vec::new();
    for clause in clauses {
        let loose = ["mở đầu ", "đoạn "].iter().any(|begin| clause.path.starts_with(begin));
        let parent = if loose { None } else { parent_of(&clause.path, &known) };
        known.insert(clause.path.clone());
        parts.push(part(clause, parent, loose, all));
    }
    parts
}

fn parent_of(path: &str, known: &HashSet<String>) -> Option<String> {
    let mut rest = path;
    while let Some((above, _)) = rest.rsplit_once('.') {
        if known.contains(above) {
            return Some(above.to_owned());
        }
        rest = above;
    }
    None
}

fn part(clause: &Clause, parent: Option<String>, loose: bool, all: &[&str]) -> Part {
    let sign = if loose { String::new() } else { sign(&clause.path, parent.as_deref()) };
    let texts: Vec<&str> = clause.text.split('\n').collect();
    let mut shared = shared_out(&texts, &clause.lines, all).into_iter();
    let mut texts = texts.into_iter();
    let heading = clause.title.clone().unwrap_or_default();
    let mut heading_lines = Vec::new();
    if !heading.is_empty() {
        texts.next();
        heading_lines = shared.next().unwrap_or_default();
    }
    let titled = !heading.is_empty();
    let named = if titled { heading.clone() } else { before_colon(&clause.text).to_owned() };
    let paragraphs = texts.zip(shared).enumerate().map(|(at, (text, of))| {
        let lead = if at == 0 && !titled && !sign.is_empty() { format!("{sign} ") } else { String::new() };
        (format!("{lead}{text}"), of)
    });
    Part {
        paragraphs: paragraphs.filter(|(text, _)| !text.trim().is_empty()).collect(),
        label: if loose || sign.len() < 2 || sign.starts_with(['-', '+']) {
            String::new()
        } else {
            clause.path.clone()
        },
        path: clause.path.clone(),
        parent,
        named: if loose { String::new() } else { named },
        heading,
        heading_lines,
        text: clause.text.clone(),
        lines: clause.lines.clone(),
        sign,
    }
}

/// The sign a clause is written with: "II.", "a)", "-".
fn sign(path: &str, parent: Option<&str>) -> String {
    let own =
        parent.and_then(|parent| path.strip_prefix(parent)).map_or(path, |rest| rest.trim_start_matches('.'));
    let own = own.split('(').next().unwrap_or(own);
    match own.chars().next() {
        Some('-' | '•') => "-".to_owned(),
        Some('+') => "+".to_owned(),
        Some(c) if c.is_lowercase() && own.chars().count() == 1 => format!("{own})"),
        Some(_) => format!("{own}."),
        None => String::new(),
    }
}

/// "KIẾN NGHỊ" of "KIẾN NGHỊ: Đề nghị …".
fn before_colon(text: &str) -> &str {
    const WORDS: usize = 8;
    let first = text.lines().next().unwrap_or_default();
    let head = first.split_once(':').map_or("", |(head, _)| head);
    if head.split_whitespace().count() <= WORDS { head } else { "" }
}
