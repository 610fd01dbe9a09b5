//! A plan is tied to a regime: what is reported of the plan is reported under it, and whoever collects for the regime keeps the plan.

use chrono::NaiveDate;
use serde_json::json;

use super::{keeping, queries};
use crate::access::Actor;
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{PlanId, RegimeId};
use crate::error::Error;
use crate::{periods, plans};

/// Ties a plan to a regime from a day on; a plan that is tied already stays as it is. Five queries.
///
/// # Errors
/// [`Error::NotFound`] for a foreign regime or plan, or for two of different provinces; [`Error::Forbidden`] for those who do not
/// keep the regime.
pub fn serve(
    conn: &mut Conn,
    actor: &Actor,
    (regime, plan): (RegimeId, PlanId),
    from: Option<NaiveDate>,
    moment: Moment,
) -> Result<(), Error> {
    let scope = actor.scope();
    let regime = periods::queries::visible_regime(conn, &scope, regime)?;
    let membership = keeping(actor, &regime)?;
    let plan = plans::queries::find(conn, &scope.provinces, plan)?;
    if plan.province_id != regime.province_id {
        return Err(Error::NotFound);
    }
    if !queries::add_plan(conn, regime.id, plan.id, from)? {
        return Ok(());
    }
    let step = Step {
        action: "regime.serve",
        subject_kind: "regime",
        subject_id: Some(regime.id.0),
        subject_label: &regime.name,
        unit_id: Some(regime.collector_id),
        before: None,
        after: Some(json!({ "plan": plan.short_name, "from": from })),
    };
    Ok(audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?)
}
