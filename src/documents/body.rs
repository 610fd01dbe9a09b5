//! The text of a document (ô 6): chapters with Roman labels, parts under them, typed text as justified paragraphs;
//! "./." after the last word.

use super::paragraph::{kept, mixed, paragraph, paragraphs};
use super::styles::{CHAPTER, PART, TEXT};
use super::{Chapter, Document, Part};
use crate::ooxml::Xml;

pub(super) fn write(xml: &mut Xml, document: &Document) {
    for one in &document.chapters {
        chapter(xml, one);
    }
    let (before, last) = document.closing.rsplit_once('\n').unwrap_or(("", document.closing.as_str()));
    paragraphs(xml, TEXT, before);
    // Kept with the signature block: no leader signs a page that has nothing but their name.
    kept(xml, TEXT, &format!("{last}./."));
}

fn chapter(xml: &mut Xml, chapter: &Chapter) {
    paragraph(xml, CHAPTER, &headed(&chapter.label, &chapter.title.to_uppercase()));
    paragraphs(xml, TEXT, &chapter.text);
    for one in &chapter.parts {
        part(xml, one);
    }
}

fn part(xml: &mut Xml, part: &Part) {
    paragraph(xml, PART, &headed(&part.label, &part.title));
    paragraphs(xml, TEXT, &part.text);
    for line in &part.lines {
        // A line end before the first word: what follows the lead begins under it.
        let (first, rest) = line.text.split_once('\n').unwrap_or((line.text.as_str(), ""));
        let first = first.trim();
        let typed = rest.lines().map(str::trim).filter(|line| !line.is_empty());
        let lead = if first.is_empty() { line.lead.clone() } else { format!("{} ", line.lead) };
        mixed(xml, TEXT, &[(&lead, true), (first, false)]);
        typed.for_each(|rest| paragraph(xml, TEXT, rest));
    }
}

fn headed(label: &str, title: &str) -> String {
    if label.is_empty() { title.to_owned() } else { format!("{label}. {title}") }
}
