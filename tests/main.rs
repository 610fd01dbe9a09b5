//! The one test binary. Rooms are named as in src/.

mod consolidation;
mod indicators;
mod workbooks;
