//! SQL of the workbooks units hand back: what was read of each, their bytes in blocks, whether they were applied.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{from_json, to_json};
use crate::attachments::BLOCK;
use crate::db::Conn;
use crate::db::ids::{MembershipId, ReportId, UnitId, WorkbookUploadId};
use crate::db::schema::{obligations, reports, workbook_upload_blocks, workbook_uploads};
use crate::on_each;
use crate::unit_workbook::Reading;

/// An upload as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = workbook_uploads)]
pub struct UploadRow {
    pub id: WorkbookUploadId,
    pub file_name: String,
    /// In bytes.
    pub size: i64,
    pub sha256: String,
    pub adder_name: String,
    pub adder_title: String,
    /// UTC.
    pub uploaded_at: NaiveDateTime,
    /// Version of the draft it was read against.
    pub draft_version: i32,
    pub applied_at: Option<NaiveDateTime>,
    pub applied_version: Option<i32>,
}

#[derive(Insertable)]
#[diesel(table_name = workbook_uploads)]
pub(in crate::reports) struct NewUpload<'a> {
    pub report_id: ReportId,
    pub file_name: &'a str,
    pub size: i64,
    pub sha256: &'a str,
    pub membership_id: MembershipId,
    pub adder_name: &'a str,
    pub adder_title: &'a str,
    pub uploaded_at: NaiveDateTime,
    pub draft_version: i32,
    pub reading_json: String,
}

/// What a reading is stored as.
///
/// # Errors
/// None that a reading can give.
pub(in crate::reports) fn reading_json(reading: &Reading) -> QueryResult<String> {
    to_json(reading)
}

/// The uploads of a report, the newest first. One query.
///
/// # Errors
/// The query's own.
pub fn workbook_uploads_of(conn: &mut Conn, report: ReportId) -> QueryResult<Vec<UploadRow>> {
    workbook_uploads::table
        .filter(workbook_uploads::report_id.eq(report))
        .order(workbook_uploads::id.desc())
        .select(UploadRow::as_select())
        .load(conn)
}

/// Those of a report's uploads that wait to be applied: not what came before another was applied, or before the report was sent. What
/// came or was applied at a moment that was `taken_back` counts for nothing.
pub fn waiting(
    uploads: &[UploadRow],
    sent: Option<NaiveDateTime>,
    taken_back: impl Fn(NaiveDateTime) -> bool,
) -> impl Iterator<Item = &UploadRow> {
    let applied = uploads.iter().filter_map(|row| row.applied_at).filter(|at| !taken_back(*at)).max();
    let done = applied.max(sent);
    uploads.iter().filter(move |row| {
        row.applied_at.is_none()
            && !taken_back(row.uploaded_at)
            && done.is_none_or(|done| row.uploaded_at > done)
    })
}

/// One upload of a report with what was read from it. One query.
///
/// # Errors
/// `NotFound` for another report's; a reading that cannot be understood.
pub fn workbook_upload(
    conn: &mut Conn,
    report: ReportId,
    id: WorkbookUploadId,
) -> QueryResult<(UploadRow, Reading)> {
    let (row, json): (UploadRow, String) = workbook_uploads::table
        .filter(workbook_uploads::report_id.eq(report))
        .filter(workbook_uploads::id.eq(id))
        .select((UploadRow::as_select(), workbook_uploads::reading_json))
        .first(conn)?;
    Ok((row, from_json(&json)?))
}

/// Keeps an upload with its bytes. One query, and one per block.
///
/// # Errors
/// The queries' own.
pub(in crate::reports) fn keep_workbook(
    conn: &mut Conn,
    new: &NewUpload<'_>,
    bytes: &[u8],
) -> QueryResult<WorkbookUploadId> {
    let id: WorkbookUploadId = on_each!(conn, |c| diesel::insert_into(workbook_uploads::table)
        .values(new)
        .returning(workbook_uploads::id)
        .get_result(c))?;
    for (number, block) in (0_i32..).zip(bytes.chunks(BLOCK)) {
        let row = (
            workbook_upload_blocks::upload_id.eq(id),
            workbook_upload_blocks::number.eq(number),
            workbook_upload_blocks::bytes.eq(block),
        );
        diesel::insert_into(workbook_upload_blocks::table).values(row).execute(conn)?;
    }
    Ok(id)
}

/// The bytes of an upload. One query.
///
/// # Errors
/// The query's own.
pub fn workbook_bytes(conn: &mut Conn, id: WorkbookUploadId) -> QueryResult<Vec<u8>> {
    let blocks: Vec<Vec<u8>> = workbook_upload_blocks::table
        .filter(workbook_upload_blocks::upload_id.eq(id))
        .order(workbook_upload_blocks::number)
        .select(workbook_upload_blocks::bytes)
        .load(conn)?;
    Ok(blocks.concat())
}

/// Says that an upload was applied; false when it was already, or is gone. One query.
///
/// # Errors
/// The query's own.
pub(in crate::reports) fn mark_applied(
    conn: &mut Conn,
    id: WorkbookUploadId,
    version: i32,
    by: MembershipId,
    at: NaiveDateTime,
) -> QueryResult<bool> {
    let waiting = workbook_uploads::table.find(id).filter(workbook_uploads::applied_at.is_null());
    let applied = (
        workbook_uploads::applied_by.eq(Some(by)),
        workbook_uploads::applied_at.eq(Some(at)),
        workbook_uploads::applied_version.eq(Some(version)),
    );
    Ok(diesel::update(waiting).set(applied).execute(conn)? == 1)
}

/// Forgets an upload and its bytes; false when it is gone already. Two queries.
///
/// # Errors
/// The queries' own.
pub(in crate::reports) fn forget_workbook(conn: &mut Conn, id: WorkbookUploadId) -> QueryResult<bool> {
    let blocks = workbook_upload_blocks::table.filter(workbook_upload_blocks::upload_id.eq(id));
    diesel::delete(blocks).execute(conn)?;
    Ok(diesel::delete(workbook_uploads::table.find(id)).execute(conn)? == 1)
}

/// Bytes of all workbooks kept for a unit. One query.
///
/// # Errors
/// The query's own.
pub(in crate::reports) fn workbook_bytes_of(conn: &mut Conn, unit: UnitId) -> QueryResult<i64> {
    let sizes: Vec<i64> = workbook_uploads::table
        .inner_join(reports::table.inner_join(obligations::table))
        .filter(obligations::unit_id.eq(unit))
        .select(workbook_uploads::size)
        .load(conn)?;
    Ok(sizes.into_iter().fold(0, i64::saturating_add))
}
