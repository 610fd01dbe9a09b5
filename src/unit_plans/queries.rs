//! SQL of units' own plans: which document counts for whom, and the links.

mod links;
mod shown;

pub use links::numbers_of;
pub(super) use links::put_links;
pub use shown::{Answer, Shown, answers_of_task, as_sent, links_of, open_reports, sent_with, shown};
