//! SQL of what received revisions hold beside figures and words: results of tasks, links, files.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Deserialize;

use crate::db::Conn;
use crate::db::ids::{ObligationId, PeriodId, RevisionId, UnitId};
use crate::db::schema::{
    clauses, files, indicators, obligations, plans, reports, revision_files, revision_task_results,
    revisions, task_entries, tasks, unit_reach,
};
use crate::lists::link_problem;
use crate::reports::queries::{PaperRow, entered_papers};
use crate::vietnamese::{group_thousands, short_date};

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

impl LinkRow {
    /// Whether its address can be opened.
    pub(in super::super) fn is_sound(&self) -> bool {
        link_problem(&self.url).is_none()
    }

    /// "Fanpage · 05/6/2025 · 1.200 lượt tiếp cận".
    pub(in super::super) fn about(&self) -> String {
        let day = self.published_on.map(short_date);
        let reach = self.reach.map(|n| format!("{} lượt tiếp cận", group_thousands(n)));
        let platform = Some(self.platform.clone()).filter(|name| !name.is_empty());
        [platform, day, reach].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

/// Of the bytes of a revision its links.
#[derive(Deserialize)]
pub(in super::super) struct OnlyLinks {
    pub(in super::super) evidence: Vec<LinkRow>,
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

/// The paper of a received revision.
#[derive(Debug, Clone, Queryable)]
pub(in super::super) struct DocRow {
    pub(in super::super) obligation_id: ObligationId,
    pub(in super::super) revision_id: RevisionId,
    pub(in super::super) number: String,
    pub(in super::super) symbol: String,
    pub(in super::super) date: Option<NaiveDate>,
}

impl DocRow {
    /// "370/BC-SLĐTBXH ngày 24/5/2024"; "" without a number.
    pub(in super::super) fn words(&self) -> String {
        if self.number.is_empty() {
            return String::new();
        }
        let symbol = if self.symbol.is_empty() { String::new() } else { format!("/{}", self.symbol) };
        let day = self.date.map(|day| format!(" ngày {}", short_date(day))).unwrap_or_default();
        format!("{}{symbol}{day}", self.number)
    }

    /// With what was entered after the sending.
    pub(in super::super) fn with(self, entered: Option<&PaperRow>) -> DocRow {
        let Some(paper) = entered else { return self };
        let (number, symbol) = (paper.doc_number.clone(), paper.doc_symbol.clone());
        DocRow { number, symbol, date: Some(paper.doc_date), ..self }
    }
}

/// The papers of the received revisions, as named when they were sent or entered after. Two queries.
///
/// # Errors
/// The query's own.
pub(in super::super) fn received_docs(
    conn: &mut Conn,
    period: PeriodId,
    collector: UnitId,
) -> QueryResult<Vec<DocRow>> {
    let rows: Vec<DocRow> = revisions::table
        .inner_join(reports::table.on(reports::received_revision_id.eq(revisions::id.nullable())))
        .inner_join(obligations::table.on(obligations::id.eq(reports::obligation_id)))
        .filter(obligations::period_id.eq(period))
        .filter(obligations::collector_id.eq(collector))
        .select((
            obligations::id,
            revisions::id,
            revisions::doc_number,
            revisions::doc_symbol,
            revisions::doc_date,
        ))
        .load(conn)?;
    let entered = entered_papers(conn, &rows.iter().map(|row| row.revision_id).collect::<Vec<_>>())?;
    let with = |row: DocRow| {
        let entered = entered.get(&row.revision_id);
        row.with(entered)
    };
    Ok(rows.into_iter().map(with).collect())
}

/// A link that a unit, or a body it took over, noted with its work.
#[derive(Debug, Clone, Queryable)]
pub(in super::super) struct LoggedRow {
    pub(in super::super) unit_id: UnitId,
    /// The one spelling of the link.
    pub(in super::super) key: String,
    pub(in super::super) plan: String,
    /// Sign of the clause.
    pub(in super::super) path: String,
    pub(in super::super) task: String,
    /// What it was counted toward, by code.
    pub(in super::super) indicator: Option<String>,
}

/// The links that some units noted with their work on days of a window, oldest first. One query.
///
/// # Errors
/// The query's own.
pub(in super::super) fn logged_links(
    conn: &mut Conn,
    units: &[UnitId],
    (from, to): (NaiveDate, NaiveDate),
) -> QueryResult<Vec<LoggedRow>> {
    task_entries::table
        .inner_join(tasks::table.inner_join(clauses::table))
        .inner_join(plans::table.on(plans::id.eq(tasks::plan_id)))
        .inner_join(unit_reach::table.on(unit_reach::reaches_id.eq(task_entries::unit_id)))
        .left_join(indicators::table.on(task_entries::indicator_id.eq(indicators::id.nullable())))
        .filter(unit_reach::unit_id.eq_any(units))
        .filter(unit_reach::relation.eq_any(["self", "predecessor"]))
        .filter(task_entries::done_on.between(from, to))
        .filter(task_entries::url_key.ne(""))
        .order((task_entries::done_on, task_entries::id))
        .select((
            unit_reach::unit_id,
            task_entries::url_key,
            plans::short_name,
            clauses::path,
            tasks::text,
            indicators::code.nullable(),
        ))
        .load(conn)
}
