//! Who collected an earlier period: the collector itself, or the bodies that have passed whole into it since. Between a
//! comparison, which knows the collector of today, and the filings and editions of then, which stand under the old name.

use super::queries;
use super::succession::behind;
use crate::db::Conn;
use crate::db::ids::{PeriodId, UnitId};
use crate::error::Error;
use crate::periods::tops;

/// The bodies whose filings and editions of a period stand beside those of `collector`: of it and the bodies behind it,
/// whoever collected then and owed none of the others anything ([`tops()`]). The collector alone where nobody did. Two queries.
///
/// # Errors
/// The queries' own.
pub fn collected(conn: &mut Conn, period: PeriodId, collector: UnitId) -> Result<Vec<UnitId>, Error> {
    let owed = queries::owed(conn, period)?;
    if owed.iter().all(|row| row.collector_id == collector) {
        return Ok(vec![collector]);
    }
    let bodies = behind(collector, &queries::all_handovers(conn)?);
    let of: Vec<(UnitId, UnitId)> = owed
        .iter()
        .map(|row| (row.unit_id, row.collector_id))
        .filter(|(_, collector)| bodies.contains(collector))
        .collect();
    let top = tops(&of);
    Ok(if top.is_empty() { vec![collector] } else { top })
}

/// Who collected a part of its own of a period beside `collector`, which collected the rest: nobody, as a rule. One query.
///
/// # Errors
/// The query's own.
pub fn collected_beside(conn: &mut Conn, period: PeriodId, collector: UnitId) -> Result<Vec<UnitId>, Error> {
    let owed = queries::owed(conn, period)?;
    let owed: Vec<(UnitId, UnitId)> = owed.iter().map(|row| (row.unit_id, row.collector_id)).collect();
    let mut tops = tops(&owed);
    Ok(match tops.iter().position(|body| *body == collector) {
        Some(at) => {
            tops.remove(at);
            tops
        }
        None => vec![],
    })
}
