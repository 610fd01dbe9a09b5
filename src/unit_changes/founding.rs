//! Rows that a reorganisation founds, takes out and puts back: a duty on the terms of another with its blank report, and
//! a route as the one line the journal keeps of it. Between the journal, which carries out, and the taking back.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::facts::RouteRow;
use super::queries::Kept;
use crate::db::Conn;
use crate::db::ids::{ObligationId, ReportId, UnitId};
use crate::db::schema::{obligations, reports, routes};
use crate::error::Error;
use crate::on_each;
use crate::periods::{Obligation, Standing};
use crate::reports::ReportState;

/// Whoever decided on the obligation as it stood before loses to what was just written.
pub(super) fn next_version(conn: &mut Conn, obligation: ObligationId) -> QueryResult<usize> {
    diesel::update(obligations::table.find(obligation))
        .set(obligations::version.eq(obligations::version + 1))
        .execute(conn)
}

/// A route that was taken out, in one line of the journal.
pub(super) fn route_words(route: &RouteRow) -> String {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    format!(
        "{} {} {} {} {} {} {}",
        route.regime_id,
        route.unit_id,
        route.collector_id,
        route.part,
        route.mode,
        day(route.valid_from),
        day(route.valid_to)
    )
}

/// Puts a route back that was taken out.
///
/// # Errors
/// [`Error::Internal`] for a line that [`route_words`] did not write; the query's own.
pub(super) fn restore_route(conn: &mut Conn, kept: &Kept) -> Result<(), Error> {
    let odd = || Error::Internal(format!("journal: not a route: {:?}", kept.before));
    let [regime, unit, collector, part, mode, from, to] = kept.before.split(' ').collect::<Vec<_>>()[..]
    else {
        return Err(odd());
    };
    let id = |text: &str| text.parse::<i64>().map_err(|_| odd());
    let day = |text: &str| -> Result<Option<NaiveDate>, Error> {
        if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| odd()) }
    };
    diesel::insert_into(routes::table)
        .values((
            routes::id.eq(kept.row_id),
            routes::regime_id.eq(id(regime)?),
            routes::unit_id.eq(id(unit)?),
            routes::collector_id.eq(id(collector)?),
            routes::part.eq(part),
            routes::mode.eq(mode),
            routes::valid_from.eq(day(from)?),
            routes::valid_to.eq(day(to)?),
        ))
        .execute(conn)?;
    Ok(())
}

/// A blank report for an obligation.
pub(super) fn blank_report(conn: &mut Conn, obligation: ObligationId) -> QueryResult<ReportId> {
    let values = (reports::obligation_id.eq(obligation), reports::state.eq(ReportState::NotBegun.code()));
    on_each!(conn, |c| diesel::insert_into(reports::table)
        .values(values)
        .returning(reports::id)
        .get_result(c))
}

/// An obligation on the terms of another.
pub(super) fn found_duty(conn: &mut Conn, like: ObligationId, unit: UnitId) -> QueryResult<ObligationId> {
    let row: Obligation = obligations::table.find(like).select(Obligation::as_select()).first(conn)?;
    let values = (
        obligations::uid.eq(uuid::Uuid::now_v7().to_string()),
        obligations::period_id.eq(row.period_id),
        obligations::unit_id.eq(unit),
        obligations::part.eq(row.part),
        obligations::collector_id.eq(row.collector_id),
        obligations::form_id.eq(row.form_id),
        obligations::kind.eq(row.kind),
        obligations::mode.eq(row.mode),
        obligations::due_rule.eq(row.due_rule),
        obligations::stated_on.eq(row.stated_on),
        obligations::stated_time.eq(row.stated_time),
        obligations::extended_to.eq(row.extended_to),
        obligations::standing.eq(Standing::Owed.code()),
    );
    on_each!(conn, |c| diesel::insert_into(obligations::table)
        .values(values)
        .returning(obligations::id)
        .get_result(c))
}
