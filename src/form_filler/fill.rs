//! A copy of the form with its marks replaced. A cell that held a mark keeps its format and its runs; what carries no
//! mark is copied as it is written.

use std::collections::HashMap;

use crate::ooxml::PackageError;

use super::around;
use super::mark::{Piece, REPEAT, pieces};
use super::markup::{Kind, Markup, Splice, attribute, escaped, with_attribute, without_attribute};
use super::package::{Changes, without_calculation_chain, workbook};
use super::read::{Binding, Form};
use super::rows::Rows;
use super::sheet::{CellBits, Sheet};
use super::{Cell, check, written::Written};

/// What stands in place of a mark.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Value {
    /// A number with a point for decimals ("1245.5"), where a cell can hold it as one.
    pub number: Option<String>,
    /// As it stands inside a sentence; "" leaves a cell empty.
    pub text: String,
}

/// Values by name.
#[derive(Debug, Clone, Default)]
pub struct Filling {
    pub once: HashMap<String, Value>,
    /// One for each unit, in the order of their rows.
    pub units: Vec<HashMap<String, Value>>,
}

impl Filling {
    /// The value of a name in the copy of a row; nothing for a name nobody knows, which [`Form::faults`] has told.
    fn value(&self, name: &str, unit: Option<usize>) -> Value {
        let of_unit = unit.and_then(|unit| self.units.get(unit)).and_then(|values| values.get(name));
        of_unit.or_else(|| self.once.get(name)).cloned().unwrap_or_default()
    }
}

impl Form {
    /// The form filled. Results of formulas are left out and computed when the file is opened; the rest is as it was.
    ///
    /// # Errors
    /// [`PackageError`] when a part cannot be read or the file not put together.
    pub fn fill(&self, bindings: &[Binding], filling: &Filling) -> Result<Vec<u8>, PackageError> {
        let mut moving = HashMap::new();
        for sheet in &self.sheets {
            let bound: Vec<&Binding> =
                bindings.iter().filter(|binding| binding.sheet == sheet.name).collect();
            let mut marked: Vec<u32> =
                sheet.rows.iter().filter(|row| sheet.repeats(row)).map(|row| row.number).collect();
            marked.extend(
                bound.iter().filter(|binding| binding.name == REPEAT).map(|binding| binding.cell.row),
            );
            marked.sort_unstable();
            marked.dedup();
            moving.insert(
                sheet.name.to_lowercase(),
                Rows::new(marked.into_iter().map(|row| (row, filling.units.len()))),
            );
        }
        let mut changes = Changes::new();
        for sheet in &self.sheets {
            let bound: Vec<&Binding> =
                bindings.iter().filter(|binding| binding.sheet == sheet.name).collect();
            let filled = Filled { sheet, bound: &bound, filling, moving: &moving };
            if let Some(text) = filled.text() {
                changes.insert(sheet.part.clone(), Some(text.into_bytes()));
            }
        }
        changes.insert(self.workbook.clone(), Some(workbook(&self.archive, &self.workbook, &moving)?));
        if !moving.values().all(Rows::still) {
            around::parts(self, &moving, &mut changes)?;
            without_calculation_chain(&self.archive, &self.workbook, &mut changes)?;
        }
        self.archive.with(&changes)
    }
}

/// One sheet being filled.
struct Filled<'a> {
    sheet: &'a Sheet,
    bound: &'a [&'a Binding],
    filling: &'a Filling,
    moving: &'a HashMap<String, Rows>,
}

impl Filled<'_> {
    /// The sheet anew; `None` when nothing in it changes.
    fn text(&self) -> Option<String> {
        let sheet = self.sheet;
        let still = self.moving.values().all(Rows::still);
        let rows = self.rows();
        let written = Written::new(sheet, self.moving);
        let mut splice = Splice::new(&sheet.markup.text);
        if !still {
            around::before_data(sheet, self.moving, &mut splice);
        }
        let mut given: Vec<Cell> =
            self.bound.iter().filter(|binding| binding.name != REPEAT).map(|binding| binding.cell).collect();
        given.sort_unstable();
        given.dedup();
        given.retain(|cell| !sheet.rows.iter().any(|row| row.number == cell.row));
        let mut data = String::new();
        let mut new_rows = given.into_iter().peekable();
        for row in &sheet.rows {
            while let Some(cell) = new_rows.next_if(|cell| cell.row < row.number) {
                self.new_cell_row(cell, &mut new_rows, rows, &mut data);
            }
            let repeated = sheet.repeats(row) || check::marks(self.bound, row.number);
            let copies = if repeated { rows.copies(row.number) + 1 } else { 1 };
            for copy in 0..copies {
                self.row(row, repeated.then_some(copy), rows.place(row.number) + copy, &written, &mut data);
            }
        }
        while let Some(cell) = new_rows.next() {
            self.new_cell_row(cell, &mut new_rows, rows, &mut data);
        }
        let (open, close) = (sheet.data, sheet.markup.close(sheet.data));
        if sheet.markup.bits[open].kind == Kind::Empty {
            if !data.is_empty() {
                let tag = sheet.markup.raw(open);
                let start = format!("{}>", tag.trim_end_matches("/>").trim_end());
                let prefix = prefix(tag);
                splice
                    .put(sheet.markup.bits[open].span.clone(), &format!("{start}{data}</{prefix}sheetData>"));
            }
        } else {
            splice.put(sheet.markup.bits[open].span.end..sheet.markup.bits[close].span.start, &data);
        }
        if !still {
            around::after_data(sheet, self.moving, &mut splice);
        }
        Some(splice.finish()).filter(|text| *text != sheet.markup.text)
    }

    fn rows(&self) -> &Rows {
        &self.moving[&self.sheet.name.to_lowercase()]
    }

    /// A row that the form does not have, for a cell bound from outside; takes the other such cells of the row along.
    fn new_cell_row(
        &self,
        cell: Cell,
        more: &mut std::iter::Peekable<std::vec::IntoIter<Cell>>,
        rows: &Rows,
        out: &mut String,
    ) {
        let prefix = prefix(self.sheet.markup.raw(self.sheet.data));
        let number = rows.place(cell.row);
        out.push_str(&format!("<{prefix}row r=\"{number}\">"));
        let mut next = Some(cell);
        while let Some(this) = next {
            out.push_str(&self.new_cell(this, None, number, prefix));
            next = more.next_if(|other| other.row == cell.row);
        }
        out.push_str(&format!("</{prefix}row>"));
    }

    fn new_cell(&self, cell: Cell, unit: Option<usize>, row: u32, prefix: &str) -> String {
        let tag = format!("<{prefix}c r=\"{}\">", Cell { row, ..cell });
        self.content(&tag, prefix, &self.bound_text(cell).unwrap_or_default(), unit)
    }

    /// What a binding would have the cell say, as inside `is`.
    fn bound_text(&self, cell: Cell) -> Option<String> {
        let binding = self.bound.iter().find(|binding| binding.cell == cell && binding.name != REPEAT)?;
        Some(format!("<t>{{{{{}}}}}</t>", escaped(&binding.name)))
    }

    /// One copy of a row, standing at `number`.
    fn row(
        &self,
        row: &super::sheet::RowBits,
        copy: Option<u32>,
        number: u32,
        written: &Written<'_>,
        out: &mut String,
    ) {
        let markup = &self.sheet.markup;
        let tag = markup.raw(row.open);
        let prefix = prefix(tag);
        let unit = copy.map(|copy| copy as usize);
        let tag = if attribute(tag, "r").is_some() && number != row.number {
            with_attribute(tag, "r", &number.to_string())
        } else {
            tag.to_owned()
        };
        let mut missing: Vec<Cell> =
            self.bound.iter().filter(|binding| binding.name != REPEAT).map(|binding| binding.cell).collect();
        missing.retain(|cell| cell.row == row.number && !row.cells.iter().any(|found| found.cell == *cell));
        missing.sort_unstable();
        missing.dedup();
        if row.open == row.close {
            if missing.is_empty() {
                out.push_str(&tag);
                return;
            }
            out.push_str(&format!("{}>", tag.trim_end_matches("/>").trim_end()));
        } else {
            out.push_str(&tag);
        }
        let mut at = markup.bits[row.open].span.end;
        let mut missing = missing.into_iter().peekable();
        for cell in &row.cells {
            while let Some(new) = missing.next_if(|new| new.column < cell.cell.column) {
                out.push_str(&self.new_cell(new, unit, number, prefix));
            }
            out.push_str(&markup.text[at..markup.bits[cell.open].span.start]);
            self.cell(cell, copy.map(|copy| (row.number, copy)), number, written, out);
            at = markup.bits[cell.close].span.end;
        }
        for new in missing {
            out.push_str(&self.new_cell(new, unit, number, prefix));
        }
        if row.open == row.close {
            out.push_str(&format!("</{prefix}row>"));
        } else {
            out.push_str(&markup.text[at..markup.bits[row.close].span.end]);
        }
    }

    fn cell(
        &self,
        cell: &CellBits,
        copy: Option<(u32, u32)>,
        number: u32,
        written: &Written<'_>,
        out: &mut String,
    ) {
        let markup = &self.sheet.markup;
        let tag = markup.raw(cell.open);
        let here = Cell { row: number, ..cell.cell };
        let placed = if attribute(tag, "r").is_some() && here != cell.cell {
            with_attribute(tag, "r", &here.to_string())
        } else {
            tag.to_owned()
        };
        let said = self.bound_text(cell.cell).or_else(|| cell.marked.clone());
        if let Some(said) = said {
            let unit = copy.map(|(_, copy)| copy as usize);
            out.push_str(&self.content(&placed, prefix(tag), &said, unit));
        } else if let Some(formula) = cell.formula {
            out.push_str(&without_attribute(&placed, "t"));
            out.push_str(&written.formula(formula, cell.cell, copy));
            out.push_str(markup.raw(cell.close));
        } else {
            out.push_str(&placed);
            if cell.close > cell.open {
                out.push_str(&markup.text[markup.bits[cell.open].span.end..markup.bits[cell.close].span.end]);
            }
        }
    }

    /// A cell whose marks are replaced; `said` is its text as inside `is`.
    fn content(&self, tag: &str, prefix: &str, said: &str, unit: Option<usize>) -> String {
        let bare = without_attribute(tag, "t");
        let open = format!("{}>", bare.trim_end_matches('>').trim_end_matches('/').trim_end());
        let empty = format!("{}/>", open.trim_end_matches('>'));
        let whole: Vec<Piece> = pieces(&super::sheet::text_of(said))
            .into_iter()
            .filter(|piece| *piece != Piece::Name(REPEAT.to_owned()))
            .filter(|piece| !matches!(piece, Piece::Text(text) if text.trim().is_empty()))
            .collect();
        if let [Piece::Name(name)] = whole.as_slice() {
            let value = self.filling.value(name, unit);
            if let Some(number) = value.number {
                return format!("{open}<{prefix}v>{}</{prefix}v></{prefix}c>", escaped(&number));
            }
            if value.text.is_empty() {
                return empty;
            }
        }
        if whole.is_empty() {
            return empty;
        }
        let inside = self.replaced(said, unit, prefix);
        let open = with_attribute(&open, "t", "inlineStr");
        format!("{open}<{prefix}is>{inside}</{prefix}is></{prefix}c>")
    }

    /// The runs of a text with each mark replaced, formats kept.
    fn replaced(&self, said: &str, unit: Option<usize>, prefix: &str) -> String {
        let Ok(markup) = Markup::read("", said.as_bytes()) else { return said.to_owned() };
        let mut splice = Splice::new(said);
        let mut bit = 0;
        while bit < markup.bits.len() {
            let close = markup.close(bit);
            let whole = markup.bits[bit].span.start..markup.bits[close].span.end;
            if markup.opens(bit, "rPh") || markup.opens(bit, "phoneticPr") {
                splice.put(whole, "");
                bit = close;
            } else if markup.opens(bit, "t") {
                let text: String = pieces(&markup.inside(bit))
                    .into_iter()
                    .map(|piece| match piece {
                        Piece::Name(name) if name == REPEAT => String::new(),
                        Piece::Name(name) => self.filling.value(&name, unit).text,
                        Piece::Text(text) | Piece::Broken(text) => text,
                    })
                    .collect();
                let new = format!("<{prefix}t xml:space=\"preserve\">{}</{prefix}t>", escaped(&text));
                splice.put(whole, &new);
                bit = close;
            }
            bit += 1;
        }
        splice.finish()
    }
}

/// The prefix of a tag with its colon, or nothing.
fn prefix(tag: &str) -> &str {
    let name = tag.trim_start_matches('<');
    let end = name.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).unwrap_or(name.len());
    name[..end].find(':').map_or("", |colon| &name[..=colon])
}
