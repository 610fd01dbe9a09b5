//! All tests in one binary, one module per room of the house.

mod browser;
mod calendar;
mod people;
mod consolidation;
mod demo;
mod indicators;
mod support;
mod units;
mod vietnamese;
mod workbooks;
