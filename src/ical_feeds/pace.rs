//! How often one link may be asked: calendars ask a few times a day, and a program gone wrong is told to wait. Counted in
//! the memory of each server by the minute; nothing is written for a reading.

use std::collections::HashMap;
use std::sync::Mutex;

use chrono::NaiveDateTime;

/// Answers to one link within a minute.
pub const MOST_A_MINUTE: u32 = 20;

static ASKED: Mutex<Option<(i64, HashMap<String, u32>)>> = Mutex::new(None);

/// Whether a link may be answered once more at this instant.
pub fn may_ask(hash: &str, at: NaiveDateTime) -> bool {
    let minute = at.and_utc().timestamp() / 60;
    let Ok(mut asked) = ASKED.lock() else { return true };
    if asked.as_ref().is_none_or(|(of, _)| *of != minute) {
        *asked = Some((minute, HashMap::new()));
    }
    let Some((_, counts)) = asked.as_mut() else { return true };
    let count = counts.entry(hash.to_owned()).or_insert(0);
    *count += 1;
    *count <= MOST_A_MINUTE
}
