//! All SQL of reorganisations: the facts an event may touch, the events on record, and what they leave unasked.

mod events;
mod facts;
mod unasked;

pub use events::*;
pub use facts::load;
pub use unasked::{Unasked, unasked};
