//! Pages of units' own plans: where one is brought, the review beside its lines, and the answers to a provincial plan.

mod answers;
mod bring;
mod review;
mod view;

pub use answers::answers;
pub use bring::{bring, create, paste, remove};
pub use review::{file, review, save_review};
