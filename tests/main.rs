//! All tests in one binary, one module per room of the house.

mod access;
mod architecture;
mod browser;
mod calendar;
mod cli;
mod consolidation;
mod dashboard;
mod demo;
mod documents;
mod durability;
mod editions;
mod indicators;
mod load;
mod migrations;
mod ooxml;
mod people;
mod periods;
mod plans;
mod reports;
mod setup;
mod standard;
mod support;
mod unit_changes;
mod units;
mod vietnamese;
mod workbooks;
