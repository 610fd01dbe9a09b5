//! SQL of reports that came as documents: rows by report, bytes in blocks, what was decided.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::choices::Kept;
use crate::attachments::{BLOCK, size_words};
use crate::db::Conn;
use crate::db::ids::{MembershipId, ProseUploadId, ReportId, UnitId};
use crate::db::schema::{memberships, obligations, prose_upload_blocks, prose_uploads, reports, unit_plans};
use crate::on_each;

/// An upload as it stands, without its text.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = prose_uploads)]
pub struct UploadRow {
    pub id: ProseUploadId,
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
    pub applied_at: Option<NaiveDateTime>,
}

impl UploadRow {
    /// "12 KB".
    pub fn size_words(&self) -> String {
        size_words(self.size)
    }
}

#[derive(Insertable)]
#[diesel(table_name = prose_uploads)]
pub(super) struct NewUpload<'a> {
    pub report_id: ReportId,
    pub file_name: &'a str,
    pub kind: &'a str,
    pub size: i64,
    pub sha256: &'a str,
    pub text: &'a str,
    pub version: i32,
    pub kept_json: &'a str,
    pub membership_id: MembershipId,
    pub adder_name: &'a str,
    pub adder_title: &'a str,
    pub uploaded_at: NaiveDateTime,
}

/// Keeps an upload with its bytes. One query, and one per block.
///
/// # Errors
/// The queries' own.
pub(super) fn keep(conn: &mut Conn, new: &NewUpload<'_>, bytes: &[u8]) -> QueryResult<ProseUploadId> {
    let id: ProseUploadId = on_each!(conn, |c| diesel::insert_into(prose_uploads::table)
        .values(new)
        .returning(prose_uploads::id)
        .get_result(c))?;
    for (number, block) in (0_i32..).zip(bytes.chunks(BLOCK)) {
        let row = (
            prose_upload_blocks::upload_id.eq(id),
            prose_upload_blocks::number.eq(number),
            prose_upload_blocks::bytes.eq(block),
        );
        diesel::insert_into(prose_upload_blocks::table).values(row).execute(conn)?;
    }
    Ok(id)
}

/// The uploads of a report without those of a unit whose own are not for this reader, the newest first. One query.
///
/// # Errors
/// The query's own.
pub fn of_report(conn: &mut Conn, report: ReportId, hidden: Option<UnitId>) -> QueryResult<Vec<UploadRow>> {
    prose_uploads::table
        .inner_join(memberships::table.on(prose_uploads::membership_id.eq(memberships::id)))
        .filter(prose_uploads::report_id.eq(report))
        .filter(memberships::unit_id.ne_all(hidden.as_slice()))
        .order(prose_uploads::id.desc())
        .select(UploadRow::as_select())
        .load(conn)
}

/// One upload of a report with its text and what is kept of its reading. One query.
///
/// # Errors
/// `NotFound` for another report's, and for one that is hidden as in [`of_report`].
pub fn find(
    conn: &mut Conn,
    (report, id): (ReportId, ProseUploadId),
    hidden: Option<UnitId>,
) -> QueryResult<(UploadRow, String, Kept)> {
    let (row, text, json): (UploadRow, String, String) = prose_uploads::table
        .inner_join(memberships::table.on(prose_uploads::membership_id.eq(memberships::id)))
        .filter(prose_uploads::report_id.eq(report))
        .filter(prose_uploads::id.eq(id))
        .filter(memberships::unit_id.ne_all(hidden.as_slice()))
        .select((UploadRow::as_select(), prose_uploads::text, prose_uploads::kept_json))
        .first(conn)?;
    let kept = serde_json::from_str(&json)
        .map_err(|error| diesel::result::Error::DeserializationError(Box::new(error)))?;
    Ok((row, text, kept))
}

/// The bytes of an upload. One query.
///
/// # Errors
/// The query's own.
pub fn bytes(conn: &mut Conn, id: ProseUploadId) -> QueryResult<Vec<u8>> {
    let blocks: Vec<Vec<u8>> = prose_upload_blocks::table
        .filter(prose_upload_blocks::upload_id.eq(id))
        .order(prose_upload_blocks::number)
        .select(prose_upload_blocks::bytes)
        .load(conn)?;
    Ok(blocks.concat())
}

/// Keeps what was decided of an upload that stands as it was seen; false when it does not any more. One query.
///
/// # Errors
/// The query's own.
pub(super) fn decide(
    conn: &mut Conn,
    (id, seen): (ProseUploadId, i32),
    kept_json: &str,
) -> QueryResult<bool> {
    let as_seen = prose_uploads::table
        .find(id)
        .filter(prose_uploads::version.eq(seen))
        .filter(prose_uploads::applied_at.is_null());
    let decided = (prose_uploads::kept_json.eq(kept_json), prose_uploads::version.eq(seen + 1));
    Ok(diesel::update(as_seen).set(decided).execute(conn)? == 1)
}

/// Says that an upload was written into the draft; false when it was already, or is gone. One query.
///
/// # Errors
/// The query's own.
pub(super) fn mark_applied(
    conn: &mut Conn,
    id: ProseUploadId,
    version: i32,
    by: MembershipId,
    at: NaiveDateTime,
) -> QueryResult<bool> {
    let waiting = prose_uploads::table.find(id).filter(prose_uploads::applied_at.is_null());
    let applied = (
        prose_uploads::applied_by.eq(Some(by)),
        prose_uploads::applied_at.eq(Some(at)),
        prose_uploads::applied_version.eq(Some(version)),
    );
    Ok(diesel::update(waiting).set(applied).execute(conn)? == 1)
}

/// Forgets an upload that stands as it was seen, with its bytes; false when it does not any more, or is gone. Three queries.
///
/// # Errors
/// The queries' own.
pub(super) fn forget(conn: &mut Conn, (id, seen): (ProseUploadId, i32)) -> QueryResult<bool> {
    // The guarded change first: whoever decides or writes it meanwhile is waited for.
    let as_seen = prose_uploads::table.find(id).filter(prose_uploads::version.eq(seen));
    let next = prose_uploads::version.eq(prose_uploads::version + 1);
    if diesel::update(as_seen).set(next).execute(conn)? != 1 {
        return Ok(false);
    }
    let blocks = prose_upload_blocks::table.filter(prose_upload_blocks::upload_id.eq(id));
    diesel::delete(blocks).execute(conn)?;
    Ok(diesel::delete(prose_uploads::table.find(id)).execute(conn)? == 1)
}

/// The uploads of a report that somebody outside a body wrote into it: what was entered on the body's behalf. One query.
///
/// # Errors
/// The query's own.
pub(super) fn written_for(
    conn: &mut Conn,
    report: ReportId,
    body: UnitId,
) -> QueryResult<Vec<ProseUploadId>> {
    prose_uploads::table
        .inner_join(memberships::table.on(prose_uploads::applied_by.eq(memberships::id.nullable())))
        .filter(prose_uploads::report_id.eq(report))
        .filter(memberships::unit_id.ne(body))
        .select(prose_uploads::id)
        .load(conn)
}

/// Bytes of all documents kept for a unit, its own plans among them. Two queries.
///
/// # Errors
/// The queries' own.
pub(super) fn bytes_of_unit(conn: &mut Conn, unit: UnitId) -> QueryResult<i64> {
    let reported: Vec<i64> = prose_uploads::table
        .inner_join(reports::table.inner_join(obligations::table))
        .filter(obligations::unit_id.eq(unit))
        .select(prose_uploads::size)
        .load(conn)?;
    let planned: Vec<i64> = unit_plans::table
        .inner_join(reports::table.inner_join(obligations::table))
        .filter(obligations::unit_id.eq(unit))
        .select(unit_plans::size)
        .load(conn)?;
    Ok(reported.into_iter().chain(planned).fold(0, i64::saturating_add))
}
