//! "Chốt bản tổng hợp": the leader of the collecting body approves a draft; both copies of the workbook are written
//! then and served ever after.

use std::borrow::Cow;

use serde_json::json;

use super::content::EditionContent;
use super::copies::EditionCopy;
use super::queries::{self, EditionRow, NewFile};
use super::signing::{self, Numbered, Signing};
use super::{paper, replaced};
use crate::access::{Action, Actor, Membership};
use crate::audit::{self, By, Step, sha256_hex};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::EditionId;
use crate::error::Error;
use crate::workbooks;

/// A draft about to be approved: its content, which nothing changes any more, as it was read.
pub struct ToApprove {
    id: EditionId,
    version: i32,
    content: EditionContent,
    /// Who approves, and would sign; number and day of the report where they are known already.
    numbered: Numbered,
}

/// The same with its workbooks written.
pub struct ReadyToApprove {
    id: EditionId,
    version: i32,
    files: [Copied; 2],
    paper: queries::EditionFile,
    numbered: Numbered,
}

/// One copy of the workbook, in bytes.
struct Copied {
    copy: EditionCopy,
    file_name: String,
    bytes: Vec<u8>,
    sha256: String,
}

impl Copied {
    fn write<'a>(content: impl Into<Cow<'a, EditionContent>>, copy: EditionCopy) -> Result<Copied, Error> {
        let content = content.into();
        let file_name = file_name(&content, copy);
        let bytes = write(content, copy)?;
        Ok(Copied { copy, file_name, sha256: sha256_hex(&bytes), bytes })
    }
}

/// Of a draft that no unit's report is in: a paper about nothing is signed by nobody.
const NOBODY_REPORTED: &str = "Chưa có báo cáo của đơn vị nào trong bản này nên chưa chốt được. Tiếp nhận báo cáo rồi lập bản tổng hợp mới.";

/// Reads the draft the actor has seen. Seven queries.
///
/// # Errors
/// 404 outside the actor's scope; [`Error::Forbidden`] for anybody but a leader of the collecting body;
/// [`Error::Conflict`] when it is no longer the draft that was seen.
pub fn to_approve(
    conn: &mut Conn,
    actor: &Actor,
    id: EditionId,
    version: i32,
    moment: Moment,
) -> Result<ToApprove, Error> {
    let (row, ..) = queries::edition(conn, &actor.scope(), id)?;
    let membership = may_approve(actor, &row)?;
    if !row.is_draft() || row.version != version {
        return Err(changed());
    }
    let mut content = read_content(conn, &row)?;
    if content.reporting().reported == 0 {
        return Err(Error::Refused(NOBODY_REPORTED.to_owned()));
    }
    content.identity.approved_at = Some(moment.at);
    replaced::refresh(conn, &row, &mut content)?;
    let by = (actor.full_name.as_str(), membership.title.as_str());
    let signed = signing::leader(conn, &content, row.collector_id, by)?;
    let numbered = Numbered { number: String::new(), date: None, signed };
    Ok(ToApprove { id, version, content, numbered })
}

impl ToApprove {
    /// What is about to be approved, as it was read.
    pub fn content(&self) -> &EditionContent {
        &self.content
    }

    /// The same with number, day and signatory as typed; who signs stays the one who approves where nobody else is named.
    ///
    /// # Errors
    /// [`Error::Invalid`] with what is missing or cannot be read.
    pub fn numbered(mut self, typed: &Signing, moment: Moment) -> Result<ToApprove, Error> {
        let read = typed.read(moment)?;
        let signed = signing::completed(read.signed, &self.content, &self.numbered.signed);
        let symbol = self.content.paper.as_ref().map_or("", |head| head.symbol.as_str());
        let number = signing::whole(&read.number, symbol);
        self.numbered = Numbered { number, date: read.date, signed };
        Ok(self)
    }

    /// Writes both workbooks and the paper. No database here: this takes the longest, and nobody waits for it.
    ///
    /// # Errors
    /// [`Error::Refused`] when the workbook cannot be written, with the indicator to look at.
    pub fn written(self) -> Result<ReadyToApprove, Error> {
        let mut content = self.content;
        // Paper and workbooks are headed for whoever signs.
        self.numbered.put(&mut content.identity);
        let ours = Copied::write(&content, EditionCopy::Internal)?;
        let paper = paper::write(&content)?;
        // Last, for it takes out of the content what does not leave.
        let theirs = Copied::write(content, EditionCopy::Ministry)?;
        let (id, version, numbered) = (self.id, self.version, self.numbered);
        Ok(ReadyToApprove { id, version, files: [theirs, ours], paper, numbered })
    }
}

/// Approves the draft the workbooks were written from, and keeps them. `moment` is that of [`to_approve`].
///
/// # Errors
/// As [`to_approve`]: what may have changed since is asked again.
pub fn approve_edition(
    conn: &mut Conn,
    actor: &Actor,
    ready: &ReadyToApprove,
    moment: Moment,
) -> Result<(), Error> {
    let (row, period, regime) = queries::edition(conn, &actor.scope(), ready.id)?;
    let membership = may_approve(actor, &row)?;
    let by = (membership.id, actor.full_name.as_str(), membership.title.as_str());
    if !queries::mark_approved(conn, ready.id, ready.version, by, moment.at)? {
        return Err(changed());
    }
    let mut files = serde_json::Map::new();
    for written in &ready.files {
        let file = NewFile {
            edition_id: ready.id,
            copy: written.copy.code(),
            file_name: &written.file_name,
            bytes: &written.bytes,
            sha256: &written.sha256,
        };
        queries::insert_file(conn, &file)?;
        files.insert(written.copy.code().to_owned(), json!(written.sha256));
    }
    queries::insert_paper(conn, ready.id, &ready.paper)?;
    files.insert("document".to_owned(), json!(ready.paper.sha256));
    // What the kept files say of the report they belong to: read again where it goes out.
    let Numbered { number, date, signed } = &ready.numbered;
    let mut after = json!({
        "status": "approved",
        "sha256": row.sha256,
        "files": files,
        "signatory_capacity": signed.capacity,
        "signatory_title": signed.title,
        "signatory_name": signed.name,
    });
    if !number.is_empty() {
        (after["number"], after["date"]) = (json!(number), json!(date));
    }
    let step = Step {
        action: "edition.approve",
        subject_kind: "edition",
        subject_id: Some(ready.id.0),
        subject_label: &format!("{}: {}, bản tổng hợp lần {}", regime.name, period.label, row.number),
        unit_id: Some(row.collector_id),
        before: Some(json!({ "status": row.status })),
        after: Some(after),
    };
    audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?;
    Ok(())
}

fn changed() -> Error {
    Error::Conflict("Bản tổng hợp này đã được chốt hoặc vừa thay đổi. Mở lại trang để xem.".to_owned())
}

/// The membership under which the actor approves this edition.
///
/// # Errors
/// [`Error::Forbidden`], which says who may.
pub fn may_approve<'a>(actor: &'a Actor, row: &EditionRow) -> Result<&'a Membership, Error> {
    actor.for_unit(row.collector_id, Action::ApproveEdition).ok_or_else(|| {
        Error::Forbidden("Chỉ lãnh đạo đơn vị tổng hợp được chốt bản tổng hợp này.".to_owned())
    })
}

/// The frozen content of an edition, with the moment of its approval put in. One query.
///
/// # Errors
/// [`Error::Internal`] when the text is not what was frozen; the query's own.
pub fn read_content(conn: &mut Conn, row: &EditionRow) -> Result<EditionContent, Error> {
    let text = queries::content(conn, row.id)?;
    if sha256_hex(text.as_bytes()) != row.sha256 {
        return Err(Error::Internal(format!("edition {}: the content does not match its SHA-256", row.id)));
    }
    let mut content = EditionContent::from_canonical(&text)
        .map_err(|e| Error::Internal(format!("edition {}: {e}", row.id)))?;
    content.identity.approved_at = row.approved_at;
    content.identity.sha256.clone_from(&row.sha256);
    Ok(content)
}

/// The workbook of an edition: as kept at approval, or of a draft written now. Two queries at most.
///
/// # Errors
/// As [`read_content`]; [`Error::Refused`] when the workbook of a draft cannot be written.
pub fn workbook(conn: &mut Conn, row: &EditionRow, copy: EditionCopy) -> Result<queries::EditionFile, Error> {
    if row.is_draft() {
        let Copied { file_name, bytes, sha256, .. } = Copied::write(read_content(conn, row)?, copy)?;
        return Ok(queries::EditionFile { file_name, bytes, sha256 });
    }
    queries::file(conn, row.id, copy)?
        .ok_or_else(|| Error::Internal(format!("edition {}: no {} file", row.id, copy.code())))
}

pub(super) fn write<'a>(
    content: impl Into<Cow<'a, EditionContent>>,
    copy: EditionCopy,
) -> Result<Vec<u8>, Error> {
    workbooks::write(content, copy).map_err(|e| {
        Error::Refused(format!("Chưa ghi được tệp Excel. {e}. Kiểm tra lại số liệu của chỉ tiêu này."))
    })
}

/// "Tổng hợp Bắc Giang 2025-H1 lần 2 (bản gửi Bộ).xlsx"; a draft's name begins with "Dự thảo".
fn file_name(content: &EditionContent, copy: EditionCopy) -> String {
    let identity = &content.identity;
    let draft = if identity.approved_at.is_none() { "Dự thảo " } else { "" };
    let name = format!(
        "{draft}Tổng hợp {} {} lần {} ({})",
        identity.place,
        identity.period_code,
        identity.edition_number,
        copy.words()
    );
    format!("{}.xlsx", safe_name(&name))
}

/// A name without what a file system or a header could trip over.
pub fn safe_name(name: &str) -> String {
    name.chars().map(|c| if "/\\:*?\"<>|;".contains(c) || c.is_control() { '-' } else { c }).collect()
}
