//! The words around a sent paper, kept with its revision.

use diesel::prelude::*;

use super::super::printed::Frame;
use super::{from_json, to_json};
use crate::db::Conn;
use crate::db::ids::RevisionId;
use crate::db::schema::revision_frames;

/// Keeps them for good. One query.
///
/// # Errors
/// The query's own.
pub(in crate::reports) fn keep_frame(
    conn: &mut Conn,
    revision: RevisionId,
    frame: &Frame,
) -> QueryResult<()> {
    let json = to_json(frame)?;
    diesel::insert_into(revision_frames::table)
        .values((revision_frames::revision_id.eq(revision), revision_frames::frame_json.eq(json)))
        .execute(conn)
        .map(|_| ())
}

/// Those of a revision; none of one from before they were kept. One query.
///
/// # Errors
/// The query's own, or JSON that cannot be read.
pub(in crate::reports) fn kept_frame(conn: &mut Conn, revision: RevisionId) -> QueryResult<Option<Frame>> {
    let found: Option<String> =
        revision_frames::table.find(revision).select(revision_frames::frame_json).first(conn).optional()?;
    found.as_deref().map(from_json).transpose()
}
