//! Pages of the recipients' forms: the list, the upload, one form with its cells to bind, its withdrawal; and an edition
//! filled into one.

mod filled;
mod list;
mod show;
mod upload;
mod withdrawal;

pub use filled::fill_edition;
pub use list::{file, list};
pub use show::{bind_cell, show, unbind_cell};
pub use upload::{create, new_form, replace, replacement_form};
pub use withdrawal::{ask_withdrawal, withdraw};

/// The media type of a workbook.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
