//! Sections: the page of NĐ 30/2020 with its margins, the page number that the first page hides, and annexes that
//! count their own pages.

use super::measures::{BOTTOM, HEADER, LEFT, PAGE_HEIGHT, PAGE_WIDTH, RIGHT, TOP};
use super::paragraph::paragraph;
use super::parts::{HEADER_FIRST_ID, HEADER_ID};
use super::styles::{PAGE_NUMBER, RULE};
use super::{Annex, MAIN, RELATIONSHIPS};
use crate::ooxml::Xml;

/// Ends a section; what follows begins a page. `annex` is the one that ends; none ends the text.
pub(super) fn end(xml: &mut Xml, annex: Option<&Annex>) {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            // One point high: after a table that fills its page it must not begin another.
            xml.empty("w:pStyle", &[("w:val", RULE.id)]);
            properties(xml, annex);
        });
    });
}

/// The properties of the last section, at the end of the body.
pub(super) fn last(xml: &mut Xml, annex: Option<&Annex>) {
    properties(xml, annex);
}

fn properties(xml: &mut Xml, annex: Option<&Annex>) {
    xml.element("w:sectPr", &[], |xml| {
        for (kind, id) in [("default", HEADER_ID), ("first", HEADER_FIRST_ID)] {
            xml.empty("w:headerReference", &[("w:type", kind), ("r:id", id)]);
        }
        xml.empty("w:type", &[("w:val", "nextPage")]);
        let measure = |value: u32| value.to_string();
        let standing = [("w:w", &*measure(PAGE_WIDTH)), ("w:h", &*measure(PAGE_HEIGHT))];
        let across =
            [("w:w", &*measure(PAGE_HEIGHT)), ("w:h", &*measure(PAGE_WIDTH)), ("w:orient", "landscape")];
        xml.empty("w:pgSz", if annex.is_some_and(|annex| annex.across) { &across } else { &standing });
        xml.empty(
            "w:pgMar",
            &[
                ("w:top", &measure(TOP)),
                ("w:right", &measure(RIGHT)),
                ("w:bottom", &measure(BOTTOM)),
                ("w:left", &measure(LEFT)),
                ("w:header", &measure(HEADER)),
                ("w:footer", &measure(HEADER)),
                ("w:gutter", "0"),
            ],
        );
        if annex.is_some() {
            xml.empty("w:pgNumType", &[("w:fmt", "decimal"), ("w:start", "1")]);
        }
        xml.empty("w:titlePg", &[]);
    });
}

/// The header of a page: the number in Arabic figures, centred; nothing on the first.
pub(super) fn header(first: bool) -> Vec<u8> {
    let mut xml = Xml::part();
    xml.element("w:hdr", &[("xmlns:w", MAIN), ("xmlns:r", RELATIONSHIPS)], |xml| {
        if first {
            paragraph(xml, PAGE_NUMBER, "");
            return;
        }
        xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| xml.empty("w:pStyle", &[("w:val", PAGE_NUMBER.id)]));
            xml.element("w:fldSimple", &[("w:instr", " PAGE ")], |xml| {
                xml.element("w:r", &[], |xml| xml.element("w:t", &[], |xml| xml.text("2")));
            });
        });
    });
    xml.into_bytes()
}
