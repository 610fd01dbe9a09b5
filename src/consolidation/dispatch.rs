//! "Ghi nhận đã gửi": an approved edition went to somebody, by some way, at some hour, with a covering document. Kept for
//! good; a record that was a mistake is struck out with its reason. Where the recipient collects in this installation,
//! the sending files the collector's own consolidated report there.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use serde_json::json;

use super::content::EditionContent;
use super::queries::{self, EditionRow, NewDispatch, NewStrike, Signed};
use super::{approve, paper};
use crate::access::{Action, Actor, Membership};
use crate::audit::{self, By, Step};
use crate::calendar::{Moment, hour_code, parse_hour, to_local};
use crate::db::Conn;
use crate::db::ids::{DispatchId, EditionId, RevisionId};
use crate::error::{Error, Problems};
use crate::periods::{Period, Regime};
use crate::reports::{Paper, TypedDay, file_edition};
use crate::vietnamese::limits::{LINE, PARAGRAPH, SIGN};
use crate::vietnamese::{date_time, parse_date, search_key, short_date};

/// The ways a document goes, by their codes.
pub const WAYS: [(&str, &str); 4] = [
    ("axis", "trục liên thông văn bản"),
    ("clerk", "văn thư"),
    ("mail", "thư điện tử"),
    ("system", "trên phần mềm này"),
];

/// The way a code names.
pub fn way_words(code: &str) -> &'static str {
    WAYS.iter().find(|(known, _)| *known == code).map_or("", |(_, words)| *words)
}

/// What the page posts, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dispatching {
    /// The recipient chosen; blank for another one.
    pub recipient: String,
    /// The other one.
    pub other: String,
    pub way: String,
    pub sent_on: String,
    pub sent_time: String,
    pub doc_number: String,
    pub doc_date: String,
    /// Who signed; blank for the leader who approved.
    pub capacity: String,
    pub title: String,
    pub name: String,
}

/// The same read: what will be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sent {
    recipient: String,
    way: &'static str,
    /// Local time.
    at: NaiveDateTime,
    doc_number: String,
    doc_date: Option<NaiveDate>,
    signed: Signed,
}

impl Dispatching {
    /// A form filled as it most often is: now.
    pub fn now(recipient: Option<&String>, moment: Moment) -> Dispatching {
        let local = to_local(moment.at);
        Dispatching {
            recipient: recipient.cloned().unwrap_or_default(),
            way: WAYS[0].0.to_owned(),
            sent_on: short_date(local.date()),
            sent_time: hour_code(local.time()),
            ..Dispatching::default()
        }
    }

    /// Reads it; `approved` is when the edition was approved (UTC).
    fn read(&self, approved: NaiveDateTime, moment: Moment) -> Result<Sent, Error> {
        let mut problems = Problems::default();
        let recipient = if self.recipient.is_empty() { &self.other } else { &self.recipient };
        if recipient.is_empty() {
            problems.add("recipient", "Chọn nơi nhận, hoặc nhập nơi nhận khác.");
        }
        problems.add_fault("other", LINE.fault("Nơi nhận", recipient));
        let way = WAYS.iter().find(|(code, _)| *code == self.way).map(|(code, _)| *code);
        if way.is_none() {
            problems.add("way", "Chọn cách gửi.");
        }
        let day = parse_date(&self.sent_on).map_err(|e| problems.add("sent_on", e.to_string())).ok();
        let hour = parse_hour(&self.sent_time);
        if hour.is_none() {
            problems.add("sent_time", "Nhập giờ gửi, ví dụ 16:30.");
        }
        let at = day.zip(hour).map(|(day, hour)| day.and_time(hour));
        if let Some(at) = at {
            untimely(at, to_local(approved), to_local(moment.at), &mut problems);
        }
        if self.doc_number.is_empty() && way != Some("system") {
            problems.add("doc_number", "Nhập số, ký hiệu của văn bản gửi kèm, ví dụ 125/BC-CAT.");
        }
        problems.add_fault("doc_number", SIGN.fault("Số, ký hiệu", &self.doc_number));
        problems.add_fault("capacity", LINE.fault("Quyền hạn ký", &self.capacity));
        problems.add_fault("title", LINE.fault("Chức vụ người ký", &self.title));
        problems.add_fault("name", LINE.fault("Họ và tên người ký", &self.name));
        let doc_date = match self.doc_date.as_str() {
            "" => None,
            typed => parse_date(typed).map_err(|e| problems.add("doc_date", e.to_string())).ok(),
        };
        if self.doc_date.is_empty() && way != Some("system") {
            problems.add("doc_date", "Nhập ngày của văn bản gửi kèm.");
        }
        if doc_date.zip(day).is_some_and(|(document, sent)| document > sent) {
            problems.add("doc_date", "Văn bản gửi kèm mang ngày sau ngày gửi. Kiểm tra lại hai ngày.");
        }
        match (way, at) {
            (Some(way), Some(at)) => problems.or(Sent {
                recipient: recipient.clone(),
                way,
                // Minutes are typed: what is sent in the minute of its approval is sent after it.
                at: at.max(to_local(approved)).min(to_local(moment.at)),
                doc_number: self.doc_number.clone(),
                doc_date,
                signed: Signed {
                    capacity: self.capacity.clone(),
                    title: self.title.clone(),
                    name: self.name.clone(),
                },
            }),
            _ => Err(Error::Invalid(problems)),
        }
    }
}

fn untimely(at: NaiveDateTime, approved: NaiveDateTime, now: NaiveDateTime, problems: &mut Problems) {
    let minute = |at: NaiveDateTime| {
        at.date().and_time(NaiveTime::from_hms_opt(at.hour(), at.minute(), 0).unwrap_or_default())
    };
    if at < minute(approved) {
        let message = format!("Bản tổng hợp được chốt lúc {}; không gửi được trước đó.", date_time(approved));
        problems.add("sent_on", message);
    }
    if at > now {
        problems.add("sent_on", "Thời điểm gửi chưa tới. Ghi nhận sau khi đã gửi.");
    }
}

/// The membership under which the actor records that this edition was sent.
///
/// # Errors
/// [`Error::Forbidden`], which says who may; [`Error::Refused`] before it is approved.
pub fn may_dispatch<'a>(actor: &'a Actor, row: &EditionRow) -> Result<&'a Membership, Error> {
    let membership = actor.for_unit(row.collector_id, Action::Consolidate);
    let membership = membership.ok_or_else(|| {
        Error::Forbidden("Chỉ đơn vị tổng hợp được ghi nhận việc gửi bản tổng hợp này.".to_owned())
    })?;
    if !row.is_approved() {
        return Err(Error::Refused("Bản tổng hợp chưa được lãnh đạo chốt nên chưa gửi được.".to_owned()));
    }
    Ok(membership)
}

/// Records that an edition was sent. Where it goes to the collector above, its consolidated report is filed with it,
/// in time or late by the hour it was sent.
///
/// # Errors
/// 404 outside the actor's scope; as [`may_dispatch`]; [`Error::Invalid`] with what is missing or cannot be read; as
/// [`file_edition::file`].
pub fn dispatch(
    conn: &mut Conn,
    actor: &Actor,
    id: EditionId,
    typed: &Dispatching,
    moment: Moment,
) -> Result<(), Error> {
    let (row, period, regime) = queries::edition(conn, &actor.scope(), id)?;
    let membership = may_dispatch(actor, &row)?;
    let mut sent = typed.read(row.approved_at.unwrap_or(moment.at), moment)?;
    let content = approve::read_content(conn, &row)?;
    sent.signed = completed(sent.signed, &content, &row);
    let above = queries::upper(conn, &row, &period)?;
    let taken = Moment { recorded: moment.recorded, ..Moment::local(sent.at) };
    let revision_id = match above.filter(|above| above.name == sent.recipient) {
        Some(above) => {
            let paper = Paper {
                number: sent.doc_number.clone(),
                date: TypedDay::of(sent.doc_date),
                capacity: sent.signed.capacity.clone(),
                title: sent.signed.title.clone(),
                name: sent.signed.name.clone(),
                ..Paper::default()
            };
            Some(file_edition::file(conn, actor, above.report, (row.id, row.number), paper, taken)?)
        }
        None if sent.way == "system" => {
            let mut problems = Problems::default();
            problems.add("way", "Nơi này không nhận báo cáo trên phần mềm. Chọn cách gửi khác.");
            return Err(Error::Invalid(problems));
        }
        None => None,
    };
    let new = Record { edition: id, revision_id, sent, taken };
    let kept = record(conn, actor, membership, &new, (&regime, &period, &row))?;
    if new.sent.doc_number.is_empty() {
        return Ok(());
    }
    let file = paper::write(&as_sent(content, &new.sent))?;
    Ok(queries::insert_dispatch_paper(conn, kept, &new.sent.signed, &file)?)
}

/// Who signed, as typed; where no name was, the leader who approved, by their title. A name alone has the lines of its
/// title where it is that leader's, a title alone those that follow from it (a deputy signs "KT.").
fn completed(mut typed: Signed, content: &EditionContent, row: &EditionRow) -> Signed {
    if typed.capacity.is_empty() && !typed.title.is_empty() {
        typed.capacity = paper::office(content, &typed.title).0;
    }
    let other = !typed.name.is_empty() && search_key(&typed.name) != search_key(&row.approved_by_name);
    if other || !typed.capacity.is_empty() || !typed.title.is_empty() {
        return typed;
    }
    proposed(content, row)
}

/// The leader who approved, with the lines over their name.
pub fn proposed(content: &EditionContent, row: &EditionRow) -> Signed {
    let (capacity, title) = paper::office(content, &row.approved_by_title);
    Signed { capacity, title, name: row.approved_by_name.clone() }
}

/// The frozen content with the number, day and signatory of a sending.
fn as_sent(mut content: EditionContent, sent: &Sent) -> EditionContent {
    let identity = &mut content.identity;
    identity.doc_number = Some(sent.doc_number.clone());
    identity.doc_date = sent.doc_date;
    identity.signatory = paper::signatory(&sent.signed.capacity, &sent.signed.title, &sent.signed.name);
    content
}

struct Record {
    edition: EditionId,
    revision_id: Option<RevisionId>,
    sent: Sent,
    taken: Moment,
}

fn record(
    conn: &mut Conn,
    actor: &Actor,
    membership: &Membership,
    new: &Record,
    (regime, period, row): (&Regime, &Period, &EditionRow),
) -> Result<DispatchId, Error> {
    let title = format!("{}, {}", membership.title, membership.unit_name);
    let kept = NewDispatch {
        edition_id: new.edition,
        recipient: &new.sent.recipient,
        revision_id: new.revision_id,
        way: new.sent.way,
        sent_at: new.taken.at,
        doc_number: &new.sent.doc_number,
        doc_date: new.sent.doc_date,
        membership_id: membership.id,
        recorder_name: &actor.full_name,
        recorder_title: &title,
        recorded_at: new.taken.recorded,
    };
    let id = queries::insert_dispatch(conn, &kept)?;
    if !queries::mark_sent(conn, new.edition)? {
        return Err(Error::Conflict("Bản tổng hợp vừa thay đổi. Mở lại trang để xem.".to_owned()));
    }
    let step = Step {
        action: "edition.dispatch",
        subject_kind: "edition",
        subject_id: Some(new.edition.0),
        subject_label: &format!("{}: {}, bản tổng hợp lần {}", regime.name, period.label, row.number),
        unit_id: Some(row.collector_id),
        before: Some(json!({ "status": row.status })),
        after: Some(json!({
            "status": "sent",
            "recipient": new.sent.recipient,
            "way": way_words(new.sent.way),
            "number": new.sent.doc_number,
            "date": new.sent.doc_date,
            "signatory": new.sent.signed.name,
        })),
    };
    audit::record(conn, &By::member(actor, membership), &step, new.taken.recorded)?;
    Ok(id)
}

/// Keeps that a consolidated report sent on its own page took its edition along.
///
/// # Errors
/// As [`dispatch`].
pub fn note_filed(
    conn: &mut Conn,
    actor: &Actor,
    id: EditionId,
    (recipient, revision_id): (&str, RevisionId),
    paper: &Paper,
    moment: Moment,
) -> Result<(), Error> {
    let (row, period, regime) = queries::any_edition(conn, id)?;
    let unit = actor.memberships.iter().find(|membership| membership.unit_id == row.collector_id);
    let membership = actor.for_unit(row.collector_id, Action::Consolidate).or(unit).ok_or(Error::NotFound)?;
    let sent = Sent {
        recipient: recipient.to_owned(),
        way: "system",
        at: to_local(moment.at),
        doc_number: paper.reference(),
        doc_date: paper.date.date,
        signed: Signed {
            capacity: paper.capacity.clone(),
            title: paper.title.clone(),
            name: paper.name.clone(),
        },
    };
    let new = Record { edition: id, revision_id: Some(revision_id), sent, taken: moment };
    record(conn, actor, membership, &new, (&regime, &period, &row))?;
    Ok(())
}

/// Strikes a record out: it stays to be read, and counts for nothing.
///
/// # Errors
/// 404 outside the actor's scope and for a record that is not there; as [`may_dispatch`]; [`Error::Invalid`] without a
/// reason; [`Error::Refused`] for one that filed a report; [`Error::Conflict`] for one struck out already.
pub fn strike(
    conn: &mut Conn,
    actor: &Actor,
    id: EditionId,
    number: DispatchId,
    reason: &str,
    moment: Moment,
) -> Result<(), Error> {
    let (row, period, regime) = queries::edition(conn, &actor.scope(), id)?;
    let all = queries::dispatches(conn, &[id])?;
    let found = all.iter().find(|dispatch| dispatch.id == number).ok_or(Error::NotFound)?;
    let membership = may_dispatch(actor, &row)?;
    if found.revision_id.is_some() {
        return Err(Error::Refused(
            "Lần gửi này đã đưa báo cáo tổng hợp lên nơi nhận trên phần mềm, không gạch bỏ được. Cần sửa thì lập bản \
             tổng hợp mới rồi gửi; nơi nhận sẽ có bản chỉnh lý."
                .to_owned(),
        ));
    }
    let reason = reason.trim();
    let mut problems = Problems::default();
    if reason.is_empty() {
        problems.add("reason", "Nhập lý do gạch bỏ; lý do được lưu cùng lần ghi.");
    }
    problems.add_fault("reason", PARAGRAPH.fault("Lý do", reason));
    problems.or(())?;
    let title = format!("{}, {}", membership.title, membership.unit_name);
    let new = NewStrike {
        dispatch_id: number,
        reason,
        membership_id: membership.id,
        striker_name: &actor.full_name,
        striker_title: &title,
        struck_at: moment.at,
    };
    if found.is_struck() || !queries::insert_strike(conn, &new)? {
        return Err(Error::Conflict("Lần ghi này đã được gạch bỏ. Mở lại trang để xem.".to_owned()));
    }
    let stands = all.iter().any(|other| other.id != number && !other.is_struck());
    if !stands {
        queries::mark_not_sent(conn, id)?;
    }
    let step = Step {
        action: "edition.strike_dispatch",
        subject_kind: "edition",
        subject_id: Some(id.0),
        subject_label: &format!("{}: {}, bản tổng hợp lần {}", regime.name, period.label, row.number),
        unit_id: Some(row.collector_id),
        before: Some(json!({ "status": row.status, "recipient": found.recipient })),
        after: Some(json!({ "status": if stands { "sent" } else { "approved" }, "reason": reason })),
    };
    audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?;
    Ok(())
}
