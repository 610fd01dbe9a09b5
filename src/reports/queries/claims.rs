//! Links of a report that another report of the same regime stands on too.

use diesel::prelude::*;

use super::super::{Case, ClaimedElsewhere};
use super::outlines::reach_of;
use crate::db::Conn;
use crate::db::ids::UnitId;
use crate::db::schema::{evidence, evidence_claims, obligations, periods, reports};
use crate::periods::Period;

/// Who else claims the posts this report claims, as they were last saved: another unit, or the same one for a period that is
/// neither part of this one nor holds it. Five queries at most.
///
/// # Errors
/// The queries' own.
pub(super) fn claimed_elsewhere(conn: &mut Conn, case: &Case) -> QueryResult<Vec<ClaimedElsewhere>> {
    let keys: Vec<String> = evidence_claims::table
        .inner_join(evidence::table)
        .filter(evidence_claims::report_id.eq(case.report.id).and(evidence::url_key.ne("")))
        .select(evidence::url_key)
        .distinct()
        .load(conn)?;
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let others: Vec<(String, UnitId, Period)> = evidence_claims::table
        .inner_join(evidence::table)
        .inner_join(reports::table.inner_join(obligations::table.inner_join(periods::table)))
        .filter(evidence::url_key.eq_any(&keys).and(reports::id.ne(case.report.id)))
        .filter(periods::regime_id.eq(case.regime.id))
        .order((evidence::url_key, periods::reference_on.desc(), obligations::unit_id))
        .select((evidence::url_key, obligations::unit_id, Period::as_select()))
        .load(conn)?;
    // Its own are also those of the units it took over.
    let own = reach_of(conn, case)?;
    let overlaps = |period: &Period| {
        period.id == case.period.id
            || case
                .window()
                .zip(period.window())
                .is_some_and(|(one, other)| one.from <= other.to && other.from <= one.to)
    };
    let others: Vec<(String, UnitId, Period)> =
        others.into_iter().filter(|(_, unit, period)| !own.contains(unit) || !overlaps(period)).collect();
    let units: Vec<UnitId> =
        others.iter().map(|(_, unit, _)| *unit).filter(|unit| !own.contains(unit)).collect();
    let names = match units.is_empty() {
        true => Default::default(),
        false => crate::units::queries::names_on(conn, &units, case.period.reference_on)?,
    };
    let mut found: Vec<ClaimedElsewhere> = others
        .into_iter()
        .map(|(key, unit, period)| ClaimedElsewhere {
            key,
            unit: names.get(&unit).cloned().unwrap_or_default(),
            period: period.label,
        })
        .collect();
    found.dedup();
    Ok(found)
}
