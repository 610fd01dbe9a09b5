//! SQL of revisions that came of a table of before the system: which table each is of, and the marks that go with it.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::access::{Actor, Membership};
use crate::db::Conn;
use crate::db::ids::{LegacyTableId, ReportId, RevisionId};
use crate::db::schema::{behalf_revisions, legacy_table_revisions, legacy_tables, reports};

/// The table some figures are of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FromTable {
    pub id: LegacyTableId,
    /// Name of the file.
    pub file: String,
}

/// Which of some revisions came of tables. One query.
///
/// # Errors
/// The query's own.
pub fn from_tables(conn: &mut Conn, ids: &[RevisionId]) -> QueryResult<HashMap<RevisionId, FromTable>> {
    let rows: Vec<(RevisionId, LegacyTableId, String)> = legacy_table_revisions::table
        .inner_join(legacy_tables::table)
        .filter(legacy_table_revisions::revision_id.eq_any(ids))
        .select((legacy_table_revisions::revision_id, legacy_tables::id, legacy_tables::file_name))
        .load(conn)?;
    Ok(rows.into_iter().map(|(revision, id, file)| (revision, FromTable { id, file })).collect())
}

/// Keeps for good that a revision came of a table and not from its unit, and which earlier table's it follows. Two queries.
///
/// # Errors
/// The queries' own.
pub(in crate::reports) fn note_table(
    conn: &mut Conn,
    (revision, table, follows): (RevisionId, LegacyTableId, Option<RevisionId>),
    (actor, membership): (&Actor, &Membership),
    today: NaiveDate,
) -> QueryResult<()> {
    let title = format!("{}, {}", membership.title, membership.unit_name);
    diesel::insert_into(behalf_revisions::table)
        .values((
            behalf_revisions::revision_id.eq(revision),
            behalf_revisions::arrived_number.eq(""),
            behalf_revisions::arrived_on.eq(today),
            behalf_revisions::membership_id.eq(membership.id),
            behalf_revisions::typist_name.eq(&actor.full_name),
            behalf_revisions::typist_title.eq(&title),
            behalf_revisions::from_file.eq(true),
        ))
        .execute(conn)?;
    diesel::insert_into(legacy_table_revisions::table)
        .values((
            legacy_table_revisions::revision_id.eq(revision),
            legacy_table_revisions::table_id.eq(table),
            legacy_table_revisions::follows_id.eq(follows),
        ))
        .execute(conn)
        .map(|_| ())
}

/// A report as if nothing had come; false when somebody took a step since `version`. One query.
///
/// # Errors
/// The query's own.
pub(in crate::reports) fn forget_received(conn: &mut Conn, id: ReportId, version: i32) -> QueryResult<bool> {
    let row = reports::table.find(id).filter(reports::version.eq(version));
    let nothing = (
        reports::received_revision_id.eq(None::<RevisionId>),
        reports::first_sent_at.eq(None::<chrono::NaiveDateTime>),
    );
    Ok(diesel::update(row).set(nothing).execute(conn)? == 1)
}
