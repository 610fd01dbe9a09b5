//! SQL of consolidated reports: which edition a revision took its figures from.

use diesel::prelude::*;

use crate::db::Conn;
use crate::db::ids::{EditionId, ReportId, RevisionId};
use crate::db::schema::{consolidated_revisions, editions, revisions};

/// Keeps for good from which edition a revision took its figures.
///
/// # Errors
/// The query's own.
pub(in crate::reports) fn note_edition(
    conn: &mut Conn,
    revision: RevisionId,
    edition: EditionId,
) -> QueryResult<()> {
    diesel::insert_into(consolidated_revisions::table)
        .values((
            consolidated_revisions::revision_id.eq(revision),
            consolidated_revisions::edition_id.eq(edition),
        ))
        .execute(conn)
        .map(|_| ())
}

/// The edition, with its number, that the n-th revision of a report was made from. One query.
///
/// # Errors
/// The query's own.
pub fn edition_used(conn: &mut Conn, id: ReportId, number: i32) -> QueryResult<Option<(EditionId, i32)>> {
    consolidated_revisions::table
        .inner_join(revisions::table)
        .inner_join(editions::table)
        .filter(revisions::report_id.eq(id))
        .filter(revisions::number.eq(number))
        .select((editions::id, editions::number))
        .first(conn)
        .optional()
}

/// Whether a revision took its figures from an edition. One query.
///
/// # Errors
/// The query's own.
pub(super) fn is_consolidated(conn: &mut Conn, revision: RevisionId) -> QueryResult<bool> {
    let found: i64 = consolidated_revisions::table
        .filter(consolidated_revisions::revision_id.eq(revision))
        .count()
        .get_result(conn)?;
    Ok(found > 0)
}
