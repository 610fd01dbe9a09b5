//! "Góp ý": the collector's own notes on a sent report, written, changed and removed while it is read. The unit sees
//! them when they are issued: with a request to amend, or with the reopening of a received report.

use serde_json::json;

use super::queries::{self, Author};
use super::receive::may_review;
use super::{Case, DraftRemark, Place, ReportState, Step};
use crate::access::{Actor, Membership};
use crate::audit::{self, By};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{DraftRemarkId, ReportId, RevisionId};
use crate::error::{Error, Problems};
use crate::vietnamese::limits::PARAGRAPH;

/// A remark as it was typed.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// Code of the place; what is not one is refused at the field.
    pub place: String,
    pub body: String,
}

/// Writes an unsent remark on the last revision of a report.
///
/// # Errors
/// [`Error::Invalid`] without a text or for a place the revision does not have; [`Error::Refused`] when nothing sent
/// waits for the collector; [`Error::Forbidden`] for anybody but the collector's reviewers; 404 outside the scope.
pub fn write(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    typed: &Typed,
    moment: Moment,
) -> Result<(), Error> {
    let case = queries::find(conn, &actor.scope(), id)?;
    let membership = may_remark(actor, &case)?;
    let revision = last_revision(conn, &case)?;
    let (place, body) = read(conn, revision, typed)?;
    hold(conn, &case)?;
    let author = Author { membership: membership.id, at: moment.at };
    queries::write_draft(conn, id, &place, &body, author)?;
    record(conn, &case, ("report.write_remark", None, Some((&place, &body))), (actor, membership), moment)
}

/// Changes an unsent remark. `seen` is its version on the page.
///
/// # Errors
/// [`Error::Conflict`] when somebody changed or issued it meanwhile; otherwise as [`write`].
pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    remark: DraftRemarkId,
    seen: i32,
    typed: &Typed,
    moment: Moment,
) -> Result<(), Error> {
    let (case, membership, found) = find(conn, actor, id, remark, seen)?;
    let revision = last_revision(conn, &case)?;
    let (place, body) = read(conn, revision, typed)?;
    hold(conn, &case)?;
    let author = Author { membership: membership.id, at: moment.at };
    if !queries::save_draft(conn, &found, &place, &body, author)? {
        return Err(changed_meanwhile());
    }
    let step = ("report.change_remark", Some((&found.place, &found.body)), Some((&place, &body)));
    record(conn, &case, step, (actor, membership), moment)
}

/// Removes an unsent remark.
///
/// # Errors
/// As [`change`].
pub fn remove(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    remark: DraftRemarkId,
    seen: i32,
    moment: Moment,
) -> Result<(), Error> {
    let (case, membership, found) = find(conn, actor, id, remark, seen)?;
    if !queries::remove_draft(conn, &found)? {
        return Err(changed_meanwhile());
    }
    let step = ("report.remove_remark", Some((&found.place, &found.body)), None);
    record(conn, &case, step, (actor, membership), moment)
}

/// The membership under which the actor writes remarks on this report, now.
///
/// # Errors
/// [`Error::Forbidden`] for anybody but the collector's reviewers; [`Error::Refused`] when nothing waits for them.
pub fn may_remark<'a>(actor: &'a Actor, case: &Case) -> Result<&'a Membership, Error> {
    let membership = may_review(actor, case)?;
    match case.state() {
        ReportState::Sent | ReportState::Received => Ok(membership),
        _ => Err(Error::Refused(
            "Chỉ ghi góp ý vào báo cáo đã gửi đến, đang chờ kiểm tra hoặc đã tiếp nhận.".into(),
        )),
    }
}

/// Issues the unsent remarks on a report, in the transaction of the step they go with. Take that step first: its
/// guarded update keeps others from writing one more.
pub(super) fn issue(
    conn: &mut Conn,
    case: &Case,
    revision: RevisionId,
    step: Step,
    (actor, membership): (&Actor, &Membership),
    moment: Moment,
) -> Result<(), Error> {
    let said = queries::issue(conn, case.report.id, revision, moment.at)?;
    if said.is_empty() {
        return Ok(());
    }
    let remarks: Vec<_> = said.iter().map(|(place, body)| json!({ "place": place, "body": body })).collect();
    let row = audit::Step {
        action: "report.issue_remarks",
        subject_kind: "report",
        subject_id: Some(case.report.id.0),
        subject_label: &case.label(),
        unit_id: Some(case.obligation.unit_id),
        before: None,
        after: Some(json!({ "with": step.code(), "revision": revision, "remarks": remarks })),
    };
    Ok(audit::record(conn, &By::member(actor, membership), &row, moment.recorded)?)
}

/// One remark of the collector's own, before and after, in the log; the unit sees it when it is issued.
type Said<'a> = Option<(&'a Place, &'a String)>;

fn record(
    conn: &mut Conn,
    case: &Case,
    (action, before, after): (&str, Said<'_>, Said<'_>),
    (actor, membership): (&Actor, &Membership),
    moment: Moment,
) -> Result<(), Error> {
    let told = |said: Said<'_>| said.map(|(place, body)| json!({ "place": place.code(), "body": body }));
    let row = audit::Step {
        action,
        subject_kind: "report",
        subject_id: Some(case.report.id.0),
        subject_label: &case.label(),
        unit_id: Some(case.obligation.collector_id),
        before: told(before),
        after: told(after),
    };
    Ok(audit::record(conn, &By::member(actor, membership), &row, moment.recorded)?)
}

fn find<'a>(
    conn: &mut Conn,
    actor: &'a Actor,
    id: ReportId,
    remark: DraftRemarkId,
    seen: i32,
) -> Result<(Case, &'a Membership, DraftRemark), Error> {
    let case = queries::find(conn, &actor.scope(), id)?;
    let membership = may_remark(actor, &case)?;
    let found = queries::draft_remark(conn, id, remark)?;
    if found.version == seen { Ok((case, membership, found)) } else { Err(changed_meanwhile()) }
}

/// What was typed, where the revision has such a place.
fn read(conn: &mut Conn, revision: RevisionId, typed: &Typed) -> Result<(Place, String), Error> {
    let sent = queries::sent(conn, revision)?;
    let place = Place::from_code(&typed.place).filter(|place| place.exists(&sent.outline, &sent.content));
    let body = typed.body.trim().to_owned();
    let mut problems = Problems::default();
    if body.is_empty() {
        problems.add("body", "Nhập nội dung góp ý.");
    }
    problems.add_fault("body", PARAGRAPH.fault("Góp ý", &body));
    if place.is_none() {
        problems.add("place", "Báo cáo không có chỗ này. Quay lại báo cáo và chọn chỗ cần góp ý.");
    }
    problems.or(())?;
    Ok((place.unwrap_or(Place::Whole), body))
}

/// The report stays where it is until the remark is written: a request to amend at this moment waits, or was faster.
fn hold(conn: &mut Conn, case: &Case) -> Result<(), Error> {
    if queries::hold(conn, case)? { Ok(()) } else { Err(super::history::changed_meanwhile()) }
}

fn last_revision(conn: &mut Conn, case: &Case) -> Result<RevisionId, Error> {
    queries::revision_id(conn, case.report.id, case.report.last_revision)?.ok_or(Error::NotFound)
}

fn changed_meanwhile() -> Error {
    Error::Conflict("Góp ý này vừa được người khác sửa. Mở lại báo cáo để xem nội dung mới.".into())
}
