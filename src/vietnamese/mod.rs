//! Vietnamese text: normal forms, search and sort keys, numbers and dates as officials write them.
//!
//! Pure. It stands between people, who type every spelling there is, and storage, which keeps one.

mod dates;

pub use dates::{
    DateError, date_time, day_month, long_date, parse_date, short_date, table_date, weekday_date,
};
