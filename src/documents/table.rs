//! Tables: with borders for rows of figures and lists, their head repeated on every page; without borders where two
//! blocks of text stand beside each other.

use super::paragraph::{kept, paragraph};
use super::styles::{TABLE_CENTRE, TABLE_GROUP, TABLE_HEAD, TABLE_LEFT, TABLE_NUMBER, TABLE_RIGHT};
use super::{Align, Column, Row, Table};
use crate::ooxml::Xml;

/// Air between border and text, in twips.
const PADDING: u32 = 57;

/// Two blocks beside each other: no borders, no padding.
pub(super) fn layout(xml: &mut Xml, widths: &[u32], rows: impl FnOnce(&mut Xml)) {
    frame(xml, widths, None, rows);
}

/// One row that is never cut by a page; a head is repeated on every page.
pub(super) fn row(xml: &mut Xml, head: bool, cells: impl FnOnce(&mut Xml)) {
    xml.element("w:tr", &[], |xml| {
        xml.element("w:trPr", &[], |xml| {
            xml.empty("w:cantSplit", &[]);
            if head {
                xml.empty("w:tblHeader", &[]);
            }
        });
        cells(xml);
    });
}

/// One cell over `span` columns.
pub(super) fn cell(xml: &mut Xml, width: u32, span: usize, inside: impl FnOnce(&mut Xml)) {
    spanning(xml, (width, span), "top", None, inside);
}

fn spanning(
    xml: &mut Xml,
    (width, span): (u32, usize),
    vertical: &str,
    merge: Option<&str>,
    inside: impl FnOnce(&mut Xml),
) {
    xml.element("w:tc", &[], |xml| {
        xml.element("w:tcPr", &[], |xml| {
            xml.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
            if span > 1 {
                xml.empty("w:gridSpan", &[("w:val", &span.to_string())]);
            }
            if let Some(merge) = merge {
                xml.empty("w:vMerge", &[("w:val", merge)]);
            }
            xml.empty("w:vAlign", &[("w:val", vertical)]);
        });
        inside(xml);
    });
}

/// Rows that move on with what stands under a table.
const HELD: usize = 2;

/// A table of figures or of a list, `whole` twips wide; its last rows stay on the page of what follows where it `holds` it.
pub(super) fn write(xml: &mut Xml, table: &Table, whole: u32, holds: bool) {
    let widths = widths(table, whole);
    frame(xml, &widths, Some(PADDING), |xml| {
        head(xml, &table.columns, &widths);
        let free = table.rows.len().saturating_sub(if holds { HELD } else { 0 });
        for (at, one) in table.rows.iter().enumerate() {
            let written = if at < free { paragraph } else { kept };
            row(xml, false, |xml| match one {
                Row::Group { label, title } => group(xml, &widths, label, title),
                Row::Cells(cells) => {
                    for ((column, width), text) in table.columns.iter().zip(&widths).zip(cells) {
                        let style = match column.align {
                            Align::Left => TABLE_LEFT,
                            Align::Centre => TABLE_CENTRE,
                            // A word among numbers ("có", "không") has no digits to stand under each other.
                            Align::Right if is_word(text) => TABLE_CENTRE,
                            Align::Right => TABLE_RIGHT,
                        };
                        cell(xml, *width, 1, |xml| written(xml, style, text));
                    }
                }
            });
        }
    });
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && !text.contains(|c: char| c.is_ascii_digit())
}

fn group(xml: &mut Xml, widths: &[u32], label: &str, title: &str) {
    let [first, rest @ ..] = widths else { return };
    // Every cell holds on to the next row: a group is never the last line of a page.
    cell(xml, *first, 1, |xml| kept(xml, TABLE_HEAD, label));
    if !rest.is_empty() {
        cell(xml, rest.iter().sum(), rest.len(), |xml| paragraph(xml, TABLE_GROUP, title));
    }
}

/// One or two rows of headings, then the numbers of the columns.
fn head(xml: &mut Xml, columns: &[Column], widths: &[u32]) {
    let two = columns.iter().any(|column| !column.over.is_empty());
    row(xml, true, |xml| {
        let mut at = 0;
        while at < columns.len() {
            let over = &columns[at].over;
            let same = columns[at..].iter().take_while(|column| column.over == *over).count();
            let span = if over.is_empty() { 1 } else { same };
            let width = widths[at..at + span].iter().sum();
            let (text, merge) = match (over.is_empty(), two) {
                (true, true) => (&columns[at].heading, Some("restart")),
                (true, false) => (&columns[at].heading, None),
                (false, _) => (over, None),
            };
            spanning(xml, (width, span), "center", merge, |xml| paragraph(xml, TABLE_HEAD, text));
            at += span;
        }
    });
    if two {
        row(xml, true, |xml| {
            for (column, width) in columns.iter().zip(widths) {
                let (text, merge) = if column.over.is_empty() {
                    ("", Some("continue"))
                } else {
                    (column.heading.as_str(), None)
                };
                spanning(xml, (*width, 1), "center", merge, |xml| paragraph(xml, TABLE_HEAD, text));
            }
        });
    }
    if columns.iter().any(|column| !column.number.is_empty()) {
        row(xml, true, |xml| {
            for (column, width) in columns.iter().zip(widths) {
                spanning(xml, (*width, 1), "center", None, |xml| {
                    paragraph(xml, TABLE_NUMBER, &column.number)
                });
            }
        });
    }
}

/// The table's frame; `padding` also says that it has borders.
fn frame(xml: &mut Xml, widths: &[u32], padding: Option<u32>, rows: impl FnOnce(&mut Xml)) {
    let sides = ["w:top", "w:left", "w:bottom", "w:right"];
    xml.element("w:tbl", &[], |xml| {
        xml.element("w:tblPr", &[], |xml| {
            xml.empty("w:tblW", &[("w:w", &widths.iter().sum::<u32>().to_string()), ("w:type", "dxa")]);
            xml.empty("w:jc", &[("w:val", "center")]);
            xml.element("w:tblBorders", &[], |xml| {
                let value = if padding.is_some() { "single" } else { "nil" };
                for side in sides.iter().chain(&["w:insideH", "w:insideV"]) {
                    let line = [("w:val", value), ("w:sz", "4"), ("w:space", "0"), ("w:color", "000000")];
                    xml.empty(side, &line);
                }
            });
            xml.empty("w:tblLayout", &[("w:type", "fixed")]);
            xml.element("w:tblCellMar", &[], |xml| {
                for side in sides {
                    let upright = side == "w:top" || side == "w:bottom";
                    let width = padding.filter(|_| !upright).unwrap_or(0).to_string();
                    xml.empty(side, &[("w:w", &width), ("w:type", "dxa")]);
                }
            });
        });
        xml.element("w:tblGrid", &[], |xml| {
            widths.iter().for_each(|width| xml.empty("w:gridCol", &[("w:w", &width.to_string())]));
        });
        rows(xml);
    });
}

/// The widths of the columns: by their shares, but never narrower than what cannot be broken in them ("VIII",
/// "1.238.224"); what that takes is given by the columns of running text. Together exactly `whole`.
fn widths(table: &Table, whole: u32) -> Vec<u32> {
    let columns = &table.columns;
    let all: u32 = columns.iter().map(|column| column.share.max(1)).sum();
    let shared = |column: &Column| whole * column.share.max(1) / all.max(1);
    let mut widths: Vec<u32> = columns
        .iter()
        .enumerate()
        .map(|(at, column)| match column.align {
            Align::Left => shared(column),
            Align::Centre | Align::Right => shared(column).max(needed(table, at, whole)),
        })
        .collect();
    let running = |column: &Column| column.align == Align::Left;
    let fixed: u32 =
        columns.iter().zip(&widths).filter(|(column, _)| !running(column)).map(|(_, width)| width).sum();
    let shares: u32 = columns.iter().filter(|column| running(column)).map(|c| c.share.max(1)).sum();
    let rest = whole.saturating_sub(fixed);
    for (column, width) in columns.iter().zip(&mut widths).filter(|(column, _)| running(column)) {
        *width = rest * column.share.max(1) / shares.max(1);
    }
    let left = whole.saturating_sub(widths.iter().sum());
    let at = columns.iter().rposition(running).or(columns.len().checked_sub(1));
    if let Some(last) = at.and_then(|at| widths.get_mut(at)) {
        *last += left;
    }
    widths
}

/// The width of the longest word of a column, its borders included; a link may be broken anywhere.
fn needed(table: &Table, at: usize, whole: u32) -> u32 {
    let cells = table.rows.iter().filter_map(|row| match row {
        Row::Cells(cells) => cells.get(at).map(|cell| (cell.as_str(), false)),
        Row::Group { label, .. } => (at == 0).then_some((label.as_str(), true)),
    });
    let column = &table.columns[at];
    let all = cells.chain([(column.heading.as_str(), true), (column.number.as_str(), false)]);
    let words = all.flat_map(|(text, bold)| {
        text.split([' ', '\n']).filter(|word| !word.contains("//")).map(move |word| wide(word, bold))
    });
    words.max().unwrap_or_default().min(whole / 4) + 2 * PADDING + 40
}

/// About how wide a word of 12 pt is in Times New Roman, in twips; rather too wide than too narrow.
fn wide(word: &str, bold: bool) -> u32 {
    let letter = |letter: char| match letter {
        '0'..='9' => 120,
        '.' | ',' | ';' | ':' | '\u{a0}' | '(' | ')' | '/' | 'i' | 'l' | 'I' | '-' => 84,
        '+' | '%' | 'm' | 'w' => 200,
        letter if letter.is_uppercase() => 176,
        _ => 124,
    };
    let width: u32 = word.chars().map(letter).sum();
    if bold { width * 21 / 20 } else { width }
}
