//! Handlers of forms: the list, the editor of a draft, a form as the unit sees it, publication; with their page structs.

mod editor;
mod list;
mod publication;
mod sheet;

pub use editor::{begin, edit, new_draft, new_form, save};
pub use list::list;
pub use publication::{discard, publication, publish};
pub use sheet::{preview, preview_draft};
