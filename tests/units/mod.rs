//! Units: who reaches whom, a unit through time, and the pages about units.

mod admin;
mod history;
mod lens;
mod letterhead;
mod listing;
mod pages;
mod reach;
mod too_long;
