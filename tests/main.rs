//! All tests in one binary: one link, one list. A line per room, in the order of the alphabet.

mod browser;
mod support;
