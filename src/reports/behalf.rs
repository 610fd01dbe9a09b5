//! "Nhập thay": the collector types in what a unit sent on paper. The day the paper arrived decides lateness, not the
//! day of typing; the unit's own draft, should it have one, is put aside whole and given back when the typing stops.

use chrono::{NaiveDate, NaiveDateTime};

use super::draft::{self, Draft, Open};
use super::history::{Taken, changed_meanwhile, take};
use super::{Case, Content, Outline, Paper, ReportState, Step, TypedDay, queries};
use crate::access::{Action, Actor, Membership};
use crate::attachments;
use crate::calendar::{Moment, to_local};
use crate::db::Conn;
use crate::db::ids::ReportId;
use crate::error::{Error, Problems};
use crate::vietnamese::limits::SIGN;
use crate::vietnamese::{DateError, capital, clean_line, date_time, parse_past_date, short_date};

/// The paper as it came in: its number in the book of incoming documents ("số đến") and the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    pub number: String,
    pub on: NaiveDate,
}

impl Arrived {
    /// "số đến 215, ngày 12/6/2025".
    pub fn words(&self) -> String {
        format!("số đến {}, ngày {}", self.number, short_date(self.on))
    }

    /// What is wrong with a paper that is said to be signed after the day on which it came.
    pub fn before_its_day(&self, paper: &Paper) -> Option<String> {
        let day = paper.date.date.filter(|day| *day > self.on)?;
        Some(format!(
            "Ngày ký {} sau ngày văn bản đến ({}). Kiểm tra ngày ghi trên văn bản; ngày đến nhập nhầm thì sửa ở trang nhập thay.",
            short_date(day),
            self.words()
        ))
    }

    /// The instant the unit did its part: the beginning of that day, as the book keeps no hour. UTC.
    pub fn instant(&self) -> NaiveDateTime {
        Moment::local(self.on.and_time(chrono::NaiveTime::MIN)).at
    }
}

/// A report being typed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typing {
    pub paper: Arrived,
    /// Who began, with title.
    pub typist: String,
    /// UTC.
    pub begun_at: NaiveDateTime,
    /// The unit's own workbook came, not a paper that is retyped.
    pub from_file: bool,
}

/// What a report is entered from, at the beginning of a sentence.
pub fn source(from_file: bool) -> &'static str {
    if from_file { "Tệp Excel của đơn vị" } else { "Văn bản giấy" }
}

/// What the page that begins posts.
#[derive(Debug, Clone, Default)]
pub struct Begin {
    /// Version of the report on the page.
    pub version: i32,
    pub number: String,
    pub arrived: TypedDay,
    /// The typist has read that the unit has a draft of its own, which is put aside.
    pub put_aside: bool,
    /// It is the unit's workbook that came.
    pub from_file: bool,
}

impl Begin {
    /// The paper, once both parts can be read and are possible.
    pub(super) fn paper(&self, case: &Case, today: NaiveDate, problems: &mut Problems) -> Option<Arrived> {
        let number = clean_line(&self.number);
        if number.is_empty() {
            problems.add("number", "Nhập số đến của văn bản trong sổ công văn đến.");
        }
        problems.add_fault("number", SIGN.fault("Số đến", &number));
        let window = case.window();
        let on = match parse_past_date(&self.arrived.typed, today) {
            Ok(day) if day > today => Err("Ngày đến không thể sau hôm nay.".to_owned()),
            Ok(day) if window.is_some_and(|window| day < window.from) => {
                Err("Ngày đến trước ngày đầu của thời gian chốt số liệu. Kiểm tra lại.".to_owned())
            }
            Ok(day) => Ok(day),
            Err(DateError::Blank) => {
                Err("Nhập ngày đến của văn bản; ngày này quyết định đúng hạn hay muộn.".to_owned())
            }
            Err(error) => Err(error.to_string()),
        };
        let on = on.map_err(|message| problems.add("arrived_on", message)).ok();
        Some(Arrived { number, on: on? })
    }
}

/// The membership under which the actor types in for the unit of this report.
///
/// # Errors
/// [`Error::Forbidden`], which says who may; [`Error::Refused`] for a report nobody types in for.
pub fn may_type<'a>(actor: &'a Actor, case: &Case) -> Result<&'a Membership, Error> {
    let membership = actor.for_unit(case.obligation.collector_id, Action::TypeOnBehalf).ok_or_else(|| {
        Error::Forbidden(format!(
            "Chỉ cán bộ tổng hợp của {} được nhập thay báo cáo này từ văn bản giấy.",
            case.collector.name
        ))
    })?;
    if case.is_consolidated() || case.obligation.unit_id == case.obligation.collector_id {
        return Err(Error::Refused("Báo cáo này do chính đơn vị tổng hợp lập, không nhập thay.".into()));
    }
    Ok(membership)
}

/// The unit's own draft that would be put aside: who saved it last and when.
///
/// # Errors
/// The queries' own.
pub fn own_draft(conn: &mut Conn, case: &Case) -> Result<Option<String>, Error> {
    Ok(beginning(conn, case)?.own_words())
}

/// What typing begins from.
#[derive(Debug, Clone)]
pub(super) struct Beginning {
    /// The report before it begins.
    case: Case,
    outline: Outline,
    /// Blank, or for a correction what was last sent.
    content: Content,
    /// Version of the row there is, whoever wrote it; 0 without one.
    version: i32,
    /// The draft of the unit, where it says anything of its own.
    own: Option<Draft>,
    /// The day of the signed paper as it has been typed in so far.
    signed_on: Option<NaiveDate>,
}

impl Beginning {
    /// Who saved the unit's own draft last, and when.
    fn own_words(&self) -> Option<String> {
        let saved = self.own.as_ref()?.saved.as_ref()?;
        Some(format!("{}, lưu lúc {}", saved.name, date_time(to_local(saved.at))))
    }

    /// What the unit's own draft says.
    pub(super) fn own_content(&self) -> Option<&Content> {
        self.own.as_ref().map(|draft| &draft.content)
    }
}

fn beginning(conn: &mut Conn, case: &Case) -> Result<Beginning, Error> {
    let outline = queries::outline_of(conn, case)?;
    let content = queries::last_sent_content(conn, case)?.unwrap_or_default();
    let draft = queries::draft(conn, case.report.id, &outline)?;
    let version = draft.as_ref().map_or(0, |draft| draft.version);
    let typed = draft.as_ref().filter(|_| case.behalf.is_some());
    let signed_on = typed.and_then(|draft| draft.content.paper.date.date);
    let own = draft.filter(|draft| {
        case.behalf.is_none() && draft.content != Content::default() && draft.content != content
    });
    Ok(Beginning { case: case.clone(), outline, content, version, own, signed_on })
}

/// A report as if typing in had begun.
#[derive(Debug, Clone)]
pub(super) struct Begun {
    pub open: Open,
    /// Who wrote the unit's own draft last, where it has one.
    pub own: Option<String>,
    /// For [`begin_from`], in the same transaction.
    pub from: Beginning,
}

/// The report with the draft that typing would begin from, for who may type in, before anything is written. What the unit
/// itself is writing is not in it; who wrote it last comes beside.
///
/// # Errors
/// As [`begin`] for what cannot be begun; [`Error::Refused`] also while somebody types in already.
pub(super) fn as_begun(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    given: &Begin,
    moment: Moment,
) -> Result<Begun, Error> {
    let mut case = queries::find(conn, &actor.scope(), id)?;
    let membership = may_type(actor, &case)?;
    draft::still_owed(&case)?;
    if let Some(typing) = &case.behalf {
        return Err(Error::Refused(format!(
            "{} đang nhập thay báo cáo này ({}). Nhập tiếp ở trang báo cáo, hoặc thôi nhập thay rồi thử lại.",
            typing.typist,
            typing.paper.words()
        )));
    }
    match case.state() {
        ReportState::WithLeader => return Err(with_leader()),
        state if !state.is_open() => {
            return Err(Error::Refused(
                "Đơn vị đã gửi báo cáo này. Muốn thay nội dung đã gửi thì đề nghị chỉnh lý trước.".into(),
            ));
        }
        _ => {}
    }
    let mut problems = Problems::default();
    let paper = given.paper(&case, moment.today, &mut problems);
    problems.or(())?;
    let Some(paper) = paper else { return Err(Error::Internal("a paper without a day".into())) };
    let from = beginning(conn, &case)?;
    let version = if from.version > 0 { from.version + 1 } else { 0 };
    let typist = format!("{}, {}, {}", actor.full_name, membership.title, membership.unit_name);
    case.behalf = Some(Typing { paper, typist, begun_at: moment.at, from_file: given.from_file });
    let draft = Draft { version, saved: None, content: from.content.clone() };
    let open = Open { case, outline: from.outline.clone(), draft, lower: None };
    Ok(Begun { open, own: from.own_words(), from })
}

fn with_leader() -> Error {
    Error::Refused(
        "Báo cáo đang ở lãnh đạo đơn vị trên hệ thống. Đề nghị đơn vị gửi, hoặc lấy lại báo cáo, rồi mới nhập thay."
            .into(),
    )
}

/// Begins to type in for the unit, or mends number and day of the paper while typing goes on.
///
/// # Errors
/// [`Error::Invalid`] with what is to mend, the unit's own draft among it until `put_aside` is ticked;
/// [`Error::Refused`] when the report is with the unit's leader or was sent; [`Error::Conflict`] when report or draft
/// changed since they were seen; [`Error::Forbidden`] for other roles; 404 outside the scope.
pub fn begin(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    begin: &Begin,
    moment: Moment,
) -> Result<(), Error> {
    let case = queries::find(conn, &actor.scope(), id)?;
    may_type(actor, &case)?;
    let from = beginning(conn, &case)?;
    begin_from(conn, actor, &from, begin, moment)
}

/// The same from what was read in this very transaction.
///
/// # Errors
/// As [`begin`].
pub(super) fn begin_from(
    conn: &mut Conn,
    actor: &Actor,
    from: &Beginning,
    begin: &Begin,
    moment: Moment,
) -> Result<(), Error> {
    let (case, id) = (&from.case, from.case.report.id);
    let membership = may_type(actor, case)?;
    draft::still_owed(case)?;
    if case.state() == ReportState::WithLeader {
        return Err(with_leader());
    }
    let mut problems = Problems::default();
    let paper = begin.paper(case, moment.today, &mut problems);
    if let (Some(paper), Some(day)) = (&paper, from.signed_on)
        && paper.on < day
    {
        let message =
            format!("Ngày đến trước ngày ký văn bản đang nhập ({}). Kiểm tra lại ngày đến.", short_date(day));
        problems.add("arrived_on", message);
    }
    if let (Some(own), false) = (&from.own, begin.put_aside) {
        let who = own.saved.as_ref().map(|saved| saved.name.clone()).unwrap_or_default();
        problems.add(
            "put_aside",
            format!(
                "{who} của đơn vị đang soạn báo cáo này. Liên hệ đơn vị, hoặc đánh dấu để để riêng bản đó."
            ),
        );
    }
    problems.or(())?;
    let Some(paper) = paper else { return Err(Error::Internal("a paper without a day".into())) };
    // Before anything is written: of two who begin at once the second is told so.
    if !queries::hold(conn, case)? {
        return Err(changed_meanwhile());
    }
    if case.behalf.is_none() {
        // The files of what was taken back are not begun from.
        let last = match case.correcting() {
            true => queries::revision_id(conn, id, case.report.last_revision)?,
            false => None,
        };
        attachments::queries::put_aside(conn, id, last, moment.at)?;
        if let Some(own) = &from.own {
            queries::keep_draft(conn, id, &own.content, moment.at)?;
        }
        if from.version > 0 {
            if !queries::take_over_draft(conn, id, from.version, membership.id, moment.at)? {
                return Err(changed_meanwhile());
            }
            queries::forget_changes(conn, id, Some((from.version + 1, membership.id, moment.at)))?;
            queries::replace_draft(conn, case, &from.outline, &from.content)?;
            queries::set_draft_fields(conn, id, &from.content, &from.outline)?;
        }
    }
    queries::set_typing(conn, id, (&paper, begin.from_file), membership.id, moment.at)?;
    let reason = match begin.from_file {
        true => format!("Từ tệp Excel đơn vị gửi, {}", paper.words()),
        false => capital(&paper.words()),
    };
    let taken = Taken { reason: &reason, ..Taken::plain(Step::TypeForUnit) };
    take(conn, case, begin.version, &taken, actor, membership, moment)?;
    Ok(())
}

/// Puts draft and files where they were when a typing began; whether the unit had a draft of its own, which it has again.
/// Of two at once the second is told so before it reads what the first one changes.
pub(super) fn give_back(conn: &mut Conn, case: &Case, begun_at: NaiveDateTime) -> Result<bool, Error> {
    let id = case.report.id;
    if !queries::hold(conn, case)? {
        return Err(changed_meanwhile());
    }
    let from = beginning(conn, case)?;
    attachments::queries::give_back(conn, id, begun_at)?;
    let kept = queries::kept_draft(conn, id, Some(begun_at))?;
    match &kept {
        Some(kept) => {
            queries::replace_draft(conn, case, &from.outline, &kept.content)?;
            queries::set_draft_fields(conn, id, &kept.content, &from.outline)?;
            if !queries::take_over_draft(conn, id, from.version, kept.saved_by, kept.saved_at)? {
                return Err(changed_meanwhile());
            }
            queries::forget_changes(conn, id, Some((from.version + 1, kept.saved_by, kept.saved_at)))?;
            queries::forget_kept(conn, kept.id)?;
        }
        None => {
            queries::replace_draft(conn, case, &from.outline, &Content::default())?;
            queries::drop_draft(conn, id)?;
            queries::forget_changes(conn, id, None)?;
        }
    }
    Ok(kept.is_some())
}

/// Stops typing: what was typed goes, and the unit gets the draft back that was put aside for it.
///
/// # Errors
/// [`Error::Refused`] when nobody is typing; otherwise as [`begin`].
pub fn stop(conn: &mut Conn, actor: &Actor, id: ReportId, version: i32, moment: Moment) -> Result<(), Error> {
    let case = queries::find(conn, &actor.scope(), id)?;
    let membership = may_type(actor, &case)?;
    let Some(typing) = &case.behalf else {
        return Err(Error::Refused("Không có ai đang nhập thay báo cáo này.".into()));
    };
    let step = if give_back(conn, &case, typing.begun_at)? { Step::GiveBack } else { Step::StopTyping };
    if !queries::end_typing(conn, id)? {
        return Err(changed_meanwhile());
    }
    take(conn, &case, version, &Taken::plain(step), actor, membership, moment)?;
    Ok(())
}
