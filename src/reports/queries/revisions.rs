//! Revisions as they were sent, read back from their own rows and, for what has no rows, their canonical bytes.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::Deserialize;

use super::super::outline::{AskedIndicator, AskedSection, AskedTask};
use super::super::{
    Case, Content, Entry, Evidence, Outline, Paper, Reading, Step, TaskResult, TaskStatus, TypedDay,
    TypedReach, remark, revision,
};
use super::levels::is_consolidated;
use super::outlines::indicators_of;
use super::papers::{PaperRow, papers};
use super::{from_json, outline_of_form};
use crate::attachments::{self, Attached};
use crate::db::Conn;
use crate::db::ids::{FormId, IndicatorId, ReportId, RevisionId, TaskId};
use crate::db::schema::{
    report_transitions, revision_figures, revision_rows, revision_sections, revision_task_results, revisions,
};

/// The head of a revision.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = revisions)]
pub struct RevisionRow {
    pub id: RevisionId,
    pub number: i32,
    pub form_id: FormId,
    pub actual_to: Option<NaiveDate>,
    pub doc_number: String,
    pub doc_symbol: String,
    pub doc_date: Option<NaiveDate>,
    pub signatory_capacity: String,
    pub signatory_title: String,
    pub signatory_name: String,
    /// UTC.
    pub sent_at: NaiveDateTime,
    pub sender_name: String,
    pub sender_title: String,
    pub due_on: Option<NaiveDate>,
    /// "HH:MM" of that day; none: until its end.
    pub due_time: Option<String>,
    /// Calendar days; 0 when in time.
    pub days_late: i32,
    pub sha256: String,
}

impl RevisionRow {
    /// The paper as it was sent with.
    pub fn paper(&self) -> Paper {
        Paper {
            number: self.doc_number.clone(),
            symbol: self.doc_symbol.clone(),
            date: TypedDay::of(self.doc_date),
            capacity: self.signatory_capacity.clone(),
            title: self.signatory_title.clone(),
            name: self.signatory_name.clone(),
        }
    }
}

/// A revision with what it held and what it was asked.
#[derive(Debug, Clone)]
pub struct Sent {
    pub row: RevisionRow,
    pub outline: Outline,
    /// As it was sent, save the paper: that is the one entered last.
    pub content: Content,
    /// What was entered about the paper after sending, first entry first.
    pub papers: Vec<PaperRow>,
    /// Signed papers added after sending, first one first.
    pub signed: Vec<Attached>,
}

/// What the canonical bytes hold and the rows do not.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct OnlyCanonical {
    evidence: Vec<CanonicalLink>,
    notes_on_blanks: BTreeMap<String, String>,
    confirmed: BTreeSet<String>,
    figures: Vec<CanonicalFigure>,
    lists: Vec<CanonicalList>,
}

/// How a figure was asked for when it was sent.
#[derive(Debug, Deserialize)]
struct CanonicalFigure {
    indicator: String,
    name: String,
    measure_unit: String,
    scale: u32,
    exponent: u32,
}

#[derive(Debug, Deserialize)]
struct CanonicalList {
    list: String,
    title: String,
    columns: Vec<CanonicalColumn>,
}

#[derive(Debug, Deserialize)]
struct CanonicalColumn {
    code: String,
    title: String,
}

impl OnlyCanonical {
    /// The outline in the words it had when the revision was sent, whatever the catalogue says since.
    fn reword(&self, outline: &mut Outline) {
        for figure in &self.figures {
            if let Some(asked) = outline.indicators.iter_mut().find(|asked| asked.code == figure.indicator) {
                asked.name.clone_from(&figure.name);
                asked.measure_unit.clone_from(&figure.measure_unit);
                (asked.scale, asked.exponent) = (figure.scale, figure.exponent);
            }
        }
        for sent in &self.lists {
            let Some(list) = outline.lists.iter_mut().find(|list| list.code == sent.list) else { continue };
            list.title.clone_from(&sent.title);
            for column in &sent.columns {
                if let Some(asked) = list.columns.iter_mut().find(|asked| asked.code == column.code) {
                    asked.title.clone_from(&column.title);
                }
            }
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct CanonicalLink {
    title: String,
    url: String,
    platform: String,
    published_on: Option<NaiveDate>,
    reach: Option<i64>,
}

/// The heads of a report's revisions, first one first. One query.
///
/// # Errors
/// The query's own.
pub fn revisions(conn: &mut Conn, id: ReportId) -> QueryResult<Vec<RevisionRow>> {
    revisions::table
        .filter(revisions::report_id.eq(id))
        .order(revisions::number)
        .select(RevisionRow::as_select())
        .load(conn)
}

/// The revisions of a report that were taken back: on record, and sent by nobody. One query.
///
/// # Errors
/// The query's own.
pub fn taken_back(conn: &mut Conn, id: ReportId) -> QueryResult<HashSet<RevisionId>> {
    let taken: Vec<Option<RevisionId>> = report_transitions::table
        .filter(report_transitions::report_id.eq(id))
        .filter(report_transitions::step.eq_any(Step::TAKING_BACK.map(Step::code)))
        .select(report_transitions::revision_id)
        .load(conn)?;
    Ok(taken.into_iter().flatten().collect())
}

/// The numbers of a report's revisions that were taken back. One query.
///
/// # Errors
/// The query's own.
pub fn taken_back_numbers(conn: &mut Conn, id: ReportId) -> QueryResult<Vec<i32>> {
    report_transitions::table
        .inner_join(revisions::table.on(report_transitions::revision_id.eq(revisions::id.nullable())))
        .filter(report_transitions::report_id.eq(id))
        .filter(report_transitions::step.eq_any(Step::TAKING_BACK.map(Step::code)))
        .select(revisions::number)
        .load(conn)
}

/// The id of a report's n-th revision. One query.
///
/// # Errors
/// The query's own.
pub fn revision_id(conn: &mut Conn, id: ReportId, number: i32) -> QueryResult<Option<RevisionId>> {
    revisions::table
        .filter(revisions::report_id.eq(id))
        .filter(revisions::number.eq(number))
        .select(revisions::id)
        .first(conn)
        .optional()
}

/// A revision whole, with the remarks it answered. Sixteen queries at most.
///
/// # Errors
/// `NotFound`, the queries' own, or JSON that cannot be read.
pub fn sent(conn: &mut Conn, id: RevisionId) -> QueryResult<Sent> {
    let (row, canonical): (RevisionRow, Vec<u8>) =
        revisions::table.find(id).select((RevisionRow::as_select(), revisions::canonical)).first(conn)?;
    let rest: OnlyCanonical = serde_json::from_slice(&canonical)
        .map_err(|e| diesel::result::Error::DeserializationError(Box::new(e)))?;
    let mut outline = outline_of_form(conn, row.form_id)?;
    if is_consolidated(conn, id)? {
        let ids: Vec<IndicatorId> = revision_figures::table
            .filter(revision_figures::revision_id.eq(id))
            .select(revision_figures::indicator_id)
            .load(conn)?;
        let asked = indicators_of(conn, ids)?;
        outline.indicators =
            asked.into_iter().filter(|asked| !asked.is_ratio()).map(AskedIndicator::as_total).collect();
        outline.lists.clear();
    }
    rest.reword(&mut outline);
    let mut content = Content {
        actual_to: TypedDay::of(row.actual_to),
        paper: row.paper(),
        confirmed: rest.confirmed,
        evidence: rest
            .evidence
            .into_iter()
            .map(|link| Evidence {
                title: link.title,
                url: link.url,
                platform: link.platform,
                published: TypedDay::of(link.published_on),
                reach: TypedReach::of(link.reach),
            })
            .collect(),
        ..Content::default()
    };
    figures(conn, id, &mut content)?;
    for asked in outline.typed() {
        if let Some(note) = rest.notes_on_blanks.get(&asked.code) {
            content.entries.entry(asked.id).or_default().note.clone_from(note);
        }
    }
    sections(conn, id, &mut outline, &mut content)?;
    for (list, cells) in revision_rows::table
        .filter(revision_rows::revision_id.eq(id))
        .order((revision_rows::list_code, revision_rows::position))
        .select((revision_rows::list_code, revision_rows::cells_json))
        .load::<(String, String)>(conn)?
    {
        content.lists.entry(list).or_default().push(from_json(&cells)?);
    }
    task_results(conn, id, &mut outline, &mut content)?;
    let (mut given, answers) = super::remarks::answered(conn, id)?;
    remark::in_page_order(&mut given, &outline);
    (outline.remarks, content.answers) = (given, answers);
    let (files, signed) = attachments::queries::of_revision(conn, id)?;
    content.files = files;
    let papers = papers(conn, id)?;
    if let Some(newest) = papers.last() {
        content.paper = newest.paper();
    }
    Ok(Sent { row, outline, content, papers, signed })
}

/// What the last revision held: where a correction begins. None before the first sending.
///
/// # Errors
/// As [`sent`].
pub(in crate::reports) fn last_sent_content(conn: &mut Conn, case: &Case) -> QueryResult<Option<Content>> {
    if !case.correcting() {
        return Ok(None);
    }
    match revision_id(conn, case.report.id, case.report.last_revision)? {
        // What it answered is past; the remarks on itself are still to be answered. It went out under its own paper.
        Some(id) => {
            let content = sent(conn, id)?.content;
            let paper = Paper { symbol: content.paper.symbol.clone(), ..Paper::default() };
            Ok(Some(Content { answers: BTreeMap::new(), paper, ..content }))
        }
        None => Ok(None),
    }
}

fn figures(conn: &mut Conn, id: RevisionId, content: &mut Content) -> QueryResult<()> {
    type Row = (IndicatorId, Option<i64>, bool, String, String, String);
    let rows: Vec<Row> = revision_figures::table
        .filter(revision_figures::revision_id.eq(id))
        .select((
            revision_figures::indicator_id,
            revision_figures::value,
            revision_figures::estimate,
            revision_figures::qualifier,
            revision_figures::note,
            revision_figures::as_typed,
        ))
        .load(conn)?;
    for (indicator, value, estimate, qualifier, note, typed) in rows {
        let reading = value.map_or(Reading::NotApplicable, Reading::Value);
        let qualifier = revision::qualifier(&qualifier);
        let entry = Entry { typed, reading, estimate, qualifier, note, ambiguous: false };
        content.entries.insert(indicator, entry);
    }
    Ok(())
}

/// The headings as they were printed when it was sent, whatever the form says since.
fn sections(
    conn: &mut Conn,
    id: RevisionId,
    outline: &mut Outline,
    content: &mut Content,
) -> QueryResult<()> {
    let rows: Vec<(String, String, String, String)> = revision_sections::table
        .filter(revision_sections::revision_id.eq(id))
        .order(revision_sections::position)
        .select((
            revision_sections::section_code,
            revision_sections::label,
            revision_sections::title,
            revision_sections::body,
        ))
        .load(conn)?;
    let required: Vec<String> = outline
        .sections
        .iter()
        .filter(|section| section.required)
        .map(|section| section.code.clone())
        .collect();
    outline.sections.clear();
    for (code, label, title, body) in rows {
        let required = required.contains(&code);
        outline.sections.push(AskedSection {
            code: code.clone(),
            label,
            title,
            hint: String::new(),
            required,
        });
        content.sections.insert(code, body);
    }
    Ok(())
}

fn task_results(
    conn: &mut Conn,
    id: RevisionId,
    outline: &mut Outline,
    content: &mut Content,
) -> QueryResult<()> {
    type Row = (TaskId, String, String, String, String, String);
    let rows: Vec<Row> = revision_task_results::table
        .filter(revision_task_results::revision_id.eq(id))
        .order(revision_task_results::position)
        .select((
            revision_task_results::task_id,
            revision_task_results::plan,
            revision_task_results::clause,
            revision_task_results::text,
            revision_task_results::status,
            revision_task_results::body,
        ))
        .load(conn)?;
    for (task, plan, clause, text, status, body) in rows {
        outline.tasks.push(AskedTask { id: task, plan, clause, text, part: "" });
        content.tasks.insert(task, TaskResult { status: TaskStatus::from_code(&status), body });
    }
    Ok(())
}
