//! A .docx as another reader sees it: paragraphs with the properties that hold for them, tables, sections.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use roxmltree::{Document, Node};
use zip::ZipArchive;

pub const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The parts as text, by name.
pub fn parts(bytes: &[u8]) -> HashMap<String, String> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    (0..zip.len())
        .map(|index| {
            let mut file = zip.by_index(index).expect("a part");
            let mut text = String::new();
            file.read_to_string(&mut text).expect("text");
            (file.name().expect("a name").into_owned(), text)
        })
        .collect()
}

/// What holds for one paragraph: what is set on it, else its style.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paragraph {
    pub text: String,
    pub style: String,
    /// Half-points.
    pub size: u32,
    pub bold: bool,
    pub italic: bool,
    pub align: String,
    pub first_line: u32,
    pub left: u32,
    pub right: u32,
    pub before: u32,
    pub after: u32,
    pub line: u32,
    pub keep_next: bool,
    /// Whether it has a lower border.
    pub ruled: bool,
    pub in_table: bool,
}

pub fn child<'a>(node: Node<'a, 'a>, name: &str) -> Option<Node<'a, 'a>> {
    node.children().find(|n| n.has_tag_name((W, name)))
}

pub fn value<'a>(node: Node<'a, 'a>, name: &str) -> Option<&'a str> {
    node.attribute((W, name))
}

fn number(node: Option<Node<'_, '_>>, name: &str) -> Option<u32> {
    node?.attribute((W, name))?.parse().ok()
}

/// A toggle is on unless its value says no.
fn on(properties: Option<Node<'_, '_>>, name: &str) -> Option<bool> {
    let toggle = properties?.children().find(|n| n.has_tag_name((W, name)))?;
    Some(!matches!(toggle.attribute((W, "val")), Some("0" | "false" | "none")))
}

/// The text of a paragraph, line breaks and tabs as typed.
pub fn text_of(paragraph: Node<'_, '_>) -> String {
    let piece = |n: Node<'_, '_>| match n.tag_name().name() {
        "t" => n.text().unwrap_or_default().to_owned(),
        "br" => "\n".to_owned(),
        "tab" if n.parent().is_some_and(|p| p.has_tag_name((W, "r"))) => "\t".to_owned(),
        _ => String::new(),
    };
    paragraph.descendants().map(piece).collect()
}

fn describe(paragraph: Node<'_, '_>, styles: &Document<'_>) -> Paragraph {
    let own = paragraph.children().find(|n| n.has_tag_name((W, "pPr")));
    let named = |name: &str| own.and_then(|own| own.children().find(|n| n.has_tag_name((W, name))));
    let style = named("pStyle").and_then(|n| n.attribute((W, "val"))).unwrap_or_default().to_owned();
    let found = styles
        .descendants()
        .find(|n| n.has_tag_name((W, "style")) && n.attribute((W, "styleId")) == Some(&style))
        .unwrap_or_else(|| panic!("style {style:?} is not in styles.xml"));
    let part = |name: &str| found.children().find(|n| n.has_tag_name((W, name)));
    let (shape, letters) = (part("pPr"), part("rPr"));
    let of = |parent: Option<Node<'_, '_>>, name: &str, attribute: &str| {
        number(parent.and_then(|p| p.children().find(|n| n.has_tag_name((W, name)))), attribute)
    };
    let length = |name: &str, attribute: &str| {
        of(own, name, attribute).or_else(|| of(shape, name, attribute)).unwrap_or(0)
    };
    let align = shape.and_then(|s| s.children().find(|n| n.has_tag_name((W, "jc"))));
    Paragraph {
        text: text_of(paragraph),
        size: of(letters, "sz", "val").expect("a size"),
        bold: on(letters, "b").unwrap_or(false),
        italic: on(letters, "i").unwrap_or(false),
        align: align.and_then(|n| n.attribute((W, "val"))).unwrap_or_default().to_owned(),
        first_line: length("ind", "firstLine"),
        left: length("ind", "left"),
        right: length("ind", "right"),
        before: length("spacing", "before"),
        after: length("spacing", "after"),
        line: length("spacing", "line"),
        keep_next: on(own, "keepNext").or_else(|| on(shape, "keepNext")).unwrap_or(false),
        ruled: own.is_some_and(|own| own.descendants().any(|n| n.has_tag_name((W, "bottom")))),
        in_table: paragraph.ancestors().any(|n| n.has_tag_name((W, "tc"))),
        style,
    }
}

/// Every paragraph of the document, in order.
pub fn paragraphs(bytes: &[u8]) -> Vec<Paragraph> {
    let parts = parts(bytes);
    let styles = Document::parse(&parts["word/styles.xml"]).expect("styles");
    let document = Document::parse(&parts["word/document.xml"]).expect("a document");
    let all = document.descendants().filter(|n| n.has_tag_name((W, "p")));
    all.map(|paragraph| describe(paragraph, &styles)).collect()
}

/// The one paragraph with this text.
pub fn paragraph(bytes: &[u8], text: &str) -> Paragraph {
    let mut found: Vec<Paragraph> = paragraphs(bytes).into_iter().filter(|p| p.text == text).collect();
    assert_eq!(found.len(), 1, "{text:?} stands once");
    found.remove(0)
}
