//! What the collectors of the demo remarked on sent reports, and what the units answered with the next sending.
//! Stands between fixtures/demo/reports/remarks.csv and the verbs that write, issue and answer remarks.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::contents::Key;
use super::files::table;
use crate::access::Actor;
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{RemarkId, ReportId};
use crate::error::Error;
use crate::reports::write_remark::{self, Typed};
use crate::reports::{Answer, Outline};

const FILE: &str = "reports/remarks.csv";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RemarkRow {
    regime: String,
    period: String,
    unit: String,
    /// The revision remarked on.
    revision: String,
    place: String,
    body: String,
    /// "1" where the unit ticked it.
    done: String,
    answer: String,
}

/// The remarks by the revision they are on.
pub struct Remarks(HashMap<Key, Vec<RemarkRow>>);

impl Remarks {
    /// # Errors
    /// The line that cannot be read.
    pub fn load() -> Result<Remarks, Error> {
        let mut remarks: HashMap<Key, Vec<RemarkRow>> = HashMap::new();
        for row in table::<RemarkRow>(FILE)? {
            let key = (row.regime.clone(), row.period.clone(), row.unit.clone(), row.revision.clone());
            remarks.entry(key).or_default().push(row);
        }
        Ok(Remarks(remarks))
    }

    /// Writes the remarks on a revision, as the collector who is about to ask for its correction.
    ///
    /// # Errors
    /// The verb's refusals.
    pub fn write(
        &self,
        conn: &mut Conn,
        key: &Key,
        actor: &Actor,
        report: ReportId,
        moment: Moment,
    ) -> Result<(), Error> {
        for row in self.0.get(key).into_iter().flatten() {
            let typed = Typed { place: row.place.clone(), body: row.body.clone() };
            write_remark::write(conn, actor, report, &typed, moment)?;
        }
        Ok(())
    }

    /// What the unit answers to the remarks its correction is asked to mend.
    pub fn answers(&self, key: &Key, outline: &Outline) -> BTreeMap<RemarkId, Answer> {
        let before = key.3.parse::<u32>().map_or(String::new(), |number| (number - 1).to_string());
        let on = (key.0.clone(), key.1.clone(), key.2.clone(), before);
        let rows = self.0.get(&on).map_or(&[][..], Vec::as_slice);
        let answer = |remark: &crate::reports::Remark| {
            let row = rows.iter().find(|row| row.place == remark.place.code() && row.body == remark.body)?;
            Some((remark.id, Answer { done: row.done == "1", text: row.answer.clone() }))
        };
        outline.remarks.iter().filter_map(answer).collect()
    }
}
