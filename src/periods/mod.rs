//! Regimes, the periods they open, and the obligation each unit has in a period.

mod audience;
pub mod bar;
pub mod board;
pub mod decide;
mod decision;
mod extension;
pub mod form;
pub mod history;
pub mod late_levels;
pub mod late_opening;
pub mod levels;
mod new_period;
mod obligation;
pub mod open;
mod opening_rows;
pub mod pages;
mod period;
mod progress;
pub mod queries;
pub mod queue;
mod regime;
pub mod routing;
pub mod set_dates;
pub mod summary;
pub mod tally;
mod tops;
pub mod withdraw;

pub use crate::units::history::span;
pub use audience::{Audience, FormFor, form_for};
pub use extension::ExtensionWord;
pub use new_period::NewPeriod;
pub use obligation::{Due, Duty, Obligation, ReportHead};
pub use period::{Period, lock_day, report_title};
pub use progress::{Progress, Standing};
pub use regime::{Proposal, Regime, RegimeCycle, RegimeKind, cycle_name};
pub use tops::tops;
