//! SQL of setting a period's dates: the period, the obligations that nobody has sent on, and a decision for each.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::super::levels::Level;
use super::super::set_dates::NewDates;
use super::super::{Duty, Period, Standing};
use super::NewDecision;
use crate::access::{Actor, Membership};
use crate::calendar::DueRule;
use crate::db::Conn;
use crate::db::ids::{ObligationId, PeriodId, UnitId};
use crate::db::schema::{obligation_decisions, obligations, periods, reports};
use crate::on_each;

/// Rows of one batch insert: eight columns each stay well under SQLite's 32,766 bound values.
const BATCH: usize = 1000;

/// Writes the dates, if nobody was faster: false when the period is no longer as it was seen.
///
/// # Errors
/// The query's own.
pub fn put_dates(conn: &mut Conn, seen: &Period, new: &NewDates) -> QueryResult<bool> {
    let changed = diesel::update(periods::table.find(seen.id))
        .filter(periods::version.eq(seen.version))
        .set((
            periods::due_rule.eq(new.due.code()),
            periods::stated_on.eq(new.due.date()),
            periods::stated_time.eq(new.due.hour_code()),
            periods::due_basis.eq(&new.due_basis),
            periods::lock_on.eq(new.lock_on),
            periods::version.eq(periods::version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// An obligation that goes by a new day: itself, its unit, and who collects it.
pub type OpenDuty = (ObligationId, UnitId, UnitId);

/// What is owed in a period and has not been sent; what was declared nil or exempt keeps the day it was declared under.
/// One query.
///
/// # Errors
/// The query's own.
pub fn open_duties(conn: &mut Conn, id: PeriodId) -> QueryResult<Vec<OpenDuty>> {
    obligations::table
        .inner_join(reports::table)
        .filter(obligations::period_id.eq(id))
        .filter(obligations::standing.eq(Standing::Owed.code()))
        .filter(reports::first_sent_at.is_null())
        .order(obligations::id)
        .select((obligations::id, obligations::unit_id, obligations::collector_id))
        .load(conn)
}

/// Puts the new day on every one of [`open_duties`], takes away an extension it reaches, and
/// appends a decision to each. Gives them back. Three queries, and one for each thousand units.
///
/// # Errors
/// The queries' own.
pub fn move_due(
    conn: &mut Conn,
    id: PeriodId,
    new: &NewDates,
    levels: &[Level],
    (actor, by): (&Actor, &Membership),
    at: NaiveDateTime,
) -> QueryResult<Vec<OpenDuty>> {
    let open = open_duties(conn, id)?;
    // Whoever sends to a lower level goes by that level's day.
    let mut by_day: HashMap<DueRule, Vec<ObligationId>> = HashMap::new();
    for (id, _, collector) in &open {
        let level = levels.iter().find(|level| level.collector == *collector);
        by_day.entry(level.map_or(new.due, |level| level.due)).or_default().push(*id);
    }
    let batches = by_day.iter().flat_map(|(due, ids)| ids.chunks(BATCH).map(move |batch| (due, batch)));
    for (due, batch) in batches {
        diesel::update(obligations::table.filter(obligations::id.eq_any(batch)))
            .set((
                obligations::due_rule.eq(due.code()),
                obligations::stated_on.eq(due.date()),
                obligations::stated_time.eq(due.hour_code()),
                obligations::version.eq(obligations::version + 1),
            ))
            .execute(conn)?;
        if let Some(last) = due.last_day() {
            diesel::update(obligations::table.filter(obligations::id.eq_any(batch)))
                .filter(obligations::extended_to.le(last))
                .set(obligations::extended_to.eq(None::<chrono::NaiveDate>))
                .execute(conn)?;
        }
        let rows: Vec<NewDecision<'_>> = batch
            .iter()
            .map(|obligation_id| NewDecision {
                obligation_id: *obligation_id,
                kind: "due_set",
                until_on: due.last_day(),
                reason: &new.due_basis,
                membership_id: by.id,
                actor_name: &actor.full_name,
                actor_title: &by.title,
                decided_at: at,
            })
            .collect();
        on_each!(conn, |c| diesel::insert_into(obligation_decisions::table).values(&rows).execute(c))?;
    }
    Ok(open)
}

/// Puts an obligation that is owed again under the day its period, or the level it sends to, has now. Two queries.
///
/// # Errors
/// The queries' own.
pub fn follow_period(conn: &mut Conn, duty: &Duty, period: &Period) -> QueryResult<()> {
    let of = (period.id, duty.obligation.collector_id);
    let due = super::level_dues(conn, &[period.id])?.remove(&of).unwrap_or_else(|| period.due());
    diesel::update(obligations::table.find(duty.obligation.id))
        .set((
            obligations::due_rule.eq(due.code()),
            obligations::stated_on.eq(due.date()),
            obligations::stated_time.eq(due.hour_code()),
        ))
        .execute(conn)
        .map(|_| ())
}
