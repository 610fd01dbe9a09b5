//! Number, date and signatory of the signed paper, entered after the report was sent: văn thư stamps a paper when it
//! leaves, and the revision cannot change. Each entry is a row of its own; the newest counts, the others stay.

use chrono::NaiveDate;
use diesel::result::{DatabaseErrorKind, Error as QueryError};
use serde_json::json;

use super::printed::Replaced;
use super::queries::{self, NewPaper};
use super::signed::{self, Signers};
use super::{Case, Paper, TypedDay, document, lengths};
use crate::access::{Action, Actor, Membership};
use crate::audit::{self, By};
use crate::calendar::{Moment, to_local};
use crate::db::Conn;
use crate::db::ids::{ReportId, RevisionId};
use crate::error::{Error, Problems};
use crate::vietnamese::limits::PARAGRAPH;

/// What the page posts.
#[derive(Debug, Clone, Default)]
pub struct Recording {
    /// Number of the revision the paper belongs to.
    pub revision: i32,
    /// How many entries the page showed.
    pub seen: i32,
    pub paper: Paper,
    /// Why it changes; owed once the report was received under another.
    pub reason: String,
}

/// The membership under which the actor may enter the paper of a report of their unit.
///
/// # Errors
/// [`Error::Forbidden`] for roles that do not send; [`Error::Refused`] where the regime has no paper.
pub fn may_record<'a>(actor: &'a Actor, case: &Case) -> Result<&'a Membership, Error> {
    // Whoever typed the report in: the paper is the unit's own.
    let membership = actor.for_unit(case.obligation.unit_id, Action::Send).ok_or_else(|| {
        Error::Forbidden("Chỉ lãnh đạo và cán bộ đầu mối của đơn vị được nhập số, ngày văn bản.".into())
    })?;
    if case.regime.paper_rule == "none" {
        return Err(Error::Refused("Chế độ báo cáo này không kèm văn bản đã ký.".into()));
    }
    Ok(membership)
}

/// Adds an entry about the paper of a sent revision, for its own unit.
///
/// # Errors
/// [`Error::Invalid`] with what is missing or cannot be read; [`Error::Refused`] when nothing would change;
/// [`Error::Conflict`] when somebody entered another one meanwhile; 404 outside the unit and for a revision never sent.
pub fn record_paper(
    conn: &mut Conn,
    actor: &Actor,
    id: ReportId,
    recording: &Recording,
    moment: Moment,
) -> Result<(), Error> {
    let scope = actor.scope();
    let case = queries::find(conn, &scope, id)?;
    if !case.is_own(&scope) {
        return Err(Error::NotFound);
    }
    let revision = queries::revision_id(conn, id, recording.revision)?.ok_or(Error::NotFound)?;
    let membership = may_record(actor, &case)?;
    let mut paper = recording.paper.clone();
    let sent = queries::sent(conn, revision)?;
    Signers::of(conn, &case, to_local(sent.row.sent_at).date())?.complete(&mut paper);
    let why = recording.reason.trim();
    let received = case.report.received_revision_id == Some(revision);
    let problems = against_others(conn, &case, (revision, recording.revision), &paper)?;
    let why_owed = (received && !sent.content.paper.is_to_come()).then_some(why);
    let date = sound(&paper, why_owed, moment.today, problems)?;
    // One spelling of the day, so that 9/6/2025 and 09/6/2025 are the same paper.
    let paper = &Paper { date: TypedDay::of(Some(date)), ..paper };
    let last = sent.papers.last().map_or(0, |row| row.number);
    if last != recording.seen {
        return Err(faster());
    }
    if sent.content.paper == *paper {
        return Err(Error::Refused("Số, ngày và người ký không thay đổi so với lần nhập trước.".into()));
    }
    let title = format!("{}, {}", membership.title, membership.unit_name);
    let new = NewPaper {
        revision_id: revision,
        number: last + 1,
        doc_number: &paper.number,
        doc_symbol: &paper.symbol,
        doc_date: date,
        signatory_capacity: &paper.capacity,
        signatory_title: &paper.title,
        signatory_name: &paper.name,
        membership_id: membership.id,
        recorder_name: &actor.full_name,
        recorder_title: &title,
        recorded_at: moment.at,
        reason: why,
    };
    match queries::append(conn, &new) {
        Err(QueryError::DatabaseError(DatabaseErrorKind::UniqueViolation, _)) => return Err(faster()),
        other => other?,
    }
    let facts = |paper: &Paper| {
        json!({
            "revision": recording.revision,
            "number": paper.number,
            "symbol": paper.symbol,
            "date": paper.date.date,
            "signatory_capacity": paper.capacity,
            "signatory_title": paper.title,
            "signatory_name": paper.name,
        })
    };
    let mut after = facts(paper);
    after["reason"] = json!(why);
    let step = audit::Step {
        action: "report.paper",
        subject_kind: "report",
        subject_id: Some(id.0),
        subject_label: &case.label(),
        unit_id: Some(case.obligation.unit_id),
        before: Some(facts(&sent.content.paper)),
        after: Some(after),
    };
    audit::record(conn, &By::member(actor, membership), &step, moment.recorded)?;
    Ok(())
}

/// What is wrong with the day of a paper beside those of the sendings before it, and where it came as a paper, beside the day of its
/// arrival. At most nine queries, and one for each earlier sending.
fn against_others(
    conn: &mut Conn,
    case: &Case,
    (revision, number): (RevisionId, i32),
    paper: &Paper,
) -> Result<Problems, Error> {
    let mut problems = Problems::default();
    let before = document::replaced_by(conn, case, number)?;
    // Numbers of one day may have been mixed up in what was entered first: those are mended here.
    if let Some((field, words)) = Replaced::out_of_order(&before, paper).filter(|(at, _)| *at == "doc_date") {
        problems.add(field, words);
    }
    // The paper behind a unit's own file may have been signed after the file came.
    let typed = queries::typed_in(conn, &[revision])?.remove(&revision);
    if let Some(typed) = typed.filter(|typed| typed.from_table.is_none() && !typed.from_file) {
        problems.add_fault("doc_date", typed.paper.before_its_day(paper));
    }
    Ok(problems)
}

/// The day of a paper that has everything it needs and nothing against it; `why` is what was said where a reason is owed.
fn sound(
    paper: &Paper,
    why: Option<&str>,
    today: NaiveDate,
    mut problems: Problems,
) -> Result<NaiveDate, Error> {
    paper.lacking(&mut problems);
    signed::office_is_missing(paper, false, &mut problems);
    if let Some(why) = why {
        if why.is_empty() {
            let message = "Báo cáo đã tiếp nhận theo văn bản trước: nhập lý do sửa số, ngày hoặc người ký.";
            problems.add("reason", message);
        }
        problems.add_fault("reason", PARAGRAPH.fault("Lý do", why));
    }
    lengths::of_paper(paper, &mut problems);
    if let Some(message) = paper.date.problem() {
        problems.add("doc_date", message);
    }
    if paper.date.date.is_some_and(|day| day > today) {
        problems.add("doc_date", "Ngày của văn bản không được sau hôm nay.");
    }
    problems.or(())?;
    paper.date.date.ok_or_else(|| Error::Internal("a readable day has no date".into()))
}

fn faster() -> Error {
    Error::Conflict(
        "Người khác vừa nhập số, ngày của văn bản này. Mở lại báo cáo để xem rồi nhập tiếp nếu cần.".into(),
    )
}
