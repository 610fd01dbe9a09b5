//! The two copies of an edition's workbook: the one that goes to the Ministry, and the collector's own.

use super::queries::EditionRow;
use crate::access::{Action, Actor};

/// For whom a workbook is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EditionCopy {
    /// Leaves the collector: of classified groups only totals, no account of who sent when.
    Ministry,
    /// Stays with the collector: everything, and the sheet *Tình hình gửi*.
    Internal,
}

impl EditionCopy {
    /// Both.
    pub const ALL: [EditionCopy; 2] = [EditionCopy::Ministry, EditionCopy::Internal];

    /// The code in addresses, in the database and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            EditionCopy::Ministry => "ministry",
            EditionCopy::Internal => "internal",
        }
    }

    /// The copy of a code.
    pub fn from_code(code: &str) -> Option<EditionCopy> {
        EditionCopy::ALL.into_iter().find(|copy| copy.code() == code)
    }

    /// The copy as pages and file names call it.
    pub fn words(self) -> &'static str {
        match self {
            EditionCopy::Ministry => "bản gửi Bộ",
            EditionCopy::Internal => "bản nội bộ",
        }
    }

    /// Whether figures of single units are in it, for a group that is classified or not.
    pub fn shows_units(self, classified: bool) -> bool {
        self == EditionCopy::Internal || !classified
    }
}

/// Whether a reader sees everything of an edition: who consolidates for its collector. Leaders of the province and
/// the Ministry see totals of classified groups, and no single unit's figures (product rule 11).
pub fn sees_everything(actor: &Actor, edition: &EditionRow) -> bool {
    actor.for_unit(edition.collector_id, Action::Consolidate).is_some()
}

/// The copies a reader may take along.
pub fn copies_for(actor: &Actor, edition: &EditionRow) -> Vec<EditionCopy> {
    if edition.is_discarded() {
        return vec![];
    }
    let everything = sees_everything(actor, edition);
    EditionCopy::ALL.into_iter().filter(|copy| everything || *copy == EditionCopy::Ministry).collect()
}
