//! Windows, due rules, working days, timing and the clock, against naive oracles and hand-made tables.

mod clock;
mod cycles;
mod due;
mod hours;
mod law_days;
mod lunar;
mod public_holidays;
mod timing;
mod windows;
mod within;
mod working_days;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

/// A date written as in the tables below; tests only.
pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day that exists")
}

/// Any day from 2000 to about 2100.
pub fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0u64..36_500).prop_map(|offset| day(2000, 1, 1) + Days::new(offset))
}
