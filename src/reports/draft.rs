//! Saving what is being typed. Stands between the form and the draft's rows: whoever saves over a version they
//! have not seen is told, and nothing typed is ever refused for being unreadable, only for being too long.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as QueryError};

use super::behalf::Typing;
use super::history::{Taken, take};
use super::level::Lower;
use super::{Case, Content, Outline, ReportState, Step, leader, lengths, level, queries};
use crate::access::{Actor, Membership};
use crate::attachments;
use crate::calendar::{Moment, to_local};
use crate::db::Conn;
use crate::db::ids::{MembershipId, ReportId};
use crate::db::schema::drafts;
use crate::error::Error;
use crate::periods::Standing;
use crate::vietnamese::date_time;

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

/// What a save left behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    pub version: i32,
    /// UTC.
    pub at: NaiveDateTime,
}

/// The report with its draft, for its own unit, or for the collector who types it in. A correction begins from what
/// was last sent.
///
/// # Errors
/// [`Error::NotFound`] for anybody else: a draft does not exist for them; [`Error::Refused`] for the unit while its
/// collector types.
pub fn open(conn: &mut Conn, actor: &Actor, id: ReportId) -> Result<Open, Error> {
    let case = of_writer(conn, actor, id)?;
    let mut outline = queries::outline_of(conn, &case)?;
    let lower = if case.is_consolidated() { level::newest(conn, &case)? } else { None };
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
    if case.is_consolidated() {
        let asked = match &lower {
            Some(lower) => queries::indicators_by_code(conn, &lower.codes(), case.period.reference_on)?,
            None => Vec::new(),
        };
        match &lower {
            Some(lower) => lower.fill(&mut outline, &mut draft.content, asked),
            None => outline.indicators.clear(),
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

/// Saves the content over version `seen` of the draft (0: the first save). The first save of all begins the report,
/// which is a step with its audit row; later ones leave who and when on the draft.
///
/// # Errors
/// [`Error::Invalid`] for what is longer than its field takes; [`Error::Conflict`] naming who saved meanwhile; [`Error::Refused`] when the report cannot be typed into now;
/// [`Error::Forbidden`] for roles that do not type.
pub fn save(
    conn: &mut Conn,
    actor: &Actor,
    open: &Open,
    content: &Content,
    seen: i32,
    moment: Moment,
) -> Result<Saved, Error> {
    let case = &open.case;
    let membership = may_change(actor, case)?;
    lengths::too_long(content, &open.outline).or(())?;
    let mut content = content.clone();
    if case.is_consolidated() {
        // Its figures are the edition's, whatever was posted.
        content.entries.clone_from(&open.draft.content.entries);
    }
    let version = claim(conn, open, &content, seen, membership.id, moment)?;
    queries::replace_draft(conn, case, &open.outline, &content)?;
    if case.state() == ReportState::NotBegun {
        begin(conn, case, actor, membership, moment)?;
    }
    Ok(Saved { version, at: moment.at })
}

fn being_typed(case: &Case, typing: &Typing) -> Error {
    Error::Refused(format!(
        "{} đang nhập thay báo cáo này từ văn bản giấy ({}). Đơn vị xem được sau khi nhập xong; bản đơn vị đang soạn \
         trước đó, nếu có, được giữ nguyên.",
        case.collector.name,
        typing.paper.words()
    ))
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

fn begin(
    conn: &mut Conn,
    case: &Case,
    actor: &Actor,
    membership: &Membership,
    moment: Moment,
) -> Result<(), Error> {
    take(conn, case, case.report.version, &Taken::plain(Step::Save), actor, membership, moment).map(|_| ())
}

#[derive(Insertable)]
#[diesel(table_name = drafts)]
struct NewDraft {
    report_id: ReportId,
    version: i32,
    saved_by: MembershipId,
    saved_at: NaiveDateTime,
}

/// Takes the next version of the draft for this save, or says who was faster.
fn claim(
    conn: &mut Conn,
    open: &Open,
    content: &Content,
    seen: i32,
    membership: MembershipId,
    moment: Moment,
) -> Result<i32, Error> {
    let id = open.case.report.id;
    if seen != open.draft.version {
        return Err(conflict(&open.draft));
    }
    if seen == 0 {
        let row = NewDraft { report_id: id, version: 1, saved_by: membership, saved_at: moment.at };
        match diesel::insert_into(drafts::table).values(&row).execute(conn) {
            Err(QueryError::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => {
                return Err(conflict(&open.draft));
            }
            other => other?,
        };
    } else {
        let guarded = drafts::table.filter(drafts::report_id.eq(id)).filter(drafts::version.eq(seen));
        let updated = diesel::update(guarded)
            .set((
                drafts::version.eq(seen + 1),
                drafts::saved_by.eq(membership),
                drafts::saved_at.eq(moment.at),
            ))
            .execute(conn)?;
        if updated == 0 {
            return Err(conflict(&open.draft));
        }
    }
    queries::set_draft_fields(conn, id, content, &open.outline)?;
    Ok(seen + 1)
}

/// Closes the draft at version `seen` for a step that reads it, so that a save under way does not slip in between.
///
/// # Errors
/// [`Error::Conflict`] when it was saved since it was seen.
pub(super) fn seal(conn: &mut Conn, open: &Open, seen: i32) -> Result<(), Error> {
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
    Ok(())
}

fn conflict(draft: &Draft) -> Error {
    Error::Conflict(match &draft.saved {
        Some(saved) => format!("{} đã lưu báo cáo này lúc {}.", saved.name, date_time(to_local(saved.at))),
        None => "Người khác vừa lưu báo cáo này.".to_owned(),
    })
}
