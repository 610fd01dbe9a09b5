//! The rows of a draft: read whole, written whole. What fits no column (a day that could not be read, a link
//! without an address, the note on a blank line) is kept in `drafts.rest_json`, so that nothing typed is lost.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::super::draft::{Draft, LastSave};
use super::super::{
    Case, Content, Entry, Evidence, Outline, Paper, Reading, TaskResult, TaskStatus, TypedDay, TypedReach,
    read, revision,
};
use super::links::{claimed, replace_links};
use super::{from_json, to_json};
use crate::attachments;
use crate::db::Conn;
use crate::db::ids::{IndicatorId, ReportId, TaskId};
use crate::db::schema::{
    draft_figures, draft_rows, draft_sections, draft_task_results, drafts, memberships, people,
};
use crate::evidence::Platform;
use crate::on_each;
use crate::vietnamese::Level;

/// What fits no column of the draft.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Rest {
    actual_to: String,
    doc_date: String,
    evidence: Vec<RestLink>,
    notes: BTreeMap<String, String>,
    confirmed: BTreeSet<String>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct RestLink {
    title: String,
    url: String,
    platform: String,
    published: String,
    reach: String,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = drafts)]
struct Head {
    version: i32,
    actual_to: Option<NaiveDate>,
    doc_number: String,
    doc_symbol: String,
    doc_date: Option<NaiveDate>,
    signatory_capacity: String,
    signatory_title: String,
    signatory_name: String,
    rest_json: String,
    saved_at: NaiveDateTime,
}

/// The saved draft; none before the first save. Seven queries.
///
/// # Errors
/// The queries' own, or JSON that cannot be read.
pub(in crate::reports) fn draft(
    conn: &mut Conn,
    id: ReportId,
    outline: &Outline,
) -> QueryResult<Option<Draft>> {
    let head: Option<(Head, String)> = drafts::table
        .inner_join(memberships::table.inner_join(people::table))
        .filter(drafts::report_id.eq(id))
        .select((Head::as_select(), people::full_name))
        .first(conn)
        .optional()?;
    let Some((head, name)) = head else { return Ok(None) };
    let rest: Rest = from_json(&head.rest_json)?;
    let mut content = Content {
        actual_to: day(head.actual_to, &rest.actual_to),
        paper: Paper {
            number: head.doc_number,
            symbol: head.doc_symbol,
            date: day(head.doc_date, &rest.doc_date),
            capacity: head.signatory_capacity,
            title: head.signatory_title,
            name: head.signatory_name,
        },
        confirmed: rest.confirmed,
        answers: super::remarks::draft_answers(conn, id, outline)?,
        evidence: claimed(conn, id)?.into_iter().map(|(_, _, link)| link).collect(),
        files: attachments::queries::of_draft(conn, id)?,
        ..Content::default()
    };
    content.evidence.extend(rest.evidence.into_iter().map(|link| Evidence {
        title: link.title,
        url: link.url,
        platform: Platform::spelt(link.platform),
        published: TypedDay::read(&link.published),
        reach: TypedReach::read(&link.reach),
    }));
    content.entries = entries(conn, id, outline)?;
    for asked in outline.typed() {
        if let Some(note) = rest.notes.get(&asked.code) {
            content.entries.entry(asked.id).or_default().note.clone_from(note);
        }
    }
    content.sections = draft_sections::table
        .filter(draft_sections::report_id.eq(id))
        .select((draft_sections::section_code, draft_sections::body))
        .load::<(String, String)>(conn)?
        .into_iter()
        .collect();
    for (list, cells) in draft_rows::table
        .filter(draft_rows::report_id.eq(id))
        .order((draft_rows::list_code, draft_rows::position))
        .select((draft_rows::list_code, draft_rows::cells_json))
        .load::<(String, String)>(conn)?
    {
        content.lists.entry(list).or_default().push(from_json(&cells)?);
    }
    content.tasks = draft_task_results::table
        .filter(draft_task_results::report_id.eq(id))
        .select((draft_task_results::task_id, draft_task_results::status, draft_task_results::body))
        .load::<(TaskId, String, String)>(conn)?
        .into_iter()
        .map(|(task, status, body)| (task, TaskResult { status: TaskStatus::from_code(&status), body }))
        .collect();
    Ok(Some(Draft { version: head.version, saved: Some(LastSave { name, at: head.saved_at }), content }))
}

fn day(stored: Option<NaiveDate>, typed: &str) -> TypedDay {
    if stored.is_some() { TypedDay::of(stored) } else { TypedDay::read(typed) }
}

fn entries(conn: &mut Conn, id: ReportId, outline: &Outline) -> QueryResult<BTreeMap<IndicatorId, Entry>> {
    type Row = (IndicatorId, String, Option<i64>, bool, String, String, String);
    let rows: Vec<Row> = draft_figures::table
        .filter(draft_figures::report_id.eq(id))
        .select((
            draft_figures::indicator_id,
            draft_figures::state,
            draft_figures::value,
            draft_figures::estimate,
            draft_figures::qualifier,
            draft_figures::note,
            draft_figures::as_typed,
        ))
        .load(conn)?;
    let mut entries = BTreeMap::new();
    for (indicator, state, value, estimate, qualifier, note, typed) in rows {
        let Some(asked) = outline.indicator(indicator) else { continue };
        let qualifier = revision::qualifier(&qualifier);
        // Read again for what is not stored: the message of a refusal, the doubt about a separator.
        let again = read(&typed, Level { estimate, qualifier }, &note, asked);
        let reading = match (state.as_str(), value) {
            ("value", Some(value)) => Reading::Value(value),
            ("not_applicable", _) => Reading::NotApplicable,
            _ => again.reading,
        };
        let ambiguous = again.ambiguous;
        entries.insert(indicator, Entry { typed, reading, estimate, qualifier, note, ambiguous });
    }
    Ok(entries)
}

/// Notes on lines without a figure, by indicator code.
pub(in crate::reports) fn notes_on_blanks(content: &Content, outline: &Outline) -> BTreeMap<String, String> {
    let noted = |asked: &super::super::AskedIndicator| {
        let entry = content.entries.get(&asked.id)?;
        (entry.reading == Reading::Blank && !entry.note.is_empty())
            .then(|| (asked.code.clone(), entry.note.clone()))
    };
    outline.typed().filter_map(noted).collect()
}

/// Writes the single-valued fields of a draft that has its row.
///
/// # Errors
/// The query's own.
pub(in crate::reports) fn set_draft_fields(
    conn: &mut Conn,
    id: ReportId,
    content: &Content,
    outline: &Outline,
) -> QueryResult<()> {
    let unread = |day: &TypedDay| if day.date.is_none() { day.typed.clone() } else { String::new() };
    let rest = Rest {
        actual_to: unread(&content.actual_to),
        doc_date: unread(&content.paper.date),
        evidence: content
            .evidence
            .iter()
            .filter(|link| !link.is_sound())
            .map(|link| RestLink {
                title: link.title.clone(),
                url: link.url.clone(),
                platform: link.platform.clone(),
                published: link.published.typed.clone(),
                reach: link.reach.typed.clone(),
            })
            .collect(),
        notes: notes_on_blanks(content, outline),
        confirmed: content.confirmed.clone(),
    };
    diesel::update(drafts::table.find(id))
        .set((
            drafts::actual_to.eq(content.actual_to.date),
            drafts::doc_number.eq(&content.paper.number),
            drafts::doc_symbol.eq(&content.paper.symbol),
            drafts::doc_date.eq(content.paper.date.date),
            drafts::signatory_capacity.eq(&content.paper.capacity),
            drafts::signatory_title.eq(&content.paper.title),
            drafts::signatory_name.eq(&content.paper.name),
            drafts::rest_json.eq(to_json(&rest)?),
        ))
        .execute(conn)
        .map(|_| ())
}

/// Forgets number, day and signatory of a draft that was sent: a correction goes out under a paper of its own. The
/// symbol stays the unit's. One query.
///
/// # Errors
/// The query's own.
pub(in crate::reports) fn forget_paper(conn: &mut Conn, id: ReportId) -> QueryResult<()> {
    diesel::update(drafts::table.find(id))
        .set((
            drafts::doc_number.eq(""),
            drafts::doc_date.eq(None::<NaiveDate>),
            drafts::signatory_capacity.eq(""),
            drafts::signatory_title.eq(""),
            drafts::signatory_name.eq(""),
        ))
        .execute(conn)
        .map(|_| ())
}

#[derive(Insertable)]
#[diesel(table_name = draft_figures, treat_none_as_default_value = false)]
struct FigureRow<'a> {
    report_id: ReportId,
    indicator_id: IndicatorId,
    state: &'static str,
    value: Option<i64>,
    estimate: bool,
    qualifier: &'static str,
    note: &'a str,
    as_typed: &'a str,
}

#[derive(Insertable)]
#[diesel(table_name = draft_sections)]
struct SectionRow<'a> {
    report_id: ReportId,
    section_code: &'a str,
    body: &'a str,
}

#[derive(Insertable)]
#[diesel(table_name = draft_rows)]
struct ListRow<'a> {
    report_id: ReportId,
    list_code: &'a str,
    position: i32,
    cells_json: String,
}

#[derive(Insertable)]
#[diesel(table_name = draft_task_results)]
struct TaskRow<'a> {
    report_id: ReportId,
    task_id: TaskId,
    status: &'static str,
    body: &'a str,
}

/// Puts the content in the place of what the draft held. Ten statements, and one or two per changed link.
///
/// # Errors
/// The queries' own.
pub(in crate::reports) fn replace_draft(
    conn: &mut Conn,
    case: &Case,
    outline: &Outline,
    content: &Content,
) -> QueryResult<()> {
    let report_id = case.report.id;
    // Lines the form does not ask, which a draft taken over from another body may hold, stay where they are.
    let asked: Vec<IndicatorId> = outline.typed().map(|asked| asked.id).collect();
    diesel::delete(
        draft_figures::table
            .filter(draft_figures::report_id.eq(report_id))
            .filter(draft_figures::indicator_id.eq_any(asked)),
    )
    .execute(conn)?;
    diesel::delete(draft_sections::table.filter(draft_sections::report_id.eq(report_id))).execute(conn)?;
    diesel::delete(draft_rows::table.filter(draft_rows::report_id.eq(report_id))).execute(conn)?;
    diesel::delete(draft_task_results::table.filter(draft_task_results::report_id.eq(report_id)))
        .execute(conn)?;
    let mut figures = Vec::new();
    for asked in outline.typed() {
        let Some(entry) = content.entries.get(&asked.id) else { continue };
        let state = match entry.reading {
            Reading::Blank => continue,
            Reading::Value(_) => "value",
            Reading::NotApplicable => "not_applicable",
            Reading::Unreadable(_) => "unreadable",
        };
        figures.push(FigureRow {
            report_id,
            indicator_id: asked.id,
            state,
            value: entry.reading.value(),
            estimate: entry.estimate,
            qualifier: entry.qualifier.code(),
            note: &entry.note,
            as_typed: &entry.typed,
        });
    }
    let sections: Vec<SectionRow<'_>> = content
        .sections
        .iter()
        .filter(|(_, body)| !body.is_empty())
        .map(|(section_code, body)| SectionRow { report_id, section_code, body })
        .collect();
    let mut rows = Vec::new();
    for (list_code, list) in &content.lists {
        for (row, position) in list.iter().zip(1..) {
            rows.push(ListRow { report_id, list_code, position, cells_json: to_json(row)? });
        }
    }
    let tasks: Vec<TaskRow<'_>> = content
        .tasks
        .iter()
        .filter(|(_, result)| !result.is_blank())
        .map(|(&task_id, result)| TaskRow {
            report_id,
            task_id,
            status: result.status.code(),
            body: &result.body,
        })
        .collect();
    on_each!(conn, |c| {
        diesel::insert_into(draft_figures::table).values(&figures).execute(c)?;
        diesel::insert_into(draft_sections::table).values(&sections).execute(c)?;
        diesel::insert_into(draft_rows::table).values(&rows).execute(c)?;
        diesel::insert_into(draft_task_results::table).values(&tasks).execute(c)?;
    });
    super::remarks::replace_draft_answers(conn, report_id, outline, content)?;
    replace_links(conn, case, content)
}
