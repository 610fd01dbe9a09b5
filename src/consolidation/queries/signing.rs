//! SQL of number, day and signatory of a consolidated report: what its approval was given with, and the names a body signs with.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::Deserialize;

use crate::db::Conn;
use crate::db::ids::{EditionId, UnitId};
use crate::db::schema::{
    audit_log, edition_dispatch_papers, edition_dispatches, editions, obligations, reports, revision_papers,
    revisions,
};

/// What paper and workbooks of an edition were kept with; blank where the number was not known yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(in super::super) struct ApprovedWith {
    pub(in super::super) number: String,
    pub(in super::super) date: Option<NaiveDate>,
    pub(in super::super) signatory_capacity: String,
    pub(in super::super) signatory_title: String,
    pub(in super::super) signatory_name: String,
}

/// What the step of its approval says of an edition, which stays for good as the files do; blank of a draft, and of one approved
/// before it was said. One query.
///
/// # Errors
/// The query's own, and a step that cannot be read.
pub(in super::super) fn approved_with(conn: &mut Conn, id: EditionId) -> QueryResult<ApprovedWith> {
    let said: Option<Option<String>> = audit_log::table
        .filter(audit_log::subject_kind.eq("edition"))
        .filter(audit_log::subject_id.eq(id.0))
        .filter(audit_log::action.eq("edition.approve"))
        .order(audit_log::id.desc())
        .select(audit_log::after_json)
        .first(conn)
        .optional()?;
    match said.flatten() {
        Some(text) => {
            serde_json::from_str(&text).map_err(|e| diesel::result::Error::DeserializationError(Box::new(e)))
        }
        None => Ok(ApprovedWith::default()),
    }
}

/// Names of a body that are looked through, of each kind of paper.
const NAMES: i64 = 100;

/// The names that papers of a collector were signed with, the newest first: its consolidated reports as they went out, and its own
/// reports. Three queries.
///
/// # Errors
/// The queries' own.
pub(in super::super) fn signed_names(conn: &mut Conn, collector: UnitId) -> QueryResult<Vec<String>> {
    type Row = (NaiveDateTime, String);
    let mut names: Vec<Row> = edition_dispatch_papers::table
        .inner_join(edition_dispatches::table.inner_join(editions::table))
        .filter(editions::collector_id.eq(collector))
        .filter(edition_dispatch_papers::signatory_name.ne(""))
        .order(edition_dispatches::id.desc())
        .limit(NAMES)
        .select((edition_dispatches::recorded_at, edition_dispatch_papers::signatory_name))
        .load(conn)?;
    let sent: Vec<Row> = revisions::table
        .inner_join(reports::table.inner_join(obligations::table))
        .filter(obligations::unit_id.eq(collector))
        .filter(revisions::signatory_name.ne(""))
        .order(revisions::id.desc())
        .limit(NAMES)
        .select((revisions::sent_at, revisions::signatory_name))
        .load(conn)?;
    let entered: Vec<Row> = revision_papers::table
        .inner_join(revisions::table.inner_join(reports::table.inner_join(obligations::table)))
        .filter(obligations::unit_id.eq(collector))
        .filter(revision_papers::signatory_name.ne(""))
        .order(revision_papers::id.desc())
        .limit(NAMES)
        .select((revision_papers::recorded_at, revision_papers::signatory_name))
        .load(conn)?;
    names.extend(sent);
    names.extend(entered);
    names.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    Ok(names.into_iter().map(|(_, name)| name).collect())
}
