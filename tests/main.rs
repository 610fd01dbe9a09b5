//! All tests in one binary, one module per room of the house.

mod calendar;
mod vietnamese;
