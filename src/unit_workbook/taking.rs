//! What has been taken from a workbook so far: fields, where each stood, what was doubtful. Stands between the readers of
//! the tables and the reading that is handed back. Old fonts are told here: both texts are kept, none is chosen.

use std::collections::BTreeSet;

use super::cells::Cell;
use super::locate::Found;
use super::values::{Raw, Takes, Typed, start, typed};
use super::{Fields, Finding, Place};
use crate::vietnamese::clean;

#[derive(Debug, Default)]
pub(super) struct Taking {
    pub fields: Fields,
    pub converted: Fields,
    pub fonts: BTreeSet<&'static str>,
    pub places: std::collections::BTreeMap<String, Place>,
    pub findings: Vec<Finding>,
    pub refused: Fields,
}

impl Taking {
    /// Remembers where a field stands.
    pub(super) fn place(&mut self, field: &str, found: &Found<'_>, row: u32, column: &str) {
        if let Some(column) = found.column(column) {
            self.places.insert(field.to_owned(), Place::at(&found.grid.sheet, row, column));
        }
    }

    /// Something to mend or to look at, at the place of a field that is known.
    pub(super) fn find(&mut self, blocks: bool, field: &str, words: impl Into<String>) {
        let place = self.places.get(field).cloned();
        self.findings.push(Finding { blocks, field: field.to_owned(), place, words: words.into() });
    }

    /// Something to mend or to look at in one of the cells a field is spread over.
    pub(super) fn find_in(
        &mut self,
        blocks: bool,
        field: &str,
        (line, place): (usize, Place),
        words: impl Into<String>,
    ) {
        // The first cell is the place of the field itself.
        if line > 0 {
            self.places.insert(format!("{field}/{line}"), place.clone());
        }
        let (field, place) = (field.to_owned(), Some(place));
        self.findings.push(Finding { blocks, field, place, words: words.into() });
    }

    /// What stands in the cell of a choice and is none of them.
    pub(super) fn refuse(&mut self, field: &str, said: String, words: String) {
        self.refused.insert(field.to_owned(), said);
        self.find(true, field, words);
    }

    /// Something of the workbook as a whole, or of a place that is no field.
    pub(super) fn remark(&mut self, blocks: bool, place: Option<Place>, words: impl Into<String>) {
        self.findings.push(Finding { blocks, field: String::new(), place, words: words.into() });
    }

    /// A field of words in one cell.
    pub(super) fn words(&mut self, field: &str, cell: Option<&Cell>) {
        let Some(cell) = cell else {
            self.fields.insert(field.to_owned(), String::new());
            return;
        };
        let (plain, turned) = self.both(cell);
        for (blocks, words) in plain.said() {
            self.find(blocks, field, words);
        }
        if let Some(turned) = turned {
            self.converted.insert(field.to_owned(), turned);
        }
        self.fields.insert(field.to_owned(), plain.text);
    }

    /// The words of a cell, cleaned, and what they are in Unicode where they were typed for an old font.
    pub(super) fn both(&mut self, cell: &Cell) -> (Typed, Option<String>) {
        let mut plain = typed(&cell.raw, Takes::Words);
        let turned = match (&cell.raw, cell.legacy) {
            (Raw::Text(text), Some(legacy)) => {
                self.fonts.insert(legacy.words());
                Some(clean(&legacy.to_unicode(text)))
            }
            _ => None,
        };
        plain.text = clean(&plain.text);
        // Of a number nobody doubts that it may be computed; words that were are seldom what was meant to be sent.
        if cell.computed && plain.fault.is_none() {
            plain.doubt = Some(format!(
                "Ô chứa công thức: được lấy kết quả “{}”. Nếu không phải thì nhập chữ vào ô.",
                start(&plain.text)
            ));
        }
        (plain, turned)
    }

    /// A field of a number, a day, a choice: what its cell becomes is put down, with its doubts. Such a text has no other
    /// reading than the one of its font, so that one is taken, and pointed out.
    pub(super) fn value(&mut self, field: &str, cell: Option<&Cell>, takes: Takes) {
        let Some(cell) = cell else {
            self.fields.insert(field.to_owned(), String::new());
            return;
        };
        let read = match (&cell.raw, cell.legacy) {
            (Raw::Text(text), Some(legacy)) => {
                let text = legacy.to_unicode(text);
                self.find(
                    false,
                    field,
                    format!("Gõ bằng phông {}, được đọc là “{}”.", legacy.words(), clean(&text)),
                );
                typed(&Raw::Text(text), takes)
            }
            (raw, _) => typed(raw, takes),
        };
        for (blocks, words) in read.said() {
            self.find(blocks, field, words);
        }
        self.fields.insert(field.to_owned(), clean(&read.text));
    }
}
