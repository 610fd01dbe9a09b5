//! Inside the unit, before anything is sent: the officer passes the draft to the leader or takes it back, the
//! leader hands it back with a reason. Of this the collector sees how far the report has come, and no word of it.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::history::{Taken, take};
use super::queries::someone_leads;
use super::{Case, Step, behalf, draft, submit};
use crate::access::{Action, Actor, Membership};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::ReportId;
use crate::error::{Error, Problems};
use crate::vietnamese::limits::PARAGRAPH;

/// The officer's request for approval: what they had before them, and what they confirmed.
#[derive(Debug, Clone, Default)]
pub struct Passing {
    /// Version of the report on the page.
    pub version: i32,
    /// Version of the draft on the page.
    pub draft: i32,
    pub confirmed: BTreeSet<String>,
}

/// The field of the page that says that nobody leads the unit.
pub const NOBODY: &str = "leader";

/// Whether somebody could approve what this actor passes on. One query; of consolidated reports none: whoever approves the
/// edition approves them.
///
/// # Errors
/// The query's own; [`Error::Forbidden`] for who may not write the report.
pub fn is_led(conn: &mut Conn, actor: &Actor, case: &Case, today: NaiveDate) -> Result<bool, Error> {
    let own = may_edit(actor, case)?.unit_id;
    Ok(case.is_consolidated() || someone_leads(conn, &[case.obligation.unit_id, own], today)?)
}

/// "Trình lãnh đạo": nothing may stand in the way of sending, and every warning is explained.
///
/// # Errors
/// [`Error::Invalid`] with what is still to mend or explain, and where nobody leads the unit; [`Error::Refused`] where the regime has no such
/// step; [`Error::Conflict`] when the draft or the report changed meanwhile; 404 outside the actor's scope.
pub fn pass_to_leader(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    passing: &Passing,
    moment: Moment,
) -> Result<(), Error> {
    let mut open = draft::open(conn, actor, id)?;
    let membership = may_edit(actor, &open.case)?;
    if open.case.behalf.is_some() {
        return Err(Error::Refused(
            "Báo cáo nhập thay đã có văn bản ký của đơn vị, không trình lãnh đạo.".into(),
        ));
    }
    if !open.case.regime.leader_step {
        return Err(Error::Refused("Chế độ báo cáo này không có bước trình lãnh đạo trên hệ thống.".into()));
    }
    draft::still_owed(&open.case)?;
    if !is_led(conn, actor, &open.case, moment.today)? {
        let mut problems = Problems::default();
        problems.add(
            NOBODY,
            "Đơn vị chưa có tài khoản lãnh đạo nên chưa có ai duyệt báo cáo này. Gửi theo văn bản lãnh đạo đã ký, hoặc đề \
             nghị người quản trị lập tài khoản lãnh đạo đơn vị rồi trình lại; bản nháp vẫn được giữ.",
        );
        return Err(Error::Invalid(problems));
    }
    open.draft.content.confirmed.extend(passing.confirmed.iter().cloned());
    submit::ready(conn, &open, moment)?.0.or(())?;
    draft::seal(conn, &open, passing.draft, membership.id, moment.at)?;
    take(conn, &open.case, passing.version, &Taken::plain(Step::PassToLeader), actor, membership, moment)?;
    Ok(())
}

/// "Chuyển lại cán bộ", with the reason the officer will read.
///
/// # Errors
/// [`Error::Invalid`] without a reason; [`Error::Forbidden`] for anybody but the unit's leader; as [`pass_to_leader`].
pub fn hand_back(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    version: i32,
    reason: &str,
    moment: Moment,
) -> Result<(), Error> {
    let case = super::queries::find(conn, &actor.scope(), id)?;
    let membership = actor
        .for_unit(case.obligation.unit_id, Action::ApproveForUnit)
        .ok_or_else(|| Error::Forbidden("Chỉ lãnh đạo đơn vị được chuyển lại báo cáo cho cán bộ.".into()))?;
    let mut problems = Problems::default();
    if reason.trim().is_empty() {
        problems.add("reason", "Nhập lý do chuyển lại để cán bộ biết cần sửa gì.");
    }
    problems.add_fault("reason", PARAGRAPH.fault("Lý do", reason));
    problems.or(())?;
    let taken = Taken { reason: reason.trim(), ..Taken::plain(Step::HandBack) };
    take(conn, &case, version, &taken, actor, membership, moment)?;
    Ok(())
}

/// The officer takes the draft back from the leader to go on typing.
///
/// # Errors
/// As [`pass_to_leader`].
pub fn take_back(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    version: i32,
    moment: Moment,
) -> Result<(), Error> {
    let case = super::queries::find(conn, &actor.scope(), id)?;
    let membership = may_edit(actor, &case)?;
    take(conn, &case, version, &Taken::plain(Step::TakeBack), actor, membership, moment)?;
    Ok(())
}

/// The membership under which the actor types into this report.
pub(super) fn may_edit<'a>(actor: &'a Actor, case: &Case) -> Result<&'a Membership, Error> {
    if case.behalf.is_some() {
        return behalf::may_type(actor, case);
    }
    if case.is_consolidated()
        && let Some(membership) = actor.for_unit(case.obligation.unit_id, Action::Consolidate)
    {
        return Ok(membership);
    }
    actor.for_unit(case.obligation.unit_id, Action::EditDraft).ok_or_else(|| {
        Error::Forbidden("Chỉ cán bộ đầu mối và lãnh đạo của đơn vị được soạn báo cáo này.".into())
    })
}
