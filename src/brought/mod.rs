//! A document brought to a report, by its unit or on its behalf: taken in with its text, kept with what was read of it and what was
//! decided, reviewed, then applied to the draft at once. What is read of it, and what applying does, is its kind's alone. Weighed in
//! docs/decisions/0050.

pub mod apply;
pub mod attach;
pub mod form;
pub mod given;
mod kind;
pub mod original;
pub mod pages;
pub mod queries;
pub mod take_in;

pub use given::{FILE, Given, LARGEST, TEXT, problem};
pub use kind::{About, Desk, Ground, Kind, Seen};
