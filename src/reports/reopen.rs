//! "Mở lại báo cáo": the collector asks a correction of what it has already received, with a reason and a day.
//! What was received stays counted until the correction is received.

use super::history::{Changes, Taken, take};
use super::request_amendment::Request;
use super::{Step, draft, queries, write_remark};
use crate::access::Actor;
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::ReportId;
use crate::error::Error;

/// Reopens a received report and issues the unsent remarks on it.
///
/// # Errors
/// [`Error::Invalid`] without a reason or with a day that cannot be; [`Error::Refused`] when the report was not
/// received; otherwise as [`super::receive::receive`].
pub fn reopen(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    request: &Request,
    moment: Moment,
) -> Result<(), Error> {
    let case = queries::find(conn, &actor.scope(), id)?;
    let membership = super::receive::may_review(actor, &case)?;
    draft::still_owed(&case)?;
    let due_on = request.checked(&case, moment.today, "Nhập lý do mở lại báo cáo.")?;
    let revision_id = queries::revision_id(conn, id, case.report.last_revision)?;
    let taken = Taken {
        step: Step::Reopen,
        reason: request.reason.trim(),
        due_on,
        revision_id,
        changes: Changes { amend_due_on: due_on, ..Changes::default() },
    };
    take(conn, &case, request.version, &taken, actor, membership, moment)?;
    let revision = revision_id.ok_or(Error::NotFound)?;
    write_remark::issue(conn, &case, revision, Step::Reopen, (actor, membership), moment)
}
