//! SQL of the consolidated text while it is written: its blocks by section, and the texts of earlier revisions that
//! they cite.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::{MembershipId, ObligationId, PeriodId, RevisionId, UnitId};
use crate::db::schema::{narrative_drafts, obligations, reports, revision_sections, revisions};
use crate::on_each;

/// The blocks of one section as stored.
#[derive(Debug, Clone, Queryable)]
pub(in super::super) struct DraftRow {
    pub(in super::super) code: String,
    pub(in super::super) version: i32,
    pub(in super::super) blocks_json: String,
    /// Who saved it.
    pub(in super::super) by: String,
    pub(in super::super) at: NaiveDateTime,
}

/// The text of one section of a revision that a block cites.
#[derive(Debug, Clone, Queryable)]
pub(in super::super) struct CitedRow {
    pub(in super::super) revision_id: RevisionId,
    pub(in super::super) obligation_id: ObligationId,
    pub(in super::super) number: i32,
    pub(in super::super) sha256: String,
    pub(in super::super) code: String,
    pub(in super::super) body: String,
}

/// The working text of a collector for a period, section by section. One query.
///
/// # Errors
/// The query's own.
pub(in super::super) fn narrative_drafts(
    conn: &mut Conn,
    period: PeriodId,
    collector: UnitId,
) -> QueryResult<Vec<DraftRow>> {
    narrative_drafts::table
        .filter(narrative_drafts::period_id.eq(period))
        .filter(narrative_drafts::collector_id.eq(collector))
        .order(narrative_drafts::section_code)
        .select((
            narrative_drafts::section_code,
            narrative_drafts::version,
            narrative_drafts::blocks_json,
            narrative_drafts::saved_by_name,
            narrative_drafts::saved_at,
        ))
        .load(conn)
}

/// The sections of some revisions filed with this collector for this period. One query.
///
/// # Errors
/// The query's own.
pub(in super::super) fn cited(
    conn: &mut Conn,
    period: PeriodId,
    collector: UnitId,
    ids: &[RevisionId],
) -> QueryResult<Vec<CitedRow>> {
    revision_sections::table
        .inner_join(revisions::table.inner_join(reports::table.on(reports::id.eq(revisions::report_id))))
        .inner_join(obligations::table.on(obligations::id.eq(reports::obligation_id)))
        .filter(revision_sections::revision_id.eq_any(ids))
        .filter(obligations::period_id.eq(period))
        .filter(obligations::collector_id.eq(collector))
        .select((
            revisions::id,
            obligations::id,
            revisions::number,
            revisions::sha256,
            revision_sections::section_code,
            revision_sections::body,
        ))
        .load(conn)
}

/// Keeps the blocks of a section as version `row.version`, if the version before it still stands: false when somebody
/// was faster. `owner` is period, collector and the membership under which it is saved.
///
/// # Errors
/// The query's own.
pub(in super::super) fn keep_narrative(
    conn: &mut Conn,
    owner: (PeriodId, UnitId, MembershipId),
    row: &DraftRow,
) -> QueryResult<bool> {
    let (period, collector, membership) = owner;
    let values = (
        narrative_drafts::version.eq(row.version),
        narrative_drafts::blocks_json.eq(&row.blocks_json),
        narrative_drafts::saved_by.eq(membership),
        narrative_drafts::saved_by_name.eq(&row.by),
        narrative_drafts::saved_at.eq(row.at),
    );
    let changed = if row.version == 1 {
        let key = (
            narrative_drafts::period_id.eq(period),
            narrative_drafts::collector_id.eq(collector),
            narrative_drafts::section_code.eq(&row.code),
        );
        on_each!(conn, |c| diesel::insert_into(narrative_drafts::table)
            .values((key, values))
            .on_conflict_do_nothing()
            .execute(c))?
    } else {
        diesel::update(narrative_drafts::table.find((period, collector, &row.code)))
            .filter(narrative_drafts::version.eq(row.version - 1))
            .set(values)
            .execute(conn)?
    };
    Ok(changed == 1)
}
