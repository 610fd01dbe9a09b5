//! Work that a unit noted, as it stood when a revision was sent: what was noted later is apart, what was corrected or taken out since is
//! what it was. Pure; stands between the log of work, which goes on, and a figure of an edition, which does not.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};
use serde::Deserialize;

use super::queries::EntryStep;
use crate::db::ids::{IndicatorId, TaskEntryId, TaskId};
use crate::plans::queries::Entry;

/// One thing done, with the code of the indicator it counted toward.
#[derive(Debug, Clone)]
pub(super) struct Noted {
    pub(super) entry: Entry,
    /// "" where it counted toward none.
    pub(super) code: String,
    /// What became of it after the sending; "" where nothing did.
    pub(super) since: &'static str,
}

/// The work of a window, newest first.
#[derive(Debug, Clone, Default)]
pub(super) struct AsSent {
    pub(super) stood: Vec<Noted>,
    /// Noted after the sending, or moved into the window by a correction after it.
    pub(super) later: Vec<Noted>,
}

/// What the log of steps says an entry was before a step.
#[derive(Debug, Deserialize)]
struct Before {
    task: TaskId,
    done_on: NaiveDate,
    text: String,
    quantity: Option<i64>,
    measure_unit: String,
    link: String,
    #[serde(default)]
    indicator: String,
    #[serde(default)]
    platform: String,
    #[serde(default)]
    link_title: String,
    #[serde(default)]
    reach: Option<i64>,
}

/// The entries of a window as they stood at `sent_at`, out of those there are and the `steps` taken with entries of these units since,
/// in their order.
pub(super) fn as_sent(
    entries: Vec<Entry>,
    codes: &HashMap<IndicatorId, String>,
    steps: &[EntryStep],
    (sent_at, (from, to)): (NaiveDateTime, (NaiveDate, NaiveDate)),
) -> AsSent {
    let mut first: HashMap<TaskEntryId, &EntryStep> = HashMap::new();
    let mut removed: HashSet<TaskEntryId> = HashSet::new();
    for step in steps {
        first.entry(step.entry).or_insert(step);
        if step.is_removal() {
            removed.insert(step.entry);
        }
    }
    let within = |day: NaiveDate| from <= day && day <= to;
    let mut found = AsSent::default();
    for entry in entries {
        let code = entry.indicator_id.and_then(|id| codes.get(&id)).cloned().unwrap_or_default();
        // A step that tells nothing before it is the noting itself.
        let was = first.remove(&entry.id).and_then(before);
        match was.filter(|_| entry.recorded_at <= sent_at) {
            Some(was) if within(was.done_on) => {
                found.stood.push(was.noted(&entry, "đã sửa sau khi gửi"));
            }
            Some(_) => found.later.push(Noted { entry, code, since: "sửa ngày sau khi gửi" }),
            None if entry.recorded_at <= sent_at => found.stood.push(Noted { entry, code, since: "" }),
            None => found.later.push(Noted { entry, code, since: "" }),
        }
    }
    // What is not there any more, or not in the window.
    for (id, step) in first {
        let Some(was) = before(step).filter(|was| within(was.done_on)) else { continue };
        let since =
            if removed.contains(&id) { "đã xóa sau khi gửi" } else { "đã sửa sau khi gửi" };
        let entry = gone(step, &was, sent_at);
        found.stood.push(was.noted(&entry, since));
    }
    for list in [&mut found.stood, &mut found.later] {
        list.sort_by_key(|noted| std::cmp::Reverse((noted.entry.done_on, noted.entry.id)));
    }
    found
}

fn before(step: &EntryStep) -> Option<Before> {
    serde_json::from_str(step.before.as_deref()?).ok()
}

/// An entry whose row is not at hand: what its steps say of it.
fn gone(step: &EntryStep, was: &Before, sent_at: NaiveDateTime) -> Entry {
    Entry {
        id: step.entry,
        task_id: was.task,
        unit_id: step.unit,
        done_on: was.done_on,
        text: String::new(),
        quantity: None,
        measure_unit: String::new(),
        link: String::new(),
        by: String::new(),
        recorded_at: sent_at,
        indicator_id: None,
        platform: String::new(),
        link_title: String::new(),
        reach: None,
        url_key: String::new(),
    }
}

impl Before {
    /// The entry with these words.
    fn noted(self, entry: &Entry, since: &'static str) -> Noted {
        let entry = Entry {
            done_on: self.done_on,
            text: self.text,
            quantity: self.quantity,
            measure_unit: self.measure_unit,
            link: self.link,
            platform: self.platform,
            link_title: self.link_title,
            reach: self.reach,
            ..entry.clone()
        };
        Noted { entry, code: self.indicator, since }
    }
}
