//! "Nhập thay": the collector types in what a unit sent on paper. The day the paper arrived decides lateness, not the
//! day of typing; the unit's own draft, should it have one, is put aside whole and given back when the typing stops.

use chrono::{NaiveDate, NaiveDateTime};

use super::draft::{self, Draft, Open};
use super::history::{Taken, changed_meanwhile, take};
use super::{Case, Content, Outline, ReportState, Step, TypedDay, queries};
use crate::access::{Action, Actor, Membership};
use crate::attachments;
use crate::calendar::{Moment, to_local};
use crate::db::Conn;
use crate::db::ids::ReportId;
use crate::error::{Error, Problems};
use crate::vietnamese::limits::SIGN;
use crate::vietnamese::{capital, clean_line, date_time, short_date};

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
        let on = match (self.arrived.date, self.arrived.problem()) {
            (Some(day), _) if day > today => {
                problems.add("arrived_on", "Ngày đến không thể sau hôm nay.");
                None
            }
            (Some(day), _) if case.window().is_some_and(|window| day < window.from) => {
                problems
                    .add("arrived_on", "Ngày đến trước ngày đầu của thời gian chốt số liệu. Kiểm tra lại.");
                None
            }
            (Some(day), _) => Some(day),
            (None, Some(message)) => {
                problems.add("arrived_on", message);
                None
            }
            (None, None) => {
                problems
                    .add("arrived_on", "Nhập ngày đến của văn bản; ngày này quyết định đúng hạn hay muộn.");
                None
            }
        };
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
    Ok(beginning(conn, case)?
        .own
        .and_then(|draft| draft.saved)
        .map(|saved| format!("{}, lưu lúc {}", saved.name, date_time(to_local(saved.at)))))
}

/// What typing begins from.
struct Beginning {
    outline: Outline,
    /// Blank, or for a correction what was last sent.
    content: Content,
    /// Version of the row there is, whoever wrote it; 0 without one.
    version: i32,
    /// The draft of the unit, where it says anything of its own.
    own: Option<Draft>,
}

fn beginning(conn: &mut Conn, case: &Case) -> Result<Beginning, Error> {
    let outline = queries::outline_of(conn, case)?;
    let content = queries::last_sent_content(conn, case)?.unwrap_or_default();
    let draft = queries::draft(conn, case.report.id, &outline)?;
    let version = draft.as_ref().map_or(0, |draft| draft.version);
    let own = draft.filter(|draft| {
        case.behalf.is_none() && draft.content != Content::default() && draft.content != content
    });
    Ok(Beginning { outline, content, version, own })
}

/// The report with the draft that typing would begin from, for who may type in, before anything is written. What the unit
/// itself is writing is not in it; who wrote it last comes beside.
///
/// # Errors
/// As [`begin`] for what cannot be begun; [`Error::Refused`] also while somebody types in already.
pub fn as_begun(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    given: &Begin,
    moment: Moment,
) -> Result<(Open, Option<String>), Error> {
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
    let own = own_draft(conn, &case)?;
    let from = beginning(conn, &case)?;
    let version = if from.version > 0 { from.version + 1 } else { 0 };
    let typist = format!("{}, {}, {}", actor.full_name, membership.title, membership.unit_name);
    case.behalf = Some(Typing { paper, typist, begun_at: moment.at, from_file: given.from_file });
    let draft = Draft { version, saved: None, content: from.content };
    Ok((Open { case, outline: from.outline, draft, lower: None }, own))
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
    let membership = may_type(actor, &case)?;
    draft::still_owed(&case)?;
    if case.state() == ReportState::WithLeader {
        return Err(with_leader());
    }
    let mut problems = Problems::default();
    let paper = begin.paper(&case, moment.today, &mut problems);
    let from = beginning(conn, &case)?;
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
    if case.behalf.is_none() {
        let last = queries::revision_id(conn, id, case.report.last_revision)?;
        attachments::queries::put_aside(conn, id, last, moment.at)?;
        if let Some(own) = &from.own {
            queries::keep_draft(conn, id, &own.content, moment.at)?;
        }
        if from.version > 0 {
            if !queries::take_over_draft(conn, id, from.version, membership.id, moment.at)? {
                return Err(changed_meanwhile());
            }
            queries::forget_changes(conn, id, Some((from.version + 1, membership.id, moment.at)))?;
            queries::replace_draft(conn, &case, &from.outline, &from.content)?;
            queries::set_draft_fields(conn, id, &from.content, &from.outline)?;
        }
    }
    queries::set_typing(conn, id, (&paper, begin.from_file), membership.id, moment.at)?;
    let reason = match begin.from_file {
        true => format!("Từ tệp Excel đơn vị gửi, {}", paper.words()),
        false => capital(&paper.words()),
    };
    let taken = Taken { reason: &reason, ..Taken::plain(Step::TypeForUnit) };
    take(conn, &case, begin.version, &taken, actor, membership, moment)?;
    Ok(())
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
    let from = beginning(conn, &case)?;
    attachments::queries::give_back(conn, id, typing.begun_at)?;
    let kept = queries::kept_draft(conn, id, Some(typing.begun_at))?;
    let step = match &kept {
        Some(kept) => {
            queries::replace_draft(conn, &case, &from.outline, &kept.content)?;
            queries::set_draft_fields(conn, id, &kept.content, &from.outline)?;
            if !queries::take_over_draft(conn, id, from.version, kept.saved_by, kept.saved_at)? {
                return Err(changed_meanwhile());
            }
            queries::forget_changes(conn, id, Some((from.version + 1, kept.saved_by, kept.saved_at)))?;
            queries::forget_kept(conn, kept.id)?;
            Step::GiveBack
        }
        None => {
            queries::replace_draft(conn, &case, &from.outline, &Content::default())?;
            queries::drop_draft(conn, id)?;
            queries::forget_changes(conn, id, None)?;
            Step::StopTyping
        }
    };
    if !queries::end_typing(conn, id)? {
        return Err(changed_meanwhile());
    }
    take(conn, &case, version, &Taken::plain(step), actor, membership, moment)?;
    Ok(())
}
