//! A unit's plan comes in: its text taken out of the file, read, held against the unit's tasks, and kept with its bytes. One transaction
//! with its row in the log; what is refused leaves nothing.

use serde_json::json;

use super::items::Document;
use super::kept::Kept;
use super::linking::Asked;
use super::queries::{self, NewUpload, UploadRow};
use crate::access::{Actor, Membership};
use crate::attachments::Limits;
use crate::audit::sha256_hex;
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{ReportId, TaskId, UnitPlanId};
use crate::error::Error;
use crate::plan_reader;
use crate::prose_reports::upload::{Given, problem, room_for};
use crate::reports::draft::{self, Open};

/// Documents kept per report; the oldest that became nobody's plan makes room for another.
pub const MOST_UPLOADS: usize = 20;

/// A report for which a unit's plan may be brought, with what is asked of the unit.
#[derive(Debug, Clone)]
pub struct Ground {
    pub open: Open,
    /// In the order of the provincial plans.
    pub tasks: Vec<(TaskId, Asked)>,
}

/// The report a plan is brought for, for those who may type into it now.
///
/// # Errors
/// As [`draft::open`] and [`draft::may_change`]; [`Error::Refused`] where no document is asked for.
pub fn asked(conn: &mut Conn, actor: &Actor, id: ReportId) -> Result<Ground, Error> {
    let open = draft::open(conn, actor, id)?;
    draft::may_change(actor, &open.case)?;
    if !open.case.is_document() || open.case.is_consolidated() {
        return Err(Error::Refused(
            "Kế hoạch của đơn vị chỉ tải lên cho chế độ yêu cầu gửi kế hoạch, văn bản.".to_owned(),
        ));
    }
    let ids: Vec<TaskId> = open.outline.tasks.iter().map(|task| task.id).collect();
    let numbers = queries::numbers_of(conn, &ids)?;
    let of = |task: &crate::reports::AskedTask| {
        let number = numbers.get(&task.id).cloned().unwrap_or_default();
        (task.id, Asked { clause: task.clause.clone(), number, text: task.text.clone() })
    };
    let tasks = open.outline.tasks.iter().map(of).collect();
    Ok(Ground { open, tasks })
}

/// Reads a document against the tasks of its unit; no transaction waits for it.
///
/// # Errors
/// [`Error::Invalid`] for a text in which no clause can be told, and for a report.
pub fn read(ground: &Ground, given: &Given, field: &str) -> Result<Kept, Error> {
    let document = Document::of(&plan_reader::read(&given.text));
    if document.head.kind == "Báo cáo" {
        return Err(problem(field, "Đây là báo cáo, không phải kế hoạch. Chọn tệp kế hoạch của đơn vị."));
    }
    let bare = document.items.iter().all(|item| item.path.starts_with("đoạn "));
    if document.items.is_empty() || bare && document.head.kind.is_empty() {
        return Err(problem(
            field,
            "Không nhận ra mục nào của kế hoạch trong văn bản này. Kiểm tra lại tệp, hoặc soạn bằng tay.",
        ));
    }
    Ok(Kept::new(document, &ground.tasks))
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
) -> Result<UnitPlanId, Error> {
    let open = asked(conn, actor, id)?.open;
    let membership = draft::may_change(actor, &open.case)?;
    let sha256 = sha256_hex(&given.bytes);
    let held = queries::of_report(conn, id, open.case.behalf.is_some())?;
    if let Some(same) = held.iter().find(|row| row.sha256 == sha256 && row.applied_at.is_none()) {
        return Ok(same.id);
    }
    if held.len() >= MOST_UPLOADS {
        let oldest = held.iter().rev().find(|row| row.applied_at.is_none()).ok_or_else(|| {
            problem(
                field,
                format!("Đã có {MOST_UPLOADS} bản kế hoạch được dùng và giữ lại, nhiều nhất được giữ."),
            )
        })?;
        forget(conn, (actor, membership), &open, (oldest, oldest.version), moment)?;
    }
    let size = i64::try_from(given.bytes.len()).map_err(|error| Error::Internal(error.to_string()))?;
    room_for(conn, &open, (size, field), limits)?;
    let title = format!("{}, {}", membership.title, membership.unit_name);
    let head = &kept.document.head;
    let upload = queries::keep(
        conn,
        &NewUpload {
            report_id: id,
            file_name: &given.name,
            kind: given.kind,
            size,
            sha256: &sha256,
            text: &given.text,
            doc_number: &head.number,
            doc_symbol: &head.symbol,
            doc_date: head.date,
            version: 1,
            kept_json: &to_json(kept)?,
            membership_id: membership.id,
            adder_name: &actor.full_name,
            adder_title: &title,
            uploaded_at: moment.at,
            on_behalf: open.case.behalf.is_some(),
        },
        &given.bytes,
    )?;
    let after = json!({ "file": given.name, "size": size, "sha256": sha256 });
    draft::record(conn, (actor, membership), &open, ("unit_plan.take_in", after), moment)?;
    Ok(upload)
}

/// Drops an upload that became nobody's plan, as it was seen; its name is given back.
///
/// # Errors
/// As [`asked`]; 404 for an upload of another report; [`Error::Conflict`] when somebody decided or used it since it was seen.
pub fn remove(
    conn: &mut Conn,
    actor: &Actor,
    (id, upload, seen): (ReportId, UnitPlanId, i32),
    moment: Moment,
) -> Result<String, Error> {
    let open = asked(conn, actor, id)?.open;
    let membership = draft::may_change(actor, &open.case)?;
    let (row, ..) = queries::find(conn, (id, upload), open.case.behalf.is_some())?;
    if row.applied_at.is_some() {
        return Err(Error::Refused(
            "Văn bản này đã được dùng làm kế hoạch của đơn vị nên được giữ lại. Tải bản mới thì bản mới thay cho bản này."
                .to_owned(),
        ));
    }
    forget(conn, (actor, membership), &open, (&row, seen), moment)?;
    Ok(row.file_name)
}

fn forget(
    conn: &mut Conn,
    who: (&Actor, &Membership),
    open: &Open,
    (row, seen): (&UploadRow, i32),
    moment: Moment,
) -> Result<(), Error> {
    if !queries::forget(conn, (row.id, seen))? {
        return Err(Error::Conflict(format!(
            "Người khác vừa chọn nội dung, dùng hoặc bỏ văn bản “{}”. Mở lại trang để xem rồi thực hiện tiếp.",
            row.file_name
        )));
    }
    let after = json!({ "file": row.file_name, "sha256": row.sha256 });
    draft::record(conn, who, open, ("unit_plan.remove", after), moment)
}

/// A reading as it is kept.
///
/// # Errors
/// None that a reading can give.
pub(super) fn to_json(kept: &Kept) -> Result<String, Error> {
    serde_json::to_string(kept).map_err(|error| Error::Internal(error.to_string()))
}
