//! What the queue of a compiler is asked with beside the periods, with nothing known but what a test says.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use tonghop::db::ids::{ObligationId, ReportId};
use tonghop::periods::ExtensionWord;
use tonghop::periods::queue::{Known, Waiting, queue};
use tonghop::periods::summary::Summaries;

#[derive(Default)]
pub struct Beside {
    pub sent: HashMap<ReportId, NaiveDateTime>,
    pub asked: HashMap<ObligationId, ExtensionWord>,
    pub promised: HashMap<ObligationId, NaiveDate>,
    pub unlocked: HashMap<ObligationId, NaiveDate>,
}

impl Beside {
    /// The queue of a day.
    pub fn queue(&self, all: &Summaries, today: NaiveDate) -> Vec<Waiting> {
        let known = Known {
            sent: &self.sent,
            asked: &self.asked,
            promised: &self.promised,
            given_back: &[],
            unlocked: &self.unlocked,
            holidays: &all.holidays,
            now: today.into(),
        };
        queue(&all.open, &known)
    }
}
