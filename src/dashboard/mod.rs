//! First screens: what an officer owes and by when; how every period stands, for a leader.
//! Stands above the other slices: it only reads what they keep.

pub mod chart;
mod duties;
mod overview;
pub mod pages;
mod queries;
mod results;
