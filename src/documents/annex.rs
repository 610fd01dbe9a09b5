//! A phụ lục: its own heading, what it belongs to, its tables.

use super::measures::{TEXT_WIDTH, TEXT_WIDTH_ACROSS, TITLE_LETTERS};
use super::paragraph::{paragraph, paragraphs};
use super::styles::{ANNEX, ANNEX_LINE, ANNEX_TITLE, NOTE, TABLE_TITLE};
use super::wording::{annex_label, annexed_line, broken};
use super::{Annex, Document, table};
use crate::ooxml::Xml;

/// `index` is the annex's place among several, from 0; none when it is the only one.
pub(super) fn write(xml: &mut Xml, document: &Document, annex: &Annex, index: Option<usize>) {
    paragraph(xml, ANNEX, &annex_label(index));
    // Names of places are told by their letters: they are held together before all letters are capitals.
    paragraph(xml, ANNEX_TITLE, &broken(&annex.title, TITLE_LETTERS).to_uppercase());
    paragraph(xml, ANNEX_LINE, &annexed_line(document));
    for line in &annex.lines {
        paragraph(xml, ANNEX_LINE, line);
    }
    // Under a wide table they might stand on a page alone, so they come before it.
    let (before, after) =
        if annex.across { (&annex.notes[..], &[][..]) } else { (&[][..], &annex.notes[..]) };
    for note in before {
        paragraphs(xml, NOTE, note);
    }
    for (one, left) in annex.tables.iter().zip((0..annex.tables.len()).rev()) {
        // A blank title still keeps the table off the line above.
        paragraph(xml, TABLE_TITLE, &one.title);
        // Notes under a standing table take its last rows with them.
        let holds = left == 0 && !after.is_empty();
        table::write(xml, one, if annex.across { TEXT_WIDTH_ACROSS } else { TEXT_WIDTH }, holds);
    }
    for note in after {
        paragraphs(xml, NOTE, note);
    }
}
