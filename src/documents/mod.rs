//! Word documents in the form of Nghị định 30/2020/NĐ-CP: plain rows in, the bytes of a .docx out. Stands between what
//! a unit has written and the paper its leader signs. No database, clock or web here: the same rows give the same
//! bytes, and what people typed is text, whatever it looks like.

mod annex;
mod body;
mod heading;
pub mod measures;
mod paragraph;
mod parts;
mod rows;
mod section;
mod signature;
mod styles;
mod table;
mod wording;

pub use rows::{Align, Annex, Chapter, Column, Document, Line, PaperDate, Part, Row, Signatory, Table};

use crate::ooxml::{PackageError, Xml};

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Writes the document: heading block, type and subject, addressees, bases, chapters, "./.", signature block; each
/// annex begins a page of its own and counts its own pages.
///
/// # Errors
/// The package's own; the parts written here have sound names, so none is expected.
pub fn write(document: &Document) -> Result<Vec<u8>, PackageError> {
    write_marked(document, "")
}

/// As [`write`], with `mark` under the number, where the mark of a draft would stand: of a paper that is not the one its body
/// signed, or that was taken back. A line is a paragraph; "" is none.
///
/// # Errors
/// As [`write`].
pub fn write_marked(document: &Document, mark: &str) -> Result<Vec<u8>, PackageError> {
    put(document, mark, false)
}

/// As [`write`], of a paper beside which one more annex goes as a file of its own: with it there are several, and each has its
/// number.
///
/// # Errors
/// As [`write`].
pub fn write_beside_file(document: &Document) -> Result<Vec<u8>, PackageError> {
    put(document, "", true)
}

fn put(document: &Document, mark: &str, beside_file: bool) -> Result<Vec<u8>, PackageError> {
    let mut xml = Xml::part();
    xml.element("w:document", &[("xmlns:w", MAIN), ("xmlns:r", RELATIONSHIPS)], |xml| {
        xml.element("w:body", &[], |xml| {
            heading::write(xml, document, mark);
            body::write(xml, document);
            signature::write(xml, document);
            let numbered = document.annexes.len() + usize::from(beside_file) > 1;
            let mut before = None;
            for (index, annex) in document.annexes.iter().enumerate() {
                section::end(xml, before);
                annex::write(xml, document, annex, numbered.then_some(index));
                before = Some(annex);
            }
            section::last(xml, before);
        });
    });
    parts::package(document, xml.into_bytes()).write()
}
