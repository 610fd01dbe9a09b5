//! Units: who reaches whom, and the pages about units.

mod reach;
