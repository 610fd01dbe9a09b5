//! Any text in elements and values: the XML is well formed for another reader, and says what XML can say of it.

use proptest::prelude::*;
use tonghop::ooxml::{Xml, allowed};

fn kept(text: &str) -> String {
    text.chars().filter(|c| allowed(*c)).collect()
}

/// By the words of XML 1.0: Char ::= #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF].
#[test]
fn the_characters_xml_allows() {
    for (c, is) in [
        ('\0', false),
        ('\u{8}', false),
        ('\t', true),
        ('\n', true),
        ('\u{b}', false),
        ('\u{c}', false),
        ('\r', true),
        ('\u{1f}', false),
        (' ', true),
        ('Đ', true),
        ('\u{d7ff}', true),
        ('\u{e000}', true),
        ('\u{fffd}', true),
        ('\u{fffe}', false),
        ('\u{ffff}', false),
        ('\u{10000}', true),
        ('\u{10ffff}', true),
    ] {
        assert_eq!(allowed(c), is, "{c:?}");
    }
}

proptest! {
    #[test]
    fn text_and_values_come_back(text in any::<String>(), value in any::<String>()) {
        let mut xml = Xml::part();
        xml.element("a", &[("v", &value)], |xml| {
            xml.empty("b", &[]);
            xml.text(&text);
        });
        let bytes = xml.into_bytes();
        let read = roxmltree::Document::parse(std::str::from_utf8(&bytes).expect("UTF-8")).expect("well formed");
        let root = read.root_element();
        let found: String = root.children().filter_map(|n| n.text()).collect();
        prop_assert_eq!(found, kept(&text));
        prop_assert_eq!(root.attribute("v").unwrap_or_default(), kept(&value));
    }
}
