//! Documents brought for a report that wait to be looked at, on the page of its obligation. What a unit brings to its own draft stays
//! its own: they are for who writes the report now.

use crate::access::Action;
use crate::brought::{self, Kind};
use crate::error::Error;
use crate::periods::decide::Case;
use crate::periods::{Duty, Standing};
use crate::prose_reports::ProseReport;
use crate::reports;
use crate::web::{SignedIn, State};

/// Number and name of each: for the unit, or for its collector while they type the report in. Three queries at most.
///
/// # Errors
/// The queries' own.
pub(super) async fn waiting_papers(
    state: &State,
    me: &SignedIn,
    case: &Case,
) -> Result<Vec<(String, String)>, Error> {
    let Duty { obligation, report, .. } = &case.duty;
    let open = case.duty.standing() == Standing::Owed && case.duty.state().is_open();
    let own = me.scope().own_units.contains(&obligation.unit_id);
    let types = me.actor.for_unit(obligation.collector_id, Action::TypeOnBehalf).is_some();
    if !open || !(own || types) {
        return Ok(Vec::new());
    }
    let id = report.id;
    state
        .read(move |conn| {
            let typed = reports::queries::typings(conn, &[id])?.contains_key(&id);
            let writes = if typed { types } else { own };
            if !writes {
                return Ok(Vec::new());
            }
            let rows = brought::queries::of_report(conn, id, ProseReport::ABOUT, typed)?;
            let waiting = rows.into_iter().filter(|row| row.applied_at.is_none());
            Ok(waiting.map(|row| (row.id.to_string(), row.file_name)).collect())
        })
        .await
}
