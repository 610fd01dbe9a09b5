//! XML built from the inside out: an element is closed by the call that opened it, text and values are escaped, and
//! what XML 1.0 does not allow is left out. What people typed can so never break a part or become markup.

use quick_xml::escape::escape;

/// The text of one part.
#[derive(Debug, Default)]
pub struct Xml {
    text: String,
}

impl Xml {
    /// A part with its declaration, ready for the root element.
    pub fn part() -> Xml {
        Xml { text: "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_owned() }
    }

    /// `<name a="v">` what `inside` writes `</name>`.
    pub fn element(&mut self, name: &str, attributes: &[(&str, &str)], inside: impl FnOnce(&mut Xml)) {
        self.open(name, attributes);
        self.text.push('>');
        inside(self);
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
    }

    /// `<name a="v"/>`
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.open(name, attributes);
        self.text.push_str("/>");
    }

    /// Text, escaped; characters that XML does not allow are left out.
    pub fn text(&mut self, text: &str) {
        let kept: String = text.chars().filter(|c| allowed(*c)).collect();
        self.text.push_str(&escape(kept.as_str()));
    }

    /// The bytes of the part.
    pub fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.text.push('<');
        self.text.push_str(name);
        for (name, value) in attributes {
            self.text.push(' ');
            self.text.push_str(name);
            self.text.push_str("=\"");
            // Line ends inside a value would be read as spaces.
            for piece in value.split_inclusive(['\n', '\t']) {
                let (text, end) = match piece.char_indices().next_back() {
                    Some((at, '\n')) => (&piece[..at], "&#10;"),
                    Some((at, '\t')) => (&piece[..at], "&#9;"),
                    _ => (piece, ""),
                };
                self.text(text);
                self.text.push_str(end);
            }
            self.text.push('"');
        }
    }
}

/// Whether XML 1.0 allows the character at all.
pub fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}
