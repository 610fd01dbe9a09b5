//! "Rút lần nhập thay": what was entered for a unit by mistake is taken back while nobody has received it. The report is where it
//! was before the typing began, the unit's own draft with it; the revision stays on record, and the history says who took it
//! back and why. Only a first sending goes back so: a correction stands on one that was sent, and is amended.

use chrono::NaiveDateTime;

use super::behalf::{give_back, may_type};
use super::history::{Changes, Taken, changed_meanwhile, take};
use super::queries::Transition;
use super::{Case, ReportState, Step, queries};
use crate::access::Actor;
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::ReportId;
use crate::error::{Error, Problems};
use crate::vietnamese::limits::PARAGRAPH;

/// The field of the reason.
pub const FIELD: &str = "withdrawal_reason";

/// What the page that takes back posts.
#[derive(Debug, Clone, Default)]
pub struct Withdrawing {
    /// Version of the report on the page.
    pub version: i32,
    pub reason: String,
}

fn is(transition: &Transition, step: Step) -> bool {
    transition.step == step.code()
}

fn takes_back(transition: &Transition) -> bool {
    Step::from_code(&transition.step).is_some_and(Step::takes_sending_back)
}

/// What happened after the last sending that was taken back.
fn standing(history: &[Transition]) -> &[Transition] {
    &history[history.iter().rposition(takes_back).map_or(0, |at| at + 1)..]
}

/// When what stands was sent last (UTC); what was taken back was not sent.
pub fn sent_last(history: &[Transition]) -> Option<NaiveDateTime> {
    standing(history).iter().rev().find(|transition| is(transition, Step::Send)).map(|sent| sent.at)
}

/// Whether a moment (UTC) lies within an entering that was taken back since: what was done then counts for nothing.
pub fn was_taken_back(history: &[Transition], at: NaiveDateTime) -> bool {
    let ends = history.iter().enumerate().filter(|(_, transition)| takes_back(transition));
    ends.map(|(end, _)| &history[..end]).any(|entering| {
        let span = begun_at(entering).zip(entering.last());
        span.is_some_and(|(begun, sent)| (begun..=sent.at).contains(&at))
    })
}

/// When the typing began that ended in the last step, where that is the report's first sending; what was taken back is none.
fn begun_at(history: &[Transition]) -> Option<NaiveDateTime> {
    let (last, before) = standing(history).split_last()?;
    if !is(last, Step::Send) || before.iter().any(|transition| is(transition, Step::Send)) {
        return None;
    }
    before
        .iter()
        .rev()
        .take_while(|transition| is(transition, Step::TypeForUnit))
        .last()
        .map(|first| first.at)
}

/// Whether the sending that waits was entered for its unit and can be taken back.
pub fn can_be(case: &Case, history: &[Transition]) -> bool {
    case.state() == ReportState::Sent && begun_at(history).is_some()
}

/// Takes back what was entered for a unit and waits to be received.
///
/// # Errors
/// [`Error::Invalid`] without a reason; [`Error::Refused`] for what its unit sent, for a correction and for what does not wait;
/// [`Error::Forbidden`] for anybody but the collector's compilers; [`Error::Conflict`] when the report changed since it was
/// seen; 404 outside the actor's scope.
pub fn withdraw(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    given: &Withdrawing,
    moment: Moment,
) -> Result<(), Error> {
    let case = queries::find(conn, &actor.scope(), id)?;
    let membership = may_type(actor, &case)?;
    if case.state() != ReportState::Sent {
        return Err(Error::Refused("Chỉ rút được lần nhập thay đã gửi và chưa được tiếp nhận.".into()));
    }
    let history = queries::transitions(conn, id)?;
    let Some(begun) = begun_at(&history) else {
        return Err(Error::Refused(
            "Lần gửi này do đơn vị gửi, hoặc chỉnh lý một lần đã gửi, nên không rút được. Bấm “Đề nghị chỉnh lý, bổ sung”."
                .into(),
        ));
    };
    let mut problems = Problems::default();
    let reason = given.reason.trim();
    if reason.is_empty() {
        problems.add(FIELD, "Nhập lý do rút lần nhập thay.");
    }
    problems.add_fault(FIELD, PARAGRAPH.fault("Lý do", reason));
    problems.or(())?;
    let revision_id = queries::revision_id(conn, id, case.report.last_revision)?;
    let step = if give_back(conn, &case, begun)? { Step::WithdrawGivingBack } else { Step::Withdraw };
    let taken = Taken { step, reason, due_on: None, revision_id, changes: Changes::default() };
    take(conn, &case, given.version, &taken, actor, membership, moment)?;
    if !queries::forget_sending(conn, id, given.version + 1)? {
        return Err(changed_meanwhile());
    }
    Ok(())
}
