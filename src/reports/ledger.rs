//! What the log of work adds up to, by indicator: offered beside the figure it belongs to, and a figure below it is asked about.
//! Pure; it stands between what a unit noted through the period and the figures it types at the end.

use std::collections::HashMap;

use super::{AskedIndicator, Content, Entry, Outline, read, shown, year};
use crate::db::ids::IndicatorId;
use crate::plans::queries::Entry as Logged;
use crate::vietnamese::Level;

/// What the keys of its findings begin with.
pub const KEY: &str = "ledger:";

/// Sums of the quantities noted, as people type them, and how many entries each comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// No sum where it is larger than any figure.
    sums: HashMap<IndicatorId, (Option<i64>, usize)>,
}

impl Ledger {
    /// Adds up the entries that count toward an indicator.
    pub fn of<'a>(entries: impl IntoIterator<Item = &'a Logged>) -> Ledger {
        let mut ledger = Ledger::default();
        for entry in entries {
            let Some((id, quantity)) = entry.indicator_id.zip(entry.quantity) else { continue };
            let (sum, count) = ledger.sums.entry(id).or_insert((Some(0), 0));
            *sum = sum.and_then(|sum| sum.checked_add(quantity));
            *count += 1;
        }
        ledger
    }

    /// The sum as a figure of the indicator, and the number of entries; none where figures of the indicator do not add up over time.
    pub fn figure(&self, asked: &AskedIndicator) -> Option<(i64, usize)> {
        let (sum, count) = self.sums.get(&asked.id)?;
        let figure = read(&(*sum)?.to_string(), Level::default(), "", asked);
        figure.reading.value().filter(|_| year::adds_up(asked)).map(|value| (value, *count))
    }

    /// The sum and a sentence, where the figure typed is below it.
    pub fn above(&self, asked: &AskedIndicator, entry: &Entry) -> Option<(i64, String)> {
        let (logged, count) = self.figure(asked)?;
        let typed = entry.reading.value()?;
        (typed < logged).then(|| {
            let (typed, noted) = (shown(typed, asked), shown(logged, asked));
            let message = format!(
                "{typed}, trong khi nhật ký có {noted} ({count} lần ghi). Ghi lý do vào ô Ghi chú của chỉ tiêu, hoặc đánh dấu là đã kiểm tra và đúng."
            );
            (logged, message)
        })
    }

    /// Puts the sum in the place of the figure of one line, its note kept; whether there was one.
    pub fn take(&self, content: &mut Content, outline: &Outline, code: &str) -> bool {
        let Some(asked) = outline.typed().find(|asked| asked.code == code) else { return false };
        let Some((value, _)) = self.figure(asked) else { return false };
        let note = content.entries.get(&asked.id).map_or("", |entry| entry.note.as_str());
        let figure = Entry { ambiguous: false, ..read(&shown(value, asked), Level::default(), note, asked) };
        content.entries.insert(asked.id, figure);
        true
    }
}
