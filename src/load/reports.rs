//! One period: opened with the verb the pages use, then filled with what every unit did. The reports' own verbs
//! take one report at a time; here the same rows are written many at a time, and keep what those verbs keep:
//! `last_revision` counts the revisions, `received_revision_id` is the last one received, `version` is one more
//! than the steps taken, every step has its transition and its audit row, a sent report keeps its draft.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use diesel::prelude::*;

use super::batch::insert_all;
use super::bodies::{Bodies, Member, lost};
use super::fates::{Fate, LOCK_DAYS, Span, shifted};
use super::papers::{LIST, PLAN, Papers, SECTIONS};
use super::sheets::{Sending, Sheet};
use super::{Made, Size, steps};
use crate::audit::{By, sha256_hex};
use crate::calendar::{DueRule, Moment, label, period_code};
use crate::db::Conn;
use crate::db::ids::{FormId, PeriodId, ReportId, RevisionId, UnitId};
use crate::db::schema::{
    draft_figures, draft_rows, draft_sections, draft_task_results, drafts, obligations, reports,
    revision_figures, revision_rows, revision_sections, revision_task_results, revisions,
};
use crate::error::Error;
use crate::periods::NewPeriod;
use crate::periods::open::open_period;

/// Units whose reports are held in memory at once.
const UNITS_AT_ONCE: usize = 100;

/// Opens the period and fills it.
pub fn load(
    conn: &mut Conn,
    size: Size,
    bodies: &Bodies,
    papers: &Papers,
    index: usize,
    span: &Span,
    made: &mut Made,
) -> Result<(), Error> {
    let period = open(conn, bodies, papers, span)?;
    let found: Vec<(UnitId, ReportId, FormId)> = reports::table
        .inner_join(obligations::table)
        .filter(obligations::period_id.eq(period))
        .select((obligations::unit_id, reports::id, obligations::form_id))
        .load(conn)?;
    made.periods += 1;
    made.reports += found.len();
    let reports: HashMap<UnitId, (ReportId, FormId)> =
        found.into_iter().map(|(unit, report, form)| (unit, (report, form))).collect();
    for chunk in bodies.units.chunks(UNITS_AT_ONCE) {
        let mut sheets = Vec::new();
        for body in chunk {
            let report = reports.get(&body.id).copied().ok_or_else(|| lost(&body.code))?;
            sheets.extend(Sheet::draw(size, body, report, papers, (index, span)));
        }
        write_drafts(conn, &sheets, span)?;
        let sendings = sendings(size, &sheets, span);
        let ids = write_revisions(conn, &sendings, span)?;
        made.revisions += sendings.len();
        made.figures += sendings.iter().map(|sending| sending.figures().len()).sum::<usize>();
        write_parts(conn, &sendings, &ids)?;
        steps::write(conn, bodies, &sheets, &sendings, &ids, span)?;
    }
    Ok(())
}

fn open(conn: &mut Conn, bodies: &Bodies, papers: &Papers, span: &Span) -> Result<PeriodId, Error> {
    let new = NewPeriod {
        code: period_code(span.cycle, span.year),
        label: label(span.cycle, span.year),
        cycle: span.cycle,
        year: span.year,
        window: Some(span.window),
        due: DueRule::By(span.due_on),
        due_basis: "Kế hoạch thử".into(),
        lock_on: Some(shifted(span.due_on, i32::from(LOCK_DAYS))),
        reference_on: span.window.to,
        form_code: None,
        units: None,
    };
    let today = shifted(span.window.to, -30);
    let at = morning(today, 8);
    open_period(conn, papers.regime, &new, &by(&bodies.compiler), Moment { today, at, recorded: at })
}

/// The instant of an hour of the working day in Vietnam, in UTC.
pub(super) fn morning(day: NaiveDate, hour: i64) -> NaiveDateTime {
    day.and_time(NaiveTime::MIN) + TimeDelta::hours(hour - 7)
}

pub(super) fn by(member: &Member) -> By {
    By {
        person_id: Some(member.person),
        membership_id: Some(member.id),
        name: member.name.clone(),
        title: member.title.clone(),
    }
}

/// The day a unit first sends; a draft was last saved then.
pub(super) fn first_day(sheet: &Sheet<'_>, span: &Span) -> NaiveDate {
    shifted(span.due_on, sheet.course.days_late)
}

fn write_drafts(conn: &mut Conn, sheets: &[Sheet<'_>], span: &Span) -> Result<(), Error> {
    let rows: Vec<_> = sheets
        .iter()
        .map(|sheet| {
            (
                drafts::report_id.eq(sheet.report),
                drafts::version.eq(1 + sheet.course.fate.revisions()),
                drafts::actual_to.eq(Some(span.window.to)),
                drafts::doc_number.eq(&sheet.doc_number),
                drafts::doc_symbol.eq("BC"),
                drafts::signatory_title.eq("Lãnh đạo đơn vị"),
                drafts::signatory_name.eq(&sheet.body.officer.name),
                drafts::saved_by.eq(sheet.body.officer.id),
                drafts::saved_at.eq(morning(first_day(sheet, span), 8)),
            )
        })
        .collect();
    insert_all!(conn, drafts::table, rows);
    let (mut figures, mut sections, mut lines, mut tasks) = (vec![], vec![], vec![], vec![]);
    for sheet in sheets {
        figures.extend(sheet.last_figures().iter().map(|entry| {
            (
                draft_figures::report_id.eq(sheet.report),
                draft_figures::indicator_id.eq(entry.indicator),
                draft_figures::state.eq(state(entry.drawn.value)),
                draft_figures::value.eq(entry.drawn.value),
                draft_figures::estimate.eq(entry.drawn.level.estimate),
                draft_figures::qualifier.eq(entry.drawn.level.qualifier.code()),
                draft_figures::as_typed.eq(&entry.typed),
            )
        }));
        sections.extend(SECTIONS.iter().zip(&sheet.sections).map(|((code, _), body)| {
            (
                draft_sections::report_id.eq(sheet.report),
                draft_sections::section_code.eq(*code),
                draft_sections::body.eq(body),
            )
        }));
        lines.extend(sheet.rows.iter().zip(1..).map(|(cells, position)| {
            (
                draft_rows::report_id.eq(sheet.report),
                draft_rows::list_code.eq(LIST),
                draft_rows::position.eq(position),
                draft_rows::cells_json.eq(cells),
            )
        }));
        tasks.extend(sheet.tasks.iter().map(|(task, status, body)| {
            (
                draft_task_results::report_id.eq(sheet.report),
                draft_task_results::task_id.eq(task.id),
                draft_task_results::status.eq(*status),
                draft_task_results::body.eq(*body),
            )
        }));
    }
    insert_all!(conn, draft_figures::table, figures);
    insert_all!(conn, draft_sections::table, sections);
    insert_all!(conn, draft_rows::table, lines);
    insert_all!(conn, draft_task_results::table, tasks);
    Ok(())
}

/// Every sending, each measured against its own day: the first against the period's, a correction against five
/// days from the request.
fn sendings<'a>(size: Size, sheets: &'a [Sheet<'a>], span: &Span) -> Vec<Sending<'a>> {
    let mut all = Vec::new();
    for sheet in sheets {
        let first = first_day(sheet, span);
        if sheet.course.fate.revisions() >= 1 {
            all.push(Sending::new(size, sheet, 1, first, morning(first, 9), span.due_on));
        }
        if sheet.course.fate == Fate::Corrected {
            let again = shifted(first, 4);
            all.push(Sending::new(size, sheet, 2, again, morning(again, 9), correction_due(first)));
        }
    }
    all
}

/// A correction is asked for two days after the first sending, for five days later.
pub(super) fn correction_due(first: NaiveDate) -> NaiveDate {
    shifted(first, 7)
}

pub(super) type Ids = HashMap<(ReportId, i32), RevisionId>;

fn write_revisions(conn: &mut Conn, sendings: &[Sending<'_>], span: &Span) -> Result<Ids, Error> {
    let mut rows = Vec::new();
    for sending in sendings {
        let canonical = sending.canonical(span)?;
        let (sheet, officer) = (sending.sheet, &sending.sheet.body.officer);
        rows.push((
            revisions::uid.eq(&sending.uid),
            revisions::report_id.eq(sheet.report),
            revisions::number.eq(sending.number),
            revisions::form_id.eq(sheet.form),
            revisions::actual_to.eq(Some(span.window.to)),
            revisions::doc_number.eq(&sheet.doc_number),
            revisions::doc_symbol.eq("BC"),
            revisions::doc_date.eq(Some(sending.sent_on)),
            revisions::signatory_capacity.eq(""),
            revisions::signatory_title.eq("Lãnh đạo đơn vị"),
            revisions::signatory_name.eq(&officer.name),
            revisions::sent_at.eq(sending.sent_at),
            revisions::sent_by.eq(officer.id),
            revisions::sender_name.eq(&officer.name),
            revisions::sender_title.eq(&officer.title),
            revisions::due_on.eq(Some(sending.due_on)),
            revisions::days_late.eq(sending.days_late),
            revisions::sha256.eq(sha256_hex(&canonical)),
            revisions::canonical.eq(canonical),
        ));
    }
    insert_all!(conn, revisions::table, rows);
    let reports: Vec<ReportId> = sendings.iter().map(|sending| sending.sheet.report).collect();
    let found: Vec<(ReportId, i32, RevisionId)> = revisions::table
        .filter(revisions::report_id.eq_any(reports))
        .select((revisions::report_id, revisions::number, revisions::id))
        .load(conn)?;
    Ok(found.into_iter().map(|(report, number, id)| ((report, number), id)).collect())
}

fn write_parts(conn: &mut Conn, sendings: &[Sending<'_>], ids: &Ids) -> Result<(), Error> {
    let (mut figures, mut sections, mut lines, mut tasks) = (vec![], vec![], vec![], vec![]);
    for sending in sendings {
        let (sheet, id) = (sending.sheet, revision_of(ids, sending.sheet, sending.number)?);
        figures.extend(sending.figures().iter().map(|entry| {
            (
                revision_figures::revision_id.eq(id),
                revision_figures::indicator_id.eq(entry.indicator),
                revision_figures::state.eq(state(entry.drawn.value)),
                revision_figures::value.eq(entry.drawn.value),
                revision_figures::counts.eq(entry.counts),
                revision_figures::estimate.eq(entry.drawn.level.estimate),
                revision_figures::qualifier.eq(entry.drawn.level.qualifier.code()),
                revision_figures::note.eq(""),
                revision_figures::as_typed.eq(&entry.typed),
            )
        }));
        sections.extend(SECTIONS.iter().zip(&sheet.sections).zip(1..).map(
            |(((code, title), body), position)| {
                (
                    revision_sections::revision_id.eq(id),
                    revision_sections::section_code.eq(*code),
                    revision_sections::position.eq(position),
                    revision_sections::label.eq(*code),
                    revision_sections::title.eq(*title),
                    revision_sections::body.eq(body),
                )
            },
        ));
        lines.extend(sheet.rows.iter().zip(1..).map(|(cells, position)| {
            (
                revision_rows::revision_id.eq(id),
                revision_rows::list_code.eq(LIST),
                revision_rows::position.eq(position),
                revision_rows::cells_json.eq(cells),
            )
        }));
        tasks.extend(sheet.tasks.iter().zip(1..).map(|((task, status, body), position)| {
            (
                revision_task_results::revision_id.eq(id),
                revision_task_results::task_id.eq(task.id),
                revision_task_results::position.eq(position),
                revision_task_results::plan.eq(PLAN),
                revision_task_results::clause.eq(task.clause),
                revision_task_results::text.eq(&task.text),
                revision_task_results::status.eq(*status),
                revision_task_results::body.eq(*body),
            )
        }));
    }
    insert_all!(conn, revision_figures::table, figures);
    insert_all!(conn, revision_sections::table, sections);
    insert_all!(conn, revision_rows::table, lines);
    insert_all!(conn, revision_task_results::table, tasks);
    Ok(())
}

pub(super) fn revision_of(ids: &Ids, sheet: &Sheet<'_>, number: i32) -> Result<RevisionId, Error> {
    ids.get(&(sheet.report, number)).copied().ok_or_else(|| lost(&sheet.body.code))
}

fn state(value: Option<i64>) -> &'static str {
    if value.is_some() { "value" } else { "not_applicable" }
}
