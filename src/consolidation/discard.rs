//! "Hủy dự thảo": whoever made a draft that turned out wrong gives it up, with a reason; so may the leader it waits
//! for. It is kept with its number and is no base for anything; the next edition takes the next number.

use serde_json::json;

use super::queries::{self, EditionRow};
use crate::access::{Action, Actor, Membership};
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::EditionId;
use crate::error::{Error, Problems};
use crate::vietnamese::limits::PARAGRAPH;

/// Gives a draft up.
///
/// # Errors
/// 404 outside the actor's scope; [`Error::Forbidden`] as [`may_discard`]; [`Error::Invalid`] without a reason;
/// [`Error::Conflict`] when it is no longer the draft that was seen.
pub fn discard_edition(
    conn: &mut Conn,
    actor: &Actor,
    id: EditionId,
    version: i32,
    reason: &str,
    moment: Moment,
) -> Result<(), Error> {
    let (row, period, regime) = queries::edition(conn, &actor.scope(), id)?;
    let membership = may_discard(actor, &row)?;
    let reason = reason.trim();
    let mut problems = Problems::default();
    if reason.is_empty() {
        problems.add("reason", "Nhập lý do hủy; lý do được lưu cùng bản dự thảo.");
    }
    problems.add_fault("reason", PARAGRAPH.fault("Lý do hủy", reason));
    problems.or(())?;
    if !queries::mark_discarded(conn, id, version, reason)? {
        return Err(Error::Conflict(
            "Bản tổng hợp này đã được chốt, đã hủy hoặc vừa thay đổi. Mở lại trang để xem.".to_owned(),
        ));
    }
    let step = Step {
        action: "edition.discard",
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

/// The membership under which the actor gives this draft up: its maker's own, or one that approves.
///
/// # Errors
/// [`Error::Forbidden`], which says who may.
pub fn may_discard<'a>(actor: &'a Actor, row: &EditionRow) -> Result<&'a Membership, Error> {
    let maker = actor.memberships.iter().find(|membership| membership.id == row.created_by);
    maker.or_else(|| actor.for_unit(row.collector_id, Action::ApproveEdition)).ok_or_else(|| {
        Error::Forbidden("Chỉ người lập và lãnh đạo đơn vị tổng hợp được hủy bản dự thảo này.".to_owned())
    })
}
