//! What was decided of a unit's plan is kept at once, so that the page can be left; and the document becomes the unit's plan in one
//! transaction: the draft by its own save, the file as an attachment of it, the links.

use serde_json::json;

use super::kept::{Chosen, Kept};
use super::outcome::{Outcome, outcome};
use super::queries::{self, UploadRow};
use super::upload::{asked, to_json};
use crate::access::Actor;
use crate::attachments::{Limits, Purpose};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{ReportId, TaskId, UnitPlanId};
use crate::error::Error;
use crate::prose_reports::apply::Seen;
use crate::prose_reports::attach::{Upload, attach};
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

/// What the file becomes in the draft.
pub fn purpose(open: &Open) -> Purpose {
    // Nobody has said that the unit's own file is the signed copy.
    if open.case.behalf.is_some() { Purpose::Incoming } else { Purpose::Evidence }
}

/// Opens an upload of a report.
///
/// # Errors
/// As [`asked`]; 404 for an upload of another report.
pub fn desk(conn: &mut Conn, actor: &Actor, (id, upload): (ReportId, UnitPlanId)) -> Result<Desk, Error> {
    let open = asked(conn, actor, id)?.open;
    let (row, text, kept) = queries::find(conn, (id, upload), open.case.behalf.is_some())?;
    let outcome = outcome(&kept, &open.outline, &open.draft.content);
    Ok(Desk { open, row, text, kept, outcome })
}

/// Keeps what was decided: pairs of a task the unit has and an item of the document; others are left out.
///
/// # Errors
/// As [`desk`]; [`Error::Conflict`] when somebody decided meanwhile; [`Error::Refused`] once it is the unit's plan.
pub fn decide(
    conn: &mut Conn,
    actor: &Actor,
    which: (ReportId, UnitPlanId),
    (seen, chosen): (Seen, Chosen),
) -> Result<Desk, Error> {
    let mut desk = desk(conn, actor, which)?;
    if desk.row.applied_at.is_some() {
        return Err(used());
    }
    let (items, tasks) = (desk.kept.document.items.len(), &desk.open.outline.tasks);
    let known = |(task, item): &(TaskId, usize)| *item < items && tasks.iter().any(|t| t.id == *task);
    desk.kept.chosen = chosen.into_iter().filter(known).collect();
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

/// Keeps what was decided and makes the document the unit's plan.
///
/// # Errors
/// As [`decide`]; [`Error::Conflict`] when the draft was saved since it was seen; [`Error::Refused`] where it answers nothing; as
/// [`draft::save`] and [`attach`].
pub fn apply(
    conn: &mut Conn,
    actor: &Actor,
    which: (ReportId, UnitPlanId),
    (seen, chosen): (Seen, Chosen),
    limits: Limits,
    moment: Moment,
) -> Result<Outcome, Error> {
    let Desk { open, row, kept, outcome, .. } = decide(conn, actor, which, (seen, chosen))?;
    let membership = draft::may_change(actor, &open.case)?;
    if seen.draft != open.draft.version {
        return Err(draft::conflict(&open.draft));
    }
    if outcome.of > 0 && outcome.answered == 0 {
        return Err(Error::Refused(
            "Chưa chọn mục nào trả lời nhiệm vụ nào. Đánh dấu hoặc thêm mục rồi bấm lại.".to_owned(),
        ));
    }
    let saved = draft::save(conn, actor, &open, &outcome.content, open.draft.version, moment)?;
    let upload = Upload {
        purpose: purpose(&open),
        name: &row.file_name,
        kind: &row.kind,
        size: row.size,
        sha256: &row.sha256,
    };
    attach(conn, actor, &open, (upload, |conn| queries::bytes(conn, row.id)), limits, moment)?;
    let next = open.case.report.last_revision + 1;
    if !queries::mark_applied(
        conn,
        which.1,
        (saved.version, next, open.case.behalf.is_some()),
        membership.id,
        moment.at,
    )? {
        return Err(used());
    }
    let links = kept.chosen.iter().filter_map(|(task, at)| {
        let item = kept.document.items.get(*at)?;
        Some((*task, i32::try_from(*at).ok()?, item.path.as_str(), item.text.as_str()))
    });
    queries::put_links(conn, which.1, &links.collect::<Vec<_>>())?;
    let after = json!({ "file": row.file_name, "sha256": row.sha256, "tasks": outcome.answered });
    draft::record(conn, (actor, membership), &open, ("unit_plan.apply", after), moment)?;
    Ok(outcome)
}

fn used() -> Error {
    Error::Refused(
        "Văn bản này đã được dùng làm kế hoạch của đơn vị. Muốn đổi thì tải bản mới lên.".to_owned(),
    )
}
