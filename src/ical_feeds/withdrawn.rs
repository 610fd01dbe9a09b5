//! What stays of a period that is taken back: the names of its events, so that calendars that have them are told that they
//! are cancelled. Written in the write that takes the period back.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::event::{sequence, title};
use super::queries::days_off;
use crate::db::Conn;
use crate::db::ids::{PeriodId, UnitId};
use crate::db::schema::{obligations, periods, regimes, reports, withdrawn_duties};
use crate::on_each;
use crate::periods::{Obligation, Period};

/// Rows of one insert: six values each stay well under SQLite's 32,766.
const BATCH: usize = 1000;

/// Keeps the names of everything in a period that has a day. Three queries, and one for each unit.
///
/// # Errors
/// The queries' own.
pub fn keep(conn: &mut Conn, id: PeriodId, at: NaiveDateTime) -> QueryResult<()> {
    let rows: Vec<(Obligation, i32, String)> = obligations::table
        .inner_join(reports::table)
        .filter(obligations::period_id.eq(id))
        .order(obligations::id)
        .select((Obligation::as_select(), reports::version, obligations::uid))
        .load(conn)?;
    let (period, uid, collector): (Period, String, UnitId) = periods::table
        .inner_join(regimes::table)
        .filter(periods::id.eq(id))
        .select((Period::as_select(), periods::uid, regimes::collector_id))
        .first(conn)?;
    // Above whatever a feed has said of them.
    let changes = days_off(conn)?.changes;
    type Kept = (String, UnitId, String, NaiveDate, i32);
    let mut kept: Vec<Kept> = rows
        .into_iter()
        .filter_map(|(obligation, version, uid)| {
            let title = title(&obligation.kind, &period.label);
            let next = (sequence(obligation.version, version) + 1).saturating_add(changes);
            Some((uid, obligation.unit_id, title, obligation.stated_on?, next))
        })
        .collect();
    let whole = period
        .stated_on
        .map(|day| (uid, collector, period.label.clone(), day, (period.version + 1).saturating_add(changes)));
    kept.extend(whole);
    for batch in kept.chunks(BATCH) {
        let rows: Vec<_> = batch
            .iter()
            .map(|(uid, unit, title, day, sequence)| {
                (
                    withdrawn_duties::uid.eq(uid),
                    withdrawn_duties::unit_id.eq(*unit),
                    withdrawn_duties::title.eq(title),
                    withdrawn_duties::last_day.eq(*day),
                    withdrawn_duties::sequence.eq(*sequence),
                    withdrawn_duties::withdrawn_at.eq(at),
                )
            })
            .collect();
        // Of two who withdraw at once the later finds the rows there; its own step then finds the period gone.
        for row in rows {
            on_each!(conn, |c| {
                diesel::insert_into(withdrawn_duties::table).values(row).on_conflict_do_nothing().execute(c)
            })?;
        }
    }
    Ok(())
}
