//! What was decided of a document is kept at once, so that the page can be left; and written into the draft in one transaction,
//! by the draft's own save.

use serde_json::json;

use super::attach::{Upload, attach};
use super::choices::{Choices, Kept};
use super::outcome::{Outcome, outcome};
use super::queries::{self, UploadRow};
use super::upload::{asked, hidden, to_json};
use crate::access::Actor;
use crate::attachments::{Limits, Purpose};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{ProseUploadId, ReportId};
use crate::error::Error;
use crate::reports::draft::{self, Open};

/// An upload held against the draft as it stands.
#[derive(Debug, Clone)]
pub struct Desk {
    pub open: Open,
    pub row: UploadRow,
    pub text: String,
    pub kept: Kept,
    pub outcome: Outcome,
}

/// What was on the page.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    /// Of the upload, and of the draft.
    pub upload: i32,
    pub draft: i32,
}

/// Opens an upload of a report.
///
/// # Errors
/// As [`asked`]; 404 for an upload of another report.
pub fn desk(conn: &mut Conn, actor: &Actor, (id, upload): (ReportId, ProseUploadId)) -> Result<Desk, Error> {
    let open = asked(conn, actor, id)?;
    let (row, text, kept) = queries::find(conn, (id, upload), hidden(&open.case))?;
    let outcome = outcome(&kept, &open.outline, &open.draft.content);
    Ok(Desk { open, row, text, kept, outcome })
}

/// Keeps what was decided.
///
/// # Errors
/// As [`desk`]; [`Error::Conflict`] when somebody decided meanwhile; [`Error::Refused`] once it was written.
pub fn decide(
    conn: &mut Conn,
    actor: &Actor,
    which: (ReportId, ProseUploadId),
    (seen, choices): (Seen, Choices),
) -> Result<Desk, Error> {
    let mut desk = desk(conn, actor, which)?;
    if desk.row.applied_at.is_some() {
        return Err(written());
    }
    desk.kept.choices = choices;
    if desk.row.version != seen.upload
        || !queries::decide(conn, (which.1, seen.upload), &to_json(&desk.kept)?)?
    {
        return Err(Error::Conflict(
            "Người khác vừa chọn nội dung của văn bản này. Mở lại trang để xem rồi thực hiện tiếp."
                .to_owned(),
        ));
    }
    desk.row.version += 1;
    desk.outcome = outcome(&desk.kept, &desk.open.outline, &desk.open.draft.content);
    Ok(desk)
}

/// Keeps what was decided and writes it into the draft; on the unit's behalf the document is attached as the proof. Gives back what
/// was written.
///
/// # Errors
/// As [`decide`]; [`Error::Conflict`] when the draft was saved since it was seen; [`Error::Refused`] for what is to be mended first
/// and where nothing would change; as [`draft::save`].
pub fn apply(
    conn: &mut Conn,
    actor: &Actor,
    which: (ReportId, ProseUploadId),
    (seen, choices): (Seen, Choices),
    limits: Limits,
    moment: Moment,
) -> Result<Outcome, Error> {
    let Desk { open, row, outcome, .. } = decide(conn, actor, which, (seen, choices))?;
    let membership = draft::may_change(actor, &open.case)?;
    if let Some(fault) = outcome.faults.first() {
        return Err(Error::Refused(fault.words.clone()));
    }
    if seen.draft != open.draft.version {
        return Err(draft::conflict(&open.draft));
    }
    if outcome.changes_nothing() {
        return Err(Error::Refused(
            "Chưa có gì để ghi: chọn phần, số liệu hoặc minh chứng cần đưa vào báo cáo.".to_owned(),
        ));
    }
    let saved = draft::save(conn, actor, &open, &outcome.content, open.draft.version, moment)?;
    if open.case.behalf.is_some() {
        let upload = Upload {
            purpose: Purpose::Incoming,
            name: &row.file_name,
            kind: &row.kind,
            size: row.size,
            sha256: &row.sha256,
        };
        attach(conn, actor, &open, (upload, |conn| queries::bytes(conn, row.id)), limits, moment)?;
    }
    if !queries::mark_applied(conn, which.1, saved.version, membership.id, moment.at)? {
        return Err(written());
    }
    let after = json!({ "file": row.file_name, "sha256": row.sha256 });
    draft::record(conn, (actor, membership), &open, ("prose.apply", after), moment)?;
    Ok(outcome)
}

fn written() -> Error {
    Error::Refused("Văn bản này đã được ghi vào báo cáo. Mở báo cáo để xem và sửa tiếp.".to_owned())
}
