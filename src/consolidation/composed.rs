//! A section of the consolidated text that nobody has written yet, as the collector would begin it: the figures of its
//! subject in a sentence, or what the units say, a line for each thing said with the names of those who say it. Pure; it
//! stands between a content and its paper, and offers the compiler the same text to edit. It quotes: of a unit's text it
//! takes the first sentence, of the collector's own every paragraph, and tells where they stand.

use std::collections::{HashMap, HashSet};

use super::annexes::texts_label;
use super::composed_figures::{self, Quoting};
use super::content::{EditionContent, NarrativeParagraph, NarrativeSection, QuotedFigure};
use super::coverage::names;
use super::narrative::paragraphs;
use crate::vietnamese::{capital, search_key};

/// Lines of units in one section of a paper. What is beyond stands in the annex of the units' texts, and the text says so.
const MOST_LINES: usize = 10;

/// A section as it is proposed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Composed {
    /// The figures of its subject, a sentence; blank where it has none.
    pub figures: String,
    /// The totals that sentence quotes.
    pub quoted: Vec<QuotedFigure>,
    /// What units say, those that most of them say first.
    pub lines: Vec<ComposedLine>,
    /// Units say more than [`Composed::text`] does.
    pub shortened: bool,
    /// How many units there are of whom no line is offered: those beyond [`MOST_LINES`].
    pub left_out: usize,
    /// The annex where their words stand, as the paper labels it.
    annex: &'static str,
}

/// How a sentence begins that points to that annex.
const OTHERS: &str = "Nội dung của các đơn vị khác";
const PROPOSALS: &str = "Các đề xuất, kiến nghị";

/// Whether a line of a text only points to the annex of the units' texts, as proposed texts do, now or formerly: where that annex
/// is not, it points to nothing.
pub fn points_to_annex(line: &str) -> bool {
    let line = line.trim();
    let begins = line.starts_with(OTHERS) || line.starts_with(PROPOSALS);
    let ends = ["được nêu tại Phụ lục.", "được nêu tại Phụ lục II."].iter().any(|end| line.ends_with(end));
    let formerly =
        line.starts_with("(Còn ") && line.contains(" đơn vị khác, xem Phụ lục") && line.ends_with(".)");
    begins && ends || formerly
}

/// One thing said, by one unit or by several in the same words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ComposedLine {
    pub text: String,
    pub places: Vec<Place>,
    /// The totals it quotes, of a sentence of figures.
    pub quoted: Vec<QuotedFigure>,
}

/// Where quoted words stand: in which of the section's paragraphs, from which character to which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub paragraph: usize,
    pub from: u32,
    pub to: u32,
}

impl Composed {
    /// Its text, a paragraph on each line; "" where there is nothing to say.
    pub fn text(&self) -> String {
        self.offered().into_iter().map(|line| line.text).collect::<Vec<_>>().join("\n")
    }

    /// What a compiler begins from, line by line: the figures alone where there are figures, which the units' lines would
    /// only repeat; else what units say, a few of them, and where the others' words are.
    pub fn offered(&self) -> Vec<ComposedLine> {
        if !self.figures.is_empty() {
            return vec![ComposedLine {
                text: self.figures.clone(),
                places: vec![],
                quoted: self.quoted.clone(),
            }];
        }
        let mut offered: Vec<ComposedLine> = self.lines.iter().take(MOST_LINES).cloned().collect();
        if self.left_out > 0 {
            let text = format!("{OTHERS} được nêu tại {}.", self.annex);
            offered.push(ComposedLine { text, ..ComposedLine::default() });
        }
        offered
    }
}

/// Every section as it is proposed, in the order of the content's narrative, the written ones too. A section with figures
/// of its own says those, one without says what the units say.
pub fn composed(content: &EditionContent) -> Vec<Composed> {
    let figures = composed_figures::by_section(content);
    let collector = search_key(&content.identity.agency);
    let annex = texts_label(content);
    let one = |(section, quoting): (&NarrativeSection, Quoting)| {
        if !quoting.words.is_empty() {
            let shortened = !section.paragraphs.is_empty();
            let figures = format!("{}.", capital(&quoting.words));
            return Composed { figures, quoted: quoting.figures, shortened, ..Composed::default() };
        }
        let composed = match Voice::of(&section.heading) {
            Voice::Collector => own(&section.paragraphs, &collector),
            Voice::Upwards => upwards(&section.paragraphs, &collector, annex),
            Voice::Units => lines(&section.paragraphs, &collector),
        };
        Composed { annex, ..composed }
    };
    content.narrative.iter().zip(figures).map(one).collect()
}

/// Who speaks in a section of the collector's own report.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Voice {
    /// What is reported of everybody.
    Units,
    /// What the collector itself will do.
    Collector,
    /// What is asked of those above; what units ask of the collector or of each other is no part of it.
    Upwards,
}

impl Voice {
    fn of(heading: &str) -> Voice {
        let key = search_key(heading);
        match () {
            () if key.contains("kien nghi") => Voice::Upwards,
            () if key.contains("phuong huong") => Voice::Collector,
            () => Voice::Units,
        }
    }
}

/// The collector's own text, whole; the units' where it has written none.
fn own(said: &[NarrativeParagraph], collector: &str) -> Composed {
    let Some(at) = said.iter().position(|paragraph| search_key(&paragraph.unit) == collector) else {
        return lines(said, collector);
    };
    let text: Vec<String> = paragraphs(&said[at].text).iter().map(|one| one.text.to_owned()).collect();
    let place = Place { paragraph: at, from: 0, to: last_character(&said[at].text) };
    let line = ComposedLine { text: text.join("\n"), places: vec![place], ..ComposedLine::default() };
    Composed { lines: vec![line], shortened: said.len() > 1, ..Composed::default() }
}

/// Bodies above a province's own, as proposals name them.
const ABOVE: [&str; 7] = [
    "bo cong an",
    "cac bo",
    "chinh phu",
    "trung uong",
    "quoc hoi",
    "uy ban nhan dan tinh",
    "uy ban nhan dan thanh pho",
];

/// What the collector proposes, and what units propose to those above; that the rest stands in the annex.
fn upwards(said: &[NarrativeParagraph], collector: &str, annex: &str) -> Composed {
    let mut found = lines(said, collector);
    let all = found.lines.len();
    found.lines.retain(|line| {
        let units = || line.places.iter().filter_map(|place| said.get(place.paragraph));
        let key = search_key(&line.text);
        says_nothing(&line.text)
            || units().any(|paragraph| search_key(&paragraph.unit) == collector)
            || ABOVE.iter().any(|body| key.contains(body))
    });
    found.left_out = 0;
    if found.lines.len() < all || all > MOST_LINES {
        found.shortened = true;
        found.lines.truncate(MOST_LINES - 1);
        if let [only] = found.lines.as_mut_slice() {
            only.text = only.text.trim_start_matches("- ").to_owned();
        }
        let other = if found.lines.is_empty() { "" } else { " khác" };
        let rest = format!("{PROPOSALS}{other} của các đơn vị được nêu tại {annex}.");
        found.lines.push(ComposedLine { text: rest, ..ComposedLine::default() });
    }
    found
}

/// One line for each thing said; the collector's own text paragraph by paragraph, whole.
fn lines(said: &[NarrativeParagraph], collector: &str) -> Composed {
    let mut shortened = false;
    let mut found: Vec<(String, Vec<Place>)> = Vec::new();
    // Where what is said stands in `found`: the same words of many units are one line.
    let mut known: HashMap<String, usize> = HashMap::new();
    let is_own = |at: usize| search_key(&said[at].unit) == collector;
    for (at, paragraph) in said.iter().enumerate() {
        let quoted: Vec<(&str, u32, u32)> = if is_own(at) {
            paragraphs(&paragraph.text).iter().map(|one| (one.text, one.from, one.to)).collect()
        } else {
            first_sentence(&paragraph.text).into_iter().collect()
        };
        shortened |= quoted.last().is_some_and(|(.., to)| *to < last_character(&paragraph.text));
        for (words, from, to) in quoted {
            let place = Place { paragraph: at, from, to };
            let at = *known.entry(search_key(words)).or_insert(found.len());
            match found.get_mut(at) {
                Some((_, places)) => places.push(place),
                None => found.push((words.to_owned(), vec![place])),
            }
        }
    }
    // Who has nothing to say is not quoted beside those who have.
    if found.iter().any(|(words, _)| !says_nothing(words)) {
        let all = found.len();
        found.retain(|(words, _)| !says_nothing(words));
        shortened |= found.len() < all;
    }
    // What the collector says and what most say is what a paper has room for; on it they stand in protocol order.
    let own = |places: &[Place]| places.iter().any(|place| is_own(place.paragraph));
    found.sort_by_key(|(_, places)| (!own(places), std::cmp::Reverse(places.len())));
    let most = found.len().min(MOST_LINES);
    let (first, rest) = found.split_at_mut(most);
    for part in [first, rest] {
        part.sort_by_key(|(_, places)| places.first().map(|place| place.paragraph));
    }
    if found.len() == 1 && says_nothing(&found[0].0) {
        let (words, places) = found.remove(0);
        let line = ComposedLine { text: ended(&words), places, ..ComposedLine::default() };
        return Composed { lines: vec![line], shortened, ..Composed::default() };
    }
    shortened |= found.len() > MOST_LINES;
    let left_out = left_out(&found);
    // One line is no list.
    let mark = if found.len() > 1 { "- " } else { "" };
    let line = |(words, places): (String, Vec<Place>)| {
        let units: Vec<&str> = places.iter().map(|place| said[place.paragraph].unit.as_str()).collect();
        let words = match units.as_slice() {
            // The collector does not quote itself.
            [one] if search_key(one) == collector => words,
            units => attributed(units, &words),
        };
        // An item of a list has its mark already.
        let words = ended(words.trim_start_matches(['-', '–', '•', ' ']));
        ComposedLine { text: format!("{mark}{words}"), places, ..ComposedLine::default() }
    };
    let lines = found.into_iter().map(line).collect();
    Composed { lines, shortened, left_out, ..Composed::default() }
}

/// How many units are quoted beyond [`MOST_LINES`] only.
fn left_out(found: &[(String, Vec<Place>)]) -> usize {
    let (first, rest) = found.split_at(found.len().min(MOST_LINES));
    let units = |part: &[(String, Vec<Place>)]| -> HashSet<usize> {
        part.iter().flat_map(|(_, places)| places).map(|place| place.paragraph).collect()
    };
    units(rest).difference(&units(first)).count()
}

/// The first sentence of a text with its place; none of a blank one. Abbreviations and figures end no sentence: it ends
/// at a mark before a blank and a capital, or with its paragraph.
fn first_sentence(text: &str) -> Option<(&str, u32, u32)> {
    let paragraph = paragraphs(text).into_iter().next()?;
    let words = paragraph.text;
    let mut end = words.len();
    for (at, mark) in words.match_indices(['.', '!', '?']) {
        let mut rest = words[at + mark.len()..].chars();
        if rest.next() == Some(' ')
            && rest.next().is_some_and(char::is_uppercase)
            && !abbreviated(&words[..at])
        {
            end = at + mark.len();
            break;
        }
    }
    let words = &words[..end];
    let letters = u32::try_from(words.chars().count()).unwrap_or(u32::MAX);
    Some((words, paragraph.from, paragraph.from.saturating_add(letters)))
}

/// Whether a text ends with a word that is written with a point: "TP", "ThS", a single letter.
fn abbreviated(before: &str) -> bool {
    let word = before.rsplit(' ').next().unwrap_or_default();
    matches!(word, "TP" | "Tp" | "TS" | "ThS" | "PGS" | "GS" | "KT" | "TM" | "TL" | "Q")
        || word.chars().count() == 1
}

fn last_character(text: &str) -> u32 {
    paragraphs(text).last().map_or(0, |last| last.to)
}

/// What a unit has nothing of when it has nothing to say; "Không có người tái phạm tội" says something.
const OF_NOTHING: [&str; 8] =
    ["de xuat", "kien nghi", "kho khan", "vuong mac", "ton tai", "han che", "y kien", "noi dung"];

/// "Không có đề xuất, kiến nghị."
pub fn says_nothing(words: &str) -> bool {
    let key = search_key(words);
    let key = key.trim_end_matches(['.', ' ']);
    let Some(of) = key.strip_prefix("khong co ") else {
        return matches!(key, "khong" | "khong co" | "khong phat sinh");
    };
    key.split(' ').count() <= 8 && (of == "phat sinh" || OF_NOTHING.iter().any(|one| of.contains(one)))
}

/// The words behind the names of those who say them; a sentence that begins with the unit's name has it already.
fn attributed(units: &[&str], words: &str) -> String {
    match units {
        [one] if search_key(words).contains(&search_key(one)) => words.to_owned(),
        units => format!("{}: {words}", names(units)),
    }
}

/// A sentence with a mark at its end.
fn ended(words: &str) -> String {
    let words = words.trim_end_matches([';', ',', ' ']);
    if words.ends_with(['.', '!', '?', '…']) { words.to_owned() } else { format!("{words}.") }
}
