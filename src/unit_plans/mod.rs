//! A unit's own plan, which a provincial plan asks of it: its document read, each clause linked to the task of the unit that it answers,
//! reviewed, then used as what the unit's report sends. One of the kinds of `brought`; stands between the plan reader, which knows no
//! unit, and the draft. Weighed in docs/decisions/0049.

pub mod answers;
pub mod doubts;
pub mod form;
pub mod gather;
pub mod items;
pub mod kept;
mod kind;
pub mod linked;
pub mod linking;
pub mod outcome;
pub mod pages;
pub mod queries;

pub use kind::UnitPlan;
