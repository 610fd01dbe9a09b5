//! SQL of brought documents: rows by report, bytes in blocks, what was decided. Who types a report in for a unit does not see what
//! the unit brought to its own draft: `typed` says that somebody does.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::de::DeserializeOwned;

use super::About;
use crate::attachments::{BLOCK, size_words};
use crate::db::Conn;
use crate::db::ids::{BroughtId, MembershipId, ReportId, UnitId};
use crate::db::schema::{brought_blocks, brought_documents, obligations, reports};
use crate::on_each;

/// A document as it stands, without its text.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = brought_documents)]
pub struct DocumentRow {
    pub id: BroughtId,
    pub file_name: String,
    /// The ending of its kind: "pdf", "docx", "doc", "rtf", "txt".
    pub kind: String,
    /// In bytes.
    pub size: i64,
    pub sha256: String,
    pub version: i32,
    pub adder_name: String,
    /// UTC.
    pub uploaded_at: NaiveDateTime,
    /// It was brought, or applied at last, for the unit by somebody else.
    pub on_behalf: bool,
    pub applied_at: Option<NaiveDateTime>,
    /// The version of the draft that was saved with it, and the revision it goes with.
    pub applied_version: Option<i32>,
    pub applied_revision: Option<i32>,
}

impl DocumentRow {
    /// By which the newest of those that were applied is told.
    pub fn order(&self) -> (Option<i32>, Option<i32>) {
        (self.applied_revision, self.applied_version)
    }

    /// Somebody entered the report for its unit by it: it is the proof of what they entered, and stays.
    pub fn is_proof(&self) -> bool {
        self.on_behalf && self.applied_at.is_some()
    }

    /// The sending it was applied to for the unit, where that is among those `taken_back`: it is in no report then.
    pub fn taken_back(&self, taken_back: &[i32]) -> Option<i32> {
        self.applied_revision.filter(|number| self.on_behalf && taken_back.contains(number))
    }

    /// "12 KB".
    pub fn size_words(&self) -> String {
        size_words(self.size)
    }
}

#[derive(Insertable)]
#[diesel(table_name = brought_documents)]
pub(super) struct NewDocument<'a> {
    pub report_id: ReportId,
    pub what: &'a str,
    pub file_name: &'a str,
    pub kind: &'a str,
    pub size: i64,
    pub sha256: &'a str,
    pub text: &'a str,
    pub doc_number: &'a str,
    pub doc_symbol: &'a str,
    pub doc_date: Option<NaiveDate>,
    pub version: i32,
    pub kept_json: &'a str,
    pub membership_id: MembershipId,
    pub adder_name: &'a str,
    pub adder_title: &'a str,
    pub uploaded_at: NaiveDateTime,
    pub on_behalf: bool,
}

/// Keeps a document with its bytes. One query, and one per block.
///
/// # Errors
/// The queries' own.
pub(super) fn keep(conn: &mut Conn, new: &NewDocument<'_>, bytes: &[u8]) -> QueryResult<BroughtId> {
    let id: BroughtId = on_each!(conn, |c| diesel::insert_into(brought_documents::table)
        .values(new)
        .returning(brought_documents::id)
        .get_result(c))?;
    for (number, block) in (0_i32..).zip(bytes.chunks(BLOCK)) {
        let row = (
            brought_blocks::document_id.eq(id),
            brought_blocks::number.eq(number),
            brought_blocks::bytes.eq(block),
        );
        diesel::insert_into(brought_blocks::table).values(row).execute(conn)?;
    }
    Ok(id)
}

/// The one rule of who sees what: by whom a document must have been brought.
fn seen(typed: bool) -> &'static [bool] {
    if typed { &[true] } else { &[false, true] }
}

/// The documents of one kind of a report, the newest first. One query.
///
/// # Errors
/// The query's own.
pub fn of_report(
    conn: &mut Conn,
    report: ReportId,
    about: &About,
    typed: bool,
) -> QueryResult<Vec<DocumentRow>> {
    brought_documents::table
        .filter(brought_documents::report_id.eq(report))
        .filter(brought_documents::what.eq(about.code))
        .filter(brought_documents::on_behalf.eq_any(seen(typed)))
        .order(brought_documents::id.desc())
        .select(DocumentRow::as_select())
        .load(conn)
}

/// One document of a report with its text and what is kept of its reading. One query.
///
/// # Errors
/// `NotFound` for another report's, one of another kind, and one that is not seen.
pub fn find<T: DeserializeOwned>(
    conn: &mut Conn,
    (report, id): (ReportId, BroughtId),
    about: &About,
    typed: bool,
) -> QueryResult<(DocumentRow, String, T)> {
    let (row, text, json): (DocumentRow, String, String) = brought_documents::table
        .filter(brought_documents::report_id.eq(report))
        .filter(brought_documents::id.eq(id))
        .filter(brought_documents::what.eq(about.code))
        .filter(brought_documents::on_behalf.eq_any(seen(typed)))
        .select((DocumentRow::as_select(), brought_documents::text, brought_documents::kept_json))
        .first(conn)?;
    let kept = serde_json::from_str(&json)
        .map_err(|error| diesel::result::Error::DeserializationError(Box::new(error)))?;
    Ok((row, text, kept))
}

/// One document of a report among those brought so, by the unit or on its behalf, and those that were sent. One query.
///
/// # Errors
/// `NotFound` for another report's, and for any other.
pub fn readable(
    conn: &mut Conn,
    (report, id): (ReportId, BroughtId),
    about: &About,
    (brought, sent): (&[bool], &[BroughtId]),
) -> QueryResult<DocumentRow> {
    brought_documents::table
        .filter(brought_documents::report_id.eq(report))
        .filter(brought_documents::id.eq(id))
        .filter(brought_documents::what.eq(about.code))
        .filter(brought_documents::on_behalf.eq_any(brought).or(brought_documents::id.eq_any(sent)))
        .select(DocumentRow::as_select())
        .first(conn)
}

/// The bytes of a document. One query.
///
/// # Errors
/// The query's own.
pub fn bytes(conn: &mut Conn, id: BroughtId) -> QueryResult<Vec<u8>> {
    let blocks: Vec<Vec<u8>> = brought_blocks::table
        .filter(brought_blocks::document_id.eq(id))
        .order(brought_blocks::number)
        .select(brought_blocks::bytes)
        .load(conn)?;
    Ok(blocks.concat())
}

/// Keeps what was decided of a document that stands as it was seen; false when it does not any more. One query.
///
/// # Errors
/// The query's own.
pub(super) fn decide(conn: &mut Conn, (id, seen): (BroughtId, i32), kept_json: &str) -> QueryResult<bool> {
    let as_seen = brought_documents::table
        .find(id)
        .filter(brought_documents::version.eq(seen))
        .filter(brought_documents::applied_at.is_null());
    let decided = (brought_documents::kept_json.eq(kept_json), brought_documents::version.eq(seen + 1));
    Ok(diesel::update(as_seen).set(decided).execute(conn)? == 1)
}

/// What a document was applied to.
pub(super) struct Applied {
    /// Of the draft, and the revision that is sent next.
    pub version: i32,
    pub revision: i32,
    pub on_behalf: bool,
    pub by: MembershipId,
    pub at: NaiveDateTime,
}

/// Says that a document as it was seen was applied; false when it was already, or is gone. One query.
///
/// # Errors
/// The query's own.
pub(super) fn mark_applied(
    conn: &mut Conn,
    (id, seen): (BroughtId, i32),
    new: &Applied,
) -> QueryResult<bool> {
    let waiting = brought_documents::table
        .find(id)
        .filter(brought_documents::version.eq(seen))
        .filter(brought_documents::applied_at.is_null());
    let applied = (
        brought_documents::version.eq(seen + 1),
        brought_documents::applied_by.eq(Some(new.by)),
        brought_documents::applied_at.eq(Some(new.at)),
        brought_documents::applied_version.eq(Some(new.version)),
        brought_documents::applied_revision.eq(Some(new.revision)),
        brought_documents::on_behalf.eq(new.on_behalf),
    );
    Ok(diesel::update(waiting).set(applied).execute(conn)? == 1)
}

/// Forgets a document that stands as it was seen, with its bytes; false when it does not any more, or is gone. Three queries.
///
/// # Errors
/// The queries' own.
pub(super) fn forget(conn: &mut Conn, (id, seen): (BroughtId, i32)) -> QueryResult<bool> {
    // The guarded change first: whoever decides or applies it meanwhile is waited for.
    let as_seen = brought_documents::table.find(id).filter(brought_documents::version.eq(seen));
    let next = brought_documents::version.eq(brought_documents::version + 1);
    if diesel::update(as_seen).set(next).execute(conn)? != 1 {
        return Ok(false);
    }
    diesel::delete(brought_blocks::table.filter(brought_blocks::document_id.eq(id))).execute(conn)?;
    Ok(diesel::delete(brought_documents::table.find(id)).execute(conn)? == 1)
}

/// Bytes of all documents kept for a unit. One query.
///
/// # Errors
/// The query's own.
pub(super) fn bytes_of_unit(conn: &mut Conn, unit: UnitId) -> QueryResult<i64> {
    let sizes: Vec<i64> = brought_documents::table
        .inner_join(reports::table.inner_join(obligations::table))
        .filter(obligations::unit_id.eq(unit))
        .select(brought_documents::size)
        .load(conn)?;
    Ok(sizes.into_iter().fold(0, i64::saturating_add))
}
