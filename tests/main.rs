//! All tests in one binary, one module per room of the house.

mod architecture;
mod browser;
mod calendar;
mod consolidation;
mod demo;
mod editions;
mod indicators;
mod migrations;
mod people;
mod support;
mod units;
mod vietnamese;
mod workbooks;
