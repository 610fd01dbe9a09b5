//! SQL of taking a period back: what stands in it, and its rows.

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::{FormId, PeriodId, UnitId};
use crate::db::schema::{
    behalf_typings, brought_documents, contacts, drafts, editions, narrative_drafts, obligation_decisions,
    obligations, period_levels, periods, report_transitions, reports,
};

/// What has been begun in a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begun {
    Nothing,
    /// Something was typed, sent or decided for these units.
    Written(Vec<UnitId>),
    /// The collector has worked on the whole.
    Consolidated,
}

/// The units that owe a period, each once. One query.
///
/// # Errors
/// The query's own.
pub fn units_of(conn: &mut Conn, id: PeriodId) -> QueryResult<Vec<UnitId>> {
    obligations::table
        .filter(obligations::period_id.eq(id))
        .select(obligations::unit_id)
        .distinct()
        .order(obligations::unit_id)
        .load(conn)
}

/// The form of every obligation of a period, where it is one. One query.
///
/// # Errors
/// The query's own.
pub fn only_form(conn: &mut Conn, id: PeriodId) -> QueryResult<Option<FormId>> {
    let of = obligations::table.filter(obligations::period_id.eq(id));
    let forms: Vec<FormId> = of.select(obligations::form_id).distinct().load(conn)?;
    Ok(forms.first().copied().filter(|_| forms.len() == 1))
}

/// What stands in a period already. Five queries.
///
/// # Errors
/// The queries' own.
pub fn begun(conn: &mut Conn, id: PeriodId) -> QueryResult<Begun> {
    let typed = obligations::table
        .inner_join(reports::table)
        .left_join(drafts::table.on(drafts::report_id.eq(reports::id)))
        .left_join(behalf_typings::table.on(behalf_typings::report_id.eq(reports::id)))
        .filter(obligations::period_id.eq(id))
        .filter(
            reports::state
                .ne("not_begun")
                .or(obligations::standing.ne("owed"))
                .or(drafts::report_id.nullable().is_not_null())
                .or(behalf_typings::report_id.nullable().is_not_null())
                // What was begun and given up has left its steps.
                .or(exists(report_transitions::table.filter(report_transitions::report_id.eq(reports::id)))),
        )
        .select(obligations::unit_id);
    let mut by: Vec<UnitId> = typed.load(conn)?;
    // Documents that were brought for a report nobody has begun.
    let brought = obligations::table
        .inner_join(reports::table)
        .filter(obligations::period_id.eq(id))
        .filter(exists(brought_documents::table.filter(brought_documents::report_id.eq(reports::id))))
        .select(obligations::unit_id);
    by.extend(brought.load::<UnitId>(conn)?);
    let decided = obligation_decisions::table
        .inner_join(obligations::table)
        .filter(obligations::period_id.eq(id))
        .select(obligations::unit_id);
    by.extend(decided.load::<UnitId>(conn)?);
    let called = contacts::table
        .inner_join(obligations::table)
        .filter(obligations::period_id.eq(id))
        .select(obligations::unit_id);
    by.extend(called.load::<UnitId>(conn)?);
    if !by.is_empty() {
        return Ok(Begun::Written(by));
    }
    let made: i64 = editions::table.filter(editions::period_id.eq(id)).count().get_result(conn)?;
    let edited: i64 =
        narrative_drafts::table.filter(narrative_drafts::period_id.eq(id)).count().get_result(conn)?;
    Ok(if made + edited > 0 { Begun::Consolidated } else { Begun::Nothing })
}

/// Takes the rows of a period away, if it is as it was seen: false when it is not. Every other row that refers to one of
/// them makes the database refuse.
///
/// # Errors
/// The queries' own; a violation of a foreign key where something was begun in it.
pub fn delete_period(conn: &mut Conn, id: PeriodId, seen_version: i32) -> QueryResult<bool> {
    let seen =
        diesel::update(periods::table.filter(periods::id.eq(id)).filter(periods::version.eq(seen_version)))
            .set(periods::version.eq(seen_version + 1))
            .execute(conn)?;
    if seen != 1 {
        return Ok(false);
    }
    let of = || obligations::table.filter(obligations::period_id.eq(id)).select(obligations::id);
    diesel::delete(reports::table.filter(reports::obligation_id.eq_any(of()))).execute(conn)?;
    diesel::delete(obligations::table.filter(obligations::period_id.eq(id))).execute(conn)?;
    diesel::delete(period_levels::table.filter(period_levels::period_id.eq(id))).execute(conn)?;
    Ok(diesel::delete(periods::table.filter(periods::id.eq(id))).execute(conn)? == 1)
}
