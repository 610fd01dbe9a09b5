//! All SQL of reorganisations: the facts an event may touch, and the events on record.

mod events;
mod facts;

pub use events::*;
pub use facts::load;
