//! A PDF with a text layer as lines. lopdf takes the file apart, with its bounds against decompression bombs; what is
//! drawn where is followed here, because lines and columns are what the plan reader needs.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Error, LoadOptions, Object};

use super::Refusal;
use super::pdf_budget::Budget;
use super::pdf_font::Font;
use super::pdf_lines::{MOST_PIECES, Piece, lines};

/// Bytes one stream may unpack to: a page of text is some kilobytes.
const MOST_UNPACKED: usize = 8 * 1024 * 1024;
/// Pages read at most.
const MOST_PAGES: usize = 500;
/// Forms inside forms at most.
const DEEPEST: usize = 4;
/// Letters a page has at least when it is text; below this on average the pages are pictures.
const FEWEST_LETTERS: usize = 40;

pub(super) fn text(bytes: &[u8]) -> Result<String, Refusal> {
    // A parser of strangers' files: should it fail in an unforeseen way, the file is refused and the program goes on.
    let read = catch_unwind(AssertUnwindSafe(|| pages(bytes)));
    let pages = read.unwrap_or(Err(Refusal::BrokenPdf))?;
    if pages.is_empty() {
        return Err(Refusal::NoPages);
    }
    let letters: usize = pages.iter().map(|page| page.chars().filter(|c| c.is_alphanumeric()).count()).sum();
    // A stamp of a digital signature is text on a picture.
    if letters < FEWEST_LETTERS * pages.len() && letters < 400 {
        return Err(Refusal::Scanned);
    }
    Ok(pages.join("\n\u{000C}"))
}

fn pages(bytes: &[u8]) -> Result<Vec<String>, Refusal> {
    let options = LoadOptions { max_decompressed_size: Some(MOST_UNPACKED), ..LoadOptions::default() };
    let mut document = Document::load_mem_with_options(bytes, options).map_err(refusal)?;
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err(Refusal::Encrypted);
    }
    let ids: Vec<_> = document.page_iter().take(MOST_PAGES).collect();
    let mut drawing = Drawing {
        document: &document,
        budget: Budget::new(),
        pieces: Vec::new(),
        fonts: Vec::new(),
        known: HashMap::new(),
    };
    let mut texts = Vec::with_capacity(ids.len());
    for id in ids {
        let room = drawing.budget.room(MOST_UNPACKED);
        let content = document.get_page_content_with_limit(id, room).map_err(refusal)?;
        drawing.budget.unpacked(content.len().min(room))?;
        let (own, inherited) = document.get_page_resources(id).unwrap_or_default();
        let resources: Vec<&Dictionary> = own
            .into_iter()
            .chain(inherited.iter().filter_map(|id| document.get_dictionary(*id).ok()))
            .collect();
        drawing.draw(&content, &resources, IDENTITY, 0)?;
        let pieces = std::mem::take(&mut drawing.pieces);
        texts.push(lines(pieces, &mut drawing.budget)?);
    }
    Ok(texts)
}

fn refusal(error: Error) -> Refusal {
    match error {
        Error::InvalidPassword | Error::Decryption(_) => Refusal::Encrypted,
        Error::Decompress(_) => Refusal::TooLarge,
        _ => Refusal::BrokenPdf,
    }
}

/// a b c d e f of a transformation.
type Matrix = [f32; 6];
const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// First `inner`, then `outer`.
fn times(inner: Matrix, outer: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = inner;
    let [g, h, i, j, k, l] = outer;
    [a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l]
}

/// What text is set with.
#[derive(Clone, Copy)]
struct Setting {
    font: usize,
    size: f32,
    characters: f32,
    words: f32,
    stretch: f32,
    leading: f32,
    rise: f32,
    page: Matrix,
}

/// The document while its pages are drawn one after another.
struct Drawing<'d> {
    document: &'d Document,
    budget: Budget,
    /// Those of the page that is drawn.
    pieces: Vec<Piece>,
    fonts: Vec<Font>,
    /// Which of the fonts a dictionary is, told by where it lies: the document does not move while it is drawn.
    known: HashMap<Option<*const Dictionary>, usize>,
}

impl Drawing<'_> {
    fn draw(
        &mut self,
        content: &[u8],
        resources: &[&Dictionary],
        page: Matrix,
        depth: usize,
    ) -> Result<(), Refusal> {
        self.budget.content(content)?;
        let mut now = Setting {
            font: usize::MAX,
            size: 0.0,
            characters: 0.0,
            words: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            page,
        };
        let (mut kept, mut line, mut at) = (Vec::new(), IDENTITY, IDENTITY);
        // What stands before a place that cannot be read is kept.
        for Operation { operator, operands } in Content::decode_iter(content).map_while(Result::ok) {
            let number =
                |index: usize| operands.get(index).and_then(|object| object.as_float().ok()).unwrap_or(0.0);
            match operator.as_str() {
                "q" if kept.len() < 256 => kept.push(now),
                "Q" => now = kept.pop().unwrap_or(now),
                "cm" => now.page = times(matrix(&operands), now.page),
                "BT" => (line, at) = (IDENTITY, IDENTITY),
                "Tf" => {
                    let name = operands.first().and_then(|name| name.as_name().ok()).unwrap_or_default();
                    now.font = self.font(name, resources)?;
                    now.size = number(1);
                }
                "Tc" => now.characters = number(0),
                "Tw" => now.words = number(0),
                "Tz" => now.stretch = number(0) / 100.0,
                "TL" => now.leading = number(0),
                "Ts" => now.rise = number(0),
                "Tm" => {
                    line = matrix(&operands);
                    at = line;
                }
                "Td" | "TD" => {
                    if operator == "TD" {
                        now.leading = -number(1);
                    }
                    line = times([1.0, 0.0, 0.0, 1.0, number(0), number(1)], line);
                    at = line;
                }
                "T*" | "'" | "\"" => {
                    line = times([1.0, 0.0, 0.0, 1.0, 0.0, -now.leading], line);
                    at = line;
                    if operator == "\"" {
                        (now.words, now.characters) = (number(0), number(1));
                    }
                    if let Some(Object::String(bytes, _)) = operands.last() {
                        self.show(bytes, &now, &mut at)?;
                    }
                }
                "Tj" => {
                    if let Some(Object::String(bytes, _)) = operands.first() {
                        self.show(bytes, &now, &mut at)?;
                    }
                }
                "TJ" => {
                    let items = operands.first().and_then(|items| items.as_array().ok());
                    for item in items.into_iter().flatten() {
                        match item {
                            Object::String(bytes, _) => self.show(bytes, &now, &mut at)?,
                            other => {
                                let back = other.as_float().unwrap_or(0.0) / 1000.0 * now.size * now.stretch;
                                at = times([1.0, 0.0, 0.0, 1.0, -back, 0.0], at);
                            }
                        }
                    }
                }
                "Do" if depth < DEEPEST => {
                    if let Some(name) = operands.first().and_then(|name| name.as_name().ok()) {
                        self.form(name, resources, now.page, depth)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The font of this name, read when it is first set.
    fn font(&mut self, name: &[u8], resources: &[&Dictionary]) -> Result<usize, Refusal> {
        let document = self.document;
        let found = resources.iter().find_map(|resources| {
            let fonts = resources.get_deref(b"Font", document).and_then(Object::as_dict).ok()?;
            fonts.get_deref(name, document).and_then(Object::as_dict).ok()
        });
        let key = found.map(std::ptr::from_ref);
        if let Some(at) = self.known.get(&key) {
            return Ok(*at);
        }
        self.fonts.push(Font::of(found, document, &mut self.budget)?);
        self.known.insert(key, self.fonts.len() - 1);
        Ok(self.fonts.len() - 1)
    }

    /// A form drawn on the page: headings and stamps are kept in such.
    fn form(
        &mut self,
        name: &[u8],
        resources: &[&Dictionary],
        page: Matrix,
        depth: usize,
    ) -> Result<(), Refusal> {
        let document = self.document;
        let found = resources.iter().find_map(|resources| {
            let objects = resources.get_deref(b"XObject", document).and_then(Object::as_dict).ok()?;
            objects.get_deref(name, document).and_then(Object::as_stream).ok()
        });
        let Some(stream) = found else { return Ok(()) };
        if stream.dict.get(b"Subtype").and_then(Object::as_name).ok() != Some(b"Form") {
            return Ok(());
        }
        self.budget.form()?;
        let Some(content) = self.budget.unpack(stream, MOST_UNPACKED)? else { return Ok(()) };
        let own = stream.dict.get_deref(b"Resources", document).and_then(Object::as_dict).ok();
        let inner = stream
            .dict
            .get_deref(b"Matrix", document)
            .and_then(Object::as_array)
            .map_or(IDENTITY, |items| matrix(items));
        let resources: Vec<&Dictionary> = own.into_iter().collect();
        self.draw(&content, &resources, times(inner, page), depth + 1)
    }

    fn show(&mut self, bytes: &[u8], now: &Setting, at: &mut Matrix) -> Result<(), Refusal> {
        let Some(font) = self.fonts.get(now.font) else { return Ok(()) };
        let mut text = String::new();
        let mut width = 0.0;
        for (letters, advance, space) in font.each(bytes) {
            self.budget.letters(letters.len())?;
            text.push_str(letters);
            width +=
                (advance * now.size + now.characters + if space { now.words } else { 0.0 }) * now.stretch;
        }
        let from = times([1.0, 0.0, 0.0, 1.0, 0.0, now.rise], times(*at, now.page));
        *at = times([1.0, 0.0, 0.0, 1.0, width, 0.0], *at);
        let to = times(*at, now.page);
        // Letters turned on their side are a stamp in the margin.
        let upright = from[0].abs() >= from[1].abs();
        let size = now.size.abs() * (from[2] * from[2] + from[3] * from[3]).sqrt();
        if upright
            && !text.is_empty()
            && size > 0.0
            && [from[4], from[5], to[4]].iter().all(|place| place.is_finite())
        {
            if self.pieces.len() >= MOST_PIECES {
                return Err(Refusal::TooLarge);
            }
            self.pieces.push(Piece { x: from[4], y: from[5], end: to[4], size, text });
        }
        Ok(())
    }
}

fn matrix(items: &[Object]) -> Matrix {
    let mut found = IDENTITY;
    for (place, item) in found.iter_mut().zip(items) {
        *place = item.as_float().unwrap_or(*place);
    }
    found
}
