//! The demo's files against the database they become.

mod files;
mod states;
