//! "Ghi nhận đã gửi": an approved edition went to somebody, by some way, at some hour, with a covering document. The report
//! as it went is written first and kept for good with the record; a record that was a mistake is struck out with its
//! reason. Where the recipient collects in this installation, the sending files the collector's own consolidated report
//! there.

use chrono::NaiveDateTime;
use serde_json::json;

use super::content::EditionContent;
use super::dispatching::Sent;
pub use super::dispatching::{Dispatching, WAYS, way_words};
use super::queries::{self, EditionFile, EditionRow, NewDispatch, NewStrike, Signed};
use super::signing::{self, Numbered};
use super::{approve, paper, replaced};
use crate::access::{Action, Actor, Membership};
use crate::audit::{self, By, Step};
use crate::calendar::{Moment, to_local};
use crate::db::Conn;
use crate::db::ids::{DispatchId, EditionId, RevisionId};
use crate::error::{Error, Problems};
use crate::periods::{Period, Regime};
use crate::reports::{Paper, TypedDay, file_edition};
use crate::vietnamese::limits::PARAGRAPH;

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

/// A sending as it was read, with the content of its edition, which nothing changes any more.
pub struct ToDispatch {
    edition: Known,
    sent: Sent,
    content: EditionContent,
}

/// The same with the report as it goes written.
pub struct ReadyToDispatch {
    edition: Known,
    sent: Sent,
    /// None where it went without a number of its own.
    paper: Option<EditionFile>,
}

/// The edition that was read: what its paper was written from.
struct Known {
    id: EditionId,
    sha256: String,
    approved_at: Option<NaiveDateTime>,
    /// What stands after the number of its paper.
    symbol: String,
}

/// Reads what was typed of a sending, and the edition it is of. Nine queries at most.
///
/// # Errors
/// 404 outside the actor's scope; as [`may_dispatch`]; [`Error::Invalid`] with what is missing or cannot be read, and for another
/// number than the edition has.
pub fn to_dispatch(
    conn: &mut Conn,
    actor: &Actor,
    id: EditionId,
    typed: &Dispatching,
    moment: Moment,
) -> Result<ToDispatch, Error> {
    let (row, ..) = queries::edition(conn, &actor.scope(), id)?;
    may_dispatch(actor, &row)?;
    let mut sent = typed.read(row.approved_at.unwrap_or(moment.at), moment)?;
    let mut content = approve::read_content(conn, &row)?;
    let symbol = content.paper.as_ref().map(|head| head.symbol.clone()).unwrap_or_default();
    sent.doc_number = signing::whole(&sent.doc_number, &symbol);
    one_number(conn, id, &sent, &symbol)?;
    replaced::refresh(conn, &row, &mut content)?;
    let by = (row.approved_by_name.as_str(), row.approved_by_title.as_str());
    let leader = signing::leader(conn, &content, row.collector_id, by)?;
    sent.signed = signing::completed(sent.signed, &content, &leader);
    let edition = Known { id, sha256: row.sha256, approved_at: row.approved_at, symbol };
    Ok(ToDispatch { edition, sent, content })
}

impl ToDispatch {
    /// Writes the report as it goes, where it goes under a number. No database here: this takes the longest, and nobody
    /// waits for it.
    ///
    /// # Errors
    /// [`Error::Internal`] when the file cannot be written.
    pub fn written(self) -> Result<ReadyToDispatch, Error> {
        let ToDispatch { edition, sent, content } = self;
        let paper = match sent.doc_number.is_empty() {
            true => None,
            false => Some(paper::write(&as_sent(content, &sent))?),
        };
        Ok(ReadyToDispatch { edition, sent, paper })
    }
}

/// Records that an edition was sent, and keeps the report that was written for it. Where it goes to the collector above, its
/// consolidated report is filed with it, in time or late by the hour it was sent. `moment` is that of [`to_dispatch`].
///
/// # Errors
/// As [`to_dispatch`]: what may have changed since is asked again, with the edition held; [`Error::Conflict`] when the edition is no longer what was
/// read; [`Error::Invalid`] for a way the recipient does not take; as [`file_edition::file`].
pub fn dispatch(conn: &mut Conn, actor: &Actor, ready: ReadyToDispatch, moment: Moment) -> Result<(), Error> {
    let ReadyToDispatch { edition, sent, paper } = ready;
    let (row, period, regime) = queries::edition(conn, &actor.scope(), edition.id)?;
    let membership = may_dispatch(actor, &row)?;
    if (row.sha256.as_str(), row.approved_at) != (edition.sha256.as_str(), edition.approved_at) {
        return Err(changed());
    }
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
    // After the report above, as where that is sent on its own page. Of two at once the second waits here, and then sees what the
    // first one was sent with.
    queries::claim_edition(conn, edition.id)?;
    one_number(conn, edition.id, &sent, &edition.symbol)?;
    let new = Record { edition: edition.id, revision_id, sent, taken };
    let kept = record(conn, actor, membership, &new, (&regime, &period, &row))?;
    match &paper {
        Some(file) => Ok(queries::insert_dispatch_paper(conn, kept, &new.sent.signed, file)?),
        None => Ok(()),
    }
}

fn changed() -> Error {
    Error::Conflict("Bản tổng hợp vừa thay đổi. Mở lại trang để xem.".to_owned())
}

/// Refuses another number than the edition has, unless it was said to be another document's. Two queries.
fn one_number(conn: &mut Conn, id: EditionId, sent: &Sent, symbol: &str) -> Result<(), Error> {
    if sent.another || sent.doc_number.is_empty() {
        return Ok(());
    }
    let approved = queries::approved_with(conn, id)?;
    let known = signing::known(&approved, &queries::dispatches(conn, &[id])?);
    let mut problems = Problems::default();
    problems.add_fault("another", signing::another(&known, &numbered(sent), symbol));
    problems.or(())
}

/// Number, day and signatory of a sending.
fn numbered(sent: &Sent) -> Numbered {
    Numbered { number: sent.doc_number.clone(), date: sent.doc_date, signed: sent.signed.clone() }
}

/// The frozen content with the number, day and signatory of a sending.
fn as_sent(mut content: EditionContent, sent: &Sent) -> EditionContent {
    numbered(sent).put(&mut content.identity);
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
        return Err(changed());
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
        another: true,
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
    queries::claim_edition(conn, id)?;
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
