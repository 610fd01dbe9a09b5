//! Units of government as dated facts: a unit keeps its id for life, its name, kind and parent are versions.

pub mod add;
pub mod correct;
pub mod form;
pub mod history;
pub mod lens;
mod letterhead;
pub mod listing;
pub mod names;
pub mod pages;
pub mod preview;
pub mod queries;
pub mod reach;
pub mod resolve;
pub mod table_file;
pub mod telephone;

pub use letterhead::{Letterhead, signing_under};

use chrono::NaiveDate;

use crate::db::ids::UnitId;

/// Kinds of units that are a province: a tỉnh, or a city under the central government.
pub const PROVINCE_KINDS: [&str; 2] = ["province", "municipality"];

/// Kinds of bodies that no body of government gives orders to.
pub const COURTEOUS_KINDS: [&str; 2] = ["front", "mass_org"];

/// A unit as it was on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitOn {
    pub id: UnitId,
    pub code: String,
    pub name: String,
    pub short_name: String,
    pub kind_code: String,
    /// Heading under which tables group the unit's kind, e.g. "Sở, ban, ngành".
    pub kind_heading: String,
    pub kind_position: i32,
    pub protocol_order: i32,
    pub parent_id: Option<UnitId>,
    /// First and last day the unit existed, both inclusive; none is open.
    pub existed_from: Option<NaiveDate>,
    pub existed_to: Option<NaiveDate>,
}

impl UnitOn {
    /// Protocol order: by kind, then by the order within it, then by id so that the order is total.
    pub fn protocol_key(&self) -> (i32, i32, UnitId) {
        (self.kind_position, self.protocol_order, self.id)
    }

    /// Whether the unit existed on `day`.
    pub fn existed_on(&self, day: NaiveDate) -> bool {
        self.existed_from.is_none_or(|d| d <= day) && self.existed_to.is_none_or(|d| day <= d)
    }
}
