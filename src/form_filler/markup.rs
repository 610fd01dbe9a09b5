//! The XML of a part as a row of pieces, each knowing where it stands in the text, so that a change replaces just what
//! it must and every other byte stays.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::{escape, unescape};
use quick_xml::events::Event;

use crate::ooxml::{PackageError, allowed};

/// Bytes of one part at most; the form of a ministry is a few hundred thousand.
const LARGEST: usize = 32 * 1024 * 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Start,
    Empty,
    End,
    /// Text and references to characters, as written.
    Text,
    /// Text in a CDATA section.
    Plain,
}

#[derive(Debug, Clone)]
pub(super) struct Bit {
    pub kind: Kind,
    pub span: Range<usize>,
}

/// A part and its pieces.
#[derive(Debug, Clone)]
pub(super) struct Markup {
    pub text: String,
    pub bits: Vec<Bit>,
}

impl Markup {
    /// # Errors
    /// [`PackageError::Malformed`] with the part's name when it is no XML in UTF-8, [`PackageError::TooLarge`].
    pub fn read(part: &str, bytes: &[u8]) -> Result<Markup, PackageError> {
        if bytes.len() > LARGEST {
            return Err(PackageError::TooLarge);
        }
        let malformed = || PackageError::Malformed(part.to_owned());
        let text = std::str::from_utf8(bytes).map_err(|_| malformed())?.to_owned();
        let mut bits = Vec::new();
        let mut reader = Reader::from_str(&text);
        let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
        loop {
            let from = place(reader.buffer_position());
            let kind = match reader.read_event().map_err(|_| malformed())? {
                Event::Start(_) => Kind::Start,
                Event::Empty(_) => Kind::Empty,
                Event::End(_) => Kind::End,
                Event::Text(_) | Event::GeneralRef(_) => Kind::Text,
                Event::CData(_) => Kind::Plain,
                Event::Eof => break,
                _ => continue,
            };
            bits.push(Bit { kind, span: from..place(reader.buffer_position()) });
        }
        Ok(Markup { text, bits })
    }

    /// A piece as written.
    pub fn raw(&self, bit: usize) -> &str {
        &self.text[self.bits[bit].span.clone()]
    }

    /// The local name of a tag; "" of anything else.
    pub fn name(&self, bit: usize) -> &str {
        match self.bits[bit].kind {
            Kind::Start | Kind::Empty | Kind::End => local_name(self.raw(bit)),
            Kind::Text | Kind::Plain => "",
        }
    }

    pub fn opens(&self, bit: usize, name: &str) -> bool {
        matches!(self.bits[bit].kind, Kind::Start | Kind::Empty) && self.name(bit) == name
    }

    /// The piece that closes the element opened at `bit`; itself when it is empty.
    pub fn close(&self, bit: usize) -> usize {
        let mut depth = 0_usize;
        for at in bit..self.bits.len() {
            match self.bits[at].kind {
                Kind::Start => depth += 1,
                Kind::End => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return at;
            }
        }
        self.bits.len() - 1
    }

    /// The text directly and indirectly inside the element opened at `bit`.
    pub fn inside(&self, bit: usize) -> String {
        (bit..=self.close(bit)).map(|at| self.plain(at)).collect()
    }

    /// What a piece of text says.
    pub fn plain(&self, bit: usize) -> String {
        let raw = self.raw(bit);
        match self.bits[bit].kind {
            Kind::Text => unescape(raw).map_or_else(|_| raw.to_owned(), std::borrow::Cow::into_owned),
            Kind::Plain => raw.trim_start_matches("<![CDATA[").trim_end_matches("]]>").to_owned(),
            _ => String::new(),
        }
    }
}

/// The name of a tag without its prefix.
fn local_name(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    let name =
        &name[..name.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).unwrap_or(name.len())];
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Where the value of an attribute stands in a tag, without its quotes.
fn value_of(tag: &str, wanted: &str) -> Option<Range<usize>> {
    let mut at = tag.find(char::is_whitespace)?;
    loop {
        at += tag[at..].len() - tag[at..].trim_start().len();
        let equals = at + tag[at..].find('=')?;
        let name = tag[at..equals].trim_end();
        let quote = equals + 1 + tag[equals + 1..].find(['"', '\''])?;
        let close = quote + 1 + tag[quote + 1..].find(char::from(tag.as_bytes()[quote]))?;
        if name == wanted {
            return Some(quote + 1..close);
        }
        at = close + 1;
    }
}

/// The value of an attribute of a tag.
pub(super) fn attribute(tag: &str, name: &str) -> Option<String> {
    let raw = &tag[value_of(tag, name)?];
    Some(unescape(raw).map_or_else(|_| raw.to_owned(), std::borrow::Cow::into_owned))
}

/// A tag with an attribute set, at its place when it is there already.
pub(super) fn with_attribute(tag: &str, name: &str, value: &str) -> String {
    let value = escaped(value);
    if let Some(place) = value_of(tag, name) {
        return format!("{}{value}{}", &tag[..place.start], &tag[place.end..]);
    }
    let end = tag.trim_end_matches('>').trim_end_matches('/').trim_end();
    format!("{end} {name}=\"{value}\"{}", &tag[end.len()..])
}

/// A tag without an attribute.
pub(super) fn without_attribute(tag: &str, name: &str) -> String {
    let Some(value) = value_of(tag, name) else { return tag.to_owned() };
    let before = tag[..value.start].trim_end_matches(['"', '\'']).trim_end();
    let before = before.trim_end_matches('=').trim_end();
    let before = before.trim_end_matches(name).trim_end();
    format!("{before}{}", &tag[value.end + 1..])
}

/// Text as it stands between tags or in an attribute.
pub(super) fn escaped(text: &str) -> String {
    let kept: String = text.chars().filter(|c| allowed(*c)).collect();
    escape(kept.as_str()).into_owned()
}

/// A text made anew out of an old one: pieces replaced in the order they stand, all else copied.
pub(super) struct Splice<'a> {
    text: &'a str,
    copied: usize,
    out: String,
}

impl<'a> Splice<'a> {
    pub fn new(text: &'a str) -> Splice<'a> {
        Splice { text, copied: 0, out: String::with_capacity(text.len() + 256) }
    }

    /// Puts `new` where `old` stood. What lies before the last replacement is not touched again.
    pub fn put(&mut self, old: Range<usize>, new: &str) {
        if old.start >= self.copied {
            self.out.push_str(&self.text[self.copied..old.start]);
            self.out.push_str(new);
            self.copied = old.end;
        }
    }

    pub fn finish(mut self) -> String {
        self.out.push_str(&self.text[self.copied..]);
        self.out
    }
}
