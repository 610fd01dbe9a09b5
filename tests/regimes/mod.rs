//! Regimes as they are set up, changed and ended: windows of their own, the pages, and what opened periods keep.

mod first;
mod pages;
mod windows;
