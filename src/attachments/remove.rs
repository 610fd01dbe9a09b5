//! A file is taken out of a draft again. What a revision names stays for good, in that revision.

use serde_json::json;

use super::{Attached, queries};
use crate::access::{Action, Actor, Membership};
use crate::audit::{self, By};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{FileId, ReportId};
use crate::error::Error;
use crate::reports::{self, Case, draft};

/// The membership under which the actor removes what was put aside: that of whoever writes for the unit.
///
/// # Errors
/// [`Error::Forbidden`] for other roles.
pub fn may_tidy<'a>(actor: &'a Actor, case: &Case) -> Result<&'a Membership, Error> {
    actor
        .for_unit(case.obligation.unit_id, Action::EditDraft)
        .ok_or_else(|| Error::Forbidden("Chỉ cán bộ đầu mối và lãnh đạo của đơn vị được gỡ tệp này.".into()))
}

/// Takes the file out of the report's draft, or out of what was put aside while a collector typed, and gives back its name; its bytes go when no revision names it.
///
/// # Errors
/// 404 outside the scope and for a file the draft does not hold; [`Error::Refused`] once the report is sent;
/// [`Error::Conflict`] when it took a step meanwhile; [`Error::Forbidden`] for other roles.
pub fn remove(
    conn: &mut Conn,
    actor: &Actor,
    report: ReportId,
    file: FileId,
    moment: Moment,
) -> Result<String, Error> {
    let case = draft::of_writer(conn, actor, report)?;
    let of = |all: Vec<Attached>| all.into_iter().find(|held| held.id == file);
    let in_draft = of(queries::of_draft(conn, report)?);
    let aside = in_draft.is_none();
    // What was put aside is the unit's own again once nobody types for it: kept to be compared, and no part of a report.
    let held = match in_draft {
        None if case.behalf.is_none() => of(queries::aside(conn, report)?),
        found => found,
    };
    let held = held.ok_or(Error::NotFound)?;
    let membership = if aside { may_tidy(actor, &case)? } else { draft::may_change(actor, &case)? };
    if !reports::queries::hold(conn, &case)? || !queries::take_out(conn, report, file, aside)? {
        return Err(Error::Conflict(
            "Báo cáo vừa được người khác xử lý nên tệp chưa được gỡ. Mở lại báo cáo để xem bước hiện tại."
                .into(),
        ));
    }
    queries::forget_unused(conn, &[file])?;
    let step = audit::Step {
        action: "attachment.remove",
        subject_kind: "report",
        subject_id: Some(report.0),
        subject_label: &case.label(),
        unit_id: Some(case.obligation.unit_id),
        before: Some(json!({
            "file": held.name,
            "purpose": held.purpose.code(),
            "size": held.size,
            "sha256": held.sha256,
        })),
        after: None,
    };
    audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?;
    Ok(held.name)
}
