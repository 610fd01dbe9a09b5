//! Formulas of a sheet as they are written into the filled form: shared ones spelled out where rows move, since a share
//! counts rows from its master.

use std::collections::HashMap;

use super::address::{Area, Cell};
use super::formula::{moved, translated};
use super::markup::{Kind, attribute, escaped, with_attribute, without_attribute};
use super::rows::Rows;
use super::sheet::Sheet;

/// The formulas of one sheet.
pub(super) struct Written<'a> {
    sheet: &'a Sheet,
    moving: &'a HashMap<String, Rows>,
    /// Masters of shared formulas by their number: where they stand and what they say.
    shared: HashMap<String, (Cell, String)>,
    still: bool,
}

impl Written<'_> {
    pub fn new<'a>(sheet: &'a Sheet, moving: &'a HashMap<String, Rows>) -> Written<'a> {
        let mut shared = HashMap::new();
        for cell in sheet.rows.iter().flat_map(|row| &row.cells) {
            let Some(formula) = cell.formula else { continue };
            let (tag, text) = (sheet.markup.raw(formula), sheet.markup.inside(formula));
            if let Some(number) = attribute(tag, "si").filter(|_| !text.is_empty()) {
                shared.insert(number, (cell.cell, text));
            }
        }
        Written { sheet, moving, shared, still: moving.values().all(Rows::still) }
    }

    /// The formula of a cell without its result. `copy` is the marked row it stands in and which copy this is.
    pub fn formula(&self, open: usize, cell: Cell, copy: Option<(u32, u32)>) -> String {
        let markup = &self.sheet.markup;
        let (tag, close) = (markup.raw(open), markup.close(open));
        if self.still {
            return markup.text[markup.bits[open].span.start..markup.bits[close].span.end].to_owned();
        }
        let master = attribute(tag, "si").and_then(|number| self.shared.get(&number));
        let own = markup.inside(open);
        let (tag, text) = match master {
            Some((at, text)) => {
                let down = i64::from(cell.row) - i64::from(at.row);
                let right = i64::from(cell.column) - i64::from(at.column);
                let plain =
                    ["t", "ref", "si"].iter().fold(tag.to_owned(), |tag, name| without_attribute(&tag, name));
                (plain, translated(text, down, right))
            }
            None => (self.array(tag, cell, copy), own),
        };
        let text = moved(&text, &self.sheet.name, self.moving, copy);
        let bare = tag.trim_end_matches('>').trim_end_matches('/').trim_end();
        let name = bare.trim_start_matches('<').split(char::is_whitespace).next().unwrap_or("f");
        if text.is_empty() && markup.bits[open].kind == Kind::Empty {
            return tag;
        }
        format!("{bare}>{}</{name}>", escaped(&text))
    }

    /// The area of a formula over several cells moves with them.
    fn array(&self, tag: &str, cell: Cell, copy: Option<(u32, u32)>) -> String {
        let Some(area) = attribute(tag, "ref").and_then(|area| Area::parse(&area)) else {
            return tag.to_owned();
        };
        let Some(rows) = self.moving.get(&self.sheet.name.to_lowercase()) else { return tag.to_owned() };
        let area = match copy {
            Some((_, number)) if area.first.row == area.last.row => {
                let row = rows.place(cell.row) + number;
                Area { first: Cell { row, ..area.first }, last: Cell { row, ..area.last } }
            }
            _ => rows.area(area),
        };
        with_attribute(tag, "ref", &area.to_string())
    }
}
