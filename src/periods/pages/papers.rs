//! Documents brought for a report that wait to be looked at, on the page of its obligation. What a unit brings to its own draft stays
//! its own: they are for who writes the report now.

use crate::access::Action;
use crate::error::Error;
use crate::periods::decide::Case;
use crate::periods::{Duty, Standing};
use crate::web::{SignedIn, State};
use crate::{prose_reports, reports};

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
    let (id, unit) = (report.id, obligation.unit_id);
    state
        .read(move |conn| {
            let typed = reports::queries::typings(conn, &[id])?.contains_key(&id);
            let writes = if typed { types } else { own };
            if !writes {
                return Ok(Vec::new());
            }
            let rows = prose_reports::queries::of_report(conn, id, typed.then_some(unit))?;
            let waiting = rows.into_iter().filter(|row| row.applied_at.is_none());
            Ok(waiting.map(|row| (row.id.to_string(), row.file_name)).collect())
        })
        .await
}
