//! SQL of what received revisions hold beside figures and words: results of tasks, links, files.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Deserialize;

use crate::db::Conn;
use crate::db::ids::{ObligationId, PeriodId, RevisionId, UnitId};
use crate::db::schema::{files, obligations, reports, revision_files, revision_task_results, revisions};

/// What a unit says of one task.
#[derive(Debug, Clone, Queryable)]
pub(in super::super) struct TaskRow {
    pub(in super::super) obligation_id: ObligationId,
    pub(in super::super) plan: String,
    pub(in super::super) clause: String,
    pub(in super::super) text: String,
    pub(in super::super) status: String,
    pub(in super::super) body: String,
}

/// A file of a report.
#[derive(Debug, Clone, Queryable)]
pub(in super::super) struct FileRow {
    pub(in super::super) obligation_id: ObligationId,
    pub(in super::super) purpose: String,
    pub(in super::super) name: String,
    pub(in super::super) sha256: String,
}

/// A link, as the bytes of the revision hold it.
#[derive(Debug, Clone, Deserialize)]
pub(in super::super) struct LinkRow {
    pub(in super::super) title: String,
    pub(in super::super) url: String,
    pub(in super::super) platform: String,
    pub(in super::super) published_on: Option<NaiveDate>,
    #[serde(default)]
    pub(in super::super) reach: Option<i64>,
}

#[derive(Deserialize)]
struct OnlyLinks {
    evidence: Vec<LinkRow>,
}

/// Results of tasks, each report's in its order. One query.
///
/// # Errors
/// The query's own.
pub(in super::super) fn received_tasks(
    conn: &mut Conn,
    period: PeriodId,
    collector: UnitId,
) -> QueryResult<Vec<TaskRow>> {
    revision_task_results::table
        .inner_join(
            reports::table
                .on(reports::received_revision_id.eq(revision_task_results::revision_id.nullable())),
        )
        .inner_join(obligations::table.on(obligations::id.eq(reports::obligation_id)))
        .filter(obligations::period_id.eq(period))
        .filter(obligations::collector_id.eq(collector))
        .order((obligations::id, revision_task_results::position))
        .select((
            obligations::id,
            revision_task_results::plan,
            revision_task_results::clause,
            revision_task_results::text,
            revision_task_results::status,
            revision_task_results::body,
        ))
        .load(conn)
}

/// Files, each report's in its order. One query.
///
/// # Errors
/// The query's own.
pub(in super::super) fn received_files(
    conn: &mut Conn,
    period: PeriodId,
    collector: UnitId,
) -> QueryResult<Vec<FileRow>> {
    revision_files::table
        .inner_join(files::table)
        .inner_join(
            reports::table.on(reports::received_revision_id.eq(revision_files::revision_id.nullable())),
        )
        .inner_join(obligations::table.on(obligations::id.eq(reports::obligation_id)))
        .filter(obligations::period_id.eq(period))
        .filter(obligations::collector_id.eq(collector))
        .filter(files::sha256.is_not_null())
        .order((obligations::id, revision_files::position))
        .select((obligations::id, revision_files::purpose, files::file_name, files::sha256.assume_not_null()))
        .load(conn)
}

/// Revisions whose bytes are read at once.
const AT_ONCE: usize = 100;

/// Links as the revisions were sent with them, whatever the drafts say since. One query, and one for every hundred
/// reports.
///
/// # Errors
/// The queries' own, and bytes that cannot be read.
pub(in super::super) fn received_links(
    conn: &mut Conn,
    period: PeriodId,
    collector: UnitId,
) -> QueryResult<HashMap<ObligationId, Vec<LinkRow>>> {
    let sent: Vec<(RevisionId, ObligationId)> = reports::table
        .inner_join(obligations::table)
        .filter(obligations::period_id.eq(period))
        .filter(obligations::collector_id.eq(collector))
        .filter(reports::received_revision_id.is_not_null())
        .order(obligations::id)
        .select((reports::received_revision_id.assume_not_null(), obligations::id))
        .load(conn)?;
    let of: HashMap<RevisionId, ObligationId> = sent.iter().copied().collect();
    let ids: Vec<RevisionId> = sent.into_iter().map(|(revision, _)| revision).collect();
    let mut links = HashMap::new();
    for some in ids.chunks(AT_ONCE) {
        let bytes: Vec<(RevisionId, Vec<u8>)> = revisions::table
            .filter(revisions::id.eq_any(some))
            .select((revisions::id, revisions::canonical))
            .load(conn)?;
        for (id, bytes) in bytes {
            let read: OnlyLinks = serde_json::from_slice(&bytes)
                .map_err(|e| diesel::result::Error::DeserializationError(Box::new(e)))?;
            if let Some(obligation) = of.get(&id).filter(|_| !read.evidence.is_empty()) {
                links.insert(*obligation, read.evidence);
            }
        }
    }
    Ok(links)
}
