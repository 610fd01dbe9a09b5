//! All tests in one binary, one module per room of the house.

mod architecture;
mod browser;
mod calendar;
mod cli;
mod consolidation;
mod dashboard;
mod demo;
mod indicators;
mod migrations;
mod people;
mod periods;
mod plans;
mod support;
mod units;
mod vietnamese;
mod workbooks;
