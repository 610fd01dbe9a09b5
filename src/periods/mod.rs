//! Regimes, the periods they open, and the obligation each unit has in a period.

mod audience;
mod new_period;
pub mod open;
mod progress;
pub mod queries;
mod regime;

pub use audience::{Audience, FormFor, form_for};
pub use new_period::NewPeriod;
pub use progress::{Progress, Standing};
pub use regime::{Mode, Proposal, Regime, RegimeCycle, RegimeKind};
