//! Handlers of notices: one's own, what is to be said and what was, the days of a regime.

mod mine;
mod plan;
mod sent;
mod steps;

pub use mine::{keep_address, mine, reading};
pub use plan::{ahead, let_go};
pub use sent::sent;
pub use steps::{keep_steps, steps_form};
