//! SQL of notices: the facts a plan asks, what was said, the days of the runs, the words prepared for leaders.

mod behalf;
mod decided;
mod escalations;
mod facts;
mod kept;
mod lists;
mod runs;
mod steps;

pub use behalf::{SentFor, sent_for};
pub use decided::{Decided, decided};
pub use escalations::{Prepared, escalation, known, mark_released, prepare, prepared};
pub use facts::{Among, facts};
pub use kept::{Given, contacts, said_before, told_today, write};
pub use lists::{DigestRow, Sent, SentRow, lines_of, mark_read, of_person, reports_that_stand, sent, unread};
pub use runs::{Run, begin_run, finish_run, last_finished, open_run, try_again};
pub use steps::{StepsRow, keep_steps, steps_of};
