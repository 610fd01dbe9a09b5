//! Consolidation (tổng hợp): figures of received revisions folded into totals, and the numbered editions
//! frozen from them. Stands between the reports the units file and the workbook the Ministry reads.
//! Order of folding: periods within each unit, then units, then levels (product rule 3).

mod approve;
mod assemble;
mod base;
mod beside;
mod catalogue;
mod changes;
mod collected;
mod compare;
mod compared;
pub mod composed;
mod composed_figures;
pub mod content;
mod copies;
mod cumulative;
pub mod dispatch;
mod ending;
mod filings;
mod fold;
mod fraction;
mod gather;
pub mod guard;
mod levels;
mod make;
pub mod narrative;
pub mod opening;
pub mod pages;
mod paper;
mod papers;
mod past;
mod periods;
mod qualified;
pub mod queries;
pub mod recipients;
mod shown;
mod side_by_side;
pub mod small;
mod stack;
pub mod succession;
mod total;

pub use approve::{approve_edition, may_approve, read_content, to_approve, workbook};
pub use changes::{changes_between, passages};
pub use collected::collected;
pub use compare::{Comparison, Pair, compare};
pub use copies::EditionCopy;
pub use ending::{Ending, end_draft};
pub use fold::{UnitFold, UnitRow, fold_levels, fold_units};
pub use fraction::{Fraction, PartDecimals};
pub use guard::guarded;
pub use make::{Preview, as_received, make_edition, preview};
pub use paper::paper;
pub use periods::{PeriodReading, fold_periods};
pub use shown::{places, scaled_words};
pub use stack::{UnitRows, stack_lists};
pub use total::{Amount, FoldError, Total};
