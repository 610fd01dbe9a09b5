//! Vietnamese text: normal forms, search and sort keys, numbers and dates as officials write them.
//!
//! Pure. It stands between people, who type every spelling there is, and storage, which keeps one.

mod abbreviations;
mod capitals;
mod citation;
mod dates;
mod figures;
mod held;
mod legacy;
mod level;
pub mod limits;
mod number_error;
mod numbers;
mod search;
mod separators;
mod sort;
mod text;

pub use capitals::{capital, lower_first};
pub use citation::{Citation, document_number};
pub use dates::{
    DateError, date_time, day_month, long_date, parse_date, parse_past_date, short_date, weekday_date,
    weekday_long_date, with_long_dates,
};
pub use figures::{Parsed, Qualifier, parse_scaled, parse_signed};
pub use held::held_together;
pub use legacy::Legacy;
pub use level::Level;
pub use number_error::NumberError;
pub use numbers::{format_percent, format_scaled, format_shortest, group_thousands, roman};
pub use search::{matches, search_key, search_words, without_accents};
pub use sort::{person_sort_key, sort_key};
pub use text::{clean, clean_line};
