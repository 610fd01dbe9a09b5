//! SQL of uploaded documents: rows, bytes, what was decided; each query sees those of some bodies only, or of a plan.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::UploadState;
use super::draft::Draft;
use crate::attachments::{BLOCK, size_words};
use crate::db::Conn;
use crate::db::ids::{MembershipId, PlanId, PlanUploadId, UnitId};
use crate::db::schema::{plan_upload_blocks, plan_uploads, plans};
use crate::on_each;

/// An uploaded document as it stands, without its text.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = plan_uploads)]
pub struct UploadRow {
    pub id: PlanUploadId,
    pub province_id: UnitId,
    /// The body for which it is adopted.
    pub unit_id: UnitId,
    /// The plan that was made of it, or the one it is compared with.
    pub plan_id: Option<PlanId>,
    pub file_name: String,
    /// The ending of its kind: "pdf", "docx", "doc", "rtf", "txt".
    pub kind: String,
    /// In bytes.
    pub size: i64,
    pub sha256: String,
    pub state: String,
    pub version: i32,
    pub draft_json: String,
    pub adder_name: String,
    pub adder_title: String,
    /// UTC.
    pub uploaded_at: NaiveDateTime,
    /// Name and title of who adopted it; "" while nobody has.
    pub adopted_by: String,
    pub adopted_at: Option<NaiveDateTime>,
}

impl UploadRow {
    pub fn state(&self) -> UploadState {
        UploadState::from_code(&self.state)
    }

    /// What would be made of it; nothing where that cannot be read.
    pub fn draft(&self) -> Draft {
        draft(&self.draft_json)
    }

    /// "12 KB".
    pub fn size_words(&self) -> String {
        size_words(self.size)
    }

    /// The media type it is served as.
    pub fn content_type(&self) -> &'static str {
        crate::papers::media_type(&self.kind)
    }
}

fn draft(json: &str) -> Draft {
    serde_json::from_str(json).unwrap_or_default()
}

/// What tells one document from another, without what would be made of it, which may be long.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = plan_uploads)]
pub struct UploadHead {
    pub id: PlanUploadId,
    pub plan_id: Option<PlanId>,
    pub file_name: String,
    pub sha256: String,
    pub state: String,
    pub version: i32,
    pub adder_name: String,
    /// UTC.
    pub uploaded_at: NaiveDateTime,
    pub adopted_by: String,
    pub adopted_at: Option<NaiveDateTime>,
}

impl UploadHead {
    pub fn state(&self) -> UploadState {
        UploadState::from_code(&self.state)
    }
}

/// A document as it comes.
#[derive(Insertable)]
#[diesel(table_name = plan_uploads)]
pub(super) struct NewUpload<'a> {
    pub province_id: UnitId,
    pub unit_id: UnitId,
    pub plan_id: Option<PlanId>,
    pub file_name: &'a str,
    pub kind: &'a str,
    pub size: i64,
    pub sha256: &'a str,
    pub text: &'a str,
    pub state: &'a str,
    pub version: i32,
    pub draft_json: &'a str,
    pub membership_id: MembershipId,
    pub adder_name: &'a str,
    pub adder_title: &'a str,
    pub uploaded_at: NaiveDateTime,
}

/// Keeps a document with its bytes. One query, and one per block.
///
/// # Errors
/// The queries' own.
pub(super) fn keep(conn: &mut Conn, new: &NewUpload<'_>, bytes: &[u8]) -> QueryResult<PlanUploadId> {
    let id: PlanUploadId = on_each!(conn, |c| diesel::insert_into(plan_uploads::table)
        .values(new)
        .returning(plan_uploads::id)
        .get_result(c))?;
    for (number, block) in (0_i32..).zip(bytes.chunks(BLOCK)) {
        let row = (
            plan_upload_blocks::upload_id.eq(id),
            plan_upload_blocks::number.eq(number),
            plan_upload_blocks::bytes.eq(block),
        );
        diesel::insert_into(plan_upload_blocks::table).values(row).execute(conn)?;
    }
    Ok(id)
}

/// A document of some bodies. One query.
///
/// # Errors
/// `NotFound` for another body's too.
pub fn upload(conn: &mut Conn, bodies: &[UnitId], id: PlanUploadId) -> QueryResult<UploadRow> {
    plan_uploads::table
        .find(id)
        .filter(plan_uploads::unit_id.eq_any(bodies))
        .select(UploadRow::as_select())
        .first(conn)
}

/// The documents of some bodies that are to be made plans of, or were, the newest first, with the short names of the plans made of
/// them. One query.
///
/// # Errors
/// The query's own.
pub fn heads_of(conn: &mut Conn, bodies: &[UnitId]) -> QueryResult<Vec<(UploadHead, Option<String>)>> {
    plan_uploads::table
        .left_join(plans::table)
        .filter(plan_uploads::unit_id.eq_any(bodies))
        .filter(plan_uploads::state.ne(UploadState::Compared.code()))
        .order(plan_uploads::id.desc())
        .select((UploadHead::as_select(), plans::short_name.nullable()))
        .load(conn)
}

/// What would be made of the documents of some bodies under review, of which there are few. One query.
///
/// # Errors
/// The query's own.
pub fn open_drafts(conn: &mut Conn, bodies: &[UnitId]) -> QueryResult<HashMap<PlanUploadId, Draft>> {
    let rows: Vec<(PlanUploadId, String)> = plan_uploads::table
        .filter(plan_uploads::unit_id.eq_any(bodies))
        .filter(plan_uploads::state.eq(UploadState::Open.code()))
        .select((plan_uploads::id, plan_uploads::draft_json))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, json)| (id, draft(&json))).collect())
}

/// How many documents of some bodies are under review. One query.
///
/// # Errors
/// The query's own.
pub(super) fn count_open(conn: &mut Conn, bodies: &[UnitId]) -> QueryResult<i64> {
    plan_uploads::table
        .filter(plan_uploads::unit_id.eq_any(bodies))
        .filter(plan_uploads::state.eq(UploadState::Open.code()))
        .count()
        .get_result(conn)
}

/// What was made of the newest documents of a body that were adopted. One query.
///
/// # Errors
/// The query's own.
pub(super) fn adopted_drafts(conn: &mut Conn, body: UnitId, most: i64) -> QueryResult<Vec<Draft>> {
    let rows: Vec<String> = plan_uploads::table
        .filter(plan_uploads::unit_id.eq(body))
        .filter(plan_uploads::state.eq(UploadState::Adopted.code()))
        .order(plan_uploads::id.desc())
        .limit(most)
        .select(plan_uploads::draft_json)
        .load(conn)?;
    Ok(rows.iter().map(|json| draft(json)).collect())
}

/// The documents of a body with the same bytes, the newest first. One query.
///
/// # Errors
/// The query's own.
pub(super) fn with_bytes(conn: &mut Conn, body: UnitId, sha256: &str) -> QueryResult<Vec<UploadHead>> {
    plan_uploads::table
        .filter(plan_uploads::unit_id.eq(body))
        .filter(plan_uploads::sha256.eq(sha256))
        .order(plan_uploads::id.desc())
        .select(UploadHead::as_select())
        .load(conn)
}

/// The documents that were compared with a plan, the newest first. One query.
///
/// # Errors
/// The query's own.
pub(super) fn compared_with(conn: &mut Conn, plan: PlanId) -> QueryResult<Vec<UploadHead>> {
    plan_uploads::table
        .filter(plan_uploads::plan_id.eq(plan))
        .filter(plan_uploads::state.eq(UploadState::Compared.code()))
        .order(plan_uploads::id.desc())
        .select(UploadHead::as_select())
        .load(conn)
}

/// The document a plan was made of, for whoever reads the plan; none for one that was typed. One query.
///
/// # Errors
/// The query's own.
pub fn original(conn: &mut Conn, plan: PlanId) -> QueryResult<Option<UploadRow>> {
    plan_uploads::table
        .filter(plan_uploads::plan_id.eq(plan))
        .filter(plan_uploads::state.eq(UploadState::Adopted.code()))
        .order(plan_uploads::id)
        .select(UploadRow::as_select())
        .first(conn)
        .optional()
}

/// The text of a document. One query.
///
/// # Errors
/// The query's own.
pub fn text(conn: &mut Conn, id: PlanUploadId) -> QueryResult<String> {
    plan_uploads::table.find(id).select(plan_uploads::text).first(conn)
}

/// The bytes of a document. One query.
///
/// # Errors
/// The query's own.
pub fn bytes(conn: &mut Conn, id: PlanUploadId) -> QueryResult<Vec<u8>> {
    let blocks: Vec<Vec<u8>> = plan_upload_blocks::table
        .filter(plan_upload_blocks::upload_id.eq(id))
        .order(plan_upload_blocks::number)
        .select(plan_upload_blocks::bytes)
        .load(conn)?;
    Ok(blocks.concat())
}

/// What is written of a document; a none leaves the column as it is.
#[derive(AsChangeset, Default)]
#[diesel(table_name = plan_uploads)]
pub(super) struct Change<'a> {
    pub draft_json: Option<&'a str>,
    pub state: Option<&'a str>,
    pub plan_id: Option<PlanId>,
    pub adopted_by: Option<&'a str>,
    pub adopted_at: Option<NaiveDateTime>,
}

/// Changes a document that stands as it was seen and takes its next version; false when it does not any more. One query.
///
/// # Errors
/// The query's own.
pub(super) fn change(
    conn: &mut Conn,
    (id, seen): (PlanUploadId, i32),
    change: &Change<'_>,
) -> QueryResult<bool> {
    let as_seen = plan_uploads::table
        .find(id)
        .filter(plan_uploads::version.eq(seen))
        .filter(plan_uploads::state.eq(UploadState::Open.code()));
    let changed = diesel::update(as_seen).set((change, plan_uploads::version.eq(seen + 1)));
    Ok(changed.execute(conn)? == 1)
}

/// Forgets a document nothing was made of, with its bytes, in the state it was seen in; false when it is gone, or adopted by now.
/// Three queries.
///
/// # Errors
/// The queries' own.
pub(super) fn forget(
    conn: &mut Conn,
    (id, seen): (PlanUploadId, i32),
    state: UploadState,
) -> QueryResult<bool> {
    let as_seen = plan_uploads::table
        .find(id)
        .filter(plan_uploads::version.eq(seen))
        .filter(plan_uploads::state.eq(state.code()));
    // The guarded change first: whoever adopts it meanwhile is waited for.
    if diesel::update(as_seen).set(plan_uploads::version.eq(seen + 1)).execute(conn)? != 1 {
        return Ok(false);
    }
    diesel::delete(plan_upload_blocks::table.filter(plan_upload_blocks::upload_id.eq(id))).execute(conn)?;
    Ok(diesel::delete(plan_uploads::table.find(id)).execute(conn)? == 1)
}
