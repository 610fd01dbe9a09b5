//! Handlers of forms: the list, the editor of a draft, publication; with their page structs. A form as the unit sees it is
//! a page of reports.

mod editor;
mod figures;
mod list;
mod publication;

pub use editor::{begin, edit, new_draft, new_form, save};
pub use list::list;
pub use publication::{discard, publication, publish};
