//! The plans a regime serves on a day, and the documents they rest on: what a report's paper begins with.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::{PlanId, RegimeId};
use crate::db::schema::{legal_bases, plan_legal_bases, plans, regime_plans};
use crate::plans::{LegalBasis, Plan};

/// The plans a regime serves on `day`, oldest first, and their legal bases in the plans' order; a basis of two plans
/// comes twice. Two queries.
///
/// # Errors
/// The queries' own.
pub fn served(
    conn: &mut Conn,
    regime: RegimeId,
    day: NaiveDate,
) -> QueryResult<(Vec<Plan>, Vec<LegalBasis>)> {
    let mut served: Vec<Plan> = regime_plans::table
        .inner_join(plans::table)
        .filter(regime_plans::regime_id.eq(regime))
        .filter(regime_plans::valid_from.is_null().or(regime_plans::valid_from.le(day)))
        .filter(regime_plans::valid_to.is_null().or(regime_plans::valid_to.ge(day)))
        .select(Plan::as_select())
        .load(conn)?;
    served.retain(|plan| plan.in_force(day));
    served.sort_by_key(|plan| (plan.date_key(), plan.id));
    let ids: Vec<PlanId> = served.iter().map(|plan| plan.id).collect();
    let mut bases: Vec<(PlanId, i32, LegalBasis)> = legal_bases::table
        .inner_join(plan_legal_bases::table)
        .filter(plan_legal_bases::plan_id.eq_any(&ids))
        .select((plan_legal_bases::plan_id, plan_legal_bases::position, LegalBasis::as_select()))
        .load(conn)?;
    bases.sort_by_key(|(plan, position, basis)| (ids.iter().position(|id| id == plan), *position, basis.id));
    Ok((served, bases.into_iter().map(|(_, _, basis)| basis).collect()))
}
