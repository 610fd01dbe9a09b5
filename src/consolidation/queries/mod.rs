//! All SQL of consolidation: what an edition is made from, and the editions themselves. Plain functions over one
//! connection, each a fixed number of queries whatever the size of the province.

mod editions;
mod filings;
mod surroundings;

pub use editions::*;
pub(super) use filings::*;
pub use surroundings::handovers;
pub(super) use surroundings::*;
