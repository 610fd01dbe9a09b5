//! "Quá trình": the steps of a report as its page lists them, and between them what was entered about its paper.

use super::paper::entered;
use crate::calendar::to_local;
use crate::reports::Step;
use crate::reports::queries::{PaperRow, Transition};
use crate::vietnamese::{date_time, short_date};

pub struct HistoryLine {
    pub iso: String,
    pub at: String,
    pub words: String,
    pub who: String,
    pub reason: String,
    pub due: Option<String>,
}

/// The steps, and between them what was entered about the paper of the shown revision, oldest first.
pub fn timeline<'a>(steps: &[Transition], entries: impl Iterator<Item = &'a PaperRow>) -> Vec<HistoryLine> {
    let entry = |row: &PaperRow| {
        let entry = entered(row);
        HistoryLine {
            iso: to_local(row.recorded_at).format("%Y-%m-%dT%H:%M").to_string(),
            at: entry.at,
            words: format!("Nhập văn bản {}", entry.words),
            who: entry.who,
            reason: entry.reason,
            due: None,
        }
    };
    let mut lines: Vec<HistoryLine> = steps.iter().map(step).chain(entries.map(entry)).collect();
    lines.sort_by(|one, other| one.iso.cmp(&other.iso));
    lines
}

fn step(row: &Transition) -> HistoryLine {
    let words = Step::from_code(&row.step).map(Step::words).unwrap_or_default();
    let revision = row.revision.filter(|_| row.step == Step::Send.code());
    HistoryLine {
        iso: to_local(row.at).format("%Y-%m-%dT%H:%M").to_string(),
        at: date_time(to_local(row.at)),
        words: revision.map_or(words.to_owned(), |number| format!("{words}, lần gửi {number}")),
        who: format!("{}, {}", row.actor_name, row.actor_title),
        reason: row.reason.clone(),
        due: row.due_on.filter(|_| row.asks_correction()).map(short_date),
    }
}
