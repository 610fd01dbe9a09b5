//! The text of a report in pieces, each for one section of the form. Stands between the clauses of the plan reader and the
//! sections: a clause whose heading means a section begins a piece, what is under it goes along.

use std::collections::{HashMap, HashSet};

use super::ahead::looks_ahead;
use super::asked::{Form, FormSection};
use super::headings::{Meant, meant, of_family, spoken_of};
use super::outline::{Part, parts_of};
use super::prose::Piece;
use crate::plan_reader::{Reading, Sure};
use crate::vietnamese::search_key;

/// Text and lines.
pub(super) type Paragraph = (String, Vec<usize>);

/// A piece with the paragraphs it was put together from.
pub(super) struct Parted {
    pub piece: Piece,
    pub paragraphs: Vec<Paragraph>,
    /// Rows that answer a list table of the form.
    pub table: bool,
    /// The lines of its heading.
    head: Vec<usize>,
    /// All its lines.
    seen: HashSet<usize>,
}

impl Parted {
    /// A piece without paragraphs.
    pub fn new(piece: Piece) -> Parted {
        let (head, seen) = (piece.lines.clone(), piece.lines.iter().copied().collect());
        Parted { piece, paragraphs: Vec::new(), table: false, head, seen }
    }

    /// The same piece without its paragraphs, and without its heading where it goes on.
    pub fn begun(&self, headed: bool) -> Parted {
        let (heading, lines) = match headed {
            true => (self.piece.heading.clone(), self.head.clone()),
            false => (String::new(), Vec::new()),
        };
        let (section, sure, ahead) = (self.piece.section.clone(), self.piece.sure, self.piece.ahead);
        Parted::new(Piece { heading, body: String::new(), lines, section, sure, ahead })
    }

    /// Whether it says nothing at all.
    pub fn is_empty(&self) -> bool {
        self.piece.heading.is_empty() && self.paragraphs.is_empty()
    }

    pub fn push(&mut self, (text, lines): Paragraph, sure: Sure) {
        if !self.piece.body.is_empty() {
            self.piece.body.push('\n');
        }
        self.piece.body.push_str(&text);
        self.piece.sure = self.piece.sure.min(sure);
        self.piece.lines.extend(lines.iter().copied().filter(|line| self.seen.insert(*line)));
        self.paragraphs.push((text, lines));
    }
}

/// What a clause hands down to those under it.
#[derive(Clone)]
enum Home<'f> {
    /// This section and no other.
    One(&'f FormSection),
    /// One of these, by the words of each paragraph.
    Several(Vec<&'f FormSection>),
    Unknown,
}

/// The pieces of a report, and the lines of its closing formula.
pub(super) fn of(reading: &Reading, form: &Form, lines: &[&str]) -> (Vec<Parted>, Vec<usize>) {
    let all: Vec<&FormSection> = form.sections.iter().collect();
    let mut homes: HashMap<String, Home<'_>> = HashMap::new();
    let mut pieces: Vec<Parted> = Vec::new();
    let mut closing = Vec::new();
    for part in parts_of(&reading.clauses, lines) {
        if part.parent.is_none() && part.heading.is_empty() && is_formula(&part.text) {
            closing.extend(part.lines.iter().copied());
            continue;
        }
        let above = part.parent.as_ref().and_then(|parent| homes.get(parent)).cloned();
        let (home, begins) = home_of(&part, above, form, &all);
        homes.insert(part.path.clone(), home.clone());
        add(&mut pieces, part, &home, begins);
    }
    (pieces, closing)
}

/// Where a clause belongs, and whether it says so itself.
fn home_of<'f>(
    part: &Part,
    above: Option<Home<'f>>,
    form: &'f Form,
    all: &[&'f FormSection],
) -> (Home<'f>, bool) {
    let among: Vec<&FormSection> = match &above {
        // A section alone in its family keeps all that is under it: tasks to come are sorted by other words.
        Some(Home::One(section)) => {
            let family = of_family(form, &section.label);
            if family.len() < 2 {
                return (Home::One(section), false);
            }
            family
        }
        Some(Home::Several(sections)) => {
            sections.first().map(|first| of_family(form, &first.label)).unwrap_or_default()
        }
        Some(Home::Unknown) | None => all.to_vec(),
    };
    if !part.named.is_empty() {
        let mut found = meant(&part.named, &part.label, &among);
        // Under a wide heading stands what belongs elsewhere, too.
        if found == Meant::Nothing && matches!(above, Some(Home::Several(_))) {
            found = meant(&part.named, &part.label, all);
        }
        match found {
            Meant::One(section) => return (Home::One(section), true),
            Meant::Several(sections) => return (Home::Several(sections), true),
            Meant::Nothing => {}
        }
    }
    (above.unwrap_or(Home::Unknown), part.parent.is_none())
}

/// Adds the clause's own paragraphs to the piece that is open, or begins others.
fn add(pieces: &mut Vec<Parted>, part: Part, home: &Home<'_>, begins: bool) {
    let heading = part.shown_heading();
    let ahead = looks_ahead(&part.named) || !begins && pieces.last().is_some_and(|last| last.piece.ahead);
    let open = |section: Option<&FormSection>, sure: Sure, heading: String, lines: Vec<usize>| {
        Parted::new(Piece {
            heading,
            body: String::new(),
            lines,
            section: section.map(|section| section.code.clone()),
            sure,
            ahead,
        })
    };
    let own_line = if begins { String::new() } else { heading.clone() };
    let mut heading = Some(if begins { heading } else { String::new() });
    let mut head_lines = if begins { part.heading_lines.clone() } else { Vec::new() };
    let mut paragraphs = part.paragraphs.clone();
    if !own_line.is_empty() {
        paragraphs.insert(0, (own_line, part.heading_lines.clone()));
    }
    // A heading that stands alone still has its place.
    if begins && (paragraphs.is_empty() || matches!(home, Home::One(_) | Home::Unknown)) {
        let (section, sure) = match home {
            Home::One(section) => (Some(*section), Sure::Certain),
            Home::Several(sections) => (sections.first().copied(), Sure::Guess),
            Home::Unknown => (None, Sure::Guess),
        };
        let loose = heading.as_deref() == Some("");
        let goes_on = loose
            && pieces
                .last()
                .is_some_and(|last| last.piece.heading.is_empty() && last.piece.section.is_none());
        if !goes_on {
            pieces.push(open(
                section,
                sure,
                heading.take().unwrap_or_default(),
                std::mem::take(&mut head_lines),
            ));
        }
    }
    for (text, lines) in paragraphs {
        let (section, sure) = match home {
            Home::One(section) => (Some(*section), Sure::Certain),
            Home::Unknown => (None, Sure::Guess),
            Home::Several(sections) => match spoken_of(&text, sections) {
                Some(section) => (Some(section), Sure::Likely),
                None => {
                    let last = pieces.last().and_then(|last| last.piece.section.clone());
                    let known = last.and_then(|code| sections.iter().find(|s| s.code == code).copied());
                    let known = known.filter(|_| heading.as_deref().unwrap_or_default().is_empty());
                    (known.or(sections.first().copied()), Sure::Guess)
                }
            },
        };
        let code = section.map(|section| section.code.as_str());
        let first = heading.as_deref().is_some_and(|heading| !heading.is_empty());
        let stays = !first && pieces.last().is_some_and(|last| last.piece.section.as_deref() == code);
        if !stays {
            let heading = heading.take().unwrap_or_default();
            pieces.push(open(section, sure, heading, std::mem::take(&mut head_lines)));
        }
        if let Some(last) = pieces.last_mut() {
            last.push((text, lines), sure);
        }
    }
}

/// "Trên đây là báo cáo …", and what leads to the text: "… báo cáo kết quả như sau:".
fn is_formula(text: &str) -> bool {
    let key = search_key(text);
    key.starts_with("tren day la") || text.trim_end().ends_with(':') && key.contains("nhu sau")
}
