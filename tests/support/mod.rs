//! What the tests share: the house's own clients and drivers, one file each.

pub mod app;
pub mod browser;
pub mod client;
pub mod counting;
pub mod database;
pub mod races;
mod wire;
