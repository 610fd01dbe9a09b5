//! The demo's files against the database they become.

mod facts;
mod files;
mod sendings;
mod states;
