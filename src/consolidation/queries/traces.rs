//! SQL of where the revision of a report stands, and of what a figure of an edition rests on. Stands between frozen editions
//! and the pages that lead from a task down to them, and from a number back up.

use chrono::NaiveDateTime;
use diesel::dsl::min;
use diesel::prelude::*;

use super::Origin;
use super::papers::{DocRow, LinkRow, OnlyLinks};
use crate::db::Conn;
use crate::db::ids::{EditionId, ReportId, RevisionId, TaskEntryId, UnitId};
use crate::db::schema::{
    audit_log, consolidated_revisions, edition_sources, files, obligations, revision_files, revisions,
    unit_reach, units,
};
use crate::reports::queries::entered_papers;

/// A revision in an edition.
#[derive(Debug, Clone, Queryable)]
pub(in super::super) struct UseRow {
    pub(in super::super) edition_id: EditionId,
    pub(in super::super) revision_id: RevisionId,
    /// Identifier of the unit, and the part of its reporting: "own" or "consolidated".
    pub(in super::super) uid: String,
    pub(in super::super) part: String,
}

/// The editions made from some revisions, whoever may see them. One query.
///
/// # Errors
/// The query's own.
pub(in super::super) fn uses(conn: &mut Conn, of: &[RevisionId]) -> QueryResult<Vec<UseRow>> {
    edition_sources::table
        .inner_join(revisions::table)
        .inner_join(obligations::table)
        .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
        .filter(edition_sources::revision_id.eq_any(of))
        .order((edition_sources::edition_id, edition_sources::obligation_id))
        .select((edition_sources::edition_id, revisions::id, units::uid, obligations::part))
        .load(conn)
}

/// The revisions an edition was made from. One query.
///
/// # Errors
/// The query's own.
pub(in super::super) fn edition_origins(conn: &mut Conn, id: EditionId) -> QueryResult<Vec<Origin>> {
    edition_sources::table
        .inner_join(obligations::table)
        .inner_join(revisions::table)
        .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
        .filter(edition_sources::edition_id.eq(id))
        .order(obligations::id)
        .select((units::uid, obligations::part, revisions::report_id, revisions::number))
        .load(conn)
}

/// What one unit's revision in an edition came with.
#[derive(Debug, Clone)]
pub(in super::super) struct Proofs {
    pub(in super::super) unit_id: UnitId,
    pub(in super::super) report_id: ReportId,
    pub(in super::super) revision_id: RevisionId,
    /// Number of the revision.
    pub(in super::super) revision: i32,
    pub(in super::super) sent_at: NaiveDateTime,
    pub(in super::super) sender: String,
    /// Number, symbol and day of its paper; "" without a number.
    pub(in super::super) doc: String,
    pub(in super::super) links: Vec<LinkRow>,
    /// Names of its files.
    pub(in super::super) files: Vec<String>,
    /// The edition of a lower collector that a consolidated report gave.
    pub(in super::super) lower_edition: Option<EditionId>,
}

/// Links and files of the revision of a unit that an edition was made from; none where no report of it is in it. Four
/// queries.
///
/// # Errors
/// The queries' own, and bytes that cannot be read.
pub(in super::super) fn proofs(
    conn: &mut Conn,
    id: EditionId,
    (uid, part): (&str, &str),
) -> QueryResult<Option<Proofs>> {
    type Head = (UnitId, ReportId, i32);
    type Row = (Head, NaiveDateTime, String, DocRow, Vec<u8>);
    let found: Option<Row> = edition_sources::table
        .inner_join(obligations::table)
        .inner_join(revisions::table)
        .inner_join(units::table.on(units::id.eq(obligations::unit_id)))
        .filter(edition_sources::edition_id.eq(id))
        .filter(units::uid.eq(uid))
        .filter(obligations::part.eq(part))
        .select((
            (obligations::unit_id, revisions::report_id, revisions::number),
            revisions::sent_at,
            revisions::sender_name,
            (
                obligations::id,
                revisions::id,
                revisions::doc_number,
                revisions::doc_symbol,
                revisions::doc_date,
            ),
            revisions::canonical,
        ))
        .first(conn)
        .optional()?;
    let Some(((unit_id, report_id, revision), sent_at, sender, doc, bytes)) = found else { return Ok(None) };
    let id = doc.revision_id;
    let doc = doc.with(entered_papers(conn, &[id])?.get(&id)).words();
    let read: OnlyLinks = serde_json::from_slice(&bytes)
        .map_err(|e| diesel::result::Error::DeserializationError(Box::new(e)))?;
    let files: Vec<String> = revision_files::table
        .inner_join(files::table)
        .filter(revision_files::revision_id.eq(id))
        .order(revision_files::position)
        .select(files::file_name)
        .load(conn)?;
    let lower_edition = consolidated_revisions::table
        .filter(consolidated_revisions::revision_id.eq(id))
        .select(consolidated_revisions::edition_id)
        .first(conn)
        .optional()?;
    let (links, revision_id) = (read.evidence, id);
    Ok(Some(Proofs {
        unit_id,
        report_id,
        revision_id,
        revision,
        sent_at,
        sender,
        doc,
        links,
        files,
        lower_edition,
    }))
}

/// A step taken with an entry of the log of work.
#[derive(Debug, Clone)]
pub(in super::super) struct EntryStep {
    pub(in super::super) entry: TaskEntryId,
    pub(in super::super) unit: UnitId,
    action: String,
    /// What the entry said, as JSON; none of its noting.
    pub(in super::super) before: Option<String>,
}

impl EntryStep {
    pub(in super::super) fn is_removal(&self) -> bool {
        self.action == "task_entry.remove"
    }
}

/// The steps taken with entries of some units after a revision of a report was sent, in their order; none where the log does not say
/// when that was. Told by the order of the log, not by the clock: a day may be fixed. Two queries.
///
/// # Errors
/// The queries' own.
pub(in super::super) fn entry_steps_since(
    conn: &mut Conn,
    (report, revision): (ReportId, RevisionId),
    units: &[UnitId],
) -> QueryResult<Vec<EntryStep>> {
    type Row = (Option<i64>, Option<UnitId>, String, Option<String>);
    // Nothing speaks of a revision before the step that sent it.
    let within = format!("%\"revision\":{revision},%");
    let last = format!("%\"revision\":{revision}}}%");
    let sent: Option<i64> = audit_log::table
        .filter(audit_log::subject_kind.eq("report"))
        .filter(audit_log::subject_id.eq(report.0))
        .filter(audit_log::after_json.like(within).or(audit_log::after_json.like(last)))
        .select(min(audit_log::id))
        .first(conn)?;
    let Some(sent) = sent else { return Ok(vec![]) };
    let rows: Vec<Row> = audit_log::table
        .filter(audit_log::id.gt(sent))
        .filter(audit_log::subject_kind.eq("task_entry"))
        .filter(audit_log::unit_id.eq_any(units))
        .order(audit_log::id)
        .select((audit_log::subject_id, audit_log::unit_id, audit_log::action, audit_log::before_json))
        .load(conn)?;
    let step = |(entry, unit, action, before): Row| {
        Some(EntryStep { entry: TaskEntryId(entry?), unit: unit?, action, before })
    };
    Ok(rows.into_iter().filter_map(step).collect())
}

/// A unit and the bodies it took over. One query.
///
/// # Errors
/// The query's own.
pub(in super::super) fn with_predecessors(conn: &mut Conn, unit: UnitId) -> QueryResult<Vec<UnitId>> {
    let mut units: Vec<UnitId> = unit_reach::table
        .filter(unit_reach::unit_id.eq(unit))
        .filter(unit_reach::relation.eq("predecessor"))
        .select(unit_reach::reaches_id)
        .load(conn)?;
    units.push(unit);
    Ok(units)
}
