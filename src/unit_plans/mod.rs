//! A unit's own plan, which a provincial plan asks of it: its document read, each clause linked to the task of the unit that it answers,
//! reviewed, then used as what the unit's report sends. Stands between the plan reader, which knows no unit, and the draft's own save.
//! Weighed in docs/decisions/0049.

pub mod answers;
pub mod apply;
mod cited;
pub mod doubts;
pub mod form;
pub mod gather;
pub mod items;
pub mod kept;
pub mod linked;
pub mod linking;
pub mod original;
pub mod outcome;
pub mod pages;
pub mod queries;
pub mod upload;
