//! What was entered about a revision's signed paper after it was sent, row after row.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::super::{Paper, TypedDay};
use super::RevisionRow;
use crate::attachments::{FileKind, Purpose};
use crate::db::Conn;
use crate::db::ids::{MembershipId, ReportId, RevisionId, UnitId};
use crate::db::schema::{
    files, legacy_table_revisions, memberships, people, reports, revision_files, revision_papers, revisions,
};

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = revision_papers)]
pub struct PaperRow {
    /// 1 for the first entry of its revision.
    pub number: i32,
    pub doc_number: String,
    pub doc_symbol: String,
    pub doc_date: NaiveDate,
    pub signatory_capacity: String,
    pub signatory_title: String,
    pub signatory_name: String,
    pub recorder_name: String,
    pub recorder_title: String,
    /// UTC.
    pub recorded_at: NaiveDateTime,
    /// Why it changed; blank for the first entry and before reception.
    pub reason: String,
}

impl PaperRow {
    pub fn paper(&self) -> Paper {
        Paper {
            number: self.doc_number.clone(),
            symbol: self.doc_symbol.clone(),
            date: TypedDay::of(Some(self.doc_date)),
            capacity: self.signatory_capacity.clone(),
            title: self.signatory_title.clone(),
            name: self.signatory_name.clone(),
        }
    }
}

/// The entries of a revision, first one first. One query.
///
/// # Errors
/// The query's own.
pub fn papers(conn: &mut Conn, revision: RevisionId) -> QueryResult<Vec<PaperRow>> {
    revision_papers::table
        .filter(revision_papers::revision_id.eq(revision))
        .order(revision_papers::number)
        .select(PaperRow::as_select())
        .load(conn)
}

/// What was entered last about the papers of some revisions. One query.
///
/// # Errors
/// The query's own.
pub fn entered_papers(conn: &mut Conn, of: &[RevisionId]) -> QueryResult<HashMap<RevisionId, PaperRow>> {
    let rows: Vec<(RevisionId, PaperRow)> = revision_papers::table
        .filter(revision_papers::revision_id.eq_any(of))
        .order(revision_papers::number)
        .select((revision_papers::revision_id, PaperRow::as_select()))
        .load(conn)?;
    // In the order they were entered: the newest stays.
    Ok(rows.into_iter().collect())
}

/// The paper of the last sending of some reports as it counts, and whether a file shows it signed; none for what came of a table
/// of before the system. Three queries.
///
/// # Errors
/// The queries' own.
pub fn last_papers(conn: &mut Conn, ids: &[ReportId]) -> QueryResult<HashMap<ReportId, (Paper, bool)>> {
    let last: Vec<(ReportId, RevisionRow)> = reports::table
        .inner_join(
            revisions::table
                .on(revisions::report_id.eq(reports::id).and(revisions::number.eq(reports::last_revision))),
        )
        .filter(reports::id.eq_any(ids))
        .filter(
            revisions::id.ne_all(legacy_table_revisions::table.select(legacy_table_revisions::revision_id)),
        )
        .select((reports::id, RevisionRow::as_select()))
        .load(conn)?;
    let sent: Vec<RevisionId> = last.iter().map(|(_, row)| row.id).collect();
    let entered = entered_papers(conn, &sent)?;
    let with_file: HashSet<RevisionId> = revision_files::table
        .inner_join(files::table)
        .filter(revision_files::revision_id.eq_any(&sent))
        .filter(files::kind.is_not_null())
        .select((revision_files::revision_id, revision_files::purpose, files::kind.assume_not_null()))
        .load::<(RevisionId, String, String)>(conn)?
        .into_iter()
        .filter(|(_, purpose, kind)| {
            let both = (Purpose::from_code(purpose), FileKind::from_code(kind));
            matches!(both, (Some(purpose), Some(kind)) if purpose.shows_paper(kind))
        })
        .map(|(revision, ..)| revision)
        .collect();
    Ok(last
        .into_iter()
        .map(|(report, row)| {
            let paper = entered.get(&row.id).map_or_else(|| row.paper(), PaperRow::paper);
            (report, (paper, with_file.contains(&row.id)))
        })
        .collect())
}

/// An entry to be added.
#[derive(Debug, Insertable)]
#[diesel(table_name = revision_papers)]
pub(in crate::reports) struct NewPaper<'a> {
    pub revision_id: RevisionId,
    pub number: i32,
    pub doc_number: &'a str,
    pub doc_symbol: &'a str,
    pub doc_date: NaiveDate,
    pub signatory_capacity: &'a str,
    pub signatory_title: &'a str,
    pub signatory_name: &'a str,
    pub membership_id: MembershipId,
    pub recorder_name: &'a str,
    pub recorder_title: &'a str,
    pub recorded_at: NaiveDateTime,
    pub reason: &'a str,
}

/// Adds an entry; two with one number are refused by the database. One query.
///
/// # Errors
/// The query's own: a unique violation when somebody was faster.
pub(in crate::reports) fn append(conn: &mut Conn, new: &NewPaper<'_>) -> QueryResult<()> {
    diesel::insert_into(revision_papers::table).values(new).execute(conn).map(|_| ())
}

/// Name and title of whoever has or had a role in a unit, newest role first. One query.
///
/// # Errors
/// The query's own.
pub(in crate::reports) fn titles_in(conn: &mut Conn, unit: UnitId) -> QueryResult<Vec<(String, String)>> {
    memberships::table
        .inner_join(people::table)
        .filter(memberships::unit_id.eq(unit))
        .order(memberships::id.desc())
        .select((people::full_name, memberships::title))
        .load(conn)
}
