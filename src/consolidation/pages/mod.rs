//! Pages of consolidation: the live preview of a period, the list of editions, one edition, its approval, its files.

mod approval;
mod comparison;
mod edition;
mod files;
mod indicators;
mod list;
mod opening;
mod preview;
mod removal;
mod view;

pub use approval::{approve, ask_approval};
pub use comparison::show as compare;
pub use edition::show;
pub use files::download;
pub use indicators::{indicator, indicators};
pub use list::list;
pub use opening::{decide_unit_figures, unit_figures};
pub use preview::{make, preview};
pub use removal::{ask_removal, remove};
