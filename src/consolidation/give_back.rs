//! "Trả lại dự thảo": the leader it waits for gives a draft back with a reason. It is kept with its number like one given
//! up; whoever compiles reads the reason where the next one is made.

use serde_json::json;

use super::approve::may_approve;
use super::queries::{self, Return};
use crate::access::Actor;
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::EditionId;
use crate::error::{Error, Problems};
use crate::vietnamese::limits::PARAGRAPH;

/// Gives a draft back to whoever compiles.
///
/// # Errors
/// 404 outside the actor's scope; [`Error::Forbidden`] for anybody but a leader of the collecting body;
/// [`Error::Invalid`] without a reason; [`Error::Conflict`] when it is no longer the draft that was seen.
pub fn return_edition(
    conn: &mut Conn,
    actor: &Actor,
    id: EditionId,
    version: i32,
    reason: &str,
    moment: Moment,
) -> Result<(), Error> {
    let (row, period, regime) = queries::edition(conn, &actor.scope(), id)?;
    let membership = may_approve(actor, &row)?;
    let reason = reason.trim();
    let mut problems = Problems::default();
    if reason.is_empty() {
        problems.add("reason", "Nhập lý do trả lại; cán bộ tổng hợp đọc lý do này để sửa.");
    }
    problems.add_fault("reason", PARAGRAPH.fault("Lý do trả lại", reason));
    problems.or(())?;
    if !queries::mark_discarded(conn, id, version, reason)? {
        return Err(Error::Conflict(
            "Bản tổng hợp này đã được chốt, đã hủy hoặc vừa thay đổi. Mở lại trang để xem.".to_owned(),
        ));
    }
    let by = Return {
        leader_name: actor.full_name.clone(),
        leader_title: format!("{}, {}", membership.title, membership.unit_name),
        returned_at: moment.at,
    };
    queries::insert_return(conn, id, membership.id, &by)?;
    let step = Step {
        action: "edition.return",
        subject_kind: "edition",
        subject_id: Some(id.0),
        subject_label: &format!("{}: {}, bản tổng hợp lần {}", regime.name, period.label, row.number),
        unit_id: Some(row.collector_id),
        before: Some(json!({ "status": row.status })),
        after: Some(json!({ "status": "discarded", "reason": reason, "sha256": row.sha256 })),
    };
    audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?;
    Ok(())
}
