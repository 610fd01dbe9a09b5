//! Windows, due rules, working days, timing and the clock: every question that has a date for an answer.
//!
//! Pure: no database, no web. It stands between the regimes, which say what is owed and when, and the
//! pages, which say how late it is. The only room it knows is `vietnamese`, for the words of a date.

mod clock;
mod cycle;
mod due;
mod due_dates;
mod due_template;
mod hour;
mod law_days;
mod lunar;
mod now;
mod own_window;
mod public_holidays;
pub mod tiling;
mod timing;
mod window;
mod within;
mod working_days;

pub use clock::{Clock, Moment, to_local};
pub use cycle::{Cycle, label, period_code, preceding, same_period_last_year};
pub use due::DueRule;
pub use due_dates::{DueDates, LastHour};
pub use due_template::DueTemplate;
pub use hour::{hour_code, hour_words, parse_hour};
pub use law_days::in_force;
pub use lunar::{day_of as lunar_day, hung_kings, lunar_new_year};
pub use now::Now;
pub use own_window::{DayOfYear, OwnWindow};
pub use public_holidays::{ProposedDay, public_holidays};
pub use timing::{SOON_DAYS, Severity, Timing, timing};
pub use window::{Preset, Window, window};
pub use within::Within;
pub use working_days::{DayKind, Holidays};
