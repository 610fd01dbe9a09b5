//! A Word document as lines: a paragraph is a line with the number Word counts for it, a cell of a heading table is
//! lines of its own, a row of a table of figures is one line.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::docx_numbers::Numbers;
use super::docx_tables::Tables;
use super::{MOST_TEXT, Refusal};
use crate::ooxml::Parts;

/// Elements inside elements at most: no editor nests so deep.
const DEEPEST: usize = 200;
/// Paragraphs, rows and cells at most, those that say nothing among them.
const MOST_PIECES: usize = 200_000;
/// Bytes of the text's part at most, unpacked: it is held whole while it is read.
const MOST_DOCUMENT: u64 = 32 * 1024 * 1024;
/// Bytes of a part about numbers or styles.
const MOST_BESIDE: u64 = 8 * 1024 * 1024;

pub(super) fn text(bytes: &[u8]) -> Result<String, Refusal> {
    let mut parts = Parts::open(bytes)?;
    let main = parts
        .relationships()?
        .into_iter()
        .find(|relationship| relationship.kind.ends_with("/officeDocument"))
        .map_or("word/document.xml".to_owned(), |found| found.target.trim_start_matches('/').to_owned());
    if !main.ends_with(".xml") || !(parts.content_type(&main).contains("word") || main.starts_with("word/")) {
        return Err(Refusal::NotWord);
    }
    let document = parts.read(&main, MOST_DOCUMENT)?.ok_or(Refusal::NotWord)?;
    let numbering = parts.read("word/numbering.xml", MOST_BESIDE)?.unwrap_or_default();
    let styles = parts.read("word/styles.xml", MOST_BESIDE)?.unwrap_or_default();
    let numbers = Numbers::read(&numbering, &styles);
    drop((numbering, styles));
    Walk { numbers, ..Walk::default() }.walk(&document)
}

/// A paragraph as it is read.
#[derive(Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    number: Option<String>,
    level: Option<usize>,
}

#[derive(Default)]
struct Walk {
    numbers: Numbers,
    tables: Tables,
    /// Paragraphs open inside each other: a text box stands inside one.
    open: Vec<Paragraph>,
    /// How deep inside something that is not to be read.
    skipping: usize,
    in_text: bool,
    /// Bytes of text so far, with the numbers Word counts.
    size: usize,
    /// Paragraphs, rows and cells so far.
    pieces: usize,
}

impl Walk {
    fn walk(mut self, xml: &[u8]) -> Result<String, Refusal> {
        let broken =
            || Refusal::BrokenWord(crate::ooxml::PackageError::Malformed("word/document.xml".to_owned()));
        let mut reader = Reader::from_reader(xml);
        let mut depth = 0_usize;
        loop {
            if depth > DEEPEST || self.size > MOST_TEXT || self.pieces > MOST_PIECES {
                return Err(Refusal::TooLarge);
            }
            match reader.read_event().map_err(|_| broken())? {
                Event::Start(element) => {
                    depth += 1;
                    self.begin(&element);
                }
                Event::Empty(element) => {
                    self.begin(&element);
                    self.end(element.local_name().as_ref());
                }
                Event::End(element) => {
                    depth = depth.saturating_sub(1);
                    self.end(element.local_name().as_ref());
                }
                Event::Text(text) if self.in_text && self.skipping == 0 => self.push(&text),
                Event::GeneralRef(entity) if self.in_text && self.skipping == 0 => {
                    self.push(&entity_text(&entity))
                }
                Event::CData(text) if self.in_text && self.skipping == 0 => self.push(&text),
                Event::Eof => return Ok(self.tables.finish()),
                _ => {}
            }
        }
    }

    fn begin(&mut self, element: &BytesStart<'_>) {
        let name = element.local_name();
        let name: &str = name.as_ref();
        // Deleted and moved text, and the second copy of a drawing for old programs.
        if self.skipping > 0 || matches!(name, "del" | "moveFrom" | "Fallback" | "instrText" | "delText") {
            self.skipping += 1;
            return;
        }
        if matches!(name, "p" | "tbl" | "tr" | "tc") {
            self.pieces += 1;
        }
        match name {
            "p" => self.open.push(Paragraph::default()),
            "t" => self.in_text = true,
            "tab" if self.open.last().is_some_and(|open| !open.text.is_empty()) => self.push("    "),
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "pStyle" => self.note(element, |open, value| open.style = Some(value)),
            "numId" => self.note(element, |open, value| open.number = Some(value)),
            "ilvl" => self.note(element, |open, value| open.level = value.parse().ok()),
            "tbl" => self.tables.begin_table(),
            "tr" => self.tables.begin_row(),
            "tc" => self.tables.begin_cell(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.skipping > 0 {
            self.skipping -= 1;
            return;
        }
        match name {
            "t" => self.in_text = false,
            "p" => {
                if let Some(open) = self.open.pop() {
                    let mark = self.numbers.next(open.style.as_deref(), open.number.as_deref(), open.level);
                    let empty = open.text.trim().is_empty();
                    let line = match mark.filter(|_| !empty) {
                        Some(mark) => {
                            self.size += mark.len();
                            format!("{mark} {}", open.text.trim_start())
                        }
                        None => open.text,
                    };
                    self.tables.line(line);
                }
            }
            "tbl" => self.tables.end_table(),
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut() {
            open.text.push_str(text);
            self.size += text.len();
        }
    }

    fn note(&mut self, element: &BytesStart<'_>, set: impl FnOnce(&mut Paragraph, String)) {
        if let (Some(open), Some(value)) = (self.open.last_mut(), attribute(element, "val")) {
            set(open, value);
        }
    }
}

/// An attribute by its local name.
pub(super) fn attribute(element: &BytesStart<'_>, wanted: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|a| a.key.local_name().as_ref() == wanted)?;
    found.normalized_value(XmlVersion::Explicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// The text of `&amp;`, `&#8211;` and their kin.
fn entity_text(name: &str) -> String {
    let code = match name.strip_prefix('#') {
        Some(hex) if hex.starts_with(['x', 'X']) => u32::from_str_radix(&hex[1..], 16).ok(),
        Some(decimal) => decimal.parse().ok(),
        None => match name {
            "amp" => Some(u32::from('&')),
            "lt" => Some(u32::from('<')),
            "gt" => Some(u32::from('>')),
            "quot" => Some(u32::from('"')),
            "apos" => Some(u32::from('\'')),
            _ => None,
        },
    };
    code.and_then(char::from_u32).map(String::from).unwrap_or_default()
}
