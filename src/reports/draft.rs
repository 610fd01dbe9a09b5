//! The draft of a report as it stands, opened by who writes it, and closed for the steps that read it. Saving is in
//! `save`.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::behalf::Typing;
use super::level::Lower;
use super::{Case, Content, Outline, ReportState, leader, level, queries, submit};
use crate::access::{Actor, Membership};
use crate::attachments;
use crate::audit::{self, By};
use crate::calendar::{Moment, to_local};
use crate::db::Conn;
use crate::db::ids::{MembershipId, ReportId};
use crate::db::schema::drafts;
use crate::error::Error;
use crate::periods::Standing;
use crate::vietnamese::date_time;

pub use super::save::{Saved, save, save_as_came};

/// The draft as it stands: saved rows, or what the next save will begin from.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// 0 when nothing has been saved yet.
    pub version: i32,
    pub saved: Option<LastSave>,
    pub content: Content,
}

/// Who saved last, and when (UTC).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastSave {
    pub name: String,
    pub at: NaiveDateTime,
}

/// A report opened by its own unit.
#[derive(Debug, Clone)]
pub struct Open {
    pub case: Case,
    pub outline: Outline,
    pub draft: Draft,
    /// For a consolidated report: the edition its figures are taken from; none while there is none.
    pub lower: Option<Lower>,
}

/// The report with its draft, for its own unit, or for the collector who types it in. A correction begins from what
/// was last sent.
///
/// # Errors
/// [`Error::NotFound`] for anybody else: a draft does not exist for them; [`Error::Refused`] for the unit while its
/// collector types.
pub fn open(conn: &mut Conn, actor: &Actor, id: ReportId) -> Result<Open, Error> {
    let case = of_writer(conn, actor, id)?;
    let outline = queries::outline_of(conn, &case)?;
    opened(conn, case, outline, None)
}

/// What a report takes its figures from, read before a write that others wait for: of a consolidated report the edition,
/// which holds all that its unit collects; of any other nothing.
///
/// # Errors
/// As [`open`].
pub fn ahead(conn: &mut Conn, actor: &Actor, id: ReportId) -> Result<Ahead, Error> {
    let case = of_writer(conn, actor, id)?;
    Ok(Ahead(if case.is_consolidated() { level::newest(conn, &case)? } else { None }))
}

/// What [`ahead`] has read.
#[derive(Debug, Clone)]
pub struct Ahead(Option<Lower>);

/// The same as [`open`] within a write: none where the report rests on what has to be read [`ahead`] and was not.
///
/// # Errors
/// As [`open`].
pub fn open_in_write(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    ahead: Option<Ahead>,
) -> Result<Option<Open>, Error> {
    let case = of_writer(conn, actor, id)?;
    if case.is_consolidated() && ahead.is_none() {
        return Ok(None);
    }
    let outline = queries::outline_of(conn, &case)?;
    opened(conn, case, outline, ahead.and_then(|Ahead(lower)| lower)).map(Some)
}

/// The same of a report whose outline was read in this very transaction.
///
/// # Errors
/// As [`open`].
pub(super) fn open_again(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    outline: Outline,
) -> Result<Open, Error> {
    let case = of_writer(conn, actor, id)?;
    opened(conn, case, outline, None)
}

fn opened(conn: &mut Conn, case: Case, mut outline: Outline, known: Option<Lower>) -> Result<Open, Error> {
    let id = case.report.id;
    let lower = if case.is_consolidated() { level::newest_known(conn, &case, known)? } else { None };
    let mut draft = match queries::draft(conn, id, &outline)? {
        Some(draft) => draft,
        None => {
            let first = match queries::last_sent_content(conn, &case)? {
                Some(sent) => sent,
                None => lower.as_ref().map(|lower| lower.narrative(&outline)).unwrap_or_default(),
            };
            // Files are added and taken out one by one, whether or not anything was typed.
            let files = attachments::queries::of_draft(conn, id)?;
            Draft { content: Content { files, ..first }, ..Draft::default() }
        }
    };
    // Results that were told of a plan's tasks while they were asked stay where their writer sees them.
    if case.is_document() && draft.content.tasks.values().any(|result| !result.is_blank()) {
        outline.tasks = queries::tasks_of(conn, &case)?;
        outline.tasks.retain(|task| draft.content.tasks.get(&task.id).is_some_and(|told| !told.is_blank()));
    }
    queries::add_told(conn, &mut outline, &draft.content.tasks)?;
    if case.is_consolidated() {
        let asked = match &lower {
            Some(lower) => queries::indicators_by_code(conn, &lower.codes(), case.period.reference_on)?,
            None => Vec::new(),
        };
        match &lower {
            Some(lower) => lower.fill(&mut outline, &mut draft.content, asked),
            None => {
                outline.indicators.clear();
                outline.lists.clear();
                outline.tasks.clear();
            }
        }
    }
    Ok(Open { case, outline, draft, lower })
}

/// The report without its draft, for those [`open`] opens it for.
///
/// # Errors
/// As [`open`].
pub fn of_writer(conn: &mut Conn, actor: &Actor, id: ReportId) -> Result<Case, Error> {
    let scope = actor.scope();
    let case = queries::find(conn, &scope, id)?;
    match &case.behalf {
        Some(_) if case.is_typist(actor) => {}
        Some(typing) if case.is_own(&scope) => return Err(being_typed(&case, typing)),
        None if case.is_own(&scope) => {}
        _ => return Err(Error::NotFound),
    }
    Ok(case)
}

/// The membership under which the actor may change the draft of this report now.
///
/// # Errors
/// [`Error::Refused`] when nothing is typed into it now; [`Error::Forbidden`] for roles that do not type.
pub fn may_change<'a>(actor: &'a Actor, case: &Case) -> Result<&'a Membership, Error> {
    let membership = leader::may_edit(actor, case)?;
    still_owed(case)?;
    if !case.state().is_open() {
        return Err(Error::Refused(match case.state() {
            ReportState::WithLeader => {
                "Báo cáo đang ở lãnh đạo đơn vị. Lấy lại báo cáo trước khi sửa.".into()
            }
            _ => {
                "Báo cáo đã gửi, không sửa được. Nội dung đã gửi chỉ thay đổi khi có đề nghị chỉnh lý.".into()
            }
        }));
    }
    Ok(membership)
}

fn being_typed(case: &Case, typing: &Typing) -> Error {
    Error::Refused(format!(
        "{} đang nhập thay báo cáo này từ văn bản giấy ({}). Đơn vị xem được sau khi nhập xong; bản đơn vị đang soạn \
         trước đó, nếu có, được giữ nguyên.",
        case.collector.name,
        typing.paper.words()
    ))
}

/// The membership under which the actor may add the signed paper to this report now: whoever types into it, and while
/// the unit's leader has it also whoever sends it, since a paper is signed at that very step.
///
/// # Errors
/// As [`may_change`].
pub fn may_add_signed<'a>(actor: &'a Actor, case: &Case) -> Result<&'a Membership, Error> {
    if case.state() == ReportState::WithLeader && case.behalf.is_none() {
        still_owed(case)?;
        return submit::may_send(actor, case).map(|(membership, _)| membership);
    }
    may_change(actor, case)
}

/// Refuses what is no longer owed: the declaration or exemption is withdrawn first.
pub(in crate::reports) fn still_owed(case: &Case) -> Result<(), Error> {
    match case.standing() {
        Standing::Owed => Ok(()),
        standing => Err(Error::Refused(format!(
            "Báo cáo này đang ghi “{}”, không phải soạn hoặc gửi.",
            crate::periods::Progress::of(standing, case.state()).words()
        ))),
    }
}

/// Closes the draft at version `seen` for a step that reads it, so that a save under way does not slip in between.
/// What stood in it before is forgotten: it is what is sent or read that counts from here.
///
/// # Errors
/// [`Error::Conflict`] when it was saved since it was seen.
pub(super) fn seal(
    conn: &mut Conn,
    open: &Open,
    seen: i32,
    membership: MembershipId,
    at: NaiveDateTime,
) -> Result<(), Error> {
    if open.draft.version == 0 {
        // A correction that nobody has typed into: the content of the last revision, which cannot change.
        return if seen == 0 { Ok(()) } else { Err(conflict(&open.draft)) };
    }
    let guarded =
        drafts::table.filter(drafts::report_id.eq(open.case.report.id)).filter(drafts::version.eq(seen));
    let sealed = diesel::update(guarded).set(drafts::version.eq(seen + 1)).execute(conn)?;
    if sealed == 0 || seen != open.draft.version {
        return Err(conflict(&open.draft));
    }
    queries::set_draft_fields(conn, open.case.report.id, &open.draft.content, &open.outline)?;
    queries::forget_changes(conn, open.case.report.id, Some((seen + 1, membership, at)))?;
    Ok(())
}

/// Who saved meanwhile.
pub fn conflict(draft: &Draft) -> Error {
    Error::Conflict(match &draft.saved {
        Some(saved) => format!("{} đã lưu báo cáo này lúc {}.", saved.name, date_time(to_local(saved.at))),
        None => "Người khác vừa lưu báo cáo này.".to_owned(),
    })
}

/// One row of the log about a report that is being written.
///
/// # Errors
/// The query's own.
pub fn record(
    conn: &mut Conn,
    (actor, membership): (&Actor, &Membership),
    open: &Open,
    (action, after): (&str, serde_json::Value),
    moment: Moment,
) -> Result<(), Error> {
    let step = audit::Step {
        action,
        subject_kind: "report",
        subject_id: Some(open.case.report.id.0),
        subject_label: &open.case.label(),
        unit_id: Some(open.case.obligation.unit_id),
        before: None,
        after: Some(after),
    };
    Ok(audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?)
}
