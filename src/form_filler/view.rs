//! What somebody sees of a form who picks a cell in it: a window of one sheet as rows of cells with their texts, merged areas
//! as one cell. Bounded by who asks, whatever the sheet claims to hold.

use std::collections::{HashMap, HashSet};

use crate::ooxml::PackageError;

use super::address::{Area, Cell, letters};
use super::markup::attribute;
use super::package::shared_texts;
use super::read::Form;
use super::sheet::{CellBits, Sheet, inner, text_of, value};

/// Characters shown of a cell at most.
const SHOWN: usize = 120;

/// A window of a sheet.
#[derive(Debug, Clone)]
pub struct View {
    /// Letters of its columns.
    pub columns: Vec<String>,
    pub rows: Vec<ViewRow>,
    /// The last row and column the sheet uses.
    pub last: Cell,
}

#[derive(Debug, Clone)]
pub struct ViewRow {
    pub number: u32,
    pub cells: Vec<ViewCell>,
}

/// A cell, or a merged area as far as the window shows it.
#[derive(Debug, Clone)]
pub struct ViewCell {
    /// The cell itself; of a merged area its first, which may lie above the window.
    pub cell: Cell,
    pub text: String,
    /// It is computed, so that no value goes there.
    pub formula: bool,
    /// Columns and rows it takes.
    pub across: u32,
    pub down: u32,
}

impl Form {
    /// Names of the sheets, in the order of their tabs.
    pub fn sheet_names(&self) -> Vec<&str> {
        self.sheets.iter().map(|sheet| sheet.name.as_str()).collect()
    }

    /// The window of `rows` and `columns` that begins in column A at row `from`; `None` for a sheet that is not there.
    ///
    /// # Errors
    /// [`PackageError`] when the shared texts cannot be read.
    pub fn view(
        &self,
        sheet: usize,
        from: u32,
        (rows, columns): (u32, u32),
    ) -> Result<Option<View>, PackageError> {
        let Some(sheet) = self.sheets.get(sheet) else { return Ok(None) };
        let last = last_cell(sheet);
        let window = Area {
            first: Cell { row: from, column: 1 },
            last: Cell {
                row: last.row.min(from.saturating_add(rows).saturating_sub(1)).max(from),
                column: last.column.min(columns),
            },
        };
        let texts = self.texts(sheet, window)?;
        let (anchors, covered) = merged(sheet, window);
        let row = |number: u32| ViewRow {
            number,
            cells: (1..=window.last.column)
                .map(|column| Cell { row: number, column })
                .filter(|cell| !covered.contains(cell))
                .map(|cell| {
                    let area = anchors.get(&cell);
                    let own = area.map_or(cell, |(first, _)| *first);
                    let (across, down) = area.map_or((1, 1), |(_, size)| *size);
                    let (text, formula) = texts.get(&own).cloned().unwrap_or_default();
                    ViewCell { cell: own, text, formula, across, down }
                })
                .collect(),
        };
        Ok(Some(View {
            columns: (1..=window.last.column).map(letters).collect(),
            rows: (window.first.row..=window.last.row).map(row).collect(),
            last,
        }))
    }

    /// Texts of the cells of a window, and whether each is computed.
    fn texts(&self, sheet: &Sheet, window: Area) -> Result<HashMap<Cell, (String, bool)>, PackageError> {
        let cells: Vec<&CellBits> = sheet
            .rows
            .iter()
            .filter(|row| (window.first.row..=window.last.row).contains(&row.number))
            .flat_map(|row| row.cells.iter().filter(|found| window.holds(found.cell)))
            .collect();
        let number = |bits: &CellBits| -> Option<usize> {
            let shared = attribute(sheet.markup.raw(bits.open), "t").as_deref() == Some("s");
            shared.then(|| value(&sheet.markup, bits.open, bits.close).parse().ok()).flatten()
        };
        let wanted: HashSet<usize> = cells.iter().filter_map(|bits| number(bits)).collect();
        let shared = shared_texts(&self.archive, &self.workbook, |at, _| wanted.contains(&at))?;
        let said = |bits: &CellBits| {
            if let Some(formula) = bits.formula {
                return format!("={}", sheet.markup.inside(formula));
            }
            if let Some(at) = number(bits) {
                return shared.get(&at).map(|inside| text_of(inside)).unwrap_or_default();
            }
            let inline = (bits.open..bits.close).find(|at| sheet.markup.opens(*at, "is"));
            match inline.and_then(|at| inner(&sheet.markup, at)) {
                Some(inside) => text_of(&inside),
                None => value(&sheet.markup, bits.open, bits.close),
            }
        };
        Ok(cells.iter().map(|bits| (bits.cell, (short(&said(bits)), bits.formula.is_some()))).collect())
    }
}

/// The last row and column with a cell or a merged area; A1 of an empty sheet.
fn last_cell(sheet: &Sheet) -> Cell {
    let cells = sheet.rows.iter().flat_map(|row| row.cells.iter().map(|found| found.cell));
    let corners = sheet.merged.iter().map(|area| area.last);
    cells.chain(corners).fold(Cell { row: 1, column: 1 }, |last, cell| Cell {
        row: last.row.max(cell.row),
        column: last.column.max(cell.column),
    })
}

/// Where an area begins in a window, with its first cell, its columns and its rows there.
type Anchors = HashMap<Cell, (Cell, (u32, u32))>;

/// Merged areas as far as a window shows them, and the cells they cover beside where each begins.
fn merged(sheet: &Sheet, window: Area) -> (Anchors, HashSet<Cell>) {
    let (mut anchors, mut covered) = (HashMap::new(), HashSet::new());
    for area in &sheet.merged {
        let first = Cell {
            row: area.first.row.max(window.first.row),
            column: area.first.column.max(window.first.column),
        };
        let last = Cell {
            row: area.last.row.min(window.last.row),
            column: area.last.column.min(window.last.column),
        };
        if first.row > last.row || first.column > last.column || covered.contains(&first) {
            continue;
        }
        anchors.insert(first, (area.first, (last.column - first.column + 1, last.row - first.row + 1)));
        for row in first.row..=last.row {
            covered.extend((first.column..=last.column).map(|column| Cell { row, column }));
        }
        covered.remove(&first);
    }
    (anchors, covered)
}

fn short(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
