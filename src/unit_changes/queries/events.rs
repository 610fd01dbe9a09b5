//! SQL of the events on record: the list, one with its lines, and its journal.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::{ObligationId, UnitChangeId, UnitId};
use crate::db::schema::{
    audit_log, functions, obligations, unit_change_effects, unit_change_lines, unit_changes, unit_reach,
};
use crate::on_each;
use crate::units::queries::on_days;

/// An event.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct ChangeRow {
    pub id: UnitChangeId,
    pub uid: String,
    pub kind: String,
    /// First day of the new order.
    pub effective_on: NaiveDate,
    pub decision: String,
    pub note: String,
    /// UTC.
    pub recorded_at: NaiveDateTime,
}

/// One line of an event.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct LineRow {
    pub change_id: UnitChangeId,
    pub from: Option<UnitId>,
    pub to: Option<UnitId>,
    /// Name of the one function that passed; none: the whole body.
    pub function: Option<String>,
}

impl LineRow {
    /// In words: "Sở A → Sở B (chức năng …)", by what units were called on the eve of the event and on its first day.
    pub fn words(&self, names: &Names) -> String {
        let name = |unit: Option<UnitId>| names.after(unit);
        let was = |unit: Option<UnitId>| names.before(unit);
        let function = self.function.as_ref();
        let what = function.map(|function| format!(" (chức năng “{function}”)")).unwrap_or_default();
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to && was(self.from) == name(self.to) => {
                format!("{}: tiếp tục hoạt động", name(self.to))
            }
            (Some(_), Some(_)) => format!("{} → {}{what}", was(self.from), name(self.to)),
            (None, _) => format!("{}: thành lập", name(self.to)),
            (Some(_), None) => format!("{}: không có đơn vị kế thừa", was(self.from)),
        }
    }
}

/// What the units of an event were called before it and from its first day on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    before: HashMap<UnitId, String>,
    after: HashMap<UnitId, String>,
}

impl Names {
    /// From what `on` says a unit was called on a day, for an event of `effective_on`.
    pub fn of(effective_on: NaiveDate, mut on: impl FnMut(NaiveDate) -> HashMap<UnitId, String>) -> Names {
        let eve = effective_on.pred_opt().unwrap_or(effective_on);
        Names { before: on(eve), after: on(effective_on) }
    }

    /// Those of some units around an event. One query.
    ///
    /// # Errors
    /// The query's own.
    pub fn load(conn: &mut Conn, units: &[UnitId], effective_on: NaiveDate) -> QueryResult<Names> {
        let eve = effective_on.pred_opt().unwrap_or(effective_on);
        let mut all = on_days(conn, units, &[eve, effective_on])?;
        let mut on = |day| all.remove(&day).unwrap_or_default();
        Ok(Names::of(effective_on, |day| on(day).into_iter().map(|(id, unit)| (id, unit.name)).collect()))
    }

    /// On the eve of the event; "" for none.
    pub fn before(&self, unit: Option<UnitId>) -> String {
        unit.and_then(|unit| self.before.get(&unit)).cloned().unwrap_or_default()
    }

    /// From its first day on; what a body that ended was called last; "" for none.
    pub fn after(&self, unit: Option<UnitId>) -> String {
        unit.and_then(|unit| self.after.get(&unit)).cloned().unwrap_or_default()
    }
}

/// One row of the journal, as kept.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Kept {
    pub position: i32,
    pub what: String,
    pub row_id: i64,
    pub before: String,
    pub after: String,
}

/// The first row of a journal: the newest obligation there was, and the moment of the event by the clock of reports.
const MARK: &str = "seen:obligations";

impl Kept {
    /// The first row of a journal.
    pub(in super::super) fn first(newest: Option<ObligationId>, at: NaiveDateTime) -> Kept {
        Kept {
            position: 0,
            what: MARK.to_owned(),
            row_id: newest.map_or(0, |id| id.0),
            before: String::new(),
            after: at.format(INSTANT).to_string(),
        }
    }

    /// What the first row of a journal says; none for every other row.
    pub(in super::super) fn mark(&self) -> Option<(ObligationId, NaiveDateTime)> {
        if self.what != MARK {
            return None;
        }
        Some((ObligationId(self.row_id), NaiveDateTime::parse_from_str(&self.after, INSTANT).ok()?))
    }
}

/// Instants of a journal, UTC.
const INSTANT: &str = "%Y-%m-%dT%H:%M:%S%.6f";

/// The newest obligation there is. One query.
///
/// # Errors
/// The query's own.
pub(in super::super) fn newest_obligation(conn: &mut Conn) -> QueryResult<Option<ObligationId>> {
    obligations::table.select(diesel::dsl::max(obligations::id)).first(conn)
}

macro_rules! columns {
    () => {
        (
            unit_changes::id,
            unit_changes::uid,
            unit_changes::kind,
            unit_changes::effective_on,
            unit_changes::decision,
            unit_changes::note,
            unit_changes::recorded_at,
        )
    };
}

/// An event that was taken back, as the log has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenBack {
    /// What the event was called by while it stood.
    pub change: Option<UnitChangeId>,
    /// When it was taken back, UTC.
    pub at: NaiveDateTime,
    pub by: String,
    pub decision: String,
    pub reason: String,
    pub kind: String,
    pub effective_on: Option<NaiveDate>,
    /// Who passed into whom, in words; none where that was not kept.
    pub lines: Vec<String>,
}

/// A row of the log about such an event: number, moment, person, decision, before, after.
type Undone = (Option<i64>, NaiveDateTime, String, String, Option<String>, Option<String>);

/// The events of units of the provinces that were taken back, the latest first. Two queries.
///
/// # Errors
/// The query's own.
pub fn taken_back(conn: &mut Conn, provinces: &[UnitId]) -> QueryResult<Vec<TakenBack>> {
    let units: Vec<Option<UnitId>> = unit_reach::table
        .filter(unit_reach::unit_id.eq_any(provinces))
        .select(unit_reach::reaches_id.nullable())
        .load(conn)?;
    let rows: Vec<Undone> = audit_log::table
        .filter(audit_log::action.eq("unit_change.undo"))
        .filter(audit_log::unit_id.eq_any(units))
        .order(audit_log::id.desc())
        .select((
            audit_log::subject_id,
            audit_log::at,
            audit_log::actor_name,
            audit_log::subject_label,
            audit_log::before_json,
            audit_log::after_json,
        ))
        .load(conn)?;
    let json = |text: Option<String>| -> serde_json::Value {
        text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    };
    Ok(rows
        .into_iter()
        .map(|(change, at, by, decision, before, after)| {
            let (before, after) = (json(before), json(after));
            let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
            TakenBack {
                change: change.map(UnitChangeId),
                at,
                by,
                decision,
                reason: text(&after["reason"]),
                kind: text(&before["kind"]),
                effective_on: text(&before["effective_on"]).parse().ok(),
                lines: before["units"]
                    .as_array()
                    .map(|all| all.iter().map(text).collect())
                    .unwrap_or_default(),
            }
        })
        .collect())
}

/// The events that concern a unit of the provinces, the latest day first. Two queries.
///
/// # Errors
/// The query's own.
pub fn changes(conn: &mut Conn, provinces: &[UnitId]) -> QueryResult<Vec<ChangeRow>> {
    let units: Vec<Option<UnitId>> = unit_reach::table
        .filter(unit_reach::unit_id.eq_any(provinces))
        .select(unit_reach::reaches_id.nullable())
        .load(conn)?;
    let of = unit_change_lines::table
        .filter(
            unit_change_lines::from_unit_id.eq_any(&units).or(unit_change_lines::to_unit_id.eq_any(&units)),
        )
        .select(unit_change_lines::change_id);
    unit_changes::table
        .filter(unit_changes::id.eq_any(of))
        .order((unit_changes::effective_on.desc(), unit_changes::id.desc()))
        .select(columns!())
        .load(conn)
}

/// One event that concerns a unit of the provinces. Three queries.
///
/// # Errors
/// `NotFound` for a foreign one too.
pub fn change(
    conn: &mut Conn,
    provinces: &[UnitId],
    id: UnitChangeId,
) -> QueryResult<(ChangeRow, Vec<LineRow>)> {
    let row = unit_changes::table.find(id).select(columns!()).first(conn)?;
    let lines = lines(conn, &[id])?;
    let named: Vec<UnitId> = lines.iter().flat_map(|line| [line.from, line.to]).flatten().collect();
    let seen = crate::units::queries::register::within(conn, provinces, &named)?;
    if seen.is_empty() { Err(diesel::result::Error::NotFound) } else { Ok((row, lines)) }
}

/// The lines of some events. One query.
///
/// # Errors
/// The query's own.
pub fn lines(conn: &mut Conn, ids: &[UnitChangeId]) -> QueryResult<Vec<LineRow>> {
    unit_change_lines::table
        .left_join(functions::table)
        .filter(unit_change_lines::change_id.eq_any(ids))
        .order(unit_change_lines::id)
        .select((
            unit_change_lines::change_id,
            unit_change_lines::from_unit_id,
            unit_change_lines::to_unit_id,
            functions::name.nullable(),
        ))
        .load(conn)
}

/// The journal of an event in the order it was carried out. One query.
///
/// # Errors
/// The query's own.
pub fn journal(conn: &mut Conn, id: UnitChangeId) -> QueryResult<Vec<Kept>> {
    unit_change_effects::table
        .filter(unit_change_effects::change_id.eq(id))
        .order(unit_change_effects::position)
        .select((
            unit_change_effects::position,
            unit_change_effects::what,
            unit_change_effects::row_id,
            unit_change_effects::before_text,
            unit_change_effects::after_text,
        ))
        .load(conn)
}

/// Rows of one insert: six columns each, well under SQLite's 32,766 bound values.
const BATCH: usize = 1000;

/// Writes the journal.
///
/// # Errors
/// The query's own.
pub(in super::super) fn keep(conn: &mut Conn, id: UnitChangeId, kept: &[Kept]) -> QueryResult<()> {
    for batch in kept.chunks(BATCH) {
        let rows: Vec<_> = batch
            .iter()
            .map(|row| {
                (
                    unit_change_effects::change_id.eq(id),
                    unit_change_effects::position.eq(row.position),
                    unit_change_effects::what.eq(&row.what),
                    unit_change_effects::row_id.eq(row.row_id),
                    unit_change_effects::before_text.eq(&row.before),
                    unit_change_effects::after_text.eq(&row.after),
                )
            })
            .collect();
        on_each!(conn, |c| diesel::insert_into(unit_change_effects::table).values(&rows).execute(c))?;
    }
    Ok(())
}

/// The events recorded after one that name a unit it names. Two queries.
///
/// # Errors
/// The query's own.
pub fn later(conn: &mut Conn, id: UnitChangeId, units: &[UnitId]) -> QueryResult<Vec<ChangeRow>> {
    let units: Vec<Option<UnitId>> = units.iter().copied().map(Some).collect();
    let of = unit_change_lines::table
        .filter(unit_change_lines::change_id.gt(id))
        .filter(
            unit_change_lines::from_unit_id.eq_any(&units).or(unit_change_lines::to_unit_id.eq_any(&units)),
        )
        .select(unit_change_lines::change_id);
    unit_changes::table
        .filter(unit_changes::id.eq_any(of))
        .order(unit_changes::id)
        .select(columns!())
        .load(conn)
}
