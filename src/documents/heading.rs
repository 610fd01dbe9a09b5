//! The head of a document (NĐ 30/2020, ô 1 to 5a): issuer and number on the left, Quốc hiệu and date on the right,
//! then type, subject, addressees and bases.

use super::measures::{
    BETWEEN, CAPITAL_12, HEADING_LEFT, HEADING_RIGHT, ISSUER_LETTERS, LETTER_14, MOTTO_WIDTH, RULE_FIFTHS,
    SUBJECT_INDENT, SUBJECT_LETTERS, TEXT_WIDTH,
};
use super::paragraph::{indented, paragraph, paragraphs, rule, rule_before};
use super::styles::{
    ADDRESSEE, ADDRESSEES, ADDRESSEES_LAST, ADDRESSEES_LINE, BASIS, DATE, DRAFT, ISSUER, KIND,
    LETTER_SUBJECT, MOTTO, NATION, NUMBER, SUBJECT, SUPERIOR,
};
use super::table::{cell, layout, row};
use super::wording::{balanced, broken, date_line, number_line};
use super::{Document, styles};
use crate::ooxml::Xml;
use crate::vietnamese::held_together;

const NATION_WORDS: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
const MOTTO_WORDS: &str = "Độc lập - Tự do - Hạnh phúc";
const DRAFT_WORDS: &str = "DỰ THẢO";
const COMMITTEE: &str = "ỦY BAN NHÂN DÂN";

/// `mark` stands in the place of that of a draft, a paragraph a line, see [`super::write_marked`].
pub(super) fn write(xml: &mut Xml, document: &Document, mark: &str) {
    layout(xml, &[HEADING_LEFT, HEADING_RIGHT], |xml| {
        row(xml, false, |xml| {
            cell(xml, HEADING_LEFT, 1, |xml| issuer(xml, document));
            cell(xml, HEADING_RIGHT, 1, |xml| {
                paragraph(xml, NATION, NATION_WORDS);
                paragraph(xml, MOTTO, MOTTO_WORDS);
                rule(xml, HEADING_RIGHT, MOTTO_WIDTH);
            });
        });
        row(xml, false, |xml| {
            cell(xml, HEADING_LEFT, 1, |xml| {
                paragraph(xml, NUMBER, &number_line(document));
                if document.is_letter() {
                    paragraph(xml, LETTER_SUBJECT, &held_together(&document.subject));
                }
                if !mark.is_empty() {
                    paragraphs(xml, DRAFT, mark);
                } else if document.draft {
                    paragraph(xml, DRAFT, DRAFT_WORDS);
                }
            });
            cell(xml, HEADING_RIGHT, 1, |xml| paragraph(xml, DATE, &date_line(document)));
        });
    });
    if !document.is_letter() {
        titled(xml, document);
    }
    addressees(xml, &document.addressees);
    for (number, basis) in document.bases.iter().enumerate() {
        let end = if number + 1 == document.bases.len() { "." } else { ";" };
        paragraph(xml, BASIS, &format!("{basis}{end}"));
    }
    paragraphs(xml, styles::TEXT, &document.opening);
}

/// The type and under it the subject, which a công văn does not have.
fn titled(xml: &mut Xml, document: &Document) {
    paragraph(xml, KIND, &document.kind.to_uppercase());
    let subject = broken(&document.subject, SUBJECT_LETTERS);
    indented(xml, SUBJECT, SUBJECT_INDENT, &subject);
    let lines: Vec<&str> = subject.lines().collect();
    let long = length(&lines, LETTER_14, TEXT_WIDTH - 2 * SUBJECT_INDENT);
    // What is addressed to nobody begins under the rule: addressees keep off it by themselves.
    let after = if document.addressees.is_empty() { BETWEEN } else { 0 };
    rule_before(xml, (TEXT_WIDTH, long), after);
}

fn issuer(xml: &mut Xml, document: &Document) {
    for line in named(&document.superior) {
        paragraph(xml, SUPERIOR, &line);
    }
    let lines = named(&document.issuer);
    for line in &lines {
        paragraph(xml, ISSUER, line);
    }
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    rule(xml, HEADING_LEFT, length(&lines, CAPITAL_12, HEADING_LEFT));
}

/// The name of a body in capitals, over lines that leave the names of places whole.
fn named(body: &str) -> Vec<String> {
    let capitals = body.to_uppercase();
    let lines = fitted(&capitals);
    // Abbreviated to stand on one line with its place; alone on a line it is written out.
    match capitals.strip_prefix("UBND ").filter(|_| lines.len() > 1) {
        Some(place) => std::iter::once(COMMITTEE.to_owned()).chain(fitted(place)).collect(),
        None => lines,
    }
}

fn fitted(name: &str) -> Vec<String> {
    let lines = balanced(&held_together(name), ISSUER_LETTERS);
    // Each line fits; nothing is left to be held together in it.
    lines.into_iter().map(|line| line.replace('\u{a0}', " ")).collect()
}

/// How long the rule under some lines is: two fifths of the longest, which cannot be longer than `most`.
fn length(lines: &[&str], letter: u32, most: u32) -> u32 {
    let letters = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    let width = u32::try_from(letters).unwrap_or(u32::MAX).saturating_mul(letter).min(most);
    width * RULE_FIFTHS / 5
}

/// One on the line of "Kính gửi"; several one under the other.
fn addressees(xml: &mut Xml, addressees: &[String]) {
    match addressees {
        [] => {}
        [one] => paragraph(xml, ADDRESSEE, &format!("Kính gửi: {one}")),
        many => {
            paragraph(xml, ADDRESSEES, "Kính gửi:");
            for (number, one) in many.iter().enumerate() {
                let last = number + 1 == many.len();
                let (style, end) = if last { (ADDRESSEES_LAST, ".") } else { (ADDRESSEES_LINE, ";") };
                paragraph(xml, style, &format!("- {one}{end}"));
            }
        }
    }
}
