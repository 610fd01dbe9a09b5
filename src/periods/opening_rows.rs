//! The rows that opening a period writes: the period, its obligations and their blank reports, in batches. Stands
//! between the rules of opening and the tables.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::levels::Level;
use super::{NewPeriod, Regime, Standing};
use crate::calendar::DueRule;
use crate::db::Conn;
use crate::db::ids::{FormId, ObligationId, PeriodId, RegimeId, UnitId};
use crate::db::schema::{obligations, periods, reports};
use crate::error::Error;
use crate::on_each;
use crate::reports::ReportState;
use crate::units::UnitOn;

/// Rows of one batch insert: 14 columns each stay well under SQLite's 32,766 bound values.
const BATCH: usize = 1000;

#[derive(Insertable)]
#[diesel(table_name = periods, treat_none_as_default_value = false)]
struct PeriodRow<'a> {
    uid: String,
    regime_id: RegimeId,
    code: &'a str,
    label: &'a str,
    cycle: String,
    year: i32,
    window_from: Option<NaiveDate>,
    window_to: Option<NaiveDate>,
    due_rule: &'a str,
    stated_on: Option<NaiveDate>,
    stated_time: Option<String>,
    due_basis: &'a str,
    lock_on: Option<NaiveDate>,
    reference_on: NaiveDate,
    opened_at: NaiveDateTime,
}

#[derive(Insertable)]
#[diesel(table_name = obligations, treat_none_as_default_value = false)]
struct ObligationRow<'a> {
    uid: String,
    period_id: PeriodId,
    unit_id: UnitId,
    part: &'a str,
    collector_id: UnitId,
    form_id: FormId,
    kind: &'a str,
    mode: &'a str,
    due_rule: &'a str,
    stated_on: Option<NaiveDate>,
    stated_time: Option<String>,
    standing: &'a str,
}

#[derive(Insertable)]
#[diesel(table_name = reports, treat_none_as_default_value = false)]
struct ReportRow {
    obligation_id: ObligationId,
    state: &'static str,
}

/// One unit that will owe the period.
pub(super) struct Debtor {
    pub unit: UnitOn,
    pub collector_id: UnitId,
    pub mode: String,
    pub form_id: FormId,
    pub part: &'static str,
}

/// The period alone.
///
/// # Errors
/// The query's own.
pub(super) fn insert_period(
    conn: &mut Conn,
    regime_id: RegimeId,
    new: &NewPeriod,
    at: NaiveDateTime,
) -> Result<PeriodId, Error> {
    let row = PeriodRow {
        uid: uuid::Uuid::now_v7().to_string(),
        regime_id,
        code: &new.code,
        label: &new.label,
        cycle: new.cycle.code(),
        year: new.year,
        window_from: new.window.map(|w| w.from),
        window_to: new.window.map(|w| w.to),
        due_rule: new.due.code(),
        stated_on: new.due.date(),
        stated_time: new.due.hour_code(),
        due_basis: &new.due_basis,
        lock_on: new.lock_on,
        reference_on: new.reference_on,
        opened_at: at,
    };
    Ok(on_each!(conn, |c| diesel::insert_into(periods::table)
        .values(&row)
        .returning(periods::id)
        .get_result(c))?)
}

/// One more obligation of a running period, with its blank report.
///
/// # Errors
/// The query's own.
pub(super) fn insert_late(
    conn: &mut Conn,
    regime: &Regime,
    period_id: PeriodId,
    due: DueRule,
    debtor: &Debtor,
) -> Result<ObligationId, Error> {
    let row = ObligationRow {
        uid: uuid::Uuid::now_v7().to_string(),
        period_id,
        unit_id: debtor.unit.id,
        part: debtor.part,
        collector_id: debtor.collector_id,
        form_id: debtor.form_id,
        kind: regime.kind().code(),
        mode: &debtor.mode,
        due_rule: due.code(),
        stated_on: due.date(),
        stated_time: due.hour_code(),
        standing: Standing::Owed.code(),
    };
    let obligation_id: ObligationId = on_each!(conn, |c| diesel::insert_into(obligations::table)
        .values(&row)
        .returning(obligations::id)
        .get_result(c))?;
    let report = ReportRow { obligation_id, state: ReportState::NotBegun.code() };
    on_each!(conn, |c| diesel::insert_into(reports::table).values(&report).execute(c))?;
    Ok(obligation_id)
}

/// One obligation and one blank report for each debtor.
///
/// # Errors
/// The query's own.
pub(super) fn insert_obligations(
    conn: &mut Conn,
    regime: &Regime,
    period_id: PeriodId,
    new: &NewPeriod,
    debtors: &[&Debtor],
    levels: &[Level],
) -> Result<(), Error> {
    // Whoever sends to a lower collector is due by that level's day.
    let due =
        |to: UnitId| levels.iter().find(|level| level.collector == to).map_or(new.due, |level| level.due);
    let rows: Vec<ObligationRow<'_>> = debtors
        .iter()
        .map(|debtor| ObligationRow {
            uid: uuid::Uuid::now_v7().to_string(),
            period_id,
            unit_id: debtor.unit.id,
            part: debtor.part,
            collector_id: debtor.collector_id,
            form_id: debtor.form_id,
            kind: regime.kind().code(),
            mode: &debtor.mode,
            due_rule: due(debtor.collector_id).code(),
            stated_on: due(debtor.collector_id).date(),
            stated_time: due(debtor.collector_id).hour_code(),
            standing: Standing::Owed.code(),
        })
        .collect();
    for batch in rows.chunks(BATCH) {
        on_each!(conn, |c| diesel::insert_into(obligations::table).values(batch).execute(c))?;
    }
    // Those without one: bodies may be added to a period that has some.
    let made: Vec<ObligationId> = obligations::table
        .left_join(reports::table)
        .filter(reports::id.is_null())
        .filter(obligations::period_id.eq(period_id))
        .order(obligations::id)
        .select(obligations::id)
        .load(conn)?;
    let blank: Vec<ReportRow> = made
        .into_iter()
        .map(|obligation_id| ReportRow { obligation_id, state: ReportState::NotBegun.code() })
        .collect();
    for batch in blank.chunks(BATCH) {
        on_each!(conn, |c| diesel::insert_into(reports::table).values(batch).execute(c))?;
    }
    Ok(())
}
