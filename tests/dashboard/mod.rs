//! The first screens of a unit and of a leader.

mod chart;
mod pages;
