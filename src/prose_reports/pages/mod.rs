//! Pages of a report that came as a document: where it is brought, and the review beside its lines.

mod list;
mod offers;
mod review;
mod view;

pub use list::{create, list, paste, remove};
pub use review::{file, review, save_review};
