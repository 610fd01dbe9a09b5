//! Sending: the leader approves, or the officer sends what the leader has signed on paper. The draft becomes a
//! numbered revision that never changes, and the unit gets its confirmation.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::behalf::{self, Arrived};
use super::check;
use super::document::{self, Surroundings};
use super::draft::{self, Open};
use super::finding::Findings;
use super::form::{self, Fields};
use super::history::{Changes, Taken, changed_meanwhile, take};
use super::printed::Replaced;
use super::signed::{self, Signers};
use super::{Case, Content, Paper, Past, ReportState, Step, level, paper_duty, queries, revision};
use crate::access::{Action, Actor, Membership};
use crate::attachments;
use crate::calendar::{DueDates, Moment, hour_code, to_local};
use crate::consolidation::dispatch;
use crate::consolidation::queries as editions;
use crate::db::Conn;
use crate::db::ids::ReportId;
use crate::error::{Error, Problems};
use crate::periods;
use crate::vietnamese::short_date;

/// What the page that sends posts.
#[derive(Debug, Clone, Default)]
pub struct Sending {
    /// Version of the report on the page.
    pub version: i32,
    /// Version of the draft on the page.
    pub draft: i32,
    /// Keys of the warnings ticked there.
    pub confirmed: BTreeSet<String>,
    pub paper: Signed,
}

/// The signed paper that goes with a sending.
#[derive(Debug, Clone, Default)]
pub enum Signed {
    /// As the draft has it.
    #[default]
    Drafted,
    Known(Paper),
    /// As typed on the page that sends; a field that is not there leaves the draft's.
    Typed(Fields),
}

/// The key by which a leader confirms at once what the officer explained or confirmed line by line.
pub const AGREED: &str = "leader";

/// Sends the draft as the next revision and gives back its number.
///
/// # Errors
/// [`Error::Invalid`] with what is still to mend, to explain or missing of the signed paper;
/// [`Error::Refused`] when the figures are locked or the leader has the report; [`Error::Conflict`] when draft
/// or report changed meanwhile; [`Error::Forbidden`] for roles that do not send; 404 outside the unit.
pub fn submit(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    sending: &Sending,
    moment: Moment,
) -> Result<i32, Error> {
    let open = draft::open(conn, actor, id)?;
    let above = open.lower.as_ref().map(|lower| (lower.id, open.case.collector.name.clone()));
    let past = queries::past(conn, &open.case)?;
    let number = send(conn, actor, (open, &past), sending, moment)?;
    if let Some((edition, above)) = above {
        let revision = queries::revision_id(conn, id, number)?.ok_or(Error::NotFound)?;
        let paper = queries::sent(conn, revision)?.content.paper;
        dispatch::note_filed(conn, actor, edition, (&above, revision), &paper, moment)?;
    }
    Ok(number)
}

/// Sends what is open, whichever page it was filled on; `past` is what it is held against.
///
/// # Errors
/// As [`submit`].
pub(super) fn send(
    conn: &mut Conn,
    actor: &Actor,
    (mut open, past): (Open, &Past),
    sending: &Sending,
    moment: Moment,
) -> Result<i32, Error> {
    let id = open.case.report.id;
    let (membership, as_leader) = may_send(actor, &open.case)?;
    draft::still_owed(&open.case)?;
    if open.case.state() == ReportState::WithLeader && !as_leader {
        return Err(Error::Refused(
            "Báo cáo đang ở lãnh đạo đơn vị. Chờ lãnh đạo duyệt, hoặc lấy lại báo cáo trước khi gửi.".into(),
        ));
    }
    not_locked(conn, &open.case, moment.today)?;
    let agreed = sending.confirmed.contains(AGREED);
    open.draft.content.confirmed.extend(sending.confirmed.iter().cloned());
    match &sending.paper {
        Signed::Drafted => {}
        Signed::Known(paper) => open.draft.content.paper = paper.clone(),
        Signed::Typed(fields) => open.draft.content.paper = form::paper(fields, open.draft.content.paper),
    }
    let paper_counts = open.case.regime.paper_rule != "none" || open.case.behalf.is_some();
    let signers = Signers::of(conn, &open.case, moment.today)?;
    if paper_counts {
        signers.complete(&mut open.draft.content.paper);
    }
    let reused = signed::reused(conn, &open.case, &open.outline, &open.draft.content)?;
    let (mut problems, asked) = readiness(&open, past, moment);
    if let Some(reused) = reused.as_ref().filter(|reused| !sending.confirmed.contains(&reused.key)) {
        problems.add(signed::SAME_FIELD, reused.question());
    }
    if open.case.state() == ReportState::WithLeader && asked > 0 && !agreed {
        let message = "Đánh dấu đã xem các chỗ cán bộ đã giải thích, xác nhận.";
        problems.add(format!("confirm.{AGREED}"), message);
    }
    // Whoever adds or takes out a file waits from here on; what was added until now goes with the revision.
    if !queries::hold(conn, &open.case)? {
        return Err(changed_meanwhile());
    }
    open.draft.content.files = attachments::queries::of_draft(conn, id)?;
    let Content { paper, files, .. } = &open.draft.content;
    let is_due = paper_is_due(&open.case, as_leader);
    problems.0.extend(paper_duty::before_sending(&open.case, is_due, paper, files).0);
    if is_due {
        signed::office_is_missing(paper, open.case.behalf.is_some(), &mut problems);
    }
    paper.untimely(moment.today, &mut problems);
    if let Some(typing) = &open.case.behalf {
        problems.add_fault("doc_date", typing.paper.before_its_day(paper));
    }
    let replaces = document::replaced(conn, &open.case)?;
    if let Some((field, words)) = Replaced::out_of_order(&replaces, paper) {
        problems.add(field, words);
    }
    problems.or(())?;
    draft::seal(conn, &open, sending.draft, membership.id, moment.at)?;

    let case = &open.case;
    let first = !case.correcting();
    let paper = case.behalf.as_ref().map(|typing| &typing.paper);
    let from_file = case.behalf.as_ref().is_some_and(|typing| typing.from_file);
    // A correction is asked for to the end of a day; the first sending may be due at an hour.
    let dates = if first {
        case.dates(&periods::queries::holidays(conn)?)
    } else {
        DueDates { effective: case.report.amend_due_on, ..DueDates::default() }
    };
    let due_on = dates.deadline();
    let due_time = dates.last_hour().map(|hour| hour_code(hour.time()));
    let sent = revision::New {
        case,
        outline: &open.outline,
        content: &open.draft.content,
        number: case.report.last_revision + 1,
        due_on,
        due_time: due_time.as_deref(),
        days_late: days_late(paper.map_or(dates.counted_day(to_local(moment.at)), |paper| paper.on), due_on),
        sender: membership,
        sender_name: &actor.full_name,
        sent_at: moment.at,
        arrived: paper,
        lower: open.lower.as_ref(),
    };
    let revision_id = revision::write(conn, &sent)?;
    let edition = open.lower.as_ref().map(|lower| lower.number);
    let around =
        Surroundings { signers: &signers, past, edition, replaces, at: Some(moment.at), to_sign: false };
    let frame = document::frame(conn, case, &open.draft.content, around)?;
    queries::keep_frame(conn, revision_id, &frame)?;
    if let Some(lower) = &open.lower {
        queries::note_edition(conn, revision_id, lower.id)?;
        if !editions::mark_sent(conn, lower.id)? {
            return Err(changed_meanwhile());
        }
    }
    queries::forget_paper(conn, id)?;
    let mut reason = signed::approval(case, &open.draft.content.paper, as_leader, reused.as_ref());
    if let Some(paper) = paper {
        let title = format!("{}, {}", membership.title, membership.unit_name);
        queries::note_typed(conn, revision_id, paper, membership.id, (&actor.full_name, &title))?;
        if !queries::end_typing(conn, id)? {
            return Err(changed_meanwhile());
        }
        let own = open.draft.content.paper.words();
        let own = if own.is_empty() { own } else { format!(" (số {own})") };
        let what = if from_file { "tệp Excel đơn vị gửi" } else { "văn bản giấy" };
        reason = format!("Nhập thay {}, theo {what} {}{own}.", case.unit.name, paper.words());
    }
    if let Some(lower) = &open.lower {
        let from = format!("Số liệu lấy từ bản tổng hợp lần {}, {}.", lower.number, lower.when);
        reason = format!("{from} {reason}").trim_end().to_owned();
    }
    let changes = Changes {
        last_revision: Some(sent.number),
        first_sent_at: first.then(|| paper.map_or(moment.at, Arrived::instant)),
        first_due_on: if first { due_on } else { None },
        first_due_time: if first { due_time.clone() } else { None },
        ..Changes::default()
    };
    let taken = Taken { step: Step::Send, reason: &reason, due_on, revision_id: Some(revision_id), changes };
    take(conn, case, sending.version, &taken, actor, membership, moment)?;
    Ok(sent.number)
}

/// Calendar days past the last day in time; 0 when in time or undated. `sent_on` is the day the sending counts as
/// ([`DueDates::counted_day`]).
pub fn days_late(sent_on: NaiveDate, due_on: Option<NaiveDate>) -> i32 {
    let late = due_on.map_or(0, |due| (sent_on - due).num_days());
    i32::try_from(late.max(0)).unwrap_or(i32::MAX)
}

/// Whether the number, date and signatory of the signed paper must be known: always where the regime requires the
/// paper, where the officer sends past the leader's step on the strength of it, and where it is typed in from one. Of a
/// unit's workbook that its collector entered the paper may come later, as after any sending.
pub fn paper_is_due(case: &Case, as_leader: bool) -> bool {
    let required = case.regime.paper_rule == "required";
    match &case.behalf {
        Some(typing) => required || !typing.from_file,
        None => required || (case.regime.leader_step && !as_leader),
    }
}

/// The membership under which the actor sends, and whether as the unit's leader.
pub(super) fn may_send<'a>(actor: &'a Actor, case: &Case) -> Result<(&'a Membership, bool), Error> {
    let unit = case.obligation.unit_id;
    if case.behalf.is_some() {
        return behalf::may_type(actor, case).map(|membership| (membership, false));
    }
    if let Some(membership) = actor.for_unit(unit, Action::ApproveForUnit) {
        return Ok((membership, true));
    }
    // A consolidated report is the affair of those who consolidate, beside the unit's own people.
    if case.is_consolidated() {
        if let Some(membership) = actor.for_unit(unit, Action::ApproveEdition) {
            return Ok((membership, true));
        }
        if let Some(membership) = actor.for_unit(unit, Action::Consolidate) {
            return Ok((membership, false));
        }
    }
    actor.for_unit(unit, Action::Send).map(|membership| (membership, false)).ok_or_else(|| {
        Error::Forbidden("Chỉ lãnh đạo và cán bộ đầu mối của đơn vị được gửi báo cáo này.".into())
    })
}

fn not_locked(conn: &mut Conn, case: &Case, today: NaiveDate) -> Result<(), Error> {
    let unlocked = periods::queries::unlocked_until(conn, case.obligation.id)?;
    let Some(last) = case.locked_since(unlocked, today) else { return Ok(()) };
    Err(Error::Refused(format!(
        "Số liệu của kỳ này đã khóa sau ngày {}. Đề nghị {} mở khóa, rồi gửi lại; nội dung đã soạn vẫn còn.",
        short_date(last),
        case.collector.name
    )))
}

/// What stands in the way of sending this draft, and what must be explained first.
///
/// # Errors
/// The queries' own.
pub fn findings(conn: &mut Conn, open: &Open, moment: Moment) -> Result<Findings, Error> {
    Ok(found(open, &queries::past(conn, &open.case)?, moment))
}

/// As [`findings`], against what was loaded before.
pub(super) fn found(open: &Open, past: &Past, moment: Moment) -> Findings {
    let dates = check::Dates { cycle: open.case.cycle(), window: open.case.window(), today: moment.today };
    let content = &open.draft.content;
    let mut findings = check::check(content, &open.outline, past, dates, &content.confirmed);
    if open.case.is_consolidated() {
        findings.forget_actual_day();
        findings.forget_trivial();
    }
    if let Some(typing) = &open.case.behalf {
        findings.typed_from(behalf::source(typing.from_file), &content.confirmed);
    }
    findings
}

/// What is left to mend or to explain before the report may leave the officer's desk, at the fields of the draft, and
/// how many warnings there are, explained ones included.
pub(super) fn ready(conn: &mut Conn, open: &Open, moment: Moment) -> Result<(Problems, usize), Error> {
    Ok(readiness(open, &queries::past(conn, &open.case)?, moment))
}

fn readiness(open: &Open, past: &Past, moment: Moment) -> (Problems, usize) {
    let findings = found(open, past, moment);
    let mut problems = Problems::default();
    if open.case.is_consolidated() && open.lower.is_none() {
        problems.add("main", level::NO_EDITION);
    }
    for blocker in &findings.blockers {
        problems.add(&blocker.field, &blocker.message);
    }
    for warning in findings.open_warnings() {
        let message = format!("{} Ghi chú lý do hoặc đánh dấu xác nhận.", warning.text());
        problems.add(&warning.field, message);
    }
    (problems, findings.warnings.len())
}
