//! Handlers of regimes as they are written: new, changed, ended; with their page structs.

mod confirm;
mod edit;
mod ending;
mod new;
mod shown;

pub use edit::{edit_form, save};
pub use ending::{end, ending_form};
pub use new::{create, new_form};
