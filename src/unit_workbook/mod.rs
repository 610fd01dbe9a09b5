//! The workbook a unit fills its report in. Stands between a draft and Excel, LibreOffice or WPS: made from the draft as it
//! stands, read back into the fields that the draft's page posts. Pure: no database, no clock, no web; bytes from outside
//! are read within bounds. What each kind of cell becomes is written down in docs/unit-workbook.md.

mod cells;
mod figures;
mod identity;
mod layout;
mod lists;
mod locate;
mod prose;
mod read;
mod refusal;
mod taking;
pub mod values;
mod write;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

pub use cells::{Cell, Grid, LARGEST, grids};
pub use figures::takes;
pub use identity::Identity;
pub use locate::line;
pub use read::{Opened, open, read};
pub use refusal::Refusal;
pub use write::{Around, Sheets, write};

/// The fields of the draft's page by name: "figure.B04", "section.I", "list.documents.0.number".
pub type Fields = BTreeMap<String, String>;

/// After the name of a field of many cells: the first of them that was typed for an old font.
pub const FONT: &str = "/font";

/// Where a field stood in the workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Its name, shared by all places of a sheet.
    pub sheet: SmolStr,
    /// "F12".
    pub cell: String,
}

impl Place {
    /// Of a row and a column, both from 0.
    pub(crate) fn at(sheet: &SmolStr, row: u32, column: u16) -> Place {
        let cell = format!("{}{}", crate::workbooks::schema::letters(column), row + 1);
        Place { sheet: sheet.clone(), cell }
    }
}

/// Something to mend before the workbook can be applied, or to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Keeps the workbook from being applied.
    pub blocks: bool,
    /// The field it is about; "" for the workbook as a whole.
    pub field: String,
    pub place: Option<Place>,
    /// What is wrong or doubtful, and how to mend it.
    pub words: String,
}

/// What a workbook says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    pub identity: Identity,
    /// As typed, cleaned as every form is.
    pub fields: Fields,
    /// Those typed for a font of before Unicode, turned into it.
    pub converted: Fields,
    /// Which fonts, in words; "" where there are none.
    pub fonts: String,
    pub places: BTreeMap<String, Place>,
    pub findings: Vec<Finding>,
    /// What stands in the cells of choices that are none: no field can hold it.
    #[serde(default)]
    pub refused: Fields,
}

impl Reading {
    /// The fields, with the old fonts turned into Unicode or left as they are.
    pub fn fields(&self, convert: bool) -> Fields {
        let mut fields = self.fields.clone();
        if convert {
            fields.extend(self.converted.clone());
        }
        fields
    }
}
