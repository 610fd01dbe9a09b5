//! All SQL about reports. Scope goes into the query: a report outside it is not found. What totals are made of is
//! read by `consolidation`; the rest stands here by noun.

mod bases;
mod behalf;
mod changes;
mod claims;
mod drafts;
mod frames;
mod leaders;
mod levels;
mod links;
mod outlines;
mod papers;
mod past;
mod remarks;
mod revisions;
mod tables;
mod workbooks;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

pub use bases::served;
pub use behalf::{Kept, Typed, kept_draft, last_typed_in, typed_in, typings};
pub(super) use behalf::{
    drop_draft, end_typing, forget_kept, forget_sending, keep_draft, note_self_receipt, note_typed,
    set_typing, take_over_draft, typed_by_hand,
};
pub use changes::{
    Change, KEPT_SAVES, KeptClash, Settled, Whose, changes_since, clashes, last_writers, open_clashes,
};
pub(super) use changes::{forget_changes, keep_clashes, note_changes, settle_clash};
pub(super) use claims::claimed_elsewhere;
pub(super) use drafts::{draft, forget_paper, notes_on_blanks, replace_draft, set_draft_fields};
pub(super) use frames::{keep_frame, kept_frame};
pub use leaders::someone_leads;
pub use levels::edition_used;
pub(super) use levels::note_edition;
pub use outlines::{AskedByForm, tasks_of};
pub(super) use outlines::{
    TaskFacts, add_told, asked_of_forms, indicators_by_code, outline_of, outline_of_content, outline_of_form,
    task_facts, work_done,
};
pub(super) use papers::{NewPaper, append, titles_in};
pub use papers::{PaperRow, entered_papers, last_papers, papers};
pub(super) use past::{other_units, past};
pub use remarks::{Author, draft_remark, draft_remarks, issued};
pub(super) use remarks::{issue, remove_draft, save_draft, write_answers, write_draft};
pub(super) use revisions::last_sent_content;
pub use revisions::{RevisionRow, Sent, revision_id, revisions, sent, taken_back, taken_back_numbers};
pub use tables::{FromTable, from_tables};
pub(super) use tables::{forget_received, note_table};
pub(super) use workbooks::{
    NewUpload, forget_workbook, keep_workbook, mark_applied, reading_json, workbook_bytes_of,
};
pub use workbooks::{UploadRow, waiting, workbook_bytes, workbook_upload, workbook_uploads_of};

use super::{Case, ReportState, Step};
use crate::access::Scope;
use crate::db::Conn;
use crate::db::ids::{ObligationId, ReportId, UnitId};
use crate::db::schema::{
    obligations, periods, regimes, report_transitions, reports, revisions as revision_table,
};
use crate::periods::queries::before;
use crate::periods::{Obligation, Period, Regime, ReportHead, Standing};
use crate::units::{self, UnitOn};

type CaseRow = (ReportHead, Obligation, Period, Regime);

macro_rules! cases {
    () => {
        reports::table
            .inner_join(obligations::table.inner_join(periods::table.inner_join(regimes::table)))
            .select((
                ReportHead::as_select(),
                Obligation::as_select(),
                Period::as_select(),
                Regime::as_select(),
            ))
    };
}

/// One report within a scope: the unit's own, collected by the actor's unit, or of a province the actor oversees.
/// Four queries, one more while it is typed in for the unit, four where it passed from another body.
///
/// # Errors
/// `NotFound` for what is absent or foreign, which look the same.
pub fn find(conn: &mut Conn, scope: &Scope, id: ReportId) -> QueryResult<Case> {
    let row: CaseRow = cases!()
        .filter(reports::id.eq(id))
        .filter(
            obligations::unit_id
                .eq_any(&scope.own_units)
                .or(obligations::collector_id.eq_any(&scope.collector_units))
                // Who collects for a body writes its consolidated report.
                .or(obligations::part
                    .eq("consolidated")
                    .and(obligations::unit_id.eq_any(&scope.collector_units)))
                .or(regimes::collector_id.eq_any(&scope.collector_units))
                .or(regimes::province_id.eq_any(&scope.overseen_provinces)),
        )
        .first(conn)?;
    with_units(conn, vec![row])?.pop().ok_or(diesel::result::Error::NotFound)
}

/// The reports of some units, newest period first. Four queries, four more where some passed from another body.
///
/// # Errors
/// The query's own.
pub fn of_units(conn: &mut Conn, units: &[UnitId]) -> QueryResult<Vec<Case>> {
    let rows: Vec<CaseRow> = cases!().filter(obligations::unit_id.eq_any(units)).load(conn)?;
    let mut found = with_units(conn, rows)?;
    found.sort_by_key(|case| {
        (std::cmp::Reverse(case.period.reference_on), case.unit.protocol_key(), case.report.id)
    });
    Ok(found)
}

/// Adds the names of unit and collector as they were on each period's reference day.
fn with_units(conn: &mut Conn, rows: Vec<CaseRow>) -> QueryResult<Vec<Case>> {
    let mut days: Vec<NaiveDate> = rows.iter().map(|row| row.2.reference_on).collect();
    days.sort_unstable();
    days.dedup();
    let ids: Vec<UnitId> = rows.iter().flat_map(|row| [row.1.unit_id, row.1.collector_id]).collect();
    let mut typed = typings(conn, &rows.iter().map(|row| row.0.id).collect::<Vec<_>>())?;
    let named = units::queries::on_days(conn, &ids, &days)?;
    let duties: Vec<ObligationId> = rows.iter().map(|row| row.1.id).collect();
    let mut passed = before(conn, &duties)?;
    rows.into_iter()
        .map(|(report, obligation, period, regime)| {
            let unit = |id: UnitId| -> QueryResult<UnitOn> {
                let found = named.get(&period.reference_on).and_then(|units| units.get(&id));
                found.cloned().ok_or(diesel::result::Error::NotFound)
            };
            let (unit, collector) = (unit(obligation.unit_id)?, unit(obligation.collector_id)?);
            let (period, regime) = period.under(regime);
            let behalf = typed.remove(&report.id);
            let before = passed.remove(&obligation.id).unwrap_or_default();
            let (part_of, before) = (before.part_of, before.bodies);
            Ok(Case { report, obligation, period, regime, unit, collector, part_of, before, behalf })
        })
        .collect()
}

/// The reports of a case's period that wait for its collector beside it: the one that waits longest with its unit, and
/// how many there are. Two queries.
///
/// # Errors
/// The query's own.
pub fn next_waiting(conn: &mut Conn, case: &Case) -> QueryResult<Option<(ReportId, String, usize)>> {
    let waiting: Vec<(ReportId, UnitId)> = reports::table
        .inner_join(obligations::table)
        .filter(obligations::period_id.eq(case.period.id))
        .filter(obligations::collector_id.eq(case.obligation.collector_id))
        .filter(obligations::standing.eq(Standing::Owed.code()))
        .filter(reports::state.eq(ReportState::Sent.code()))
        .filter(reports::id.ne(case.report.id))
        .order((reports::first_sent_at, reports::id))
        .select((reports::id, obligations::unit_id))
        .load(conn)?;
    let Some(&(first, unit)) = waiting.first() else { return Ok(None) };
    let name = units::queries::names_on(conn, &[unit], case.period.reference_on)?.remove(&unit);
    Ok(Some((first, name.unwrap_or_default(), waiting.len())))
}

/// Keeps a report in its state for the rest of the transaction; false when it has left the state seen.
///
/// # Errors
/// The query's own.
pub fn hold(conn: &mut Conn, case: &Case) -> QueryResult<bool> {
    let guarded = reports::table
        .filter(reports::id.eq(case.report.id))
        .filter(reports::version.eq(case.report.version));
    let held = diesel::update(guarded).set(reports::version.eq(case.report.version)).execute(conn)?;
    Ok(held == 1)
}

/// One step of a report's history.
#[derive(Debug, Clone, Queryable)]
pub struct Transition {
    pub step: String,
    pub reason: String,
    pub due_on: Option<NaiveDate>,
    pub actor_name: String,
    pub actor_title: String,
    /// UTC.
    pub at: chrono::NaiveDateTime,
    /// Number of the revision it concerns.
    pub revision: Option<i32>,
}

impl Transition {
    /// Whether it asks the unit to send again.
    pub fn asks_correction(&self) -> bool {
        Step::from_code(&self.step).is_some_and(Step::asks_correction)
    }
}

/// The history of a report, first step first. One query.
///
/// # Errors
/// The query's own.
pub fn transitions(conn: &mut Conn, id: ReportId) -> QueryResult<Vec<Transition>> {
    report_transitions::table
        .left_join(revision_table::table)
        .filter(report_transitions::report_id.eq(id))
        .order(report_transitions::id)
        .select((
            report_transitions::step,
            report_transitions::reason,
            report_transitions::due_on,
            report_transitions::actor_name,
            report_transitions::actor_title,
            report_transitions::at,
            revision_table::number.nullable(),
        ))
        .load(conn)
}

/// JSON for a text column.
pub(super) fn to_json<T: Serialize>(value: &T) -> QueryResult<String> {
    serde_json::to_string(value).map_err(|e| diesel::result::Error::SerializationError(Box::new(e)))
}

/// A text column's JSON back into its value.
fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> QueryResult<T> {
    serde_json::from_str(text).map_err(|e| diesel::result::Error::DeserializationError(Box::new(e)))
}

/// A stored code back into its enum.
fn from_code<T>(code: &str) -> QueryResult<T>
where
    T: std::str::FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    code.parse().map_err(|e| diesel::result::Error::DeserializationError(Box::new(e)))
}
