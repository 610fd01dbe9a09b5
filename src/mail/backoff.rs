//! When a letter that could not be delivered is tried again, and when it is given up. Pure.

use chrono::{NaiveDateTime, TimeDelta};

/// Times a letter is tried: for about two days.
pub const MOST_ATTEMPTS: i32 = 14;

/// When the next try is due: 1, 4, 16, 64 minutes after, then every four hours.
pub fn again_at(now: NaiveDateTime, attempts: i32) -> NaiveDateTime {
    let power = u32::try_from(attempts.clamp(1, 5)).unwrap_or(1) - 1;
    now + TimeDelta::minutes(i64::from(4_u32.pow(power)).min(240))
}
