//! All SQL of consolidation: what an edition is made from, and the editions themselves. Plain functions over one
//! connection, each a fixed number of queries whatever the size of the province.

mod dispatches;
mod editions;
mod filings;
mod keeping;
mod lists;
mod narrative;
mod openings;
mod origins;
mod papers;
mod signing;
mod surroundings;
mod traces;

pub use dispatches::*;
pub use editions::*;
pub use filings::lower_collectors;
pub(super) use filings::*;
pub use keeping::*;
pub(super) use lists::*;
pub(super) use narrative::*;
pub use openings::*;
pub(super) use origins::*;
pub(super) use papers::*;
pub(super) use signing::*;
pub use surroundings::handovers;
pub(super) use surroundings::*;
pub(super) use traces::*;
