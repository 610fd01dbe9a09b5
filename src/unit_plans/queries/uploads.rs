//! Rows by report, bytes in blocks, what was decided.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::attachments::{BLOCK, size_words};
use crate::db::Conn;
use crate::db::ids::{MembershipId, ReportId, TaskId, UnitPlanId};
use crate::db::schema::{plans, tasks, unit_plan_blocks, unit_plan_links, unit_plans};
use crate::on_each;
use crate::unit_plans::kept::Kept;

/// An upload as it stands, without its text.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = unit_plans)]
pub struct UploadRow {
    pub id: UnitPlanId,
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
    /// The version of the draft that was saved with it, and the revision it goes with.
    pub applied_version: Option<i32>,
    pub applied_revision: Option<i32>,
}

impl UploadRow {
    /// By which the newest of a report's plans is told.
    pub fn order(&self) -> (Option<i32>, Option<i32>) {
        (self.applied_revision, self.applied_version)
    }
}

impl UploadRow {
    /// "12 KB".
    pub fn size_words(&self) -> String {
        size_words(self.size)
    }
}

#[derive(Insertable)]
#[diesel(table_name = unit_plans)]
pub(in crate::unit_plans) struct NewUpload<'a> {
    pub report_id: ReportId,
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

/// Keeps an upload with its bytes. One query, and one per block.
///
/// # Errors
/// The queries' own.
pub(in crate::unit_plans) fn keep(
    conn: &mut Conn,
    new: &NewUpload<'_>,
    bytes: &[u8],
) -> QueryResult<UnitPlanId> {
    let id: UnitPlanId = on_each!(conn, |c| diesel::insert_into(unit_plans::table)
        .values(new)
        .returning(unit_plans::id)
        .get_result(c))?;
    for (number, block) in (0_i32..).zip(bytes.chunks(BLOCK)) {
        let row = (
            unit_plan_blocks::unit_plan_id.eq(id),
            unit_plan_blocks::number.eq(number),
            unit_plan_blocks::bytes.eq(block),
        );
        diesel::insert_into(unit_plan_blocks::table).values(row).execute(conn)?;
    }
    Ok(id)
}

/// The uploads of a report, the newest first; while its collector types it in only those brought on the unit's behalf. One query.
///
/// # Errors
/// The query's own.
pub fn of_report(conn: &mut Conn, report: ReportId, typed: bool) -> QueryResult<Vec<UploadRow>> {
    unit_plans::table
        .filter(unit_plans::report_id.eq(report))
        .filter(unit_plans::on_behalf.eq_any(seen(typed)))
        .order(unit_plans::id.desc())
        .select(UploadRow::as_select())
        .load(conn)
}

/// Who types a report in for a unit does not see what the unit brought to its own draft.
fn seen(typed: bool) -> &'static [bool] {
    if typed { &[true] } else { &[false, true] }
}

/// One upload of a report with its text and what is kept of its reading. One query.
///
/// # Errors
/// `NotFound` for another report's, and for one that is not seen as in [`of_report`].
pub fn find(
    conn: &mut Conn,
    (report, id): (ReportId, UnitPlanId),
    typed: bool,
) -> QueryResult<(UploadRow, String, Kept)> {
    let (row, text, json): (UploadRow, String, String) = unit_plans::table
        .filter(unit_plans::report_id.eq(report))
        .filter(unit_plans::id.eq(id))
        .filter(unit_plans::on_behalf.eq_any(seen(typed)))
        .select((UploadRow::as_select(), unit_plans::text, unit_plans::kept_json))
        .first(conn)?;
    let kept = serde_json::from_str(&json)
        .map_err(|error| diesel::result::Error::DeserializationError(Box::new(error)))?;
    Ok((row, text, kept))
}

/// One upload of a report among those brought so, by the unit or on its behalf, and those that were sent. One query.
///
/// # Errors
/// `NotFound` for another report's, and for any other.
pub fn readable(
    conn: &mut Conn,
    (report, id): (ReportId, UnitPlanId),
    (brought, sent): (&[bool], &[UnitPlanId]),
) -> QueryResult<UploadRow> {
    unit_plans::table
        .filter(unit_plans::report_id.eq(report))
        .filter(unit_plans::id.eq(id))
        .filter(unit_plans::on_behalf.eq_any(brought).or(unit_plans::id.eq_any(sent)))
        .select(UploadRow::as_select())
        .first(conn)
}

/// The bytes of an upload. One query.
///
/// # Errors
/// The query's own.
pub fn bytes(conn: &mut Conn, id: UnitPlanId) -> QueryResult<Vec<u8>> {
    let blocks: Vec<Vec<u8>> = unit_plan_blocks::table
        .filter(unit_plan_blocks::unit_plan_id.eq(id))
        .order(unit_plan_blocks::number)
        .select(unit_plan_blocks::bytes)
        .load(conn)?;
    Ok(blocks.concat())
}

/// Keeps what was decided of an upload that stands as it was seen; false when it does not any more. One query.
///
/// # Errors
/// The query's own.
pub(in crate::unit_plans) fn decide(
    conn: &mut Conn,
    (id, seen): (UnitPlanId, i32),
    kept_json: &str,
) -> QueryResult<bool> {
    let as_seen = unit_plans::table
        .find(id)
        .filter(unit_plans::version.eq(seen))
        .filter(unit_plans::applied_at.is_null());
    let decided = (unit_plans::kept_json.eq(kept_json), unit_plans::version.eq(seen + 1));
    Ok(diesel::update(as_seen).set(decided).execute(conn)? == 1)
}

/// Says that an upload is the unit's plan, at this version of the draft and from the revision that is sent next; false when it was already, or is gone. One query.
///
/// # Errors
/// The query's own.
pub(in crate::unit_plans) fn mark_applied(
    conn: &mut Conn,
    id: UnitPlanId,
    (version, revision, on_behalf): (i32, i32, bool),
    by: MembershipId,
    at: NaiveDateTime,
) -> QueryResult<bool> {
    let waiting = unit_plans::table.find(id).filter(unit_plans::applied_at.is_null());
    let applied = (
        unit_plans::applied_by.eq(Some(by)),
        unit_plans::applied_at.eq(Some(at)),
        unit_plans::applied_version.eq(Some(version)),
        unit_plans::applied_revision.eq(Some(revision)),
        unit_plans::on_behalf.eq(on_behalf),
    );
    Ok(diesel::update(waiting).set(applied).execute(conn)? == 1)
}

/// Writes the links of an upload: task, place in the document, path and words of the clause. One statement.
///
/// # Errors
/// The query's own.
pub(in crate::unit_plans) fn put_links(
    conn: &mut Conn,
    id: UnitPlanId,
    links: &[(TaskId, i32, &str, &str)],
) -> QueryResult<()> {
    use unit_plan_links as l;
    let rows: Vec<_> = links
        .iter()
        .map(|(task, position, path, text)| {
            (
                l::unit_plan_id.eq(id),
                l::task_id.eq(*task),
                l::position.eq(*position),
                l::clause_path.eq(*path),
                l::clause_text.eq(*text),
            )
        })
        .collect();
    for some in rows.chunks(100) {
        on_each!(conn, |c| diesel::insert_into(l::table).values(some.to_vec()).execute(c))?;
    }
    Ok(())
}

/// Forgets an upload that stands as it was seen and is nobody's plan, with its bytes; false otherwise. Three queries.
///
/// # Errors
/// The queries' own.
pub(in crate::unit_plans) fn forget(conn: &mut Conn, (id, seen): (UnitPlanId, i32)) -> QueryResult<bool> {
    // The guarded change first: whoever decides or uses it meanwhile is waited for.
    let as_seen = unit_plans::table
        .find(id)
        .filter(unit_plans::version.eq(seen))
        .filter(unit_plans::applied_at.is_null());
    let next = unit_plans::version.eq(unit_plans::version + 1);
    if diesel::update(as_seen).set(next).execute(conn)? != 1 {
        return Ok(false);
    }
    diesel::delete(unit_plan_blocks::table.filter(unit_plan_blocks::unit_plan_id.eq(id))).execute(conn)?;
    Ok(diesel::delete(unit_plans::table.find(id)).execute(conn)? == 1)
}

/// The number and symbol of the plan that each task is of: "13/KH-UBND"; "" while it has no number. One query.
///
/// # Errors
/// The query's own.
pub fn numbers_of(conn: &mut Conn, ids: &[TaskId]) -> QueryResult<HashMap<TaskId, String>> {
    let rows: Vec<(TaskId, String, String)> = tasks::table
        .inner_join(plans::table.on(plans::id.eq(tasks::plan_id)))
        .filter(tasks::id.eq_any(ids))
        .select((tasks::id, plans::number, plans::symbol))
        .load(conn)?;
    let number = |number: String, symbol: String| match number.is_empty() {
        true => String::new(),
        false => format!("{number}/{symbol}"),
    };
    Ok(rows.into_iter().map(|(id, n, symbol)| (id, number(n, symbol))).collect())
}
