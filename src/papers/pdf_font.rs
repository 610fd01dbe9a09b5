//! A font of a PDF: which letters its codes stand for and how wide they are. The font's own table to Unicode comes
//! first: what programs embed for Vietnamese has no other honest meaning.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Encoding, Object};
use smol_str::SmolStr;

use super::Refusal;
use super::pdf_budget::Budget;

/// Width of a letter whose font does not say, of the size.
const USUAL_WIDTH: f32 = 0.5;
/// Codes of one font at most.
const MOST_CODES: u32 = 70_000;
/// Letters one code stands for at most, in units of UTF-16: the longest ligature has four.
const MOST_LETTERS: usize = 8;
/// Bytes of a font's table to Unicode: all codes of two bytes fit twice.
const MOST_TABLE: usize = 2 * 1024 * 1024;

#[derive(Default)]
pub(super) struct Font {
    /// Two bytes a code instead of one.
    wide: bool,
    letters: HashMap<u32, SmolStr>,
    widths: HashMap<u32, f32>,
    usual: Option<f32>,
}

impl Font {
    /// # Errors
    /// [`Refusal::TooLarge`] when the document's fonts have more codes than any.
    pub fn of(font: Option<&Dictionary>, document: &Document, budget: &mut Budget) -> Result<Font, Refusal> {
        let Some(font) = font else { return Ok(Font::default()) };
        let mut found = Font { wide: name(font, b"Subtype") == Some(b"Type0"), ..Font::default() };
        if let Ok(table) = font.get_deref(b"ToUnicode", document).and_then(Object::as_stream)
            && let Some(table) = budget.unpack(table, MOST_TABLE)?
        {
            found.letters = to_unicode(&table, budget)?;
        }
        if found.letters.is_empty() && !found.wide {
            found.by_encoding(font, document);
        }
        if found.wide {
            found.widths_of_codes(font, document, budget)?;
        } else {
            found.widths_of_letters(font, document);
        }
        Ok(found)
    }

    /// The codes of a string, each with its letters, its width of the size, and whether it is the space.
    pub fn each<'f>(&'f self, bytes: &'f [u8]) -> impl Iterator<Item = (&'f str, f32, bool)> {
        bytes.chunks(if self.wide { 2 } else { 1 }).map(move |code| {
            let value = code.iter().fold(0_u32, |value, byte| value << 8 | u32::from(*byte));
            let width = self.widths.get(&value).copied().or(self.usual).unwrap_or(USUAL_WIDTH);
            let letters = self.letters.get(&value).map_or("", SmolStr::as_str);
            (letters, width, !self.wide && value == 32)
        })
    }

    fn by_encoding(&mut self, font: &Dictionary, document: &Document) {
        // The table has been read: lopdf would read it again, and without a bound.
        let mut font = font.clone();
        font.remove(b"ToUnicode");
        let encoding = font.get_font_encoding_with_limit(document, MOST_TABLE);
        let Ok(encoding @ (Encoding::OneByteEncoding(_) | Encoding::SimpleEncoding(_))) = encoding else {
            return;
        };
        for code in 0..=255_u8 {
            if let Ok(text) = encoding.bytes_to_string(&[code]) {
                self.letters.insert(u32::from(code), text.into());
            }
        }
    }

    fn widths_of_letters(&mut self, font: &Dictionary, document: &Document) {
        let first = font.get_deref(b"FirstChar", document).ok().and_then(|first| first.as_i64().ok());
        let first = first.and_then(|first| u32::try_from(first).ok()).unwrap_or(0);
        let Ok(widths) = font.get_deref(b"Widths", document).and_then(Object::as_array) else { return };
        for (code, width) in (first..).zip(widths.iter().take(256)) {
            self.widths.insert(code, per_size(width));
        }
    }

    fn widths_of_codes(
        &mut self,
        font: &Dictionary,
        document: &Document,
        budget: &mut Budget,
    ) -> Result<(), Refusal> {
        let below = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array).ok();
        let below = below.and_then(|fonts| fonts.first()).and_then(|font| document.dereference(font).ok());
        let Some(below) = below.and_then(|(_, font)| font.as_dict().ok()) else { return Ok(()) };
        self.usual = Some(below.get_deref(b"DW", document).map_or(1.0, per_size));
        let Ok(items) = below.get_deref(b"W", document).and_then(Object::as_array) else { return Ok(()) };
        let mut items = items.iter().filter_map(|item| document.dereference(item).ok().map(|(_, item)| item));
        while let (Some(first), Some(next)) = (items.next(), items.next()) {
            let Some(first) = number(first) else { return Ok(()) };
            if let Ok(widths) = next.as_array() {
                for (code, width) in (first..).zip(widths.iter().take(MOST_CODES as usize)) {
                    budget.code()?;
                    self.widths.insert(code, per_size(width));
                }
                continue;
            }
            let (Some(last), Some(width)) = (number(next), items.next()) else { return Ok(()) };
            for code in first..=last.min(first.saturating_add(MOST_CODES)) {
                budget.code()?;
                self.widths.insert(code, per_size(width));
            }
        }
        Ok(())
    }
}

fn number(object: &Object) -> Option<u32> {
    object.as_i64().ok().and_then(|number| u32::try_from(number).ok())
}

fn per_size(width: &Object) -> f32 {
    width.as_float().unwrap_or(USUAL_WIDTH * 1000.0) / 1000.0
}

fn name<'d>(font: &'d Dictionary, key: &[u8]) -> Option<&'d [u8]> {
    font.get(key).and_then(Object::as_name).ok()
}

/// A ToUnicode table: its bfchar and bfrange sections.
fn to_unicode(table: &[u8], budget: &mut Budget) -> Result<HashMap<u32, SmolStr>, Refusal> {
    let mut letters = HashMap::new();
    let table = String::from_utf8_lossy(table);
    for (begin, end, range) in [("beginbfchar", "endbfchar", false), ("beginbfrange", "endbfrange", true)] {
        for section in table.split(begin).skip(1) {
            let section = section.split(end).next().unwrap_or_default();
            let mut tokens = tokens(section).into_iter();
            while let Some(Token::Code(first)) = tokens.next() {
                let from = value(&first);
                let last = if range { tokens.next() } else { None };
                let target = tokens.next();
                match (last, target) {
                    (None, Some(Token::Code(target))) if !range => {
                        budget.code()?;
                        letters.insert(from, utf16(&target, 0));
                    }
                    (Some(Token::Code(last)), Some(Token::Code(target))) => {
                        for code in from..=value(&last).min(from.saturating_add(MOST_CODES)) {
                            budget.code()?;
                            letters.insert(code, utf16(&target, code - from));
                        }
                    }
                    (Some(Token::Code(_)), Some(Token::List(targets))) => {
                        for (code, target) in (from..).zip(targets) {
                            budget.code()?;
                            letters.insert(code, utf16(&target, 0));
                        }
                    }
                    _ => break,
                }
            }
        }
    }
    Ok(letters)
}

enum Token {
    Code(Vec<u8>),
    List(Vec<Vec<u8>>),
}

/// `<0041>` and `[<0041> <0042>]`, whatever stands between.
fn tokens(section: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut list: Option<Vec<Vec<u8>>> = None;
    let mut rest = section;
    while let Some(at) = rest.find(['<', '[', ']']) {
        match rest.as_bytes()[at] {
            b'[' => list = Some(Vec::new()),
            b']' => found.extend(list.take().map(Token::List)),
            _ => {
                let inside = &rest[at + 1..];
                let Some(end) = inside.find('>') else { break };
                let digits: Vec<u8> = inside[..end].bytes().filter(u8::is_ascii_hexdigit).collect();
                let bytes = digits.chunks_exact(2).filter_map(|pair| {
                    std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok())
                });
                let bytes: Vec<u8> = bytes.collect();
                match list.as_mut() {
                    Some(list) => list.push(bytes),
                    None => found.push(Token::Code(bytes)),
                }
                rest = &inside[end + 1..];
                continue;
            }
        }
        rest = &rest[at + 1..];
    }
    found
}

fn value(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |value, byte| value << 8 | u32::from(*byte))
}

/// Letters in UTF-16, the last one counted on by `more`.
fn utf16(bytes: &[u8], more: u32) -> SmolStr {
    let mut units: Vec<u16> =
        bytes.chunks_exact(2).take(MOST_LETTERS).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    if let Some(last) = units.last_mut() {
        *last = last.wrapping_add(u16::try_from(more).unwrap_or(0));
    }
    // What is no letter is left out rather than shown as a box.
    char::decode_utf16(units).filter_map(Result::ok).filter(|c| *c != '\0').collect()
}
