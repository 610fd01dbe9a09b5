//! Automatic numbers of Word: which list a paragraph belongs to, by itself or by its style, and what Word prints
//! before it. Read from numbering.xml and styles.xml.

use std::collections::{HashMap, HashSet};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::docx::attribute;

/// Levels a list can have.
const LEVELS: usize = 9;
/// Letters of a name and of what stands around a number: what is longer is cut, Word shows no such.
const MOST_LETTERS: usize = 60;
/// Lists, their shapes and styles, each; what comes after is not read.
const MOST_LISTS: usize = 10_000;

#[derive(Clone, Default)]
struct Level {
    start: Option<u32>,
    format: String,
    /// "%1.%2."
    text: String,
}

/// A list: its levels and which count it shares.
#[derive(Clone, Default)]
struct List {
    shape: String,
    starts: HashMap<usize, u32>,
}

#[derive(Default)]
struct Style {
    based_on: Option<String>,
    number: Option<String>,
    level: Option<usize>,
}

/// The lists of a document with how far each has counted.
#[derive(Default)]
pub(super) struct Numbers {
    shapes: HashMap<String, Vec<Level>>,
    lists: HashMap<String, List>,
    styles: HashMap<String, Style>,
    counts: HashMap<String, [Option<u32>; LEVELS]>,
    /// Lists whose own start has been taken.
    begun: HashSet<String>,
}

impl Numbers {
    /// Parts that cannot be read give no numbers: the text is still there.
    pub fn read(numbering: &[u8], styles: &[u8]) -> Numbers {
        let mut numbers = Numbers::default();
        numbers.numbering(numbering);
        numbers.styles(styles);
        numbers
    }

    fn numbering(&mut self, xml: &[u8]) {
        let (mut shape, mut list, mut level) = (String::new(), String::new(), 0_usize);
        each(xml, |name, get| {
            let value = cut(get("val").unwrap_or_default());
            match name {
                "abstractNum" => {
                    (shape, list) = (cut(get("abstractNumId").unwrap_or_default()), String::new());
                    if self.shapes.len() < MOST_LISTS {
                        self.shapes.insert(shape.clone(), vec![Level::default(); LEVELS]);
                    }
                }
                "num" => {
                    list = cut(get("numId").unwrap_or_default());
                    if self.lists.len() < MOST_LISTS {
                        self.lists.insert(list.clone(), List::default());
                    }
                }
                "abstractNumId" => {
                    if let Some(found) = self.lists.get_mut(&list) {
                        found.shape = value;
                    }
                }
                "lvl" | "lvlOverride" => level = get("ilvl").and_then(|at| at.parse().ok()).unwrap_or(0),
                "startOverride" if level < LEVELS => {
                    if let (Some(found), Ok(start)) = (self.lists.get_mut(&list), value.parse()) {
                        found.starts.insert(level, start);
                    }
                }
                "start" | "numFmt" | "lvlText" if list.is_empty() => {
                    if let Some(found) = self.shapes.get_mut(&shape).and_then(|levels| levels.get_mut(level))
                    {
                        match name {
                            "start" => found.start = value.parse().ok(),
                            "numFmt" => found.format = value,
                            _ => found.text = value,
                        }
                    }
                }
                _ => {}
            }
        });
    }

    fn styles(&mut self, xml: &[u8]) {
        let mut style = String::new();
        each(xml, |name, get| {
            if name == "style" {
                style = cut(get("styleId").unwrap_or_default());
                if self.styles.len() < MOST_LISTS {
                    self.styles.insert(style.clone(), Style::default());
                }
                return;
            }
            let (Some(found), Some(value)) = (self.styles.get_mut(&style), get("val").map(cut)) else {
                return;
            };
            match name {
                "basedOn" => found.based_on = Some(value),
                "numId" => found.number = Some(value),
                "ilvl" => found.level = value.parse().ok(),
                _ => {}
            }
        });
    }

    /// What Word prints before the next paragraph of this style and list; counts it.
    pub fn next(
        &mut self,
        style: Option<&str>,
        number: Option<&str>,
        level: Option<usize>,
    ) -> Option<String> {
        let (by_style, style_level) = self.of_style(style);
        let number = number.map(str::to_owned).or(by_style)?;
        let level = level.or(style_level).unwrap_or(0).min(LEVELS - 1);
        let list = self.lists.get(&number)?.clone();
        let shape = self.shapes.get(&list.shape)?;
        let start = |at: usize| shape.get(at).and_then(|level| level.start).unwrap_or(1);
        let counts = self.counts.entry(list.shape.clone()).or_insert([None; LEVELS]);
        // A list that begins anew on a shape that others have counted.
        if !list.starts.is_empty() && self.begun.insert(number) {
            for (at, first) in &list.starts {
                if let Some(count) = counts.get_mut(*at) {
                    *count = first.checked_sub(1);
                }
            }
        }
        counts[level] = Some(counts[level].map_or_else(|| start(level), |count| count.saturating_add(1)));
        for deeper in counts.iter_mut().skip(level + 1) {
            *deeper = None;
        }
        let counts = *counts;
        let own = shape.get(level)?;
        if own.format == "none" {
            return None;
        }
        if own.format == "bullet" {
            return Some(bullet(&own.text, level).to_owned());
        }
        let mut mark = own.text.clone();
        for (at, count) in counts.into_iter().enumerate() {
            let holder = format!("%{}", at + 1);
            if mark.contains(&holder) {
                let count = count.unwrap_or_else(|| start(at));
                let format = shape.get(at).map_or("decimal", |level| level.format.as_str());
                mark = mark.replace(&holder, &written(count, format));
            }
        }
        Some(mark.trim().to_owned()).filter(|mark| !mark.is_empty())
    }

    /// List and level of a style, or of the one it is based on.
    fn of_style(&self, style: Option<&str>) -> (Option<String>, Option<usize>) {
        let mut name = style;
        for _ in 0..12 {
            let Some(style) = name.and_then(|name| self.styles.get(name)) else { break };
            if style.number.is_some() {
                return (style.number.clone(), style.level);
            }
            name = style.based_on.as_deref();
        }
        (None, None)
    }
}

/// The text, as far as it is read.
fn cut(mut text: String) -> String {
    if let Some((at, _)) = text.char_indices().nth(MOST_LETTERS) {
        text.truncate(at);
    }
    text
}

/// A dash on the first level and a plus below it, whatever picture the font draws; a dash or plus stays itself.
fn bullet(text: &str, level: usize) -> &'static str {
    match text.trim() {
        "-" | "–" | "—" => "-",
        "+" => "+",
        _ if level == 0 => "-",
        _ => "+",
    }
}

fn written(count: u32, format: &str) -> String {
    match format {
        "lowerLetter" | "upperLetter" => {
            // Word counts a to z and then doubles the letter.
            let place = u8::try_from((count.max(1) - 1) % 26).unwrap_or(0);
            let times = usize::try_from((count.max(1) - 1) / 26).unwrap_or(0).min(4) + 1;
            let first = if format == "lowerLetter" { b'a' } else { b'A' };
            char::from(first + place).to_string().repeat(times)
        }
        "upperRoman" => roman(count),
        "lowerRoman" => roman(count).to_lowercase(),
        "decimalZero" => format!("{count:02}"),
        _ => count.to_string(),
    }
}

fn roman(mut count: u32) -> String {
    if count > 3_000 {
        return count.to_string();
    }
    let steps = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut text = String::new();
    for (value, letters) in steps {
        while count >= value {
            text.push_str(letters);
            count -= value;
        }
    }
    text
}

/// Calls `found` with each element's local name until the part ends or breaks.
fn each(xml: &[u8], mut found: impl FnMut(&str, &dyn Fn(&str) -> Option<String>)) {
    let mut reader = Reader::from_reader(xml);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) | Event::Empty(element) => {
                found(element.local_name().as_ref(), &|wanted| attribute(&element, wanted));
            }
            Event::Eof => break,
            _ => {}
        }
    }
}
