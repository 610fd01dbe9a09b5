//! A unit's report that came as a document: read into the sections, figures and evidence of its form, reviewed item by item, and
//! written into the draft at once, with the file as proof where it is entered on the unit's behalf. Stands between the prose
//! reader, which knows no form, and the draft's own save. Weighed in docs/decisions/0046.

pub mod apply;
pub mod attach;
pub mod choices;
pub mod doubts;
pub mod form;
pub mod outcome;
pub mod pages;
pub mod queries;
pub mod upload;
