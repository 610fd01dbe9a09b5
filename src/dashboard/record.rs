//! How one unit has kept its reporting duties over the years: counted by obligations, each once, whoever's obligation
//! it was. Pure; it stands between the duties of a unit (or of what it took over) and the page of its history.

use chrono::NaiveDate;

use crate::periods::tally::{Entry, Tally};

/// One obligation with what happened to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deed {
    pub entry: Entry,
    /// How often it was sent.
    pub revisions: u32,
    /// How often the collector asked to send again.
    pub corrections: u32,
}

/// The obligations of a unit, counted on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Record {
    /// Those whose last day has passed: what rates are measured over. Exempt and ended ones are outside, whenever due.
    pub closed: Tally,
    /// In the denominator, and their last day has not passed.
    pub ahead: u32,
    /// In the denominator, without a last day: neither on time nor late.
    pub undated: u32,
    pub revisions: u32,
    pub corrections: u32,
}

impl Record {
    /// Counts some obligations as they stand on `today`; their order does not matter.
    pub fn of(deeds: impl IntoIterator<Item = Deed>, today: NaiveDate) -> Record {
        let mut record = Record::default();
        let mut closed = Vec::new();
        for deed in deeds {
            record.revisions += deed.revisions;
            record.corrections += deed.corrections;
            match deed.entry.deadline {
                _ if !deed.entry.standing.counts() => closed.push(deed.entry),
                Some(day) if day < today => closed.push(deed.entry),
                Some(_) => record.ahead += 1,
                None => record.undated += 1,
            }
        }
        record.closed = Tally::of(closed, today);
        record
    }
}
