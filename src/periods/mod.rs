//! Regimes, the periods they open, and the obligation each unit has in a period.

mod progress;

pub use progress::{Progress, Standing};
