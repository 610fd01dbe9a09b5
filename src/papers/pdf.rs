//! A PDF with a text layer as lines. lopdf takes the file apart, with its bounds against decompression bombs; what is
//! drawn where is followed here, because lines and columns are what the plan reader needs.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Error, LoadOptions, Object};

use super::Refusal;
use super::pdf_font::Font;
use super::pdf_lines::{Piece, lines};

/// Bytes one stream may unpack to: a page of text is some kilobytes.
const MOST_UNPACKED: usize = 32 * 1024 * 1024;
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
    let letters: usize = pages.iter().map(|page| page.chars().filter(|c| c.is_alphanumeric()).count()).sum();
    // A stamp of a digital signature is text on a picture.
    if pages.is_empty() || letters < FEWEST_LETTERS * pages.len() && letters < 400 {
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
    let mut texts = Vec::with_capacity(ids.len());
    for id in ids {
        let mut page = Page { document: &document, pieces: Vec::new(), fonts: Vec::new() };
        let content = document.get_page_content_with_limit(id, MOST_UNPACKED).map_err(refusal)?;
        let fonts = document.get_page_fonts(id).unwrap_or_default();
        let (own, inherited) = document.get_page_resources(id).unwrap_or_default();
        let resources: Vec<&Dictionary> = own
            .into_iter()
            .chain(inherited.iter().filter_map(|id| document.get_dictionary(*id).ok()))
            .collect();
        page.draw(&content, &fonts, &resources, IDENTITY, 0);
        texts.push(lines(page.pieces));
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

struct Page<'d> {
    document: &'d Document,
    pieces: Vec<Piece>,
    fonts: Vec<Font>,
}

impl Page<'_> {
    fn draw(
        &mut self,
        content: &[u8],
        fonts: &BTreeMap<Vec<u8>, &Dictionary>,
        resources: &[&Dictionary],
        page: Matrix,
        depth: usize,
    ) {
        let Ok(content) = Content::decode(content) else { return };
        let mut named: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
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
        for Operation { operator, operands } in &content.operations {
            let number =
                |index: usize| operands.get(index).and_then(|object| object.as_float().ok()).unwrap_or(0.0);
            match operator.as_str() {
                "q" if kept.len() < 256 => kept.push(now),
                "Q" => now = kept.pop().unwrap_or(now),
                "cm" => now.page = times(matrix(operands), now.page),
                "BT" => (line, at) = (IDENTITY, IDENTITY),
                "Tf" => {
                    let name = operands.first().and_then(|name| name.as_name().ok()).unwrap_or_default();
                    now.font = *named.entry(name.to_vec()).or_insert_with(|| {
                        self.fonts.push(Font::of(fonts.get(name).copied(), self.document, MOST_UNPACKED));
                        self.fonts.len() - 1
                    });
                    now.size = number(1);
                }
                "Tc" => now.characters = number(0),
                "Tw" => now.words = number(0),
                "Tz" => now.stretch = number(0) / 100.0,
                "TL" => now.leading = number(0),
                "Ts" => now.rise = number(0),
                "Tm" => {
                    line = matrix(operands);
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
                        self.show(bytes, &now, &mut at);
                    }
                }
                "Tj" => {
                    if let Some(Object::String(bytes, _)) = operands.first() {
                        self.show(bytes, &now, &mut at);
                    }
                }
                "TJ" => {
                    let items = operands.first().and_then(|items| items.as_array().ok());
                    for item in items.into_iter().flatten() {
                        match item {
                            Object::String(bytes, _) => self.show(bytes, &now, &mut at),
                            other => {
                                let back = other.as_float().unwrap_or(0.0) / 1000.0 * now.size * now.stretch;
                                at = times([1.0, 0.0, 0.0, 1.0, -back, 0.0], at);
                            }
                        }
                    }
                }
                "Do" if depth < DEEPEST => {
                    if let Some(name) = operands.first().and_then(|name| name.as_name().ok()) {
                        self.form(name, resources, now.page, depth);
                    }
                }
                _ => {}
            }
        }
    }

    /// A form drawn on the page: headings and stamps are kept in such.
    fn form(&mut self, name: &[u8], resources: &[&Dictionary], page: Matrix, depth: usize) {
        let document = self.document;
        let found = resources.iter().find_map(|resources| {
            let objects = resources.get_deref(b"XObject", document).and_then(Object::as_dict).ok()?;
            objects.get_deref(name, document).and_then(Object::as_stream).ok()
        });
        let Some(stream) = found else { return };
        if stream.dict.get(b"Subtype").and_then(Object::as_name).ok() != Some(b"Form") {
            return;
        }
        let Ok(content) = stream.decompressed_content_with_limit(MOST_UNPACKED) else { return };
        let own = stream.dict.get_deref(b"Resources", document).and_then(Object::as_dict).ok();
        let mut fonts: BTreeMap<Vec<u8>, &Dictionary> = BTreeMap::new();
        if let Some(all) = own.and_then(|own| own.get_deref(b"Font", document).and_then(Object::as_dict).ok())
        {
            for (name, _) in all {
                if let Ok(font) = all.get_deref(name, document).and_then(Object::as_dict) {
                    fonts.insert(name.clone(), font);
                }
            }
        }
        let inner = stream
            .dict
            .get_deref(b"Matrix", document)
            .and_then(Object::as_array)
            .map_or(IDENTITY, |items| matrix(items));
        let resources: Vec<&Dictionary> = own.into_iter().collect();
        self.draw(&content, &fonts, &resources, times(inner, page), depth + 1);
    }

    fn show(&mut self, bytes: &[u8], now: &Setting, at: &mut Matrix) {
        let Some(font) = self.fonts.get(now.font) else { return };
        let mut text = String::new();
        let mut width = 0.0;
        font.each(bytes, |letters, advance, space| {
            text.push_str(letters);
            width +=
                (advance * now.size + now.characters + if space { now.words } else { 0.0 }) * now.stretch;
        });
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
            self.pieces.push(Piece { x: from[4], y: from[5], end: to[4], size, text });
        }
    }
}

fn matrix(items: &[Object]) -> Matrix {
    let mut found = IDENTITY;
    for (place, item) in found.iter_mut().zip(items) {
        *place = item.as_float().unwrap_or(*place);
    }
    found
}
