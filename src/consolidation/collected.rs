//! Who collected an earlier period: the collector itself, or the bodies that have passed whole into it since. Between a
//! comparison, which knows the collector of today, and the filings and editions of then, which stand under the old name.

use std::collections::BTreeSet;

use super::queries;
use super::succession::behind;
use crate::db::Conn;
use crate::db::ids::{PeriodId, UnitId};
use crate::error::Error;

/// The bodies whose filings and editions of a period stand beside those of `collector`: of it and the bodies behind it,
/// whoever collected then and sent to none of the others. The collector alone where nobody did. Two queries.
///
/// # Errors
/// The queries' own.
pub fn collected(conn: &mut Conn, period: PeriodId, collector: UnitId) -> Result<Vec<UnitId>, Error> {
    let owed = queries::owed(conn, period)?;
    let then: BTreeSet<UnitId> = owed.iter().map(|row| row.collector_id).collect();
    if then.iter().all(|body| *body == collector) {
        return Ok(vec![collector]);
    }
    let bodies = behind(collector, &queries::all_handovers(conn)?);
    let sends = |body: &UnitId| {
        let sent = owed.iter().filter(|row| row.part == "consolidated" && row.unit_id == *body);
        sent.map(|row| row.collector_id).any(|to| to != *body && bodies.contains(&to))
    };
    let top: Vec<UnitId> = then.into_iter().filter(|body| bodies.contains(body) && !sends(body)).collect();
    Ok(if top.is_empty() { vec![collector] } else { top })
}
