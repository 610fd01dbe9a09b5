//! Consolidation (tổng hợp): figures of received revisions folded into totals, and the numbered editions
//! frozen from them. Stands between the reports the units file and the workbook the Ministry reads.
//! Order of folding: periods within each unit, then units, then levels (product rule 3).

mod compare;
pub mod content;
mod fold;
mod fraction;
mod periods;
mod total;

pub use compare::{Comparison, Pair, compare};
pub use fold::{UnitFold, UnitRow, fold_levels, fold_units};
pub use fraction::{Fraction, PartDecimals};
pub use periods::{PeriodReading, fold_periods};
pub use total::{Amount, FoldError, Total};
