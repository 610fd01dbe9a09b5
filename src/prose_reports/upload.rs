//! A report comes in as a document: its text taken out of the file, read by the form of the report, and kept with its bytes. One
//! transaction with its row in the log; what is refused leaves nothing.

use serde_json::json;

use super::choices::{Kept, form_of};
use super::queries::{self, NewUpload, UploadRow};
use crate::access::{Actor, Membership};
use crate::attachments::{self, Limits, name, size_words};
use crate::audit::sha256_hex;
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{ProseUploadId, ReportId, UnitId};
use crate::error::{Error, Problems};
use crate::papers;
use crate::plan_reader::MOST_BYTES;
use crate::prose_reader;
use crate::reports::Case;
use crate::reports::draft::{self, Open};

/// Documents kept per report; the oldest that nothing was written from makes room for another, then the oldest there is.
pub const MOST_UPLOADS: usize = 20;
/// Bytes of a document at most.
pub const LARGEST: usize = 20 * 1024 * 1024;
/// The fields that refusals belong to.
pub const FILE: &str = "file";
pub const TEXT: &str = "text";

/// A document as it came.
#[derive(Debug, Clone)]
pub struct Given {
    pub name: String,
    pub kind: &'static str,
    pub bytes: Vec<u8>,
    pub text: String,
}

/// The report a document is brought for, for those who may type into it now.
///
/// # Errors
/// As [`draft::open`] and [`draft::may_change`]; [`Error::Refused`] for a consolidated report.
pub fn asked(conn: &mut Conn, actor: &Actor, id: ReportId) -> Result<Open, Error> {
    let open = draft::open(conn, actor, id)?;
    draft::may_change(actor, &open.case)?;
    if open.case.is_consolidated() {
        return Err(Error::Refused(
            "Báo cáo tổng hợp lấy nội dung từ bản tổng hợp, không đọc từ văn bản.".to_owned(),
        ));
    }
    Ok(open)
}

/// Whose documents are not for who writes the report: while its collector types it in, what the unit brought to its own draft stays
/// the unit's.
pub fn hidden(case: &Case) -> Option<UnitId> {
    case.behalf.as_ref().map(|_| case.obligation.unit_id)
}

/// What the texts about a document call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noun {
    Report,
    Plan,
}

impl Noun {
    fn words(self) -> &'static str {
        match self {
            Noun::Report => "báo cáo",
            Noun::Plan => "kế hoạch",
        }
    }
}

/// Takes the text out of a file. Takes a while where it is converted first: never within a transaction.
///
/// # Errors
/// [`Error::Invalid`] at the field with what is wrong with it and what to do.
pub fn read_file(file_name: &str, bytes: Vec<u8>, noun: Noun) -> Result<Given, Error> {
    let text = papers::text_of(&bytes).map_err(|refusal| problem(FILE, refusal.to_string()))?;
    let kind = papers::ending(&bytes);
    let sound = name::kept(file_name);
    let stem = sound.rsplit_once('.').map_or(sound.as_str(), |(stem, _)| stem);
    given(format!("{stem}.{kind}"), kind, bytes, &text, (FILE, noun))
}

/// Takes pasted text.
///
/// # Errors
/// As [`read_file`].
pub fn read_pasted(text: &str, noun: Noun) -> Result<Given, Error> {
    if text.trim().is_empty() {
        return Err(problem(TEXT, format!("Dán nội dung {} vào ô này, hoặc chọn tệp.", noun.words())));
    }
    given("Nội dung dán vào.txt".to_owned(), "txt", text.as_bytes().to_vec(), text, (TEXT, noun))
}

fn given(
    name: String,
    kind: &'static str,
    bytes: Vec<u8>,
    text: &str,
    (field, noun): (&str, Noun),
) -> Result<Given, Error> {
    // PostgreSQL keeps no NUL, and lines end in one way.
    let text = text.replace('\0', "").replace("\r\n", "\n").replace('\r', "\n");
    if text.len() > MOST_BYTES {
        let words = format!("Văn bản quá dài. Tách riêng phần lời văn của {} rồi tải lên.", noun.words());
        return Err(problem(field, words));
    }
    Ok(Given { name, kind, bytes, text })
}

/// Reads a document by the form of a report; no transaction waits for it.
///
/// # Errors
/// [`Error::Invalid`] for a text of which nothing can be written.
pub fn read(open: &Open, given: &Given, field: &str) -> Result<Kept, Error> {
    let prose = prose_reader::read(&given.text, &form_of(&open.outline));
    if prose.pieces.iter().all(|piece| piece.body.trim().is_empty()) {
        return Err(problem(
            field,
            "Không có đoạn văn nào trong văn bản này. Kiểm tra lại tệp, hoặc nhập báo cáo bằng tay.",
        ));
    }
    Ok(Kept::new(prose, &open.draft.content, &open.outline))
}

/// Keeps a document with what was read of it. The same bytes again are the same upload, with what was decided of it.
///
/// # Errors
/// As [`asked`]; [`Error::Invalid`] when there is no room.
pub fn take_in(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    (given, kept, field): (&Given, &Kept, &str),
    limits: Limits,
    moment: Moment,
) -> Result<ProseUploadId, Error> {
    let open = asked(conn, actor, id)?;
    let membership = draft::may_change(actor, &open.case)?;
    let sha256 = sha256_hex(&given.bytes);
    let held = queries::of_report(conn, id, hidden(&open.case))?;
    if let Some(same) = held.iter().find(|row| row.sha256 == sha256 && row.applied_at.is_none()) {
        return Ok(same.id);
    }
    if held.len() >= MOST_UPLOADS {
        make_room(conn, (actor, membership), &open, (&held, field), moment)?;
    }
    let size = i64::try_from(given.bytes.len()).map_err(|error| Error::Internal(error.to_string()))?;
    room_for(conn, &open, (size, field), limits)?;
    let title = format!("{}, {}", membership.title, membership.unit_name);
    let upload = queries::keep(
        conn,
        &NewUpload {
            report_id: id,
            file_name: &given.name,
            kind: given.kind,
            size,
            sha256: &sha256,
            text: &given.text,
            version: 1,
            kept_json: &to_json(kept)?,
            membership_id: membership.id,
            adder_name: &actor.full_name,
            adder_title: &title,
            uploaded_at: moment.at,
        },
        &given.bytes,
    )?;
    let after = json!({ "file": given.name, "size": size, "sha256": sha256 });
    draft::record(conn, (actor, membership), &open, ("prose.take_in", after), moment)?;
    Ok(upload)
}

/// Drops the oldest document that waits, else the oldest that was written; never one by which somebody entered a report for a
/// unit: it is the proof of what they entered.
fn make_room(
    conn: &mut Conn,
    who: (&Actor, &Membership),
    open: &Open,
    (held, field): (&[UploadRow], &str),
    moment: Moment,
) -> Result<(), Error> {
    let proofs = queries::written_for(conn, open.case.report.id, open.case.obligation.unit_id)?;
    let waits = held.iter().rev().find(|row| row.applied_at.is_none());
    match waits.or_else(|| held.iter().rev().find(|row| !proofs.contains(&row.id))) {
        Some(row) => forget(conn, who, open, (row, row.version), moment),
        None => Err(problem(
            field,
            format!(
                "Báo cáo đang giữ {MOST_UPLOADS} văn bản làm căn cứ nhập thay, nhiều nhất được giữ. \
                 Bỏ bớt rồi tải lên."
            ),
        )),
    }
}

/// The file has to fit beside the unit's other files, twice where it becomes one of them.
///
/// # Errors
/// [`Error::Invalid`] at the field where it does not.
pub fn room_for(
    conn: &mut Conn,
    open: &Open,
    (size, field): (i64, &str),
    limits: Limits,
) -> Result<(), Error> {
    if (open.case.behalf.is_some() || open.case.is_document()) && size > limits.largest {
        return Err(problem(
            field,
            format!(
                "Tệp lớn hơn {}, mức lớn nhất được đính kèm vào báo cáo. Giảm dung lượng rồi tải lên.",
                size_words(limits.largest)
            ),
        ));
    }
    let unit = open.case.obligation.unit_id;
    let used = attachments::queries::used_by(conn, unit, true)?;
    let used = used.saturating_add(queries::bytes_of_unit(conn, unit)?);
    if used.saturating_add(size) <= limits.quota {
        return Ok(());
    }
    Err(problem(
        field,
        format!(
            "Tệp của đơn vị đã chiếm {} trong {} được lưu. Bỏ bớt văn bản đã tải lên hoặc tệp đính kèm không cần nữa.",
            size_words(used),
            size_words(limits.quota)
        ),
    ))
}

/// Drops an upload nobody needs any more, as it was seen; its name is given back.
///
/// # Errors
/// As [`asked`]; 404 for an upload of another report; [`Error::Conflict`] when somebody decided or wrote it since it was seen.
pub fn remove(
    conn: &mut Conn,
    actor: &Actor,
    (id, upload, seen): (ReportId, ProseUploadId, i32),
    moment: Moment,
) -> Result<String, Error> {
    let open = asked(conn, actor, id)?;
    let membership = draft::may_change(actor, &open.case)?;
    let (row, ..) = queries::find(conn, (id, upload), hidden(&open.case))?;
    forget(conn, (actor, membership), &open, (&row, seen), moment)?;
    Ok(row.file_name)
}

/// Forgets an upload as it was seen, with its row in the log.
fn forget(
    conn: &mut Conn,
    who: (&Actor, &Membership),
    open: &Open,
    (row, seen): (&UploadRow, i32),
    moment: Moment,
) -> Result<(), Error> {
    if !queries::forget(conn, (row.id, seen))? {
        return Err(Error::Conflict(format!(
            "Người khác vừa chọn nội dung, ghi hoặc bỏ văn bản “{}”. Mở lại trang để xem rồi thực hiện tiếp.",
            row.file_name
        )));
    }
    let after = json!({ "file": row.file_name, "sha256": row.sha256 });
    draft::record(conn, who, open, ("prose.remove", after), moment)
}

/// A reading as it is kept.
///
/// # Errors
/// None that a reading can give.
pub(super) fn to_json(kept: &Kept) -> Result<String, Error> {
    serde_json::to_string(kept).map_err(|error| Error::Internal(error.to_string()))
}

/// What is wrong, at its field.
pub fn problem(field: &str, words: impl Into<String>) -> Error {
    let mut problems = Problems::default();
    problems.add(field, words);
    Error::Invalid(problems)
}
