//! A unit's workbook comes back: it is kept with what was read from it, applied by the draft's own save, or dropped. Each is
//! one transaction with its audit row; what is refused leaves nothing.

use serde_json::json;

use super::draft::{self, Open};
use super::queries::{self, NewUpload};
use super::save::Saved;
use super::workbook::{belongs, typed_by_hand};
use super::workbook_preview::preview;
use crate::access::Actor;
use crate::attachments::{self, FileKind, Limits, name, size_words};
use crate::audit::sha256_hex;
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{ReportId, WorkbookUploadId};
use crate::error::{Error, Problems};
use crate::unit_workbook::{self, Reading, Refusal};

/// Uploads kept per report; the oldest applied one makes room for another.
pub const MOST_UPLOADS: usize = 20;
/// The field of the form all refusals belong to.
pub const FIELD: &str = "file";

/// A file as it came.
#[derive(Debug, Clone)]
pub struct Given {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What a workbook for this report is read by, for those who may hand one in now.
///
/// # Errors
/// As [`draft::open`] and [`draft::may_change`]; [`Error::Refused`] for a consolidated report.
pub fn asked(conn: &mut Conn, actor: &Actor, id: ReportId) -> Result<Open, Error> {
    let open = draft::open(conn, actor, id)?;
    draft::may_change(actor, &open.case)?;
    typed_by_hand(&open)?;
    Ok(open)
}

/// Reads a workbook by what a report asks for; no transaction waits for it.
///
/// # Errors
/// [`Error::Invalid`] for what is no workbook of this report.
pub fn read(open: &Open, given: &Given) -> Result<Reading, Error> {
    let refused = |why: Refusal| problem(why.to_string());
    let reading = unit_workbook::read(&given.bytes, &open.outline).map_err(refused)?;
    belongs(open, &reading.identity).map_err(refused)?;
    Ok(reading)
}

/// Keeps a workbook with what was read from it. The same bytes again are the same upload.
///
/// # Errors
/// As [`asked`]; [`Error::Invalid`] when it is of the report no more, and when there is no room.
pub fn take_in(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    (given, reading): (&Given, &Reading),
    limits: Limits,
    moment: Moment,
) -> Result<WorkbookUploadId, Error> {
    let open = asked(conn, actor, id)?;
    let membership = draft::may_change(actor, &open.case)?;
    belongs(&open, &reading.identity).map_err(|why| problem(why.to_string()))?;
    let sha256 = sha256_hex(&given.bytes);
    let held = queries::workbook_uploads_of(conn, id)?;
    if let Some(same) = held.iter().find(|row| row.sha256 == sha256 && row.applied_at.is_none()) {
        return Ok(same.id);
    }
    if held.len() >= MOST_UPLOADS {
        let oldest = held.iter().rev().find(|row| row.applied_at.is_some());
        let Some(oldest) = oldest else {
            return Err(problem(format!(
                "Báo cáo đang giữ {MOST_UPLOADS} tệp chưa áp dụng, nhiều nhất được giữ. Bỏ bớt tệp rồi tải lên."
            )));
        };
        queries::forget_workbook(conn, oldest.id)?;
    }
    let size = i64::try_from(given.bytes.len()).map_err(|error| Error::Internal(error.to_string()))?;
    room_for(conn, &open, size, limits)?;
    let title = format!("{}, {}", membership.title, membership.unit_name);
    let new = NewUpload {
        report_id: id,
        file_name: &name::with_ending(&name::sound(&given.name), FileKind::Xlsx),
        size,
        sha256: &sha256,
        membership_id: membership.id,
        adder_name: &actor.full_name,
        adder_title: &title,
        uploaded_at: moment.at,
        draft_version: open.draft.version,
        reading_json: queries::reading_json(reading)?,
    };
    let upload = queries::keep_workbook(conn, &new, &given.bytes)?;
    let after = json!({ "file": new.file_name, "size": size, "sha256": sha256 });
    draft::record(conn, (actor, membership), &open, ("workbook.take_in", after), moment)?;
    Ok(upload)
}

fn room_for(conn: &mut Conn, open: &Open, size: i64, limits: Limits) -> Result<(), Error> {
    let unit = open.case.obligation.unit_id;
    let used = attachments::queries::used_by(conn, unit, true)?;
    let books = queries::workbook_bytes_of(conn, unit)?;
    if used.saturating_add(books).saturating_add(size) <= limits.quota {
        return Ok(());
    }
    Err(problem(format!(
        "Tệp của đơn vị đã chiếm {} trong {} được lưu. Bỏ các biểu mẫu Excel đã tải lên hoặc gỡ tệp đính kèm không cần nữa.",
        size_words(used.saturating_add(books)),
        size_words(limits.quota)
    )))
}

/// Applies an upload to the draft at version `seen`, which its preview showed; `convert` says what is done with texts of old
/// fonts.
///
/// # Errors
/// [`Error::Conflict`] when the draft was saved since, or the upload was applied meanwhile; [`Error::Refused`] for what is to be
/// mended first, and where the choice of fonts is missing; else as [`draft::save`].
pub fn apply(
    conn: &mut Conn,
    actor: &Actor,
    (id, upload): (ReportId, WorkbookUploadId),
    convert: Option<bool>,
    seen: i32,
    moment: Moment,
) -> Result<Saved, Error> {
    let found = preview(conn, actor, (id, upload), convert.unwrap_or(false), moment)?;
    let membership = draft::may_change(actor, &found.open.case)?;
    if let Some(why) = &found.refusal {
        return Err(Error::Refused(why.to_string()));
    }
    if found.upload.applied_at.is_some() {
        return Err(applied_already());
    }
    if !found.reading.converted.is_empty() && convert.is_none() {
        return Err(Error::Refused(format!(
            "Tệp có chữ gõ bằng phông {}. Chọn chuyển sang Unicode hoặc giữ nguyên rồi áp dụng.",
            found.reading.fonts
        )));
    }
    if !found.blockers.is_empty() {
        return Err(Error::Refused(format!(
            "Tệp còn {} chỗ phải sửa nên chưa áp dụng. Sửa trong tệp rồi tải lên lại.",
            found.blockers.len()
        )));
    }
    if seen != found.open.draft.version {
        return Err(draft::conflict(&found.open.draft));
    }
    let made_from = found.reading.identity.draft;
    let saved = draft::save(conn, actor, &found.open, &found.typed, made_from, moment)?;
    if !queries::mark_applied(conn, upload, saved.version, membership.id, moment.at)? {
        return Err(applied_already());
    }
    let after = json!({ "file": found.upload.file_name, "sha256": found.upload.sha256 });
    draft::record(conn, (actor, membership), &found.open, ("workbook.apply", after), moment)?;
    Ok(saved)
}

/// Drops an upload nobody needs any more; its name is given back. One that was applied is where figures of the report are from:
/// it goes only when whoever drops it is `sure`.
///
/// # Errors
/// As [`draft::open`] and [`draft::may_change`]; [`Error::Refused`] for an applied one; 404 for an upload of another report.
pub fn remove(
    conn: &mut Conn,
    actor: &Actor,
    (id, upload): (ReportId, WorkbookUploadId),
    sure: bool,
    moment: Moment,
) -> Result<String, Error> {
    let open = draft::open(conn, actor, id)?;
    let membership = draft::may_change(actor, &open.case)?;
    let (row, _) = queries::workbook_upload(conn, id, upload)?;
    if row.applied_at.is_some() && !sure {
        return Err(Error::Refused(format!(
            "Tệp “{}” đã áp dụng vào báo cáo nên chưa bỏ. Nếu vẫn bỏ, xác nhận ở trang “Biểu mẫu Excel”.",
            row.file_name
        )));
    }
    if !queries::forget_workbook(conn, upload)? {
        return Err(Error::NotFound);
    }
    let after = json!({ "file": row.file_name, "sha256": row.sha256 });
    draft::record(conn, (actor, membership), &open, ("workbook.remove", after), moment)?;
    Ok(row.file_name)
}

fn applied_already() -> Error {
    Error::Conflict("Tệp này vừa được áp dụng vào báo cáo.".to_owned())
}

/// Something is wrong with the file, at its field.
pub fn problem(words: impl Into<String>) -> Error {
    let mut problems = Problems::default();
    problems.add(FIELD, words);
    Error::Invalid(problems)
}
