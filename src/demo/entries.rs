//! Work logged as it happened. Stands between reports/entries.csv and the verb that notes work for a task.

use chrono::{NaiveDate, NaiveTime};
use serde::Deserialize;

use super::files::{fault, table};
use super::known::Known;
use crate::access::Actor;
use crate::calendar::Moment;
use crate::db::Conn;
use crate::error::Error;
use crate::evidence::Platform;
use crate::plans::entry_form::EntryFacts;
use crate::plans::log_work;
use crate::plans::photos::PhotoChanges;

const FILE: &str = "reports/entries.csv";

/// One line of the log; it was noted at the end of its day.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryRow {
    unit: String,
    task: String,
    done_on: NaiveDate,
    text: String,
    quantity: Option<i64>,
    measure: String,
    link: String,
    /// The code of the indicator the quantity counts toward; blank for none.
    indicator: String,
    title: String,
    reach: Option<i64>,
    pub by: String,
}

impl EntryRow {
    pub fn moment(&self) -> Moment {
        Moment::local(self.done_on.and_time(NaiveTime::from_hms_opt(16, 45, 0).unwrap_or_default()))
    }
}

pub fn read() -> Result<Vec<EntryRow>, Error> {
    table(FILE)
}

/// Notes one line of work.
pub fn note(conn: &mut Conn, known: &Known, actor: &Actor, row: &EntryRow) -> Result<(), Error> {
    let facts = EntryFacts {
        unit: Some(known.unit(FILE, &row.unit)?),
        done_on: row.done_on,
        text: row.text.clone(),
        quantity: row.quantity,
        measure_unit: row.measure.clone(),
        indicator: match row.indicator.as_str() {
            "" => None,
            code => Some(known.indicator(FILE, code)?),
        },
        proposed: false,
        link: row.link.clone(),
        platform: Platform::of_address(&row.link),
        link_title: row.title.clone(),
        reach: row.reach,
    };
    let task = known.task(FILE, &row.task)?;
    log_work::log(conn, actor, task, &facts, &PhotoChanges::default(), row.moment())
        .map(|_| ())
        .map_err(|e| fault(FILE, format!("{} {} {}: {e}", row.unit, row.task, row.done_on)))
}
