//! What is written of editions: a new one with its sources, its kept files, and the guarded steps of its life.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::editions::EditionFile;
use crate::db::Conn;
use crate::db::ids::{EditionId, MembershipId, ObligationId, PeriodId, RevisionId, UnitId};
use crate::db::schema::{edition_files, edition_papers, edition_sources, editions};
use crate::on_each;

/// A new edition, a draft.
#[derive(Debug, Insertable)]
#[diesel(table_name = editions)]
pub(in super::super) struct NewEdition<'a> {
    pub(in super::super) uid: String,
    pub(in super::super) period_id: PeriodId,
    pub(in super::super) collector_id: UnitId,
    pub(in super::super) number: i32,
    pub(in super::super) status: &'a str,
    pub(in super::super) content_json: &'a str,
    pub(in super::super) sha256: &'a str,
    pub(in super::super) created_at: NaiveDateTime,
    pub(in super::super) created_by: MembershipId,
    pub(in super::super) created_by_name: &'a str,
    pub(in super::super) created_by_title: &'a str,
}

/// One obligation the edition covers, with the revision it was made from, or none.
#[derive(Debug, Insertable)]
#[diesel(table_name = edition_sources, treat_none_as_default_value = false)]
pub(in super::super) struct NewSource {
    pub(in super::super) edition_id: EditionId,
    pub(in super::super) obligation_id: ObligationId,
    pub(in super::super) revision_id: Option<RevisionId>,
}

/// A file as it is kept.
#[derive(Debug, Insertable)]
#[diesel(table_name = edition_files)]
pub(in super::super) struct NewFile<'a> {
    pub(in super::super) edition_id: EditionId,
    pub(in super::super) copy: &'a str,
    pub(in super::super) file_name: &'a str,
    pub(in super::super) bytes: &'a [u8],
    pub(in super::super) sha256: &'a str,
}

/// Stores a new edition.
///
/// # Errors
/// The query's own; a unique violation when the number was taken meanwhile.
pub(in super::super) fn insert(conn: &mut Conn, new: &NewEdition<'_>) -> QueryResult<EditionId> {
    on_each!(conn, |c| diesel::insert_into(editions::table).values(new).returning(editions::id).get_result(c))
}

/// Rows of one insert: three columns each, well under SQLite's 32,766 bound values.
const BATCH: usize = 1000;

/// Stores what an edition was made from.
///
/// # Errors
/// The queries' own.
pub(in super::super) fn insert_sources(conn: &mut Conn, sources: &[NewSource]) -> QueryResult<()> {
    for batch in sources.chunks(BATCH) {
        on_each!(conn, |c| diesel::insert_into(edition_sources::table).values(batch).execute(c))?;
    }
    Ok(())
}

/// Marks a draft approved by a member of that name and title, if nobody was faster: false when it is no longer the draft that was seen.
///
/// # Errors
/// The query's own.
pub(in super::super) fn mark_approved(
    conn: &mut Conn,
    id: EditionId,
    version: i32,
    by: (MembershipId, &str, &str),
    at: NaiveDateTime,
) -> QueryResult<bool> {
    let changed = diesel::update(editions::table.find(id))
        .filter(editions::version.eq(version))
        .filter(editions::status.eq("draft"))
        .set((
            editions::status.eq("approved"),
            editions::approved_at.eq(at),
            editions::approved_by.eq(by.0),
            editions::approved_by_name.eq(by.1),
            editions::approved_by_title.eq(by.2),
            editions::version.eq(editions::version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Marks an approved edition sent; one that was sent before stays so. False when it is neither.
///
/// # Errors
/// The query's own.
pub fn mark_sent(conn: &mut Conn, id: EditionId) -> QueryResult<bool> {
    let changed = diesel::update(editions::table.find(id))
        .filter(editions::status.eq_any(["approved", "sent"]))
        .set((editions::status.eq("sent"), editions::version.eq(editions::version + 1)))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Holds an edition's row until the transaction ends: of two sendings of it at once, or of two records struck out, the second waits and
/// then reads what the first one kept. One statement.
///
/// # Errors
/// The query's own.
pub(in super::super) fn claim_edition(conn: &mut Conn, id: EditionId) -> QueryResult<()> {
    let row = diesel::update(editions::table.find(id));
    row.set(editions::version.eq(editions::version)).execute(conn).map(|_| ())
}

/// Marks a draft discarded, if nobody was faster: false when it is no longer the draft that was seen.
///
/// # Errors
/// The query's own.
pub(in super::super) fn mark_discarded(
    conn: &mut Conn,
    id: EditionId,
    version: i32,
    reason: &str,
) -> QueryResult<bool> {
    let changed = diesel::update(editions::table.find(id))
        .filter(editions::version.eq(version))
        .filter(editions::status.eq("draft"))
        .set((
            editions::status.eq("discarded"),
            editions::discard_reason.eq(reason),
            editions::version.eq(editions::version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Keeps the paper.
///
/// # Errors
/// The query's own.
pub(in super::super) fn insert_paper(conn: &mut Conn, id: EditionId, file: &EditionFile) -> QueryResult<()> {
    diesel::insert_into(edition_papers::table)
        .values((
            edition_papers::edition_id.eq(id),
            edition_papers::file_name.eq(&file.file_name),
            edition_papers::bytes.eq(&file.bytes),
            edition_papers::sha256.eq(&file.sha256),
        ))
        .execute(conn)
        .map(|_| ())
}

/// Keeps a file.
///
/// # Errors
/// The query's own.
pub(in super::super) fn insert_file(conn: &mut Conn, file: &NewFile<'_>) -> QueryResult<()> {
    diesel::insert_into(edition_files::table).values(file).execute(conn).map(|_| ())
}
