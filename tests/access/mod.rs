//! Who gets what: a table written by hand, fired in full, and a walk over everything foreign there is.

mod fire;
mod foreign;
mod subjects;
mod table;
mod unreadable;
