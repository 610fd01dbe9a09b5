//! Units: who reaches whom, a unit through time, and the pages about units.

mod history;
mod letterhead;
mod pages;
mod reach;
