//! All tests in one binary, one module per room of the house.

mod browser;
mod calendar;
mod people;
mod support;
mod vietnamese;
