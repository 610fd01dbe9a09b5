//! Tests in a real browser. `tests/run` runs them apart from the others (`browser::`), because they need a driver.

mod editions;
mod harness;
mod journey;
mod modules;
mod pictures;
mod printed;
mod specimen;
