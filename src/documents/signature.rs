//! The end of a document (ô 7 to 9): recipients on the left; on the right capacity, room for seal and signature,
//! name. One row that no page break cuts.

use super::Document;
use super::measures::{SIGNATURE_LEFT, SIGNATURE_LINES, SIGNATURE_RIGHT};
use super::paragraph::paragraph;
use super::styles::{CAPACITY, RECIPIENT, RECIPIENTS, SIGNATURE, SIGNER};
use super::table::{cell, layout, row};
use crate::ooxml::Xml;

pub(super) fn write(xml: &mut Xml, document: &Document) {
    layout(xml, &[SIGNATURE_LEFT, SIGNATURE_RIGHT], |xml| {
        row(xml, false, |xml| {
            cell(xml, SIGNATURE_LEFT, 1, |xml| recipients(xml, &document.recipients));
            cell(xml, SIGNATURE_RIGHT, 1, |xml| {
                for line in &document.signatory.capacity {
                    paragraph(xml, CAPACITY, &line.to_uppercase());
                }
                for _ in 0..SIGNATURE_LINES {
                    paragraph(xml, SIGNATURE, "");
                }
                paragraph(xml, SIGNER, &document.signatory.name);
            });
        });
    });
}

fn recipients(xml: &mut Xml, recipients: &[String]) {
    paragraph(xml, RECIPIENTS, "Nơi nhận:");
    for (number, one) in recipients.iter().enumerate() {
        let end = if number + 1 == recipients.len() { "." } else { ";" };
        paragraph(xml, RECIPIENT, &format!("- {one}{end}"));
    }
}
