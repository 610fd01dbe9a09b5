//! One sheet of a form: its rows and cells, where each stands in the XML, which carry marks.

use std::collections::HashMap;

use crate::ooxml::{Archive, PackageError};

use super::address::{Area, Cell};
use super::mark::{Piece, REPEAT, pieces};
use super::markup::{Kind, Markup, attribute};

/// A cell and its place among the bits of the sheet.
#[derive(Debug, Clone)]
pub(super) struct CellBits {
    pub cell: Cell,
    pub open: usize,
    pub close: usize,
    /// Where its formula opens.
    pub formula: Option<usize>,
    /// The text with marks, as written inside `si` or `is`.
    pub marked: Option<String>,
}

#[derive(Debug, Clone)]
pub(super) struct RowBits {
    pub number: u32,
    pub open: usize,
    pub close: usize,
    pub cells: Vec<CellBits>,
}

/// A sheet of the form.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub name: String,
    pub part: String,
    pub markup: Markup,
    pub rows: Vec<RowBits>,
    /// The element that holds the rows.
    pub data: usize,
    pub merged: Vec<Area>,
}

impl Sheet {
    /// Reads a sheet; `shared` are the shared texts with marks.
    pub fn read(
        archive: &Archive,
        name: &str,
        part: &str,
        shared: &HashMap<usize, String>,
    ) -> Result<Sheet, PackageError> {
        let malformed = || PackageError::Malformed(part.to_owned());
        let markup = Markup::read(part, archive.part(part).ok_or_else(malformed)?)?;
        let data =
            (0..markup.bits.len()).find(|bit| markup.opens(*bit, "sheetData")).ok_or_else(malformed)?;
        let merged = (0..markup.bits.len())
            .filter(|bit| markup.opens(*bit, "mergeCell"))
            .filter_map(|bit| Area::parse(&attribute(markup.raw(bit), "ref")?))
            .collect();
        let mut rows: Vec<RowBits> = Vec::new();
        let (mut bit, end) = (data + 1, markup.close(data));
        while bit < end {
            if markup.opens(bit, "row") {
                let before = rows.last().map_or(0, |row| row.number);
                let number =
                    attribute(markup.raw(bit), "r").and_then(|r| r.parse().ok()).unwrap_or(before + 1);
                let row = row(&markup, bit, number, shared);
                bit = row.close;
                rows.push(row);
            }
            bit += 1;
        }
        Ok(Sheet { name: name.to_owned(), part: part.to_owned(), markup, rows, data, merged })
    }

    /// Whether the row holds the mark that repeats it.
    pub fn repeats(&self, row: &RowBits) -> bool {
        row.cells.iter().filter_map(|cell| cell.marked.as_deref()).any(|marked| {
            let names = pieces(&text_of(marked));
            names.contains(&Piece::Name(REPEAT.to_owned()))
        })
    }
}

fn row(markup: &Markup, open: usize, number: u32, shared: &HashMap<usize, String>) -> RowBits {
    let close = markup.close(open);
    let mut cells: Vec<CellBits> = Vec::new();
    let mut bit = open + 1;
    while bit < close {
        if markup.opens(bit, "c") {
            let tag = markup.raw(bit);
            let before = cells.last().map_or(0, |cell| cell.cell.column);
            let written = attribute(tag, "r").and_then(|at| Cell::parse(&at));
            let cell = written.unwrap_or(Cell { row: number, column: before + 1 });
            let end = markup.close(bit);
            let formula = (bit..end).find(|at| markup.opens(*at, "f"));
            let marked = match attribute(tag, "t").as_deref() {
                Some("s") => {
                    value(markup, bit, end).parse().ok().and_then(|at: usize| shared.get(&at).cloned())
                }
                Some("inlineStr") => {
                    (bit..end).find(|at| markup.opens(*at, "is")).and_then(|at| inner(markup, at))
                }
                Some("str") if formula.is_none() => {
                    let text = value(markup, bit, end);
                    text.contains("{{").then(|| format!("<t>{}</t>", super::markup::escaped(&text)))
                }
                _ => None,
            };
            let marked = marked.filter(|marked| text_of(marked).contains("{{"));
            cells.push(CellBits { cell, open: bit, close: end, formula, marked });
            bit = end;
        }
        bit += 1;
    }
    RowBits { number, open, close, cells }
}

/// The value of a cell, as written.
pub(super) fn value(markup: &Markup, open: usize, close: usize) -> String {
    (open..close).find(|at| markup.opens(*at, "v")).map_or_else(String::new, |at| markup.inside(at))
}

pub(super) fn inner(markup: &Markup, open: usize) -> Option<String> {
    let close = markup.close(open);
    let start = markup.bits[open].span.end;
    (markup.bits[open].kind == Kind::Start)
        .then(|| markup.text[start..markup.bits[close].span.start].to_owned())
}

/// The texts of a cell's runs, without the reading aids of East Asian text.
pub(super) fn runs(inside: &str) -> Vec<String> {
    let Ok(markup) = Markup::read("", inside.as_bytes()) else { return Vec::new() };
    let (mut runs, mut bit) = (Vec::new(), 0);
    while bit < markup.bits.len() {
        if markup.opens(bit, "rPh") {
            bit = markup.close(bit);
        } else if markup.opens(bit, "t") {
            runs.push(markup.inside(bit));
            bit = markup.close(bit);
        }
        bit += 1;
    }
    runs
}

/// All that a cell's text says.
pub(super) fn text_of(inside: &str) -> String {
    runs(inside).concat()
}
