//! First screens: what an officer owes and by when; how every period stands, for a leader; how one unit has kept its
//! duties over the years. Stands above the other slices: it only reads what they keep.

mod ahead;
pub mod chart;
pub mod days_off;
mod duties;
pub mod league;
pub mod overview;
pub mod pages;
pub mod passages;
pub mod queries;
pub mod record;
mod results;
mod twice;
