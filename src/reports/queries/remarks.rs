//! Remarks and answers: the collector's unsent ones, those issued on a revision, what a draft and a sent correction say
//! to them. Whoever may see them is asked by the verbs and pages.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::super::{Answer, Case, Content, DraftRemark, Outline, Place, Remark};
use crate::db::Conn;
use crate::db::ids::{DraftRemarkId, MembershipId, RemarkId, ReportId, RevisionId};
use crate::db::schema::{
    draft_remark_answers, draft_remarks, memberships, people, remarks, revision_remark_answers, revisions,
};
use crate::on_each;

/// Who writes a remark, and when (UTC).
#[derive(Debug, Clone, Copy)]
pub struct Author {
    pub membership: MembershipId,
    pub at: NaiveDateTime,
}

/// A stored place; one that cannot be read is the whole report's, so that no remark is lost.
fn place(code: &str) -> Place {
    Place::from_code(code).unwrap_or(Place::Whole)
}

type DraftRow = (DraftRemarkId, String, String, i32, String, String);

macro_rules! drafts_of {
    ($report:expr) => {
        draft_remarks::table
            .inner_join(memberships::table.inner_join(people::table))
            .filter(draft_remarks::report_id.eq($report))
            .select((
                draft_remarks::id,
                draft_remarks::place,
                draft_remarks::body,
                draft_remarks::version,
                people::full_name,
                memberships::title,
            ))
    };
}

fn draft_of(row: DraftRow) -> DraftRemark {
    let (id, code, body, version, author_name, author_title) = row;
    DraftRemark { id, place: place(&code), body, author_name, author_title, version }
}

/// The collector's unsent remarks on a report, in the order they were written. One query.
///
/// # Errors
/// The query's own.
pub fn draft_remarks(conn: &mut Conn, report: ReportId) -> QueryResult<Vec<DraftRemark>> {
    let rows: Vec<DraftRow> = drafts_of!(report).order(draft_remarks::id).load(conn)?;
    Ok(rows.into_iter().map(draft_of).collect())
}

/// One of them. One query.
///
/// # Errors
/// `NotFound` for one of another report too.
pub fn draft_remark(conn: &mut Conn, report: ReportId, id: DraftRemarkId) -> QueryResult<DraftRemark> {
    let row: DraftRow = drafts_of!(report).filter(draft_remarks::id.eq(id)).first(conn)?;
    Ok(draft_of(row))
}

/// Writes a new unsent remark.
///
/// # Errors
/// The query's own.
pub(in crate::reports) fn write_draft(
    conn: &mut Conn,
    report: ReportId,
    place: &Place,
    body: &str,
    author: Author,
) -> QueryResult<()> {
    diesel::insert_into(draft_remarks::table)
        .values((
            draft_remarks::report_id.eq(report),
            draft_remarks::place.eq(place.code()),
            draft_remarks::body.eq(body),
            draft_remarks::written_by.eq(author.membership),
            draft_remarks::written_at.eq(author.at),
        ))
        .execute(conn)
        .map(|_| ())
}

/// Changes an unsent remark at the version seen; false when somebody was faster.
///
/// # Errors
/// The query's own.
pub(in crate::reports) fn save_draft(
    conn: &mut Conn,
    seen: &DraftRemark,
    place: &Place,
    body: &str,
    author: Author,
) -> QueryResult<bool> {
    let guarded = draft_remarks::table
        .filter(draft_remarks::id.eq(seen.id))
        .filter(draft_remarks::version.eq(seen.version));
    diesel::update(guarded)
        .set((
            draft_remarks::place.eq(place.code()),
            draft_remarks::body.eq(body),
            draft_remarks::written_by.eq(author.membership),
            draft_remarks::written_at.eq(author.at),
            draft_remarks::version.eq(seen.version + 1),
        ))
        .execute(conn)
        .map(|changed| changed == 1)
}

/// Removes an unsent remark at the version seen; false when somebody was faster.
///
/// # Errors
/// The query's own.
pub(in crate::reports) fn remove_draft(conn: &mut Conn, seen: &DraftRemark) -> QueryResult<bool> {
    let guarded = draft_remarks::table
        .filter(draft_remarks::id.eq(seen.id))
        .filter(draft_remarks::version.eq(seen.version));
    diesel::delete(guarded).execute(conn).map(|removed| removed == 1)
}

#[derive(Insertable)]
#[diesel(table_name = remarks)]
struct NewRemark {
    uid: String,
    revision_id: RevisionId,
    place: String,
    body: String,
    written_by: MembershipId,
    author_name: String,
    author_title: String,
    issued_at: NaiveDateTime,
}

/// Moves the unsent remarks on a report to the issued ones on `revision`; gives back their places and texts.
///
/// # Errors
/// The queries' own.
pub(in crate::reports) fn issue(
    conn: &mut Conn,
    report: ReportId,
    revision: RevisionId,
    at: NaiveDateTime,
) -> QueryResult<Vec<(String, String)>> {
    type Row = (String, String, MembershipId, String, String);
    let rows: Vec<Row> = draft_remarks::table
        .inner_join(memberships::table.inner_join(people::table))
        .filter(draft_remarks::report_id.eq(report))
        .order(draft_remarks::id)
        .select((
            draft_remarks::place,
            draft_remarks::body,
            draft_remarks::written_by,
            people::full_name,
            memberships::title,
        ))
        .load(conn)?;
    let said: Vec<(String, String)> =
        rows.iter().map(|(place, body, ..)| (place.clone(), body.clone())).collect();
    let issued: Vec<NewRemark> = rows
        .into_iter()
        .map(|(place, body, written_by, author_name, author_title)| NewRemark {
            uid: uuid::Uuid::now_v7().to_string(),
            revision_id: revision,
            place,
            body,
            written_by,
            author_name,
            author_title,
            issued_at: at,
        })
        .collect();
    on_each!(conn, |c| diesel::insert_into(remarks::table).values(&issued).execute(c))?;
    diesel::delete(draft_remarks::table.filter(draft_remarks::report_id.eq(report))).execute(conn)?;
    Ok(said)
}

type IssuedRow = (RemarkId, String, String, String, String, String, NaiveDateTime);

const ISSUED: (
    remarks::id,
    remarks::uid,
    remarks::place,
    remarks::body,
    remarks::author_name,
    remarks::author_title,
    remarks::issued_at,
) = (
    remarks::id,
    remarks::uid,
    remarks::place,
    remarks::body,
    remarks::author_name,
    remarks::author_title,
    remarks::issued_at,
);

fn issued_of(row: IssuedRow) -> Remark {
    let (id, uid, code, body, author_name, author_title, issued_at) = row;
    Remark { id, uid, place: place(&code), body, author_name, author_title, issued_at }
}

/// The remarks issued on a revision, in the order they were written. One query.
///
/// # Errors
/// The query's own.
pub fn issued(conn: &mut Conn, revision: RevisionId) -> QueryResult<Vec<Remark>> {
    let rows: Vec<IssuedRow> = remarks::table
        .filter(remarks::revision_id.eq(revision))
        .order(remarks::id)
        .select(ISSUED)
        .load(conn)?;
    Ok(rows.into_iter().map(issued_of).collect())
}

/// The remarks a correction is to answer: those issued on the last revision. One query.
pub(super) fn to_answer(conn: &mut Conn, case: &Case) -> QueryResult<Vec<Remark>> {
    let rows: Vec<IssuedRow> = remarks::table
        .inner_join(revisions::table)
        .filter(revisions::report_id.eq(case.report.id))
        .filter(revisions::number.eq(case.report.last_revision))
        .order(remarks::id)
        .select(ISSUED)
        .load(conn)?;
    Ok(rows.into_iter().map(issued_of).collect())
}

/// The remarks a sent correction answered, with its answers. One query.
pub(super) fn answered(
    conn: &mut Conn,
    revision: RevisionId,
) -> QueryResult<(Vec<Remark>, BTreeMap<RemarkId, Answer>)> {
    let rows: Vec<(IssuedRow, bool, String)> = revision_remark_answers::table
        .inner_join(remarks::table)
        .filter(revision_remark_answers::revision_id.eq(revision))
        .order(remarks::id)
        .select((ISSUED, revision_remark_answers::done, revision_remark_answers::answer))
        .load(conn)?;
    let answers = rows.iter().map(|(row, done, text)| (row.0, Answer { done: *done, text: text.clone() }));
    let answers = answers.collect();
    Ok((rows.into_iter().map(|(row, ..)| issued_of(row)).collect(), answers))
}

/// What a draft says to the remarks it is asked to answer. One query, none where there are no remarks.
pub(super) fn draft_answers(
    conn: &mut Conn,
    report: ReportId,
    outline: &Outline,
) -> QueryResult<BTreeMap<RemarkId, Answer>> {
    if outline.remarks.is_empty() {
        return Ok(BTreeMap::new());
    }
    let ids: Vec<RemarkId> = outline.remarks.iter().map(|remark| remark.id).collect();
    let rows: Vec<(RemarkId, bool, String)> = draft_remark_answers::table
        .filter(draft_remark_answers::report_id.eq(report))
        .filter(draft_remark_answers::remark_id.eq_any(ids))
        .select((draft_remark_answers::remark_id, draft_remark_answers::done, draft_remark_answers::answer))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, done, text)| (id, Answer { done, text })).collect())
}

#[derive(Insertable)]
#[diesel(table_name = draft_remark_answers)]
struct DraftAnswerRow<'a> {
    report_id: ReportId,
    remark_id: RemarkId,
    done: bool,
    answer: &'a str,
}

/// Puts the answers of a content in the place of what the draft held.
pub(super) fn replace_draft_answers(
    conn: &mut Conn,
    report_id: ReportId,
    outline: &Outline,
    content: &Content,
) -> QueryResult<()> {
    diesel::delete(draft_remark_answers::table.filter(draft_remark_answers::report_id.eq(report_id)))
        .execute(conn)?;
    let rows: Vec<DraftAnswerRow<'_>> = outline
        .remarks
        .iter()
        .filter_map(|remark| Some((remark.id, content.answers.get(&remark.id)?)))
        .map(|(remark_id, answer)| DraftAnswerRow {
            report_id,
            remark_id,
            done: answer.done,
            answer: &answer.text,
        })
        .collect();
    on_each!(conn, |c| diesel::insert_into(draft_remark_answers::table).values(&rows).execute(c))?;
    Ok(())
}

#[derive(Insertable)]
#[diesel(table_name = revision_remark_answers)]
struct AnswerRow<'a> {
    revision_id: RevisionId,
    remark_id: RemarkId,
    done: bool,
    answer: &'a str,
}

/// Keeps what a correction says to every remark it was to answer, for good.
///
/// # Errors
/// The query's own.
pub(in crate::reports) fn write_answers(
    conn: &mut Conn,
    revision_id: RevisionId,
    outline: &Outline,
    content: &Content,
) -> QueryResult<()> {
    let silent = Answer::default();
    let rows: Vec<AnswerRow<'_>> = outline
        .remarks
        .iter()
        .map(|remark| (remark.id, content.answers.get(&remark.id).unwrap_or(&silent)))
        .map(|(remark_id, answer)| AnswerRow {
            revision_id,
            remark_id,
            done: answer.done,
            answer: &answer.text,
        })
        .collect();
    on_each!(conn, |c| diesel::insert_into(revision_remark_answers::table).values(&rows).execute(c))?;
    Ok(())
}
