//! A revision: what was sent, as rows for the folding and as canonical bytes with their SHA-256 for the proof.
//! Written once; triggers forbid every change. The bytes hold all of it, evidence and confirmations included.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::behalf::Arrived;
use super::canonical::{self, Canonical};
use super::level::Lower;
use super::queries::TaskFacts;
use super::{Case, Content, Outline, Reading, TaskResult, TaskStatus, queries};
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
    let asked = new.outline.tasks.iter().map(|task| task.id).chain(new.content.tasks.keys().copied());
    let tasks = queries::task_facts(conn, asked.collect())?;
    let canonical = canonical(new, &uid, &sender_title, &tasks)?;
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

fn answered<'a>(
    new: &'a New<'_>,
) -> impl Iterator<Item = (&'a super::AskedIndicator, &'a super::Entry)> + use<'a> {
    new.outline.typed().filter_map(|asked| {
        let entry = new.content.entries.get(&asked.id)?;
        entry.reading.is_answer().then_some((asked, entry))
    })
}

/// What is hashed, from the same parts that become rows.
fn canonical(new: &New<'_>, uid: &str, sender_title: &str, tasks: &[TaskFacts]) -> Result<Vec<u8>, Error> {
    let content = new.content;
    let figures = answered(new).map(|(asked, entry)| canonical::Figure {
        as_typed: &entry.typed,
        counts: asked.counts,
        estimate: entry.estimate,
        exponent: asked.exponent,
        indicator: &asked.code,
        measure_unit: &asked.measure_unit,
        name: &asked.name,
        note: &entry.note,
        qualifier: entry.qualifier.code(),
        scale: asked.scale,
        value: entry.reading.value(),
    });
    let sections = new.outline.sections.iter().map(|section| canonical::Section {
        body: content.section(&section.code),
        code: &section.code,
        label: &section.label,
        title: &section.title,
    });
    let lists = new.outline.lists.iter().map(|list| {
        let rows = content.lists.get(&list.code).into_iter().flatten();
        let columns = list.columns.iter();
        canonical::List {
            columns: columns.map(|c| canonical::ListColumn { code: &c.code, title: &c.title }).collect(),
            list: &list.code,
            rows: rows.map(|row| list.settled(row)).collect(),
            title: &list.title,
        }
    });
    let tasks = told(new, tasks).map(|(task, result)| canonical::Task {
        body: &result.body,
        clause: &task.clause,
        plan: &task.plan,
        status: result.status.code(),
        task: &task.uid,
        text: &task.text,
    });
    let evidence = content.evidence.iter().map(|link| canonical::Link {
        platform: &link.platform,
        published_on: link.published.date,
        title: &link.title,
        url: &link.url,
    });
    let answers = new.outline.remarks.iter().map(|remark| {
        let answer = content.answers.get(&remark.id);
        canonical::Answer {
            answer: answer.map_or("", |answer| &answer.text),
            done: answer.is_some_and(|answer| answer.done),
            remark: &remark.uid,
        }
    });
    let files = content.files.iter().map(|file| canonical::File {
        name: &file.name,
        purpose: file.purpose.code(),
        sha256: &file.sha256,
        size: file.size,
    });
    let paper = &content.paper;
    Canonical {
        actual_to: content.actual_to.date,
        answers: answers.collect(),
        confirmed: &content.confirmed,
        days_late: new.days_late,
        due_on: new.due_on,
        due_time: new.due_time,
        edition: new
            .lower
            .map(|lower| canonical::LowerEdition { number: lower.number, sha256: &lower.sha256 }),
        evidence: evidence.collect(),
        figures: figures.collect(),
        files: files.collect(),
        form: canonical::FormVersion { code: &new.outline.form_code, version: new.outline.form_version },
        lists: lists.collect(),
        notes_on_blanks: queries::notes_on_blanks(content, new.outline),
        number: new.number,
        paper: canonical::SignedPaper {
            date: paper.date.date,
            number: &paper.number,
            signatory_capacity: &paper.capacity,
            signatory_name: &paper.name,
            signatory_title: &paper.title,
            symbol: &paper.symbol,
        },
        period: &new.case.period.code,
        regime: &new.case.regime.code,
        sections: sections.collect(),
        sender: canonical::Sender { name: new.sender_name, title: sender_title },
        sent_at: canonical::instant(new.sent_at),
        tasks: tasks.collect(),
        typed_in_from: new
            .arrived
            .map(|paper| canonical::ArrivedPaper { arrived_on: paper.on, number: &paper.number }),
        uid,
        unit: &new.case.unit.code,
    }
    .bytes()
}

/// What a task left blank says.
static NOTHING: TaskResult = TaskResult { status: TaskStatus::Unsaid, body: String::new() };

/// Every task asked about, those left blank included, so that who reads the revision sees that they were; and what was
/// written of tasks that are asked about no more. In the order of their plans.
fn told<'a>(
    new: &'a New<'_>,
    tasks: &'a [TaskFacts],
) -> impl Iterator<Item = (&'a TaskFacts, &'a TaskResult)> + use<'a> {
    tasks.iter().filter_map(|task| {
        let written = new.content.tasks.get(&task.id).filter(|result| !result.is_blank());
        let asked = new.outline.tasks.iter().any(|of| of.id == task.id);
        Some((task, written.or(asked.then_some(&NOTHING))?))
    })
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
