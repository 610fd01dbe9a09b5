//! All tests in one binary, one module per room of the house.

mod architecture;
mod browser;
mod calendar;
mod consolidation;
mod dashboard;
mod demo;
mod editions;
mod indicators;
mod migrations;
mod people;
mod plans;
mod periods;
mod support;
mod units;
mod vietnamese;
mod workbooks;
