//! "Tiếp nhận": the collector takes the last revision, and from then on its figures count.
//! The police receive what a department has signed; they do not approve it.

use super::history::{Changes, Taken, take};
use super::{Case, Step, queries};
use crate::access::{Action, Actor, Membership};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::ReportId;
use crate::error::Error;

/// Receives the last revision sent.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but the collector's compilers; [`Error::Refused`] when nothing waits;
/// [`Error::Conflict`] when the report changed since it was seen; 404 outside the actor's scope.
pub fn receive(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    version: i32,
    moment: Moment,
) -> Result<(), Error> {
    let case = queries::find(conn, &actor.scope(), id)?;
    let membership = may_review(actor, &case)?;
    let last = queries::revision_id(conn, id, case.report.last_revision)?;
    let taken = Taken {
        revision_id: last,
        changes: Changes { received_revision_id: last, ..Changes::default() },
        ..Taken::plain(Step::Receive)
    };
    take(conn, &case, version, &taken, actor, membership, moment)?;
    Ok(())
}

/// The membership under which the actor reviews this report.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but the collector's compilers and their leader.
pub fn may_review<'a>(actor: &'a Actor, case: &Case) -> Result<&'a Membership, Error> {
    actor.for_unit(case.obligation.collector_id, Action::Review).ok_or_else(|| {
        Error::Forbidden(format!(
            "Chỉ cán bộ tổng hợp và lãnh đạo tổng hợp của {} được tiếp nhận hoặc đề nghị chỉnh lý báo cáo này.",
            case.collector.name
        ))
    })
}
