//! What the tests share: the house's own clients and drivers, one file each.

pub mod browser;
