//! A unit's report that came as a document: read into the sections, figures and evidence of its form, reviewed item by item, and
//! written into the draft at once, with the file as proof where it is entered on the unit's behalf. One of the kinds of `brought`;
//! stands between the prose reader, which knows no form, and the draft. Weighed in docs/decisions/0046.

pub mod choices;
pub mod doubts;
pub mod form;
mod kind;
pub mod outcome;

pub use kind::{OWN, ProseReport};
