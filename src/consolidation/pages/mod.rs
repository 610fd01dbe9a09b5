//! Pages of consolidation: the live preview of a period, the list of editions, one edition, its approval, its files.

mod approval;
mod changes_view;
mod comparison;
mod dispatches;
mod doubts;
mod edition;
mod ending;
mod figure;
mod files;
mod indicators;
mod list;
mod marks;
mod narrative;
mod narrative_autosave;
mod narrative_form;
mod opening;
mod preview;
mod recipients;
mod todays_units;
mod two_editions;
mod view;

pub use approval::{approve, ask_approval};
pub use comparison::show as compare;
pub use dispatches::{ask_strike, new_dispatch, record_dispatch, strike_dispatch};
pub use edition::show;
pub use ending::{ask_removal, ask_return, give_back, remove};
pub use figure::figure;
pub use files::{download, download_paper, download_sent_paper};
pub use indicators::{indicator, indicators};
pub use list::list;
pub use narrative::{edit_narrative, narrative};
pub use narrative_autosave::autosave_narrative;
pub use opening::{decide_unit_figures, unit_figures};
pub use preview::{make, preview};
pub use recipients::{recipients_form, save_consolidated, save_paper_recipients, save_recipients};
pub use two_editions::comparison;
