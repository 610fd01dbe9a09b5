//! SQL of the decisions about one obligation: append-only rows, and guarded updates of what they change.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::super::{Duty, ExtensionWord, Period, Standing, report_title};
use crate::calendar::Cycle;
use crate::db::Conn;
use crate::db::ids::{MembershipId, ObligationId, ReportId, RevisionId};
use crate::db::schema::{
    draft_figures, draft_files, draft_rows, draft_sections, draft_task_results, drafts, evidence_claims,
    obligation_decisions, obligations, periods, report_transitions, reports, revision_figures, revisions,
};
use crate::reports::Step;

/// One decision as the page lists it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct DecisionRow {
    pub kind: String,
    pub until_on: Option<NaiveDate>,
    pub reason: String,
    pub decided_at: NaiveDateTime,
    /// Who decided, as they were called then.
    pub person: String,
    pub title: String,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = obligation_decisions)]
pub struct NewDecision<'a> {
    pub obligation_id: ObligationId,
    pub kind: &'a str,
    pub until_on: Option<NaiveDate>,
    pub reason: &'a str,
    pub membership_id: MembershipId,
    pub actor_name: &'a str,
    pub actor_title: &'a str,
    pub decided_at: NaiveDateTime,
}

/// The decisions about an obligation, oldest first. One query.
///
/// # Errors
/// The query's own.
pub fn decisions(conn: &mut Conn, id: ObligationId) -> QueryResult<Vec<DecisionRow>> {
    obligation_decisions::table
        .filter(obligation_decisions::obligation_id.eq(id))
        .order(obligation_decisions::id)
        .select((
            obligation_decisions::kind,
            obligation_decisions::until_on,
            obligation_decisions::reason,
            obligation_decisions::decided_at,
            obligation_decisions::actor_name,
            obligation_decisions::actor_title,
        ))
        .load(conn)
}

/// The sendings of a report that were entered for its unit and taken back, as decisions, oldest first: their kind is the code of the
/// step. One query.
///
/// # Errors
/// The query's own.
pub fn taken_back(conn: &mut Conn, report: ReportId) -> QueryResult<Vec<DecisionRow>> {
    report_transitions::table
        .filter(report_transitions::report_id.eq(report))
        .filter(report_transitions::step.eq_any(Step::TAKING_BACK.map(Step::code)))
        .order(report_transitions::id)
        .select((
            report_transitions::step,
            report_transitions::due_on,
            report_transitions::reason,
            report_transitions::at,
            report_transitions::actor_name,
            report_transitions::actor_title,
        ))
        .load(conn)
}

/// The last day to which the obligation was unlocked; none: never. One query.
///
/// # Errors
/// The query's own.
pub fn unlocked_until(conn: &mut Conn, id: ObligationId) -> QueryResult<Option<NaiveDate>> {
    Ok(obligation_decisions::table
        .filter(obligation_decisions::obligation_id.eq(id))
        .filter(obligation_decisions::kind.eq("unlock"))
        .order(obligation_decisions::id.desc())
        .select(obligation_decisions::until_on)
        .first::<Option<NaiveDate>>(conn)
        .optional()?
        .flatten())
}

/// The last day to which each obligation was unlocked. One query.
///
/// # Errors
/// The query's own.
pub fn unlocked(conn: &mut Conn, ids: &[ObligationId]) -> QueryResult<HashMap<ObligationId, NaiveDate>> {
    let rows: Vec<(ObligationId, Option<NaiveDate>)> = obligation_decisions::table
        .filter(obligation_decisions::obligation_id.eq_any(ids))
        .filter(obligation_decisions::kind.eq("unlock"))
        .order(obligation_decisions::id)
        .select((obligation_decisions::obligation_id, obligation_decisions::until_on))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, day)| Some((id, day?))).collect())
}

/// The last word about an extension of each obligation; absent: never a word. One query.
///
/// # Errors
/// The query's own.
pub fn last_extensions(
    conn: &mut Conn,
    ids: &[ObligationId],
) -> QueryResult<HashMap<ObligationId, ExtensionWord>> {
    type Row = (ObligationId, String, Option<NaiveDate>, String, NaiveDateTime, String, String);
    let rows: Vec<Row> = obligation_decisions::table
        .filter(obligation_decisions::obligation_id.eq_any(ids))
        .filter(obligation_decisions::kind.eq_any([
            "extension_asked",
            "extension_granted",
            "extension_refused",
        ]))
        .order(obligation_decisions::id)
        .select((
            obligation_decisions::obligation_id,
            obligation_decisions::kind,
            obligation_decisions::until_on,
            obligation_decisions::reason,
            obligation_decisions::decided_at,
            obligation_decisions::actor_name,
            obligation_decisions::actor_title,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, kind, until, reason, at, name, title)| {
            (id, ExtensionWord { kind, until, reason, at, by: format!("{name}, {title}") })
        })
        .collect())
}

/// Takes the next version of an obligation for a word that changes nothing in it: false when somebody was faster.
///
/// # Errors
/// The query's own.
pub fn touch_obligation(conn: &mut Conn, duty: &Duty) -> QueryResult<bool> {
    let touched = diesel::update(obligations::table.find(duty.obligation.id))
        .filter(obligations::version.eq(duty.obligation.version))
        .filter(obligations::standing.eq(&duty.obligation.standing))
        .set(obligations::version.eq(obligations::version + 1))
        .execute(conn)?;
    Ok(touched == 1)
}

/// How much was typed into the open draft of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Typed {
    pub figures: i64,
    pub sections: i64,
    pub rows: i64,
    pub tasks: i64,
    pub links: i64,
    pub files: i64,
    /// Something is known of the signed paper.
    pub papers: i64,
}

impl Typed {
    pub fn is_blank(&self) -> bool {
        *self == Typed::default()
    }

    /// "7 dòng số liệu, 2 phần nội dung"; blank when nothing was.
    pub fn words(&self) -> String {
        let parts = [
            (self.figures, "dòng số liệu"),
            (self.sections, "phần nội dung"),
            (self.rows, "dòng danh mục"),
            (self.tasks, "kết quả nhiệm vụ"),
            (self.links, "liên kết minh chứng"),
            (self.files, "tệp đính kèm"),
            (self.papers, "văn bản đã ký"),
        ];
        let said = parts.iter().filter(|(n, _)| *n > 0).map(|(n, words)| format!("{n} {words}"));
        said.collect::<Vec<_>>().join(", ")
    }
}

/// How much was typed into the open draft of a report. Seven queries.
///
/// # Errors
/// The query's own.
pub fn typed(conn: &mut Conn, id: ReportId) -> QueryResult<Typed> {
    Ok(Typed {
        figures: draft_figures::table.filter(draft_figures::report_id.eq(id)).count().get_result(conn)?,
        sections: draft_sections::table.filter(draft_sections::report_id.eq(id)).count().get_result(conn)?,
        rows: draft_rows::table.filter(draft_rows::report_id.eq(id)).count().get_result(conn)?,
        tasks: draft_task_results::table
            .filter(draft_task_results::report_id.eq(id))
            .count()
            .get_result(conn)?,
        links: evidence_claims::table.filter(evidence_claims::report_id.eq(id)).count().get_result(conn)?,
        files: draft_files::table
            .filter(draft_files::report_id.eq(id))
            .filter(draft_files::kept_at.is_null())
            .count()
            .get_result(conn)?,
        papers: drafts::table
            .filter(drafts::report_id.eq(id))
            .filter(drafts::doc_number.ne("").or(drafts::signatory_name.ne("")))
            .count()
            .get_result(conn)?,
    })
}

/// Appends a decision.
///
/// # Errors
/// The query's own.
pub fn append_decision(conn: &mut Conn, decision: &NewDecision<'_>) -> QueryResult<()> {
    diesel::insert_into(obligation_decisions::table).values(decision).execute(conn).map(|_| ())
}

/// Changes where the unit stands and until when, if nobody was faster: false when the obligation or its report
/// is no longer as `duty` saw it. The report's version moves too, so that a sending at the same moment
/// loses to this or wins over it, and never both.
///
/// # Errors
/// The query's own.
pub fn change_obligation(
    conn: &mut Conn,
    duty: &Duty,
    standing: Standing,
    extended_to: Option<NaiveDate>,
) -> QueryResult<bool> {
    let changed = diesel::update(obligations::table.find(duty.obligation.id))
        .filter(obligations::version.eq(duty.obligation.version))
        .filter(obligations::standing.eq(&duty.obligation.standing))
        .set((
            obligations::standing.eq(standing.code()),
            obligations::extended_to.eq(extended_to),
            obligations::version.eq(obligations::version + 1),
        ))
        .execute(conn)?;
    let touched = diesel::update(reports::table.find(duty.report.id))
        .filter(reports::version.eq(duty.report.version))
        .filter(reports::state.eq(&duty.report.state))
        .set(reports::version.eq(reports::version + 1))
        .execute(conn)?;
    Ok(changed == 1 && touched == 1)
}

/// The reports of a unit for the same regime and year, or for parts of a period, that were sent with a figure other than
/// nothing: "6 tháng đầu năm 2025 (12 số liệu)". One query.
///
/// # Errors
/// The query's own.
pub fn figured(conn: &mut Conn, duty: &Duty, period: &Period) -> QueryResult<Vec<String>> {
    type Row = (RevisionId, i32, Option<RevisionId>, i32, String);
    // What is asked once has no parts and is part of nothing.
    let once = [Cycle::OneOff, Cycle::AdHoc].map(Cycle::code);
    if once.contains(&period.cycle) {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = revision_figures::table
        .inner_join(
            revisions::table
                .inner_join(reports::table.inner_join(obligations::table.inner_join(periods::table))),
        )
        .filter(obligations::unit_id.eq(duty.obligation.unit_id))
        .filter(obligations::part.eq(&duty.obligation.part))
        .filter(obligations::id.ne(duty.obligation.id))
        .filter(periods::regime_id.eq(period.regime_id))
        .filter(periods::year.eq(period.year))
        .filter(periods::cycle.ne_all(once))
        // What was taken back was not sent.
        .filter(reports::first_sent_at.is_not_null())
        .filter(revision_figures::value.ne(0_i64))
        .order((periods::reference_on, periods::id, revisions::id, revision_figures::indicator_id))
        .select((
            revisions::id,
            revisions::number,
            reports::received_revision_id,
            reports::last_revision,
            periods::label,
        ))
        .load(conn)?;
    let mut found: Vec<(String, usize)> = Vec::new();
    for (id, number, received, last, label) in rows {
        // What was received counts; before that what was sent last.
        if received.map_or(number == last, |received| received == id) {
            match found.iter_mut().find(|(of, _)| *of == label) {
                Some((_, count)) => *count += 1,
                None => found.push((label, 1)),
            }
        }
    }
    let words =
        |(label, count): (String, usize)| format!("{} ({count} số liệu khác 0)", report_title(&label));
    Ok(found.into_iter().map(words).collect())
}
