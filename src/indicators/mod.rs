//! The catalogue of indicators (chỉ tiêu): what is counted, in which unit of measure, and by which three
//! rules its figures become totals. Stands between the forms that ask for figures and the folding that adds
//! them up. The rules and figures are pure: no database, no web. What is issued to all provinces is only loaded; a
//! province adds its own, with codes that begin with "DP.".

pub mod add;
mod catalogue;
mod cross_check;
pub mod edit;
pub mod facts;
mod figure;
pub mod form;
pub mod keeping;
pub mod listing;
pub mod pages;
pub mod queries;
mod rule;
mod text_code;

pub use catalogue::{Group, Indicator, Local};
pub use cross_check::{CrossCheck, cross_checks, falls_far};
pub use figure::{FigureState, UnreadableFigure};
pub use rule::{LevelRule, PeriodRule, UnitRule, ValueType};
pub use text_code::UnknownCode;
pub(crate) use text_code::text_codes;

/// The largest number of decimals an indicator may keep: figures are `i64`, and a ratio of two of them must
/// still be computed exactly in `i128`.
pub const MAX_DECIMALS: u8 = 6;
