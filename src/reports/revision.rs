//! A revision: what was sent, as rows for the folding and as canonical bytes with their SHA-256 for the proof.
//! Written once; triggers forbid every change. The bytes hold all of it, evidence and confirmations included.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::behalf::Arrived;
use super::level::Lower;
use super::proof::{answered, proof, told};
use super::queries::TaskFacts;
use super::{Case, Content, Outline, Reading, queries};
use crate::access::Membership;
use crate::attachments;
use crate::audit::sha256_hex;
use crate::db::Conn;
use crate::db::ids::{FormId, IndicatorId, MembershipId, ReportId, RevisionId, TaskId};
use crate::db::schema::{
    revision_figures, revision_rows, revision_sections, revision_task_results, revisions,
};
use crate::error::Error;
use crate::on_each;
use crate::vietnamese::Qualifier;

/// What is needed to write a revision. Checked before: nothing in it may be unreadable.
#[derive(Debug)]
pub struct New<'a> {
    pub case: &'a Case,
    pub outline: &'a Outline,
    pub content: &'a Content,
    /// 1 for the first sending.
    pub number: i32,
    /// The last day in time it is measured against.
    pub due_on: Option<NaiveDate>,
    /// The hour of that day, "HH:MM"; none: until its end.
    pub due_time: Option<&'a str>,
    pub days_late: i32,
    pub sender: &'a Membership,
    pub sender_name: &'a str,
    /// UTC.
    pub sent_at: NaiveDateTime,
    /// The paper it was typed in from by the collector.
    pub arrived: Option<&'a Arrived>,
    /// The edition a consolidated report took its figures from.
    pub lower: Option<&'a Lower>,
}

#[derive(Insertable)]
#[diesel(table_name = revisions, treat_none_as_default_value = false)]
struct Row<'a> {
    uid: &'a str,
    report_id: ReportId,
    number: i32,
    form_id: FormId,
    actual_to: Option<NaiveDate>,
    doc_number: &'a str,
    doc_symbol: &'a str,
    doc_date: Option<NaiveDate>,
    signatory_capacity: &'a str,
    signatory_title: &'a str,
    signatory_name: &'a str,
    sent_at: NaiveDateTime,
    sent_by: MembershipId,
    sender_name: &'a str,
    sender_title: &'a str,
    due_on: Option<NaiveDate>,
    due_time: Option<&'a str>,
    days_late: i32,
    canonical: &'a [u8],
    sha256: &'a str,
}

#[derive(Insertable)]
#[diesel(table_name = revision_figures, treat_none_as_default_value = false)]
struct FigureRow<'a> {
    revision_id: RevisionId,
    indicator_id: IndicatorId,
    state: &'static str,
    value: Option<i64>,
    counts: bool,
    estimate: bool,
    qualifier: &'static str,
    note: &'a str,
    as_typed: &'a str,
}

#[derive(Insertable)]
#[diesel(table_name = revision_sections)]
struct SectionRow<'a> {
    revision_id: RevisionId,
    section_code: &'a str,
    position: i32,
    label: &'a str,
    title: &'a str,
    body: &'a str,
}

#[derive(Insertable)]
#[diesel(table_name = revision_rows)]
struct ListRow<'a> {
    revision_id: RevisionId,
    list_code: &'a str,
    position: i32,
    cells_json: String,
}

#[derive(Insertable)]
#[diesel(table_name = revision_task_results)]
struct TaskRow<'a> {
    revision_id: RevisionId,
    task_id: TaskId,
    position: i32,
    plan: &'a str,
    clause: &'a str,
    text: &'a str,
    status: &'static str,
    body: &'a str,
}

/// Writes the revision with all its parts and gives back its id. Call it inside the step's own transaction.
///
/// # Errors
/// The queries' own; [`Error::Internal`] when the content cannot be written as JSON.
pub fn write(conn: &mut Conn, new: &New<'_>) -> Result<RevisionId, Error> {
    let uid = uuid::Uuid::now_v7().to_string();
    let sender_title = format!("{}, {}", new.sender.title, new.sender.unit_name);
    let tasks = queries::task_facts(conn, new.outline.tasks.iter().map(|task| task.id).collect())?;
    let canonical = proof(new, &uid, &sender_title, &tasks)?;
    let sha256 = sha256_hex(&canonical);
    let content = new.content;
    let row = Row {
        uid: &uid,
        report_id: new.case.report.id,
        number: new.number,
        form_id: new.outline.form_id,
        actual_to: content.actual_to.date,
        doc_number: &content.paper.number,
        doc_symbol: &content.paper.symbol,
        doc_date: content.paper.date.date,
        signatory_capacity: &content.paper.capacity,
        signatory_title: &content.paper.title,
        signatory_name: &content.paper.name,
        sent_at: new.sent_at,
        sent_by: new.sender.id,
        sender_name: new.sender_name,
        sender_title: &sender_title,
        due_on: new.due_on,
        due_time: new.due_time,
        days_late: new.days_late,
        canonical: &canonical,
        sha256: &sha256,
    };
    let id: RevisionId = on_each!(conn, |c| diesel::insert_into(revisions::table)
        .values(&row)
        .returning(revisions::id)
        .get_result(c))?;
    write_parts(conn, id, new, &tasks)?;
    Ok(id)
}

fn write_parts(
    conn: &mut Conn,
    revision_id: RevisionId,
    new: &New<'_>,
    tasks: &[TaskFacts],
) -> Result<(), Error> {
    let figures: Vec<FigureRow<'_>> = answered(new)
        .map(|(asked, entry)| FigureRow {
            revision_id,
            indicator_id: asked.id,
            state: if entry.reading == Reading::NotApplicable { "not_applicable" } else { "value" },
            value: entry.reading.value(),
            counts: asked.counts,
            estimate: entry.estimate,
            qualifier: entry.qualifier.code(),
            note: &entry.note,
            as_typed: &entry.typed,
        })
        .collect();
    let sections: Vec<SectionRow<'_>> = new
        .outline
        .sections
        .iter()
        .zip(1..)
        .map(|(section, position)| SectionRow {
            revision_id,
            section_code: &section.code,
            position,
            label: &section.label,
            title: &section.title,
            body: new.content.section(&section.code),
        })
        .collect();
    let mut rows = Vec::new();
    for list in &new.outline.lists {
        for (row, position) in new.content.lists.get(&list.code).into_iter().flatten().zip(1..) {
            let cells_json = queries::to_json(&list.settled(row))?;
            rows.push(ListRow { revision_id, list_code: &list.code, position, cells_json });
        }
    }
    let tasks: Vec<TaskRow<'_>> = told(new, tasks)
        .zip(1..)
        .map(|((task, result), position)| TaskRow {
            revision_id,
            task_id: task.id,
            position,
            plan: &task.plan,
            clause: &task.clause,
            text: &task.text,
            status: result.status.code(),
            body: &result.body,
        })
        .collect();
    on_each!(conn, |c| {
        diesel::insert_into(revision_figures::table).values(&figures).execute(c)?;
        diesel::insert_into(revision_sections::table).values(&sections).execute(c)?;
        diesel::insert_into(revision_rows::table).values(&rows).execute(c)?;
        diesel::insert_into(revision_task_results::table).values(&tasks).execute(c)?;
    });
    attachments::queries::name_in_revision(conn, revision_id, &new.content.files)?;
    Ok(queries::write_answers(conn, revision_id, new.outline, new.content)?)
}

/// The number of the confirmation a sender gets, "0007/2025": unique in one installation.
pub fn confirmation_number(id: RevisionId, sent_on: NaiveDate) -> String {
    use chrono::Datelike;
    format!("{:04}/{}", id.0, sent_on.year())
}

/// The level a stored code names; an unknown one is exact.
pub(super) fn qualifier(code: &str) -> Qualifier {
    Qualifier::from_code(code).unwrap_or_default()
}
