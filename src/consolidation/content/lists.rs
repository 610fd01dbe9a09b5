//! The list tables of an edition: the rows of every unit under one heading, each with the name of its unit.

use serde::{Deserialize, Serialize};

use super::figures::is_false;
use crate::lists::{Column, Row};

/// The rows of one list, stacked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StackedList {
    /// Code, the same in every form.
    pub code: String,
    /// Heading.
    pub title: String,
    /// The columns of all forms, each once.
    pub columns: Vec<Column>,
    /// Units that have a row, in protocol order.
    pub units: Vec<ListedUnit>,
}

/// The rows of one unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedUnit {
    /// Name of the unit.
    pub unit: String,
    /// As the received revision holds them, in its order.
    pub rows: Vec<Row>,
    /// Identifier of the unit as in its line; "" in editions frozen before it was kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub uid: String,
    /// The consolidated report of a lower collector is meant.
    #[serde(default, skip_serializing_if = "is_false")]
    pub consolidated: bool,
}

impl StackedList {
    /// Rows of all units.
    pub fn len(&self) -> usize {
        self.units.iter().map(|unit| unit.rows.len()).sum()
    }

    /// Whether no unit has a row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every row with the name of its unit.
    pub fn rows(&self) -> impl Iterator<Item = (&str, &Row)> {
        self.units.iter().flat_map(|unit| unit.rows.iter().map(move |row| (unit.unit.as_str(), row)))
    }
}

/// A unit whose rows in one list are not what they were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListChange {
    /// Name of the unit.
    pub unit: String,
    /// Title of the list.
    pub list: String,
}
