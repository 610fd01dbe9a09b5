//! All SQL of consolidation: what an edition is made from, and the editions themselves. Plain functions over one
//! connection, each a fixed number of queries whatever the size of the province.

mod editions;
mod filings;
mod lists;
mod openings;
mod origins;
mod papers;
mod surroundings;

pub use editions::*;
pub(super) use filings::*;
pub(super) use lists::*;
pub use openings::*;
pub(super) use origins::*;
pub(super) use papers::*;
pub use surroundings::handovers;
pub(super) use surroundings::*;
