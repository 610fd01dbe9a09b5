//! A unit's report on one obligation: draft, leader, sending, receipt, amendment; revisions that never change.

mod state;

pub use state::{ReportState, Step};
