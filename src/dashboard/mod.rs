//! First screens: what an officer owes and by when; how every period stands, for a leader; how one unit has kept its
//! duties over the years. Stands above the other slices: it only reads what they keep.

mod ahead;
pub mod chart;
mod duties;
pub mod league;
mod overview;
pub mod pages;
pub mod passages;
mod queries;
pub mod record;
mod results;
