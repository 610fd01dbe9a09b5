//! "Tiếp nhận": the collector takes the last revision, and from then on its figures count.
//! The police receive what a department has signed; they do not approve it.

use super::history::{Changes, Taken, take};
use super::trivial::to_decide;
use super::{Case, ReportState, Step, queries};
use crate::access::{Action, Actor, Membership};
use crate::calendar::Moment;
use crate::db::Conn;
use crate::db::ids::{ReportId, RevisionId};
use crate::error::{Error, Problems};
use crate::vietnamese::limits::PARAGRAPH;

/// What the page that receives posts.
#[derive(Debug, Clone, Default)]
pub struct Receiving {
    /// Version of the report on the page.
    pub version: i32,
    /// The actor knows that they typed it in themselves.
    pub own_typing: bool,
    /// Why a report that says next to nothing, or the last figures again, is taken all the same.
    pub despite: String,
}

/// Receives the last revision sent.
///
/// # Errors
/// As [`receive_own`], which it is for whoever did not type the report in.
pub fn receive(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    version: i32,
    moment: Moment,
) -> Result<(), Error> {
    receive_own(conn, actor, id, &Receiving { version, ..Receiving::default() }, moment)
}

/// Receives the last revision sent. What the actor had a hand in typing in from paper is received by another person, unless
/// `own_typing` says that the actor knows; the edition then says so too (product rule 8). A report that says next to nothing
/// or the last figures again ([`to_decide`]) is received with a reason, which stays on record.
///
/// # Errors
/// [`Error::Invalid`] for the actor's own typing without the tick, and without a reason for a report that is decided about;
/// [`Error::Forbidden`] for anybody but the collector's compilers; [`Error::Refused`] when nothing waits;
/// [`Error::Conflict`] when the report changed since it was seen; 404 outside the actor's scope.
pub fn receive_own(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    receiving: &Receiving,
    moment: Moment,
) -> Result<(), Error> {
    let case = queries::find(conn, &actor.scope(), id)?;
    let membership = may_review(actor, &case)?;
    let last = queries::revision_id(conn, id, case.report.last_revision)?;
    let typed = queries::typed_in(conn, &last.into_iter().collect::<Vec<_>>())?;
    let own =
        last.and_then(|last| typed.get(&last)).is_some_and(|typed| typed.people.contains(&actor.person_id));
    let mut problems = Problems::default();
    if own && !receiving.own_typing {
        problems.add(
            "own_typing",
            "Bạn là người đã nhập thay báo cáo này. Để người khác tiếp nhận, hoặc đánh dấu là tự tiếp nhận.",
        );
    }
    let found = decided_about(conn, &case, last)?;
    let despite = receiving.despite.trim();
    if found.is_some() && despite.is_empty() {
        problems.add("despite", "Nhập lý do vẫn tiếp nhận báo cáo này, hoặc đề nghị chỉnh lý, bổ sung.");
    }
    problems.add_fault("despite", PARAGRAPH.fault("Lý do", despite));
    problems.or(())?;
    let mut reason = if own { "Người nhập thay tự tiếp nhận.".to_owned() } else { String::new() };
    if let Some(found) = &found {
        let words = format!("Vẫn tiếp nhận: {despite} ({found})");
        reason = format!("{reason} {words}").trim().to_owned();
    }
    let taken = Taken {
        reason: &reason,
        revision_id: last,
        changes: Changes { received_revision_id: last, ..Changes::default() },
        ..Taken::plain(Step::Receive)
    };
    take(conn, &case, receiving.version, &taken, actor, membership, moment)?;
    if let (true, Some(last)) = (own, last) {
        queries::note_self_receipt(conn, last, membership.id, moment.at)?;
    }
    Ok(())
}

/// What is to be decided about the revision that waits, in a sentence. What a lower level adds up is not looked at.
fn decided_about(conn: &mut Conn, case: &Case, last: Option<RevisionId>) -> Result<Option<String>, Error> {
    let Some(last) = last.filter(|_| !case.is_consolidated() && case.state() == ReportState::Sent) else {
        return Ok(None);
    };
    let sent = queries::sent(conn, last)?;
    let past = queries::past(conn, case)?;
    Ok(to_decide(&sent.content, &sent.outline, &past))
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
