//! Units: who reaches whom, a unit through time, and the pages about units.

mod admin;
mod history;
mod listing;
mod pages;
mod reach;
