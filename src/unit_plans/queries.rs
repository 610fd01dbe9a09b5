//! SQL of units' own plans: uploads with their bytes, what was decided, and the links that count.

mod shown;
mod uploads;

pub use shown::{Answer, Shown, answers_of_task, as_sent, links_of, open_reports, sent_with, shown};
pub(super) use uploads::{NewUpload, decide, forget, keep, mark_applied, put_links};
pub use uploads::{UploadRow, bytes, find, numbers_of, of_report, readable};
