//! Who gets what: a table written by hand, fired in full, and a walk over everything foreign there is.

mod fire;
mod foreign;
pub mod subjects;
pub mod table;
mod unreadable;
