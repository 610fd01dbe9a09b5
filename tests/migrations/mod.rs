//! The schema: up, down and up again; the two databases and the program's own picture of them agree; what was
//! written for good stays; every connection syncs in full.

mod agreement;
mod append_only;
mod brought;
mod catalogue;
mod guards;
mod pool;
mod recipients;
mod steps;
