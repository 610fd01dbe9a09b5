//! One paragraph: its style, what is set on it alone, and its text. Line ends inside become line breaks, tabs stay
//! tabs, and nothing typed is ever read as markup.

use super::styles::{RULE, Style};
use crate::ooxml::Xml;

/// A paragraph of one style and one text.
pub(super) fn paragraph(xml: &mut Xml, style: Style, text: &str) {
    mixed(xml, style, &[(text, false)]);
}

/// A paragraph of several texts, each in italics or not.
pub(super) fn mixed(xml: &mut Xml, style: Style, texts: &[(&str, bool)]) {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| xml.empty("w:pStyle", &[("w:val", style.id)]));
        texts.iter().for_each(|(text, italic)| run(xml, text, *italic));
    });
}

/// As [`paragraph`], kept on the page of what follows.
pub(super) fn kept(xml: &mut Xml, style: Style, text: &str) {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            xml.empty("w:pStyle", &[("w:val", style.id)]);
            xml.empty("w:keepNext", &[]);
        });
        run(xml, text, false);
    });
}

/// As [`paragraph`], drawn in from both margins.
pub(super) fn indented(xml: &mut Xml, style: Style, indent: u32, text: &str) {
    let indent = indent.to_string();
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            xml.empty("w:pStyle", &[("w:val", style.id)]);
            xml.empty("w:ind", &[("w:left", &indent), ("w:right", &indent)]);
        });
        run(xml, text, false);
    });
}

/// A rule: the lower border of an empty paragraph one point high, `length` of `width` long and centred. Never
/// underlined words or a row of dashes.
pub(super) fn rule(xml: &mut Xml, width: u32, length: u32) {
    rule_before(xml, (width, length), 0);
}

/// As [`rule`], with so much room before what follows; 0 leaves it to that.
pub(super) fn rule_before(xml: &mut Xml, (width, length): (u32, u32), after: u32) {
    let indent = (width.saturating_sub(length) / 2).to_string();
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            xml.empty("w:pStyle", &[("w:val", RULE.id)]);
            xml.element("w:pBdr", &[], |xml| {
                let line = [("w:val", "single"), ("w:sz", "6"), ("w:space", "1"), ("w:color", "000000")];
                xml.empty("w:bottom", &line);
            });
            if after > 0 {
                xml.empty("w:spacing", &[("w:after", &after.to_string())]);
            }
            xml.empty("w:ind", &[("w:left", &indent), ("w:right", &indent)]);
        });
    });
}

/// Typed text as paragraphs: one for each line that holds something.
pub(super) fn paragraphs(xml: &mut Xml, style: Style, text: &str) {
    for line in text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()) {
        paragraph(xml, style, line);
    }
}

fn run(xml: &mut Xml, text: &str, italic: bool) {
    if text.is_empty() {
        return;
    }
    xml.element("w:r", &[], |xml| {
        if italic {
            xml.element("w:rPr", &[], |xml| {
                xml.empty("w:i", &[("w:val", "1")]);
                xml.empty("w:iCs", &[("w:val", "1")]);
            });
        }
        for piece in text.split_inclusive(['\n', '\t']) {
            let words = piece.trim_end_matches(['\n', '\t']).replace('\r', "");
            if !words.is_empty() {
                xml.element("w:t", &[("xml:space", "preserve")], |xml| xml.text(&words));
            }
            if piece.ends_with('\n') {
                xml.empty("w:br", &[]);
            } else if piece.ends_with('\t') {
                xml.empty("w:tab", &[]);
            }
        }
    });
}
