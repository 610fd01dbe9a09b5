//! Tables of past periods, from before the system: units down, indicators across (or the other way round), each with a wizard that
//! asks what it cannot know. Stands between a workbook somebody kept and received reports of its period; what becomes of a figure is
//! decided here and nowhere else, and nothing is written before the preview was confirmed.

pub mod apply;
pub mod form;
pub mod headings;

pub mod import;
pub mod open;
pub mod pages;

pub mod past;
pub mod plan;
pub mod proposal;
pub mod queries;
pub mod read;
pub mod refusal;
pub mod scale;
pub mod settle;
pub mod table;
pub mod take_back;
pub mod total_lines;
pub mod upload;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::db::ids::UnitId;

/// How far a table has come. Codes are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TableState {
    /// Its wizard is still asking.
    Open,
    Applied,
    TakenBack,
}

impl TableState {
    pub const ALL: [TableState; 3] = [TableState::Open, TableState::Applied, TableState::TakenBack];

    /// The code stored in the database.
    pub fn code(self) -> &'static str {
        match self {
            TableState::Open => "open",
            TableState::Applied => "applied",
            TableState::TakenBack => "taken_back",
        }
    }

    /// The state of a stored code; the schema allows no other.
    pub fn from_code(code: &str) -> TableState {
        TableState::ALL.into_iter().find(|state| state.code() == code).unwrap_or(TableState::TakenBack)
    }

    pub fn words(self) -> &'static str {
        match self {
            TableState::Open => "đang chuẩn bị",
            TableState::Applied => "đã nhập",
            TableState::TakenBack => "đã rút",
        }
    }

    /// The class of its tag.
    pub fn tag(self) -> &'static str {
        match self {
            TableState::Open => "go",
            TableState::Applied => "done",
            TableState::TakenBack => "",
        }
    }
}

/// What a column is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bound {
    /// Code of the indicator.
    pub code: String,
    /// Figures are multiplied by the scale their heading says.
    #[serde(default)]
    pub scaled: bool,
}

/// What the wizard was told about a table. Kept with it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub sheet: String,
    /// Indicators stand in rows, units in columns.
    pub turned: bool,
    /// The line of the headings, from 0: a row, or of a turned table a column.
    pub head: u32,
    /// The column of the units' names, from 0; of a turned table a row.
    pub units: u32,
    pub columns: BTreeMap<u32, Bound>,
    /// Somebody has looked at the columns and gone on.
    pub settled: bool,
    /// Whose line it is, by the key of its name; none: nobody's, it is left out.
    pub answers: BTreeMap<String, Option<UnitId>>,
    /// Figures of earlier tables give way to those of this one where they differ.
    pub replaces: bool,
    /// The document the table was part of, as typed.
    pub source: String,
}

impl Settings {
    /// What a unit has in the sheet: a row, of a turned table a column.
    pub fn line_word(&self) -> &'static str {
        if self.turned { "cột" } else { "dòng" }
    }

    /// What an indicator has in it: a column, of a turned table a row.
    pub fn column_word(&self) -> &'static str {
        if self.turned { "dòng" } else { "cột" }
    }
}
