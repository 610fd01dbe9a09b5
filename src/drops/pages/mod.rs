//! Pages of drops: the place to drop files for a period, a drop with its files, one file looked into, and what is decided there.

mod drop_form;
mod file;
mod show;
mod verbs;

pub use drop_form::{create, list};
pub use file::{annotated, bytes, file};
pub use show::show;
pub use verbs::{apply, assign, leave_out, receipt, retry};
