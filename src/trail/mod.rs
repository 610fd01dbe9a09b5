//! "Nhật ký hệ thống": the audit log as people read it. Stands between the rows every step leaves and whoever answers
//! for a province: its administrator and its leaders. Reads only; nothing here changes anything.

mod filter;
mod key_words;
pub mod pages;
mod places;
pub mod queries;
mod shown;
mod step_words;
mod value_words;

pub use filter::{Filter, Typed};
pub use key_words::{is_known_key, key_words};
pub use places::Places;
pub use shown::{Change, Line, Names, changes, is_inside_a_unit};
pub use step_words::{STEPS, SUBJECTS, step_words, subject_words};

/// Lines of one page.
pub const ON_A_PAGE: i64 = 50;
/// Lines of one exported workbook at most: the newest.
pub const MOST_EXPORTED: i64 = 5_000;
