//! How a draft edition ends without being approved: whoever made it gives it up ("Hủy dự thảo"), or the leader it waits
//! for gives it back ("Trả lại dự thảo"). Either way with a reason; it is kept with its number and is no base for
//! anything, and the next edition takes the next number.

use serde_json::json;

use super::approve::may_approve;
use super::queries::{self, EditionRow, Return};
use crate::access::{Action, Actor, Membership};
use crate::audit::{self, By, Step};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::EditionId;
use crate::error::{Error, Problems};
use crate::vietnamese::limits::PARAGRAPH;

/// One of the two ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// "Hủy dự thảo", by its maker or a leader.
    GivenUp,
    /// "Trả lại dự thảo", by a leader: whoever compiles reads the reason where the next one is made.
    GivenBack,
}

impl Ending {
    /// The act, as its page and its button call it: "Hủy dự thảo".
    pub fn words(self) -> &'static str {
        match self {
            Ending::GivenUp => "Hủy dự thảo",
            Ending::GivenBack => "Trả lại dự thảo",
        }
    }

    /// Label of the field that asks why.
    pub fn why(self) -> &'static str {
        match self {
            Ending::GivenUp => "Lý do hủy",
            Ending::GivenBack => "Lý do trả lại",
        }
    }

    /// The last part of its address.
    pub fn address(self) -> &'static str {
        match self {
            Ending::GivenUp => "removal",
            Ending::GivenBack => "return",
        }
    }

    /// What is said when it is done.
    pub fn done(self) -> &'static str {
        match self {
            Ending::GivenUp => "Đã hủy bản dự thảo.",
            Ending::GivenBack => "Đã trả lại bản dự thảo.",
        }
    }

    fn reason_wanted(self) -> &'static str {
        match self {
            Ending::GivenUp => "Nhập lý do hủy; lý do được lưu cùng bản dự thảo.",
            Ending::GivenBack => "Nhập lý do trả lại; cán bộ tổng hợp đọc lý do này để sửa.",
        }
    }

    /// The step and the state after it, as the trail has them.
    fn step(self) -> (&'static str, &'static str) {
        match self {
            Ending::GivenUp => ("edition.discard", "discarded"),
            Ending::GivenBack => ("edition.return", "returned"),
        }
    }

    /// The membership under which the actor ends this draft so: to give it up, its maker's own or one that approves;
    /// to give it back, one that approves.
    ///
    /// # Errors
    /// [`Error::Forbidden`], which says who may.
    pub fn allowed<'a>(self, actor: &'a Actor, row: &EditionRow) -> Result<&'a Membership, Error> {
        if self == Ending::GivenBack {
            return may_approve(actor, row);
        }
        let maker = actor.memberships.iter().find(|membership| membership.id == row.created_by);
        maker.or_else(|| actor.for_unit(row.collector_id, Action::ApproveEdition)).ok_or_else(|| {
            Error::Forbidden("Chỉ người lập và lãnh đạo đơn vị tổng hợp được hủy bản dự thảo này.".to_owned())
        })
    }
}

/// Ends a draft.
///
/// # Errors
/// 404 outside the actor's scope; [`Error::Forbidden`] as [`Ending::allowed`]; [`Error::Invalid`] without a reason;
/// [`Error::Conflict`] when it is no longer the draft that was seen.
pub fn end_draft(
    conn: &mut Conn,
    actor: &Actor,
    id: EditionId,
    ending: Ending,
    version: i32,
    reason: &str,
    moment: Moment,
) -> Result<(), Error> {
    let (row, period, regime) = queries::edition(conn, &actor.scope(), id)?;
    let membership = ending.allowed(actor, &row)?;
    let reason = reason.trim();
    let mut problems = Problems::default();
    if reason.is_empty() {
        problems.add("reason", ending.reason_wanted());
    }
    problems.add_fault("reason", PARAGRAPH.fault(ending.why(), reason));
    problems.or(())?;
    if !queries::mark_discarded(conn, id, version, reason)? {
        return Err(Error::Conflict(
            "Bản tổng hợp này đã được chốt, đã hủy, đã trả lại hoặc vừa thay đổi. Mở lại trang để xem."
                .to_owned(),
        ));
    }
    if ending == Ending::GivenBack {
        let by = Return {
            leader_name: actor.full_name.clone(),
            leader_title: format!("{}, {}", membership.title, membership.unit_name),
            returned_at: moment.at,
        };
        queries::insert_return(conn, id, membership.id, &by)?;
    }
    let (action, status) = ending.step();
    let step = Step {
        action,
        subject_kind: "edition",
        subject_id: Some(id.0),
        subject_label: &format!("{}: {}, bản tổng hợp lần {}", regime.name, period.label, row.number),
        unit_id: Some(row.collector_id),
        before: Some(json!({ "status": row.status })),
        after: Some(json!({ "status": status, "reason": reason, "sha256": row.sha256 })),
    };
    audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?;
    Ok(())
}
